/** How long it takes until an engine in another process shows a change of one edge, from the commit on. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type Change, makeEdge } from '../../engine/index.ts';
import { productEngine } from '../product.ts';
import type { PartRequest } from './request.ts';

export interface FollowResult {
  readonly changes: number;
  /** Milliseconds from the resolved `apply` until a view of the follower has the version. */
  readonly seen: { readonly median: number; readonly p99: number; readonly most: number };
  /** Milliseconds that `apply` itself took. */
  readonly applied: { readonly median: number; readonly most: number };
}

const CHANGES = 40;
/** Where a change takes long to be seen, fewer are measured. */
const LONGEST = 120_000;

/** Milliseconds that mean the same in every process of this machine. */
export const now = (): number => performance.timeOrigin + performance.now();

export async function followChanges({ address, users, seed }: PartRequest): Promise<FollowResult> {
  const { openEngine, generateEstate } = await productEngine();
  const ends = someMembership(generateEstate({ users, seed }));
  const follower = new Follower();
  await follower.start(address);
  const engine = await openEngine({ data: address, mode: 'write' });
  const seen: number[] = [];
  const applied: number[] = [];
  const started = now();
  for (let i = 0; i < CHANGES && now() - started < LONGEST; i++) {
    await pause(250 + 37 * (i % 13));
    const edge = makeEdge({ kind: 'MEMBER_OF', ...ends, source: 'bench', key: `change ${i}` });
    const begun = now();
    const { version } = await engine.apply({
      id: `follow-${begun}`,
      source: 'bench',
      complete: [],
      changes: [{ op: 'PUT_EDGE', edge }],
    });
    const committed = now();
    applied.push(committed - begun);
    seen.push(Math.max(0, (await follower.sees(version)) - committed));
  }
  await engine.close();
  await follower.stop();
  return { changes: seen.length, seen: spread(seen), applied: spread(applied) };
}

/** The ends of one membership of the estate. */
function someMembership(changes: Iterable<Change>): { readonly from: string; readonly to: string } {
  for (const change of changes) if (change.op === 'PUT_EDGE' && change.edge.kind === 'MEMBER_OF') return change.edge;
  throw new Error('The estate has no memberships');
}

class Follower {
  readonly #process = fork(join(import.meta.dirname, 'follower.ts'), { execArgv: ['--import', 'tsx'] });
  readonly #seen = new Map<number, number>();
  #wake: () => void = () => {};

  async start(address: unknown): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#process.once('exit', (code) => reject(new Error(`The follower ended with ${code}`)));
      this.#process.on('message', (message: { readonly version: number; readonly at: number }) => {
        this.#seen.set(message.version, message.at);
        this.#wake();
        resolve();
      });
    });
    this.#process.send(address as object);
    await ready;
  }

  /** When a version, or one that came after it, was seen. */
  async sees(version: number): Promise<number> {
    for (;;) {
      const at = [...this.#seen].filter(([seen]) => seen >= version).map(([, when]) => when);
      if (at.length > 0) return Math.min(...at);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await Promise.race([ended, pause(5_000)]);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! * 10) / 10;
  return { median: at(0.5), p99: at(0.99), most: at(1) };
}
