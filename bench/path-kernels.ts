/** Times the kernels of paths, cuts and dominators on the graph of access of a company, about the resource that most reach. */
import type { ArcRows } from '../algorithms/arc-rows.ts';
import type { CutNetwork } from '../algorithms/minimum-cut.ts';
import type { CompanyAccess } from './company-access.ts';

const built = <T>(name: string): Promise<T> =>
  import(new URL(`../dist/algorithms/${name}.js`, import.meta.url).href) as Promise<T>;
const { arcRows, reachedFrom, reversedRows } = await built<typeof import('../algorithms/arc-rows.ts')>('arc-rows');
const { popcount32, setsReached } = await built<typeof import('../algorithms/bit-reach.ts')>('bit-reach');
const { stronglyCondensed } = await built<typeof import('../algorithms/condensation.ts')>('condensation');
const { dominatedWeights, dominatingArcs, dominators } =
  await built<typeof import('../algorithms/dominators.ts')>('dominators');
const { cutsInOrder, minimumCut } = await built<typeof import('../algorithms/minimum-cut.ts')>('minimum-cut');
const { pathsTo } = await built<typeof import('../algorithms/path-counts.ts')>('path-counts');
const { countSimplePaths } = await built<typeof import('../algorithms/simple-path-counts.ts')>('simple-path-counts');
const { simplePathsInOrder } = await built<typeof import('../algorithms/simple-paths.ts')>('simple-paths');
const { topologicalOrder } = await built<typeof import('../algorithms/topological-order.ts')>('topological-order');

/** How many identities a cut is asked for. */
const PEOPLE_CUT_OFF = 200;

export function timePathKernels(
  { nodeCount, sources, targets, identities, resources }: CompanyAccess,
  timed: <T>(name: string, work: () => T) => T,
): void {
  const rows = timed('rows', () => arcRows(nodeCount, sources, targets));
  const back = timed('rows the other way round', () => reversedRows(rows));
  const condensed = timed('condensation', () => stronglyCondensed(rows));
  const marks = new Uint32Array(nodeCount);
  const watched = Array.from({ length: 32 }, (_, i) => resources[Math.floor((i * resources.length) / 32)]!);
  watched.forEach((resource, bit) => {
    marks[resource]! |= 1 << bit;
  });
  const reached = timed('which of 32 resources each node reaches', () => setsReached(condensed, marks));
  const counts = watched.map((_, bit) => identities.reduce((n, v) => n + ((reached[v]! >>> bit) & 1), 0));
  const resource = watched[counts.indexOf(Math.max(...counts))]!;
  console.log(
    `  ${identities.reduce((n, v) => n + popcount32(reached[v]!), 0)} pairs; ${Math.max(...counts)} reach the one`,
  );
  const tree = timed('dominators to one resource', () => dominators(back, resource));
  console.log(`  of ${tree.order.length} nodes`);
  timed('arcs that dominate', () => dominatingArcs(back, tree));
  timed('what is lost without each node', () => dominatedWeights(tree, new Uint8Array(nodeCount).fill(1)));
  const order = timed('topological order', () => topologicalOrder(rows));
  if (order !== undefined) timed('paths to one resource', () => pathsTo(rows, order, resource));
  else console.log('  there is a cycle: paths are not counted in all of it');
  const network = cutNetwork(rows, back, tree.order, identities, resource);
  console.log(
    `between ${PEOPLE_CUT_OFF} people and the resource: ${network.nodeCount} nodes, ${network.sources.length} edges`,
  );
  timed('minimum cut', () => minimumCut(network));
  timed('20 cuts in order', () => [...cutsInOrder(network, { limit: 20, flows: 10_000 })]);
  const between = arcRows(network.nodeCount, network.sources, network.targets);
  const number = timed('number of simple paths', () =>
    countSimplePaths(between, network.source, network.sink, { steps: 1_000_000 }),
  );
  console.log(`  ${number.count ?? 'too many to be counted'}`);
  timed('first 1,000 of them in order', () => {
    const paths = simplePathsInOrder(between, network.source, network.sink);
    for (let told = 0; told < 1_000 && paths.next().done !== true; told++);
  });
}

/** What lies between some of the people that reach a resource, and the resource; each edge costs 1, people are not cut off. */
function cutNetwork(
  rows: ArcRows,
  back: ArcRows,
  reaching: Uint32Array,
  identities: Uint32Array,
  resource: number,
): CutNetwork {
  const isIdentity = new Uint8Array(rows.nodeCount);
  for (const v of identities) isIdentity[v] = 1;
  const people = reaching.filter((v) => isIdentity[v] === 1);
  const step = Math.max(1, Math.floor(people.length / PEOPLE_CUT_OFF));
  const before = reachedFrom(back, resource);
  const number = new Map<number, number>([[resource, 1]]);
  const from: number[] = [];
  const to: number[] = [];
  const costs: number[] = [];
  const numberOf = (v: number): number => {
    const known = number.get(v);
    if (known !== undefined) return known;
    number.set(v, number.size + 1);
    return number.size;
  };
  for (const person of people.filter((_, i) => i % step === 0).slice(0, PEOPLE_CUT_OFF)) {
    from.push(0);
    to.push(numberOf(person));
    costs.push(Number.POSITIVE_INFINITY);
  }
  for (const [v, own] of number) {
    for (let place = rows.bounds[v]!; v !== resource && place < rows.bounds[v + 1]!; place++) {
      if (before[rows.targets[place]!] === 0) continue;
      from.push(own);
      to.push(numberOf(rows.targets[place]!));
      costs.push(1);
    }
  }
  return {
    nodeCount: number.size + 1,
    sources: Uint32Array.from(from),
    targets: Uint32Array.from(to),
    capacities: Float64Array.from(costs),
    source: 0,
    sink: 1,
  };
}
