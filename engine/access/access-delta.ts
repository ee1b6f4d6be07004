/**
 * Who gains and who loses what from one version to another of the same space. Only identities behind a changed edge and
 * resources before one are looked at. Identities that stand alike towards those resources are one class, and so are
 * resources that the same grants reach, so that rows are worked out once for each pair of classes, on both sides, and
 * counted as often as the pair occurs: the counts are exact.
 */
import type { DecisionRank } from '../model/index.ts';
import { foldCase } from '../snapshot/action-pattern.ts';
import { type EdgeDifference, edgeDifference, renumberedNodes } from '../snapshot/difference.ts';
import type { Pace } from '../snapshot/pace.ts';
import { isIdentity } from '../snapshot/snapshot.ts';
import { gatherOn, isGrantedAlike, rowsOn, targetsOf } from './access-list.ts';
import type { RowGroup } from './access-rows.ts';
import { type Affected, affectedBy } from './affected.ts';
import type { Frame } from './frame.ts';
import { type IdentityClass, identityClasses } from './identity-classes.ts';
import { namedIn, type ResourceClass, resourceClasses } from './resource-classes.ts';
import { turnedEdges } from './turned-edges.ts';
import type { Workspace } from './workspace.ts';

/** Patterns of one identity on one resource that are allowed on one side only, or more on one side. */
export interface PatternRows {
  readonly actions: readonly string[];
  readonly exceptions: readonly string[];
  readonly rank: DecisionRank;
}

/** How the access of one class of identities on one class of resources differs. */
export interface PairDelta {
  readonly resources: ResourceClass;
  readonly gained: readonly PatternRows[];
  readonly lost: readonly PatternRows[];
  /** Patterns that are allowed as much as before, with other exceptions. */
  readonly altered: readonly PatternRows[];
}

export interface ClassDelta {
  readonly identities: IdentityClass;
  readonly pairs: readonly PairDelta[];
}

export interface AccessDifference {
  /** Each (identity, resource, pattern) once. */
  readonly gained: number;
  readonly lost: number;
  readonly altered: number;
  readonly classes: readonly ClassDelta[];
  /** How many identities may be concerned, and how many of them were looked at. */
  readonly identities: number;
  readonly identitiesDone: number;
}

/** Frames of two versions of one space, perhaps at two instants, that differ in nothing else. */
type Sides = readonly [before: Frame, after: Frame];

/** Which identities and resources what differs may concern. */
export async function concernedBy(sides: Sides, pace: Pace): Promise<Affected> {
  return affectedBy(sides, await changedEdges(sides[0], sides[1], pace), pace);
}

/**
 * @param work scratch space that nobody else uses meanwhile
 * @param within what is looked at; default: everything that may be concerned
 */
export async function accessDifference(
  sides: Sides,
  work: Workspace,
  pace: Pace,
  within?: Affected,
): Promise<AccessDifference> {
  const [before, after] = sides;
  const affected = within ?? (await concernedBy(sides, pace));
  const resources = new ComparedResources(await resourceClasses([before, after], work, affected.resources, pace));
  const { renumbered, others } = toldApart(affected.identities, before, after);
  const identities = [...renumbered, ...(await identityClasses([before, after], others, resources.named, pace))];
  const classes: ClassDelta[] = [];
  const counts = { gained: 0, lost: 0, altered: 0 };
  // Those of no class have nothing to do with the resources.
  const all = others.length + renumbered.length;
  let identitiesDone = all - identities.reduce((sum, { members }) => sum + members.length, 0);
  for (const each of identities) {
    if (pace.isDue()) await pace.rest();
    if (pace.isOver()) break;
    const pairs = pairsOf(sides, work, each, resources);
    for (const pair of pairs) addTo(counts, pair, each.members.length);
    if (pairs.length > 0) classes.push({ identities: each, pairs });
    identitiesDone += each.members.length;
  }
  return { ...counts, classes, identities: all, identitiesDone };
}

/** Identities that have another number in each version are a class each: to whoever asks they are the same. */
function toldApart(
  identities: Uint32Array,
  { snapshot: before }: Frame,
  { snapshot: after }: Frame,
): { readonly renumbered: readonly IdentityClass[]; readonly others: readonly number[] | Uint32Array } {
  const now = renumberedNodes(before, after);
  if (now.size === 0) return { renumbered: [], others: identities };
  const concerned = new Set(identities);
  const renumbered: IdentityClass[] = [];
  for (const [was, is] of now) {
    const known = [concerned.delete(was), concerned.delete(is)];
    if (known.includes(true) && isIdentity(after, was) && isIdentity(after, is))
      renumbered.push({ members: [is], was });
    else for (const [i, node] of [was, is].entries()) if (known[i]) concerned.add(node);
  }
  return { renumbered, others: [...concerned] };
}

async function changedEdges(before: Frame, after: Frame, pace: Pace): Promise<EdgeDifference> {
  const changed = edgeDifference(before.snapshot, after.snapshot);
  if (before.at === after.at) return changed;
  const turned = await turnedEdges(before, after, pace);
  return { removed: [...changed.removed, ...turned.removed], added: [...changed.added, ...turned.added] };
}

