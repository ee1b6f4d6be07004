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
import { findSource, jdk, type ServerAddress, type ServerSource } from './neo4j-sources.ts';
import { ServerPool } from './server-pool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the broker's socket. */
    neo4jBroker: string;
  }
}

/** What a file asks for, as a line of JSON. */
export interface Wanted {
  readonly gds: boolean;
  /** No server, but the answer whether one can be started here. */
  readonly own?: boolean;
}

/** What it gets, as a line of JSON. */
export type Lent =
  | ServerAddress
  | { readonly own: true }
  | { readonly missing: string; readonly first: boolean }
  | { readonly failed: string };

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
  #own: ReturnType<typeof jdk> | undefined;
  readonly #pools = new Map<boolean, ServerPool>();
  #told = false;

  serve(socket: Socket): void {
    const answer = (lent: Lent) => socket.writable && socket.write(`${JSON.stringify(lent)}\n`);
    socket.on('error', () => {});
    createInterface({ input: socket }).once('line', (line) => {
      this.#lend(JSON.parse(line) as Wanted, socket).then(answer, (error: Error) => answer({ failed: error.message }));
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop()));
  }

  async #lend({ gds, own = false }: Wanted, socket: Socket): Promise<Lent> {
    const source = await (own ? (this.#own ??= jdk()) : (this.#source ??= findSource()));
    if ('missing' in source) {
      const first = !this.#told;
      this.#told = true;
      return { missing: source.missing, first };
    }
    if (own) return { own };
    const { uri, user, password, database } = await this.#pool(gds, source).lend((giveBack) => {
      if (socket.destroyed) giveBack();
      else socket.once('close', giveBack);
    });
    return { uri, user, password, database };
  }

  #pool(gds: boolean, source: ServerSource): ServerPool {
    const key = gds && !source.one;
    const pool = this.#pools.get(key) ?? new ServerPool(source, key);
    this.#pools.set(key, pool);
    return pool;
  }
}
