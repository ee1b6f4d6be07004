/**
 * Lends Neo4j servers to test files. Community has one database a server, so a file has a server to itself while it runs;
 * a server that comes back goes to the next file. Started by Vitest before the tests and ended after them; looks for a
 * server when the first file asks. A connection to its socket is a loan: a file whose process dies gives back, too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { findSource, type ServerAddress, type ServerSource, type TestServer } from './neo4j-sources.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the broker's socket. */
    neo4jBroker: string;
  }
}

/** What a file asks for, as a line of JSON. */
export interface Wanted {
  readonly gds: boolean;
}

/** What it gets, as a line of JSON. */
export type Lent = ServerAddress | { readonly missing: string; readonly first: boolean } | { readonly failed: string };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-broker-'));
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\grantlens-${process.pid}` : join(folder, 'socket');
  const broker = new Broker();
  const listener = createServer((socket) => broker.serve(socket));
  await new Promise<void>((resolve) => listener.listen(path, resolve));
  project.provide('neo4jBroker', path);
  return async () => {
    listener.close();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

class Broker {
  #source: ReturnType<typeof findSource> | undefined;
  readonly #pools = new Map<boolean, Pool>();
  #told = false;

  serve(socket: Socket): void {
    const answer = (lent: Lent) => socket.writable && socket.write(`${JSON.stringify(lent)}\n`);
    socket.on('error', () => {});
    createInterface({ input: socket }).once('line', (line) => {
      const { gds } = JSON.parse(line) as Wanted;
      this.#lend(gds, socket).then(answer, (error: Error) => answer({ failed: error.message }));
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop()));
  }

  async #lend(gds: boolean, socket: Socket): Promise<Lent> {
    this.#source ??= findSource();
    const source = await this.#source;
    if ('missing' in source) {
      const first = !this.#told;
      this.#told = true;
      return { missing: source.missing, first };
    }
    const { uri, user, password, database } = await this.#pool(gds, source).lend(socket);
    return { uri, user, password, database };
  }

  #pool(gds: boolean, source: ServerSource): Pool {
    // A server that was given is one, whoever asks.
    const key = source.most(true) === source.most(false) ? false : gds;
    const pool = this.#pools.get(key) ?? new Pool(source, key);
    this.#pools.set(key, pool);
    return pool;
  }
}

class Pool {
  readonly #source: ServerSource;
  readonly #gds: boolean;
  readonly #all: Promise<TestServer>[] = [];
  readonly #free: TestServer[] = [];
  readonly #waiting: ((server: TestServer) => void)[] = [];

  constructor(source: ServerSource, gds: boolean) {
    this.#source = source;
    this.#gds = gds;
  }

  async lend(socket: Socket): Promise<TestServer> {
    const server = await this.#next();
    if (socket.destroyed) this.#take(server);
    else socket.once('close', () => this.#take(server));
    return server;
  }

  async #next(): Promise<TestServer> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#all.length >= this.#source.most(this.#gds)) return new Promise((resolve) => this.#waiting.push(resolve));
    const started = this.#source.start(this.#gds);
    this.#all.push(started);
    return started;
  }

  #take(server: TestServer): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(server);
    else next(server);
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.#all);
    await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value.stop()));
  }
}