/** Classes of resources as both sides look at them. */
class ComparedResources {
  readonly #classes: readonly ResourceClass[];
  /** What grants on them name. */
  readonly named: ReadonlySet<number>;
  /** True when each lies on both sides within the same: then equal grants come to the same. */
  readonly lieAlike: boolean;
  /** Places of classes by what grants on them name. */
  readonly #places = new Map<number, number[]>();

  constructor(classes: readonly ResourceClass[]) {
    this.#classes = classes;
    this.named = namedIn(classes);
    this.lieAlike = classes.every(({ upward: [before, after] }) => before.join() === after.join());
    for (const [place, { upward }] of classes.entries())
      for (const node of new Set(upward.flat())) {
        const known = this.#places.get(node);
        if (known === undefined) this.#places.set(node, [place]);
        else known.push(place);
      }
  }

  /** Classes that grants on some resources may reach, in order. */
  reachedBy(targets: Iterable<number>): readonly ResourceClass[] {
    const found = new Set<number>();
    for (const target of targets) for (const place of this.#places.get(target) ?? []) found.add(place);
    return [...found].sort((a, b) => a - b).map((place) => this.#classes[place]!);
  }
}

/** Nothing else is worked out where what an identity is granted is the same on both sides. */
function pairsOf(
  [before, after]: Sides,
  work: Workspace,
  { members, was = members[0]! }: IdentityClass,
  resources: ComparedResources,
): readonly PairDelta[] {
  const { named } = resources;
  const [had, has] = [gatherOn(before, work, was, named), gatherOn(after, work, members[0]!, named)];
  if (resources.lieAlike && isGrantedAlike(had, has)) return [];
  const reached = resources.reachedBy([...targetsOf(had), ...targetsOf(has)]);
  const [then, now] = [before, after].map(({ snapshot }, side) =>
    rowsOn(
      snapshot,
      side === 0 ? had : has,
      reached.map((each) => ({ resource: each.members[0]!, upward: each.upward[side]! })),
    ),
  );
  const pairs: PairDelta[] = [];
  reached.forEach((each, i) => {
    if (then![i] === now![i]) return;
    const delta = compareRows(then![i]!, now![i]!);
    if (delta.gained.length + delta.lost.length + delta.altered.length > 0) pairs.push({ resources: each, ...delta });
  });
  return pairs;
}

const patternsIn = (rows: readonly PatternRows[]): number => rows.reduce((sum, { actions }) => sum + actions.length, 0);

function addTo(counts: { gained: number; lost: number; altered: number }, pair: PairDelta, identities: number): void {
  const times = identities * pair.resources.members.length;
  counts.gained += patternsIn(pair.gained) * times;
  counts.lost += patternsIn(pair.lost) * times;
  counts.altered += patternsIn(pair.altered) * times;
}

interface PatternState {
  /** As it is written on its side. */
  readonly pattern: string;
  readonly rank: DecisionRank;
  readonly exceptions: readonly string[];
  /** All that is said of the pattern, weaker decisions with fewer exceptions too; equal texts, equal content. */
  readonly all: string;
}

/** Compares what is listed for one identity on one resource on both sides. Patterns that differ in the case of letters are one. */
export function compareRows(was: readonly RowGroup[], is: readonly RowGroup[]): Omit<PairDelta, 'resources'> {
  const [before, after] = [byPattern(was), byPattern(is)];
  const gained = new RowsByDecision();
  const lost = new RowsByDecision();
  const altered = new RowsByDecision();
  for (const [folded, now] of after) {
    const then = before.get(folded);
    if (then === undefined || now.rank > then.rank) gained.add(now);
    else if (now.rank === then.rank && now.all !== then.all) altered.add(now);
  }
  for (const [folded, then] of before) {
    const now = after.get(folded);
    if (now === undefined || now.rank < then.rank) lost.add(then);
  }
  return { gained: gained.rows(), lost: lost.rows(), altered: altered.rows() };
}

/** The strongest that is said of each pattern, and all that is; by the pattern in lower case. */
function byPattern(groups: readonly RowGroup[]): ReadonlyMap<string, PatternState> {
  const states = new Map<string, PatternState>();
  // Strongest first.
  for (const { actions, exceptions, rank } of groups) {
    const said = JSON.stringify([rank, ...exceptions.map(foldCase).sort()]);
    for (const pattern of actions) {
      const folded = foldCase(pattern);
      const known = states.get(folded);
      const state =
        known === undefined ? { pattern, rank, exceptions, all: said } : { ...known, all: known.all + said };
      states.set(folded, state);
    }
  }
  return states;
}

/** Puts patterns with the same decision and exceptions together, as lists do. */
class RowsByDecision {
  readonly #rows = new Map<string, { actions: string[]; exceptions: readonly string[]; rank: DecisionRank }>();

  add({ pattern, rank, exceptions }: PatternState): void {
    const key = JSON.stringify([rank, exceptions]);
    const row = this.#rows.get(key);
    if (row === undefined) this.#rows.set(key, { actions: [pattern], exceptions, rank });
    else row.actions.push(pattern);
  }

  rows(): readonly PatternRows[] {
    if (this.#rows.size === 0) return [];
    const rows = [...this.#rows.values()].map((row) => ({ ...row, actions: [...row.actions].sort() }));
    return rows.sort((a, b) => b.rank - a.rank || (a.actions[0]! < b.actions[0]! ? -1 : 1));
  }
}
