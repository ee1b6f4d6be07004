/** Where tests get their server from: each case is a run of Vitest over one small file. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownNeo4j } from '../support/neo4j.ts';

const root = path.resolve(import.meta.dirname, '../..');
const own = await ownNeo4j();

/** Runs the tests of a borrowed server on a machine without Java and without Docker. */
function run(environment: NodeJS.ProcessEnv) {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const nothing = { JAVA_HOME: '/nonexistent', DOCKER_HOST: 'unix:///nonexistent.sock', NEO4J_TEST_URI: '', CI: '' };
  return spawnSync(process.execPath, [vitest, 'run', 'test/neo4j/borrowed.test.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...nothing, ...environment },
  });
}

describe('without a server', { timeout: 120_000 }, () => {
  it('tests are skipped, and one line says so', () => {
    const { status, stdout, stderr } = run({});
    const told = `${stdout}${stderr}`.match(/^Tests against Neo4j are skipped: .*no java.*$/gm);
    expect(told).toHaveLength(1);
    expect(stdout).toMatch(/1 skipped/);
    expect(status).toBe(0);
  });

  it('the run fails where CI is set', () => {
    const { status, stderr } = run({ CI: 'true' });
    expect(stderr).toContain('CI is set and there is no Neo4j to test against.');
    expect(status).toBe(1);
  });
});

own.describe('with NEO4J_TEST_URI', { timeout: 300_000 }, () => {
  it('tests use that server', async () => {
    const server = await own.start();
    const { uri, user, password } = server;
    const { status, stdout } = run({
      NEO4J_TEST_URI: uri,
      NEO4J_TEST_USER: user,
      NEO4J_TEST_PASSWORD: password,
      CI: 'true',
    });
    expect(stdout).toMatch(/1 passed/);
    expect(status).toBe(0);
    expect(server.pid()).toBeDefined();
    await server.stop();
  });
});
