/** What it costs to cut an edge: how much work it is, and how much others depend on what is of its kind. */
import { wholeCapacities } from '../../algorithms/minimum-cut.ts';
import { EDGE_KINDS, type EdgeKind, type EdgeRecord, GrantlensError, type Instant } from '../model/index.ts';
import { isIdentity } from '../snapshot/snapshot.ts';
import { type Ground, invalid } from './ground.ts';
import type { RevocationCosts, RevocationQuestion } from './questions.ts';

/** Assignments of one identity are cheap, what many depend on is dear. */
export const REVOCATION_COSTS: RevocationCosts = {
  directGrants: 1,
  MEMBER_OF: 1,
  HAS_ROLE: 1,
  CAN_ASSUME: 2,
  CONTROLS: 2,
  GRANTS: 4,
  INHERITS: 5,
  CONTAINS: 10,
  recentUse: 1,
};
const RECENT_DAYS = 90;
const DAY = 86_400_000;
/** Scopes are how the resources lie, and no way to take somebody's access away. */
const PROTECTED_KINDS: readonly EdgeKind[] = ['CONTAINS'];
const MOST_COST = 1_000_000;

export interface Prices {
  /** A whole number, or Infinity. */
  readonly priceOf: (edge: number) => number;
  /** The cost that a price stands for. */
  readonly costOf: (price: number) => number;
}

/**
 * @param edges those whose prices are wanted
 * @throws GrantlensError ARGUMENT_INVALID, EDGE_NOT_FOUND
 */
export async function pricesOf(
  ground: Ground,
  asked: RevocationQuestion,
  at: Instant,
  edges: readonly number[],
): Promise<Prices> {
  const costs = costsOf(asked);
  const recentDays = asked.recentDays ?? RECENT_DAYS;
  if (!(recentDays >= 0)) throw invalid('recentDays', `recentDays must be 0 or more, is ${recentDays}`);
  const kinds = protectedKinds(asked);
  const kept = await protectedRefs(ground, asked.protectedEdges ?? []);
  const { snapshot } = ground;
  const open = edges.filter(
    (edge) => !kept.has(snapshot.edgeRef[edge]!) && !kinds.includes(EDGE_KINDS[snapshot.edgeKind[edge]!]!),
  );
  const used = costs.recentUse === 0 ? new Set<number>() : await recentlyUsed(ground, open, at, recentDays * DAY);
  const each = open.map((edge) => costOfEdge(ground, costs, edge) + (used.has(edge) ? costs.recentUse : 0));
  try {
    const { capacities, perUnit } = wholeCapacities(each);
    const prices = new Map(open.map((edge, i) => [edge, capacities[i]!]));
    return {
      priceOf: (edge) => prices.get(edge) ?? Number.POSITIVE_INFINITY,
      costOf: (price) => price / perUnit,
    };
  } catch (error) {
    if (error instanceof RangeError) throw invalid('costs', error.message);
    throw error;
  }
}

function costsOf({ costs = {} }: RevocationQuestion): RevocationCosts {
  const made: Writable<RevocationCosts> = { ...REVOCATION_COSTS };
  for (const [name, cost] of Object.entries(costs) as [keyof RevocationCosts, number | undefined][]) {
    if (cost === undefined) continue;
    if (!Object.hasOwn(made, name)) throw invalid('costs', `costs has no ${JSON.stringify(name)}`);
    if (!(cost >= 0 && cost <= MOST_COST))
      throw invalid('costs', `costs.${name} must be from 0 to ${MOST_COST}, is ${cost}`);
    made[name] = cost;
  }
  return made;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function protectedKinds({ protectedKinds = PROTECTED_KINDS }: RevocationQuestion): readonly EdgeKind[] {
  const wrong = protectedKinds.find((kind) => !EDGE_KINDS.includes(kind));
  if (wrong === undefined) return protectedKinds;
  throw invalid('protectedKinds', `protectedKinds are among ${EDGE_KINDS.join(', ')}, not ${JSON.stringify(wrong)}`);
}

async function protectedRefs({ reader }: Ground, ids: readonly string[]): Promise<ReadonlySet<number>> {
  const { edges } = await reader.refsOf([], ids);
  const refs = new Set<number>();
  for (const [i, ref] of edges.entries()) {
    // An edge without effect is there, and on no way.
    if (ref !== undefined) refs.add(ref);
    else if ((await reader.edgeById(ids[i]!)) === undefined)
      throw new GrantlensError('EDGE_NOT_FOUND', `No edge has the id ${JSON.stringify(ids[i])}.`, { id: ids[i] });
  }
  return refs;
}

async function recentlyUsed(
  { reader, snapshot }: Ground,
  edges: readonly number[],
  at: Instant,
  within: number,
): Promise<ReadonlySet<number>> {
  const records = await reader.edges(edges.map((edge) => snapshot.edgeRef[edge]!));
  const isRecent = (record: EdgeRecord | undefined): boolean =>
    record?.lastUsedAt !== undefined && record.lastUsedAt > at - within;
  return new Set(edges.filter((_, i) => isRecent(records[i])));
}

function costOfEdge({ snapshot }: Ground, costs: RevocationCosts, edge: number): number {
  const kind = EDGE_KINDS[snapshot.edgeKind[edge]!]!;
  if (kind === 'GRANTS' && isIdentity(snapshot, snapshot.source[edge]!)) return costs.directGrants;
  // Bounds and ownership are on no way.
  return kind === 'BOUNDED_BY' || kind === 'OWNS' ? 0 : costs[kind];
}
