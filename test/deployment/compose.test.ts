/** docker-compose.yml and what it builds: parts, what it shows to whom, and that it holds no secret. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { program } from '../../cli/program.ts';
import { ownNeo4j } from '../support/neo4j.ts';

const root = path.resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const compose = parse(text('docker-compose.yml')) as {
  readonly services: { readonly neo4j: Service; readonly api: Service };
  readonly volumes: Readonly<Record<string, unknown>>;
};
const { neo4j, api } = compose.services;

/** Settings of the server, by their names in neo4j.conf, from how the image spells them: `_` for a dot, `__` for `_`. */
const settings = Object.fromEntries(
  Object.entries(neo4j.environment)
    .filter(([name]) => /^NEO4J_[a-z]/.test(name))
    .map(([name, value]) => [
      name.replace('NEO4J_', '').replaceAll('__', '\0').replaceAll('_', '.').replaceAll('\0', '_'),
      String(value).replace(/^\$\{\w+:-(.*)\}$/, '$1'),
    ]),
);

describe('docker-compose.yml', () => {
  it('runs Neo4j 5.26 Community and the API, which waits until it is healthy', () => {
    expect(neo4j.image).toBe('neo4j:5.26-community');
    expect(neo4j.healthcheck.test.length).toBeGreaterThan(1);
    expect(api.build).toBe('.');
    expect(api.depends_on).toEqual({ neo4j: { condition: 'service_healthy' } });
  });

  it('keeps the data in a named volume and bounds the memory', () => {
    expect(neo4j.volumes).toContain('neo4j-data:/data');
    expect(compose.volumes).toHaveProperty('neo4j-data');
    for (const name of ['heap.initial_size', 'heap.max_size', 'pagecache.size'])
      expect(settings).toHaveProperty([`server.memory.${name}`]);
  });

  it('shows nothing to other machines', () => {
    for (const port of [...neo4j.ports, ...api.ports]) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('answers to names of this machine only', () => {
    expect(api.command?.join(' ')).toMatch(/--host 0\.0\.0\.0 .*--host-name localhost$/);
  });

  it('holds no password and starts with none', () => {
    const password = /^\$\{GRANTLENS_NEO4J_PASSWORD:\?[^}]+\}$/;
    expect(neo4j.environment['NEO4J_AUTH']?.replace(/^neo4j\//, '')).toMatch(password);
    expect(api.environment['GRANTLENS_NEO4J_PASSWORD']).toMatch(password);
    expect(text('.env.example')).toMatch(/^GRANTLENS_NEO4J_PASSWORD=$/m);
    for (const { healthcheck, command = [] } of [neo4j, api])
      expect([...healthcheck.test, ...command].join(' ')).not.toMatch(/password/i);
  });

  it('gives the command options that it has', () => {
    const [name, ...args] = api.command!;
    const command = program().commands.find((one) => one.name() === name);
    const known = command?.options.map(({ long }) => long);
    for (const option of args.filter((one) => one.startsWith('--'))) expect(known).toContain(option);
  });

  // Where the client of Docker has the plugin: it needs no engine for this.
  if (spawnSync('docker', ['compose', 'version']).status === 0)
    describe('docker compose config', () => {
      const config = (environment: NodeJS.ProcessEnv) =>
        spawnSync('docker', ['compose', '--env-file', '/dev/null', 'config', '--quiet'], {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, ...environment },
        });

      it('accepts it with a password, and asks for one without', () => {
        expect(config({ GRANTLENS_NEO4J_PASSWORD: 'any-password' })).toMatchObject({ status: 0 });
        const without = config({ GRANTLENS_NEO4J_PASSWORD: '' });
        expect(without.status).not.toBe(0);
        expect(without.stderr).toContain('choose a password');
      });
    });
});

describe('Dockerfile', () => {
  const lines = text('Dockerfile').split('\n');

  it('installs what the lock file says and runs as a user without rights', () => {
    expect(lines).toContain('RUN npm ci --ignore-scripts');
    expect(lines.filter((line) => line.startsWith('USER'))).toEqual(['USER node']);
    expect(lines.indexOf('USER node')).toBeLessThan(lines.findIndex((line) => line.startsWith('ENTRYPOINT')));
  });

  it('takes no secret into the image', () => {
    expect(text('Dockerfile')).not.toMatch(/password|secret|token|^ARG/im);
    expect(text('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['*', '**/.env*']));
    expect(execFileSync('git', ['check-ignore', '.env'], { cwd: root, encoding: 'utf8' }).trim()).toBe('.env');
  });

  it('copies folders that are there', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    const places = new Set(tracked.flatMap((file) => [file, file.split('/')[0]]));
    for (const name of text('.dockerignore').match(/(?<=^!).+$/gm)!) expect(places).toContain(name);
  });
});

const own = await ownNeo4j();
own.describe('the settings of the database server', { timeout: 300_000 }, () => {
  it('are known to it', async () => {
    const server = await own.start({ settings });
    await server.stop();
  });
});
