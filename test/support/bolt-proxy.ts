/**
 * Stands between a driver and a Neo4j server, and does to their connections what networks do: delays them, holds them up,
 * and cuts them just before or just after a transaction was committed.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { CommitFinder } from './commit-finder.ts';

/** What becomes of a COMMIT: it arrives; the connection is cut before it does; or when the server has answered, and the answer is lost. */
export type CommitFate = 'passes' | 'is lost' | 'loses its answer';

/** What the server answers when it has done what it was told: the tag of a SUCCESS message. */
const SUCCESS = 0x70;

export class BoltProxy {
  readonly #listener: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #sockets = new Set<Socket>();
  #opened: Promise<void> = Promise.resolve();
  #open: () => void = () => {};
  /** Milliseconds that everything takes in each direction. */
  delay = 0;
  /** Asked for each COMMIT, with all that its connection has sent since the one before, its statements among it. */
  fate: (transaction: string) => CommitFate = () => 'passes';
  /** Called when a COMMIT was answered and before its answer is lost. */
  beforeLoss: () => Promise<void> = async () => {};
  /** COMMITs that clients have sent so far. */
  commits = 0;
  /** Answers that told of a commit and were lost. */
  lostAnswers = 0;

  /** @param uri of the server; starts with a scheme of the driver */
  constructor(uri: string) {
    const { hostname, port } = new URL(uri);
    this.#target = { host: hostname, port: Number(port) };
    this.#listener = createServer((client) => this.#join(client));
  }

  static async before(uri: string): Promise<BoltProxy> {
    const proxy = new BoltProxy(uri);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  /** Without routing, which would tell the driver the server's own address. */
  get uri(): string {
    return `bolt://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  /** Holds everything up, in both directions, until `goOn`. Connections stay, and new ones are taken. */
  hold(): void {
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  goOn(): void {
    this.#open();
  }

  /** Cuts all connections; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.goOn();
    this.cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #join(client: Socket): void {
    const server = connect(this.#target);
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    const commits = new CommitFinder();
    let losing = false;
    let transaction = '';
    this.#pump(client, server, async (piece) => {
      transaction += piece.toString('latin1');
      if (!commits.in(piece)) return piece;
      this.commits++;
      const fate = this.fate(transaction);
      transaction = '';
      losing = fate === 'loses its answer';
      if (fate !== 'is lost') return piece;
      cut();
      return undefined;
    });
    this.#pump(server, client, async (piece) => {
      commits.answered(piece);
      if (!losing) return piece;
      if (piece[3] === SUCCESS) this.lostAnswers++;
      await this.beforeLoss();
      cut();
      return undefined;
    });
  }

  /** Takes what comes from one side to the other, piece by piece and in order. */
  #pump(from: Socket, to: Socket, pass: (piece: Buffer) => Promise<Buffer | undefined>): void {
    let turn = Promise.resolve();
    from.on('data', (piece: Buffer) => {
      turn = turn.then(async () => {
        await this.#opened;
        if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
        const passed = await pass(piece);
        if (passed !== undefined && !to.destroyed) to.write(passed);
      });
    });
    from.on('end', () => void turn.then(() => to.end()));
  }
}
