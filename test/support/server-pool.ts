import type { ServerSource, TestServer } from './neo4j-sources.ts';

/** A server that runs or starts. */
interface Slot {
  readonly server: Promise<TestServer>;
}

/** Servers of one kind: lent to one borrower at a time, started when none is free, as many as the source allows. */
export class ServerPool {
  readonly #source: ServerSource;
  readonly #gds: boolean;
  readonly #slots = new Set<Slot>();
  readonly #free: Slot[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(source: ServerSource, gds: boolean) {
    this.#source = source;
    this.#gds = gds;
  }

  /** Waits for a server. `onReturn` is told once what to call when the borrower is done with it. */
  async lend(onReturn: (giveBack: () => void) => void): Promise<TestServer> {
    const slot = await this.#slot();
    try {
      const server = await slot.server;
      onReturn(() => this.#take(slot, server.alive()));
      return server;
    } catch (error) {
      this.#take(slot, false);
      throw error;
    }
  }

  async #slot(): Promise<Slot> {
    for (;;) {
      const free = this.#free.pop() ?? this.#fresh();
      if (free !== undefined) return free;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #fresh(): Slot | undefined {
    if (this.#slots.size >= this.#source.most(this.#gds)) return undefined;
    const slot = { server: this.#source.start(this.#gds) };
    this.#slots.add(slot);
    return slot;
  }

  /** One that died is forgotten, and another may be started in its place. */
  #take(slot: Slot, alive: boolean): void {
    if (alive) this.#free.push(slot);
    else this.#slots.delete(slot);
    this.#waiting.shift()?.();
  }

  async stop(): Promise<void> {
    const servers = await Promise.allSettled([...this.#slots].map(({ server }) => server));
    await Promise.all(servers.map((one) => one.status === 'fulfilled' && one.value.stop()));
  }
}
