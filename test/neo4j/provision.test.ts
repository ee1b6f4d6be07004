/** Fetching the server: whole or not at all, by several processes at once, and what is said where that cannot be. */
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder, NotProvisioned, provision } from '../../scripts/neo4j/index.ts';
import { ownNeo4j } from '../support/neo4j.ts';
import { temporaryFolder } from '../support/temporary.ts';

const own = await ownNeo4j();
const folder = temporaryFolder();

own.describe('provisioning into an empty cache', { timeout: 300_000 }, () => {
  it('gives one whole folder to all who ask at once, and sweeps what was abandoned', async () => {
    const cache = join(folder.path, 'cache');
    const [abandoned, inUse] = ['.making-before', '.making-now'].map((name) => join(cache, name));
    mkdirSync(abandoned!, { recursive: true });
    mkdirSync(inUse!);
    utimesSync(abandoned!, new Date(0), new Date(0));

    const [one, other] = await Promise.all([provision({ cache }), provision({ cache })]);

    expect(one).toEqual(other);
    expect(readdirSync(cache).sort()).toEqual(['.making-now', one.folder.slice(cache.length + 1)].sort());
    expect(readdirSync(one.folder).sort()).toEqual(['launcher.jar', 'lib', 'pom.xml']);
    expect(readdirSync(join(one.folder, 'lib')).length).toBeGreaterThan(200);
  });
});

describe('provisioning', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('says what is missing', async () => {
    vi.stubEnv('JAVA_HOME', join(folder.path, 'no-java'));
    await expect(provision({ cache: join(folder.path, 'none') })).rejects.toThrow(NotProvisioned);
    await expect(provision()).rejects.toThrow('Neo4j needs a JDK 17 or 21 and Maven: no java.');
    expect(readdirSync(folder.path)).not.toContain('none');
  });

  it('uses the cache of the system, or the one that is named', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/somewhere' })).toBe(join('/somewhere', 'grantlens', 'neo4j'));
    expect(cacheFolder({ GRANTLENS_NEO4J_CACHE: '/chosen', XDG_CACHE_HOME: '/somewhere' })).toBe('/chosen');
    expect(cacheFolder({})).toMatch(/grantlens.neo4j$/);
  });
});
