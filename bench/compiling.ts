/** Compiling by itself: reading the store's rows, and ordering and building; then cuts on what was compiled, without what they do besides. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { StoreReader } from '../engine/store/port.ts';
import type { Timing } from './measure.ts';
import { timeCalls, timeOnce } from './measure.ts';
import {
  productAssemble,
  productCompile,
  productEmbedded,
  productEngine,
  productPace,
  productRevocation,
  productView,
} from './product.ts';
import { sequence } from './random.ts';

type Snapshot = Awaited<ReturnType<Awaited<ReturnType<typeof productCompile>>['compileSnapshot']>>;

export interface Compiled {
  /** Seconds. */
  readonly reading: number;
  readonly building: number;
  readonly nodes: number;
  readonly edges: number;
  /** Milliseconds that the event loop was late while the rows were read, and after that. */
  readonly lateReading: number;
  readonly lateBuilding: number;
  readonly timings: readonly Timing[];
}

export async function timeCompiling(folder: string, seed: number): Promise<Compiled> {
  const { openEmbeddedStore } = await productEmbedded();
  const { compileSnapshot } = await productCompile();
  const { roomForChanges } = await productAssemble();
  const store = await openEmbeddedStore({ folder, mode: 'read' });
  const reader = await store.read();
  const scans = { seconds: 0, waited: 0, late: 0 };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await aTurn();
  const { seconds, result } = await timeOnce(async () => {
    return compileSnapshot(timedScans(reader, scans, delay), roomForChanges);
  });
  await aTurn();
  delay.disable();
  const timings = [await timeCuts(result, reader, seed)];
  await reader.close();
  await store.close();
  return {
    reading: scans.seconds,
    building: seconds - scans.seconds - scans.waited,
    nodes: result.nodeSpace,
    edges: result.edgeSpace,
    lateReading: scans.late,
    lateBuilding: delay.max / 1e6,
    timings,
  };
}

/** The reader, with the time that its scans take, what is done with each row included. After the last one `delay` begins anew. */
function timedScans(
  reader: StoreReader,
  scans: { seconds: number; waited: number; late: number },
  delay: ReturnType<typeof monitorEventLoopDelay>,
): StoreReader {
  const timed =
    <Args extends unknown[]>(scan: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      const { seconds } = await timeOnce(() => scan(...args));
      scans.seconds += seconds;
      const { seconds: waited } = await timeOnce(async () => {
        await aTurn();
        scans.late = Math.max(scans.late, delay.max / 1e6);
        delay.reset();
        await aTurn();
      });
      scans.waited += waited;
    };
  return new Proxy(reader, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target) as (...args: unknown[]) => Promise<void>;
      return String(name).startsWith('scan') ? timed(bound) : bound;
    },
  });
}

/** The delay is told by a timer: it has to fire before what it tells is in, and once more before it tells anything anew. */
const aTurn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));

const CUTS = 40;
const PEOPLE = 100;

/** The cheapest cut between a hundred identities and something they have, each edge at the price of 1 but containment, which stays. */
async function timeCuts(snapshot: Snapshot, reader: StoreReader, seed: number): Promise<Timing> {
  const { findCuts, findWays } = await productRevocation();
  const { Pace } = await productPace();
  const { EDGE_KINDS } = await productEngine();
  const structure = EDGE_KINDS.indexOf('CONTAINS');
  const asked = await crowds(snapshot, reader, seed);
  return timeCalls(`minimum cut, ${PEOPLE} identities`, { timed: asked, warm: asked.slice(0, 2) }, async (question) => {
    const { edges } = await findWays([snapshot], question, new Pace());
    const prices = Float64Array.from(edges, (edge) =>
      snapshot.edgeKind[edge] === structure ? Number.POSITIVE_INFINITY : 1,
    );
    const found = await findCuts([snapshot], { ...question, edges, prices, alternatives: 1 }, new Pace());
    if (!found.complete) return 'not complete';
    return found.cuts.length === 0 ? 'none' : 'some';
  });
}

/** A hundred who can do something, for grants drawn by seed that so many have. */
async function crowds(snapshot: Snapshot, reader: StoreReader, seed: number) {
  const { openView } = await productView();
  const { EDGE_KINDS } = await productEngine();
  const view = openView(snapshot, reader, () => {});
  const random = sequence(seed * 104_729 + 7);
  const at = Date.now();
  const grants = EDGE_KINDS.indexOf('GRANTS');
  const asked = [];
  for (let tries = 0; tries < CUTS * 2_000 && asked.length < CUTS; tries++) {
    const edge = Math.floor(random() * snapshot.edgeSpace);
    if (snapshot.edgeKind[edge] !== grants) continue;
    const [pattern = 'read'] = snapshot.terms.all[snapshot.termsOf[edge]!]!.actions;
    const action = pattern.replaceAll('*', 'read');
    const resource = snapshot.target[edge]!;
    const { items } = await view.whoCan({ action, resource: snapshot.ids.at(resource), at, first: PEOPLE });
    if (items.length < PEOPLE) continue;
    const identities = items.map(({ identity }) => snapshot.index.find(identity)).sort((a, b) => a - b);
    asked.push({ reach: 'ASSUMABLE', at, action, resources: [resource], identities } as const);
  }
  return asked;
}
