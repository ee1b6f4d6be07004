/**
 * What an identity can do: from its contexts' grants down to the resources they reach. Resources that the same grants
 * reach share one answer, so patterns are worked out once for each combination of grants and not for each resource.
 * Cost grows with the grants of the identity and the resources they reach.
 */
import { foldCase } from '../snapshot/action-pattern.ts';
import { sortNodes } from '../snapshot/order.ts';
import { CONDITIONAL_EDGE, CONTAINMENT, DENY, GRANT, NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import type { Space } from '../snapshot/space.ts';
import { type AppliedContext, type AppliedGrant, type RowGroup, rowGroups, speaksFor } from './access-rows.ts';
import { boundsOf, collectContexts, collectMembers, membersOf, needsCare } from './contexts.ts';
import { collectUpward } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import type { NodeSet } from './node-set.ts';
import type { Workspace } from './workspace.ts';

export interface AccessListOptions {
  /** False: only the resources that grants name. */
  readonly expand: boolean;
  /** Only what speaks for this action. */
  readonly action?: string | undefined;
}

/** Resources with at least one row, by node number, and the rows of each. */
export interface AccessList {
  readonly resources: Uint32Array;
  rowsAt(position: number): readonly RowGroup[];
}

/** Grants that differ in nothing but the resource they name. */
interface GrantClass {
  readonly number: number;
  /** Which context, in the order of `contexts`; 0 is all contexts that need no care together. */
  readonly context: number;
  /** 0 for the context's own grants, else which bound, counted from 1. */
  readonly bound: number;
  readonly denies: boolean;
  readonly sure: boolean;
  readonly terms: number;
  readonly downward: number[];
  readonly exact: number[];
}

interface ContextSlot {
  readonly sure: boolean;
  readonly bounds: number;
}

/** Lists what an identity can do. */
export function accessOf(frame: Frame, work: Workspace, identity: number, options: AccessListOptions): AccessList {
  const gathered = gather(frame, work, identity);
  const signatures = new Signatures();
  const allowing = gathered.classes.filter((each) => !each.denies && each.bound === 0);
  const limiting = gathered.classes.filter((each) => each.denies || each.bound !== 0);
  const spread = options.expand ? spreadDown : namedOnly;
  // A grant that does not convey the action gives no row that speaks for it: it counts on resources where another one does.
  const { speaking, silent } = bySpeech(frame, allowing, options.expand ? options.action : undefined);
  const met = spread(frame, work, speaking, signatures);
  const few = met.length <= FEW_RESOURCES;
  if (!few) met.push(...spread(frame, work, silent, signatures));
  const touched = sortNodes(frame.snapshot, Uint32Array.from(met));
  const rest = few ? [...silent, ...limiting] : limiting;
  if (rest.length > 0) addLimits(frame, work, rest, touched, signatures);
  const signatureOf = new Uint32Array(touched.length);
  for (let i = 0; i < touched.length; i++) {
    signatureOf[i] = work.number[touched[i]!]!;
    work.number[touched[i]!] = 0;
  }
  const answers = new Answers(frame.snapshot, gathered, signatures, options.action);
  let kept = 0;
  for (let i = 0; i < touched.length; i++) {
    if (answers.rows(signatureOf[i]!).length === 0) continue;
    touched[kept] = touched[i]!;
    signatureOf[kept++] = signatureOf[i]!;
  }
  return { resources: touched.subarray(0, kept), rowsAt: (position) => answers.rows(signatureOf[position]!) };
}

/** On so many resources what else reaches them is found by looking upward from each. */
const FEW_RESOURCES = 256;

/** Classes whose grants convey an action, and the others. */
function bySpeech({ snapshot }: Frame, classes: readonly GrantClass[], action: string | undefined) {
  if (action === undefined) return { speaking: classes, silent: [] };
  const matcher = snapshot.terms.matcher(action);
  const speaking = classes.filter(({ terms }) => matcher.matches(terms));
  return { speaking, silent: classes.filter((each) => !speaking.includes(each)) };
}

/** What an identity is granted and denied, context by context, before it is known what that comes to on which resource. */
export interface Gathered {
  readonly classes: readonly GrantClass[];
  readonly contexts: readonly ContextSlot[];
}

/** @param named only grants on these resources, if given */
function gather(frame: Frame, work: Workspace, identity: number, named?: ReadonlySet<number>): Gathered {
  collectContexts(frame, identity, work);
  const classes = new Map<string, GrantClass>();
  const contexts: ContextSlot[] = [{ sure: true, bounds: 0 }];
  const all = [...work.contexts.nodes];
  const special = all.filter((context) => needsCare(frame, context));
  if (special.length === 0) gatherGrants(frame, work.attained, 0, 0, classes, named);
  else {
    const free = all.filter((context) => !needsCare(frame, context));
    if (free.length > 0) {
      collectMembers(frame, free, (context) => work.contexts.isCertain(context), work.members);
      gatherGrants(frame, work.members, 0, 0, classes, named);
    }
  }
  for (const context of special) {
    const bounds = boundsOf(frame, context);
    const slot = contexts.push({ sure: work.contexts.isCertain(context), bounds: bounds.length }) - 1;
    [context, ...bounds].forEach((principal, bound) => {
      membersOf(frame, principal, work.members);
      gatherGrants(frame, work.members, slot, bound, classes, named);
    });
  }
  return { classes: [...classes.values()], contexts };
}

function gatherGrants(
  frame: Frame,
  members: NodeSet,
  context: number,
  bound: number,
  classes: Map<string, GrantClass>,
  named: ReadonlySet<number> | undefined,
): void {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[GRANT]!;
  for (const member of members.nodes) {
    const certain = members.isCertain(member);
    const patch = out.patchOf(member);
    for (let i = out.first(member, patch), end = out.end(member, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (!counts(frame, edge) || (named !== undefined && !named.has(snapshot.target[edge]!))) continue;
      const flags = snapshot.flags[edge]!;
      const sure = certain && (flags & CONDITIONAL_EDGE) === 0;
      const denies = (flags & DENY) !== 0;
      const terms = snapshot.termsOf[edge]!;
      const key = classKey({ context, bound, denies, sure, terms });
      let found = classes.get(key);
      if (found === undefined) {
        found = { number: classes.size + 1, context, bound, denies, sure, terms, downward: [], exact: [] };
        classes.set(key, found);
      }
      ((flags & NO_INHERIT) === 0 ? found.downward : found.exact).push(snapshot.target[edge]!);
    }
  }
}

/**
 * Which classes a resource has, as one number: a tree of "what was there, and then this class too", so that equal sets,
 * built in the same order, are equal numbers.
 */
class Signatures {
  readonly #next = new Map<number, number>();
  readonly #parent: number[] = [0];
  readonly #last: number[] = [0];

  with(signature: number, grantClass: number): number {
    const key = signature * 0x100000 + grantClass;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const made = this.#parent.push(signature) - 1;
    this.#last.push(grantClass);
    this.#next.set(key, made);
    return made;
  }

  /** The numbers of the classes in a signature. */
  classes(signature: number): readonly number[] {
    const found: number[] = [];
    for (let s = signature; s !== 0; s = this.#parent[s]!) found.push(this.#last[s]!);
    return found;
  }
}

/** Marks every resource that allowing classes reach with its signature, in `work.number`. Returns those resources. */
function spreadDown(frame: Frame, work: Workspace, classes: readonly GrantClass[], signatures: Signatures): number[] {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[CONTAINMENT]!;
  const touched: number[] = [];
  const { visited, number } = work;
  for (const each of classes) {
    visited.clear();
    let before = -1;
    let after = -1;
    const mark = (resource: number): void => {
      const had = number[resource]!;
      if (had === 0) touched.push(resource);
      if (had !== before) {
        before = had;
        after = signatures.with(had, each.number);
      }
      number[resource] = after;
    };
    for (const target of each.downward) if (visited.add(target, true)) mark(target);
    for (let head = 0; head < visited.nodes.length; head++) {
      const resource = visited.nodes[head]!;
      const patch = out.patchOf(resource);
      for (let i = out.first(resource, patch), end = out.end(resource, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        const inner = snapshot.target[edge]!;
        if (counts(frame, edge) && visited.add(inner, true)) mark(inner);
      }
    }
    for (const target of each.exact) if (visited.add(target, true)) mark(target);
  }
  return touched;
}

/** The same, of the resources that allowing grants name and no others. */
function namedOnly(frame: Frame, work: Workspace, classes: readonly GrantClass[], signatures: Signatures): number[] {
  const named = [...new Set(classes.flatMap((each) => [...each.downward, ...each.exact]))];
  addLimits(frame, work, classes, named, signatures);
  return named;
}

/** Adds to each resource's signature the classes that reach it, looking upward from the resource. */
function addLimits(
  frame: Frame,
  work: Workspace,
  classes: readonly GrantClass[],
  resources: Iterable<number>,
  signatures: Signatures,
): void {
  const named = new ClassesByTarget(classes);
  for (const resource of resources) {
    collectUpward(frame, resource, work.upward);
    work.number[resource] = named.reaching(resource, work.upward.nodes, work.number[resource]!, signatures);
  }
}

/** Classes of grants by the resources that they name. */
class ClassesByTarget {
  readonly #downward = new Map<number, number[]>();
  readonly #exact = new Map<number, number[]>();

  constructor(classes: readonly GrantClass[]) {
    const note = (at: Map<number, number[]>, target: number, number: number): void => {
      const there = at.get(target);
      if (there === undefined) at.set(target, [number]);
      else if (there[there.length - 1] !== number) there.push(number);
    };
    for (const each of classes) {
      for (const target of each.downward) note(this.#downward, target, each.number);
      for (const target of each.exact) note(this.#exact, target, each.number);
    }
  }

  /** A signature, and with it the classes that reach a resource, which `upward` holds with all that contains it. */
  reaching(resource: number, upward: Iterable<number>, signature: number, signatures: Signatures): number {
    const found = new Set(this.#exact.get(resource));
    for (const container of upward) for (const number of this.#downward.get(container) ?? []) found.add(number);
    let reached = signature;
    for (const number of [...found].sort((a, b) => a - b)) reached = signatures.with(reached, number);
    return reached;
  }
}

/** A resource, and with it everything that contains it and that some grant names. */
export interface ResourceInScope {
  readonly resource: number;
  readonly upward: readonly number[];
}

/**
 * What an identity is granted on some resources, and nothing on others. O(what it has).
 *
 * @param named what grants on these resources name
 */
export const gatherOn = (frame: Frame, work: Workspace, identity: number, named: ReadonlySet<number>): Gathered =>
  gather(frame, work, identity, named);

/** What a list of grants comes to on some resources and no others; the rows on each, in the order given. */
export function rowsOn(
  snapshot: Snapshot,
  gathered: Gathered,
  resources: readonly ResourceInScope[],
): readonly (readonly RowGroup[])[] {
  const signatures = new Signatures();
  const classes = new ClassesByTarget(gathered.classes);
  const answers = new Answers(snapshot, gathered, signatures, undefined);
  return resources.map(({ resource, upward }) => answers.rows(classes.reaching(resource, upward, 0, signatures)));
}

/** The resources that a list of grants names, each once. */
export function targetsOf({ classes }: Gathered): ReadonlySet<number> {
  const targets = new Set<number>();
  for (const { downward, exact } of classes) {
    for (const target of downward) targets.add(target);
    for (const target of exact) targets.add(target);
  }
  return targets;
}

/**
 * True when two lists of grants of one space are the same, whatever ways they came: they then come to the same on every
 * resource that lies alike. False for some that are the same, where there are several contexts. O(grants · log grants).
 */
export function isGrantedAlike(one: Gathered, other: Gathered): boolean {
  if (one.classes.length !== other.classes.length || one.contexts.length !== other.contexts.length) return false;
  if (
    one.contexts.some(({ sure, bounds }, i) => sure !== other.contexts[i]!.sure || bounds !== other.contexts[i]!.bounds)
  )
    return false;
  const classes = new Map(other.classes.map((each) => [classKey(each), each]));
  return one.classes.every((each) => {
    const same = classes.get(classKey(each));
    return same !== undefined && isSameSet(each.downward, same.downward) && isSameSet(each.exact, same.exact);
  });
}

const classKey = ({ context, bound, denies, sure, terms }: Omit<GrantClass, 'number' | 'downward' | 'exact'>): string =>
  `${context} ${bound} ${denies ? 1 : 0}${sure ? 1 : 0} ${terms}`;

function isSameSet(one: readonly number[], other: readonly number[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  if (a.size !== b.size) return false;
  for (const member of a) if (!b.has(member)) return false;
  return true;
}

/** Rows by signature. Combinations of allowing grants alone recur from question to question and are kept with the snapshot. */
class Answers {
  readonly #snapshot: Snapshot;
  readonly #gathered: Gathered;
  readonly #signatures: Signatures;
  readonly #action: string | undefined;
  readonly #known = new Map<number, readonly RowGroup[]>();

  constructor(snapshot: Snapshot, gathered: Gathered, signatures: Signatures, action: string | undefined) {
    this.#snapshot = snapshot;
    this.#gathered = gathered;
    this.#signatures = signatures;
    this.#action = action === undefined ? undefined : foldCase(action);
  }

  rows(signature: number): readonly RowGroup[] {
    const known = this.#known.get(signature);
    if (known !== undefined) return known;
    const made = this.#filtered(this.#work(signature));
    this.#known.set(signature, made);
    return made;
  }

  #filtered(groups: readonly RowGroup[]): readonly RowGroup[] {
    const action = this.#action;
    return action === undefined ? groups : groups.filter((group) => speaksFor(group, action));
  }

  #work(signature: number): readonly RowGroup[] {
    const classes = this.#signatures.classes(signature).map((number) => this.#gathered.classes[number - 1]!);
    const shared = sharedRows(this.#snapshot);
    const key = classes.map(classKey).sort().join(',');
    // Contexts other than the common one carry bounds and certainty that the key does not tell.
    const simple = classes.every((each) => each.context === 0);
    const known = simple ? shared.get(key) : undefined;
    if (known !== undefined) return known;
    const groups = rowGroups(this.#contextsOf(classes));
    if (simple && shared.size < SHARED_ROWS) shared.set(key, groups);
    return groups;
  }

  #contextsOf(classes: readonly GrantClass[]): readonly AppliedContext[] {
    const applied: AppliedContext[] = [];
    this.#gathered.contexts.forEach(({ sure, bounds }, context) => {
      const own = classes.filter((each) => each.context === context);
      if (!own.some((each) => each.bound === 0 && !each.denies)) return;
      const of = (bound: number): { allows: AppliedGrant[]; denials: AppliedGrant[] } => ({
        allows: this.#grants(own, bound, false),
        denials: this.#grants(own, bound, true),
      });
      applied.push({ ...of(0), sure, bounds: Array.from({ length: bounds }, (_, i) => of(i + 1)) });
    });
    return applied;
  }

  #grants(classes: readonly GrantClass[], bound: number, denies: boolean): AppliedGrant[] {
    const { all } = this.#snapshot.terms;
    return classes
      .filter((each) => each.bound === bound && each.denies === denies)
      .map(({ terms, sure }) => ({ terms: all[terms]!, sure }));
  }
}

const SHARED_ROWS = 20_000;
/** By what numbers of action patterns stand for. */
const shared = new WeakMap<Space, Map<string, readonly RowGroup[]>>();

function sharedRows({ space }: Snapshot): Map<string, readonly RowGroup[]> {
  let rows = shared.get(space);
  if (rows === undefined) {
    rows = new Map();
    shared.set(space, rows);
  }
  return rows;
}
