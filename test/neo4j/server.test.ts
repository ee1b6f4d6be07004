/** `startNeo4j`: a server that only this machine reaches, with a password, and that leaves nothing behind. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import neo4j from 'neo4j-driver';
import { expect, it } from 'vitest';
import type { RunningNeo4j } from '../../scripts/neo4j/index.ts';
import { ownNeo4j } from '../support/neo4j.ts';
import { temporaryFolder } from '../support/temporary.ts';

const { describe, start } = await ownNeo4j();
const folder = temporaryFolder();

async function ask(server: RunningNeo4j, text: string, password = server.password): Promise<readonly unknown[]> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, password), { disableLosslessIntegers: true });
  try {
    const { records } = await driver.executeQuery(text, {}, { database: server.database });
    return records.map((record) => record.get(0));
  } finally {
    await driver.close();
  }
}

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits for what another process does in its own time; the test's time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

const connects = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2000 });
    const done = (answer: boolean) => () => resolve(socket.destroy() && answer);
    socket.on('connect', done(true)).on('error', done(false)).on('timeout', done(false));
  });

describe('a server in a temporary folder', { timeout: 300_000 }, () => {
  let server: RunningNeo4j;

  it('answers with its password', async () => {
    server = await start();
    expect(await ask(server, 'RETURN 1')).toEqual([1]);
    expect(await ask(server, 'CALL dbms.components() YIELD edition RETURN edition')).toEqual(['community']);
  });

  it('has a password of its own, in a file for its owner alone', async () => {
    expect(server.password).toMatch(/^[\w-]{32}$/);
    expect(readFileSync(server.passwordFile, 'utf8')).toBe(server.password);
    if (process.platform !== 'win32') expect(statSync(server.passwordFile).mode & 0o077).toBe(0);
    if (process.platform !== 'win32') expect(statSync(server.home).mode & 0o077).toBe(0);
  });

  it('refuses another password', async () => {
    await expect(ask(server, 'RETURN 1', 'not-the-password')).rejects.toMatchObject({
      code: 'Neo.ClientError.Security.Unauthorized',
    });
    await expect(ask(server, 'RETURN 1', 'neo4j')).rejects.toMatchObject({
      code: 'Neo.ClientError.Security.Unauthorized',
    });
  });

  it('is reached from this machine only', async () => {
    const { port } = new URL(server.uri);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    expect(await connects('127.0.0.1', Number(port))).toBe(true);
    for (const address of others) expect(await connects(address, Number(port))).toBe(false);
  });

  it('has its password in no command line, environment, setting or log', () => {
    const texts = execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' });
    expect(texts).not.toContain(server.password);
    if (existsSync('/proc'))
      expect(readFileSync(`/proc/${server.pid()}/environ`, 'utf8')).not.toContain(server.password);
    for (const file of ['conf/neo4j.conf', 'logs/debug.log'])
      expect(readFileSync(join(server.home, file), 'utf8')).not.toContain(server.password);
  });

  it('keeps what was committed when it is killed, on the same address', async () => {
    const { uri } = server;
    const pid = server.pid()!;
    await ask(server, 'CREATE (:Kept {id: 1})');
    await server.kill();
    expect(isThere(pid)).toBe(false);
    expect(server.pid()).toBeUndefined();
    await expect(ask(server, 'RETURN 1')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
    await server.restart();
    expect(server.uri).toBe(uri);
    expect(await ask(server, 'MATCH (n:Kept) RETURN n.id')).toEqual([1]);
  });

  it('takes further settings when it is started again', async () => {
    await server.restart({ 'server.databases.default_to_read_only': 'true' });
    await expect(ask(server, 'CREATE (:Refused)')).rejects.toMatchObject({ code: expect.stringMatching(/^Neo\./) });
    await server.restart({ 'server.databases.default_to_read_only': 'false' });
    expect(await ask(server, 'MATCH (n) RETURN count(n)')).toEqual([1]);
  });

  it('takes its data from files, by the bulk importer', async () => {
    const nodes = folder.file('nodes.csv', 'id:ID,name,:LABEL\na,Ada,User\nb,Books,Resource\n');
    const edges = folder.file('edges.csv', ':START_ID,:END_ID,:TYPE\na,b,CAN\n');
    const said = await server.importCsv({ nodes: [nodes], relationships: [edges] });
    expect(said).toContain('IMPORT DONE');
    expect(await ask(server, 'MATCH (a:User)-[:CAN]->(b:Resource) RETURN a.name + b.name')).toEqual(['AdaBooks']);
  });

  it('says what the importer said when it fails', async () => {
    const edges = folder.file('lost.csv', ':START_ID,:END_ID,:TYPE\na,nowhere,CAN\n');
    await server.shutdown();
    const command = ['database', 'import', 'full', 'neo4j', '--overwrite-destination', `--relationships=${edges}`];
    await expect(server.adminTool(command)).rejects.toThrow(/neo4j-admin database import full failed/);
  });

  it('leaves no process and no file when it stops', async () => {
    await server.restart();
    const pid = server.pid()!;
    await server.stop();
    expect(isThere(pid)).toBe(false);
    expect(existsSync(server.home)).toBe(false);
  });
});

describe('a server in a folder that is kept', { timeout: 300_000 }, () => {
  it('has its data and its password the next time', async () => {
    const home = join(folder.path, 'kept');
    const first = await start({ home });
    await ask(first, 'CREATE (:Kept {id: 2})');
    await first.stop();
    const second = await start({ home });
    expect(second.password).toBe(first.password);
    expect(await ask(second, 'MATCH (n:Kept) RETURN n.id')).toEqual([2]);
    await second.stop();
    expect(existsSync(home)).toBe(true);
  });

  it('is not started twice on the same data', async () => {
    const home = join(folder.path, 'once');
    const first = await start({ home });
    await expect(start({ home })).rejects.toThrow(/Neo4j did not start/);
    expect(await ask(first, 'RETURN 1')).toEqual([1]);
    await first.stop();
  });
});

describe('a server whose starter dies', { timeout: 300_000 }, () => {
  it('ends, and its temporary folder goes', async () => {
    const program = join(folder.path, 'starter.mts');
    const library = new URL('../../scripts/neo4j/index.ts', import.meta.url).href;
    writeFileSync(
      program,
      `import { startNeo4j } from ${JSON.stringify(library)};
const server = await startNeo4j();
console.log(JSON.stringify([server.pid(), server.home]));`,
    );
    const tsx = import.meta.resolve('tsx');
    const starter = spawn(process.execPath, ['--import', tsx, program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await createInterface({ input: starter.stdout })
      [Symbol.asyncIterator]()
      .next()
      .then(({ value }) => [value as string]);
    const [pid, home] = JSON.parse(line!) as [number, string];
    expect(isThere(pid)).toBe(true);
    starter.kill('SIGKILL');
    await until(() => !isThere(pid));
    expect(existsSync(home)).toBe(false);
  });
});
