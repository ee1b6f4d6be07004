/**
 * What holders have through roles, followed step by step and for all times at once. A role that is nobody's to act as, that is
 * neither bound nor a bound, that denies nothing and includes only such roles, always, means no more than what it grants. So who
 * is to be decided on alike at every instant and in every reach need only, for each condition and window under which roles are
 * assigned to him, be given the same by them and by his own grants together.
 *
 * Worked out from plain records, by walks over maps and sets; docs/restructure.md has the argument.
 */
import { type Change, type EdgeRecord, formatInstant, GrantlensError, type Instant } from '../../model/index.ts';
import { AgreedGrants, type Given } from './agreed-grants.ts';
import { AgreedLedger } from './agreed-ledger.ts';
import type { Records } from './plain-graph.ts';

/** Somebody who is given otherwise after a step. */
export interface HoldingDifference {
  /** Counted from 1. */
  readonly step: number;
  readonly holder: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface HoldingsProof {
  /** Identities, groups and roles that stay, of whom some step touches what they have. */
  readonly holders: number;
  readonly steps: number;
  readonly differenceCount: number;
  /** The first hundred. */
  readonly differences: readonly HoldingDifference[];
  /** What is given otherwise after steps because it was agreed; absent where nothing is. */
  readonly agreed?: readonly HoldingDifference[];
}

/** How holdings are followed. */
export interface Following {
  /** What may be lost and gained; default: nothing. */
  readonly agreed?: AgreedGrants | undefined;
  /** What was lost and gained by agreement before the first step. */
  readonly begun?: readonly HoldingDifference[] | undefined;
  /** Called now and then, so that others have a turn and the time is looked at. */
  readonly rest: () => Promise<void>;
}

const TOLD = 100;

/**
 * O(edges that touch roles) to read, and for each step what the holders that it touches have.
 *
 * @param at what is over by then counts for nothing
 * @throws GrantlensError PLAN_REFUSED for a change that is not one of assignments, inclusions, grants and roles that mean no more;
 *   what `rest` throws
 */
export async function followHoldings(
  records: Records,
  steps: readonly (readonly Change[])[],
  at: Instant,
  { agreed, begun, rest }: Following,
): Promise<HoldingsProof> {
  const holdings = await Holdings.read(records, steps.flat(), at, rest);
  const ledger = new AgreedLedger(agreed ?? (await AgreedGrants.read(records, [])), begun);
  const told: HoldingDifference[] = [];
  const touched = new Set<string>();
  const differences: HoldingDifference[] = [];
  let differenceCount = 0;
  for (const [i, changes] of steps.entries()) {
    const concerned = new Set(holdings.concernedBy(changes));
    const before = new Map<string, ReadonlyMap<string, Given>>();
    for (const holder of concerned) {
      await rest();
      before.set(holder, holdings.of(holder));
    }
    for (const change of changes) holdings.apply(change);
    for (const holder of concerned) {
      await rest();
      touched.add(holder);
      const { agreed: may, other } = ledger.takenApart(holder, before.get(holder)!, holdings.of(holder));
      if (may.gained.length + may.lost.length > 0) told.push({ step: i + 1, holder, ...may });
      if (other.gained.length + other.lost.length === 0) continue;
      differenceCount += 1;
      if (differences.length < TOLD) differences.push({ step: i + 1, holder, ...other });
    }
  }
  return {
    holders: touched.size,
    steps: steps.length,
    differenceCount,
    differences,
    ...(told.length === 0 ? {} : { agreed: told }),
  };
}

/** Edges by one of their ends. */
class EdgesBy {
  readonly #lists = new Map<string, Map<string, EdgeRecord>>();

  put(end: string, edge: EdgeRecord): void {
    const known = this.#lists.get(end);
    if (known === undefined) this.#lists.set(end, new Map([[edge.id, edge]]));
    else known.set(edge.id, edge);
  }

  delete(end: string, { id }: EdgeRecord): void {
    this.#lists.get(end)?.delete(id);
  }

  of(end: string): Iterable<EdgeRecord> {
    return this.#lists.get(end)?.values() ?? [];
  }
}

const isPlain = ({ condition, validFrom, validTo }: EdgeRecord): boolean =>
  condition === undefined && validFrom === undefined && validTo === undefined;

class Holdings {
  readonly #at: Instant;
  readonly #kinds: Map<string, string>;
  /** Edges that touch a role or that a change is about, and grants of holders that are concerned. */
  readonly #edges = new Map<string, EdgeRecord>();
  readonly #out = new EdgesBy();
  readonly #into = new EdgesBy();
  /** Roles that mean no more than what they grant. */
  #free: ReadonlySet<string> = new Set();
  readonly #made = new Set<string>();

  private constructor(at: Instant, kinds: Map<string, string>) {
    this.#at = at;
    this.#kinds = kinds;
  }

  static async read(
    records: Records,
    changes: readonly Change[],
    at: Instant,
    rest: () => Promise<void>,
  ): Promise<Holdings> {
    const kinds = new Map<string, string>();
    for await (const { id, kind } of records.nodes()) kinds.set(id, kind);
    await rest();
    const holdings = new Holdings(at, kinds);
    const changed = new Set(changes.flatMap((change) => (change.op === 'REMOVE_EDGE' ? [change.id] : [])));
    for await (const edge of records.edges())
      if (holdings.#isRole(edge.from) || holdings.#isRole(edge.to) || changed.has(edge.id)) holdings.#put(edge);
    await rest();
    holdings.#free = holdings.#freeRoles();
    const holders = new Set(holdings.#everConcerned(changes));
    for await (const edge of records.edges()) if (edge.kind === 'GRANTS' && holders.has(edge.from)) holdings.#put(edge);
    await rest();
    return holdings;
  }

  #isRole(id: string): boolean {
    return this.#kinds.get(id) === 'Role';
  }

  #put(edge: EdgeRecord): void {
    const known = this.#edges.get(edge.id);
    if (known !== undefined) this.#drop(known);
    this.#edges.set(edge.id, edge);
    this.#out.put(edge.from, edge);
    this.#into.put(edge.to, edge);
  }

  #drop(edge: EdgeRecord): void {
    this.#edges.delete(edge.id);
    this.#out.delete(edge.from, edge);
    this.#into.delete(edge.to, edge);
  }

  /** Round after round those go that are more than what they grant, and those that include one that went. */
  #freeRoles(): ReadonlySet<string> {
    const free = new Set([...this.#kinds].filter(([, kind]) => kind === 'Role').map(([id]) => id));
    for (const edge of this.#edges.values()) {
      if (!this.#mayLeaveFree(edge)) free.delete(edge.from);
      if (!this.#mayReachFree(edge)) free.delete(edge.to);
    }
    for (let size = -1; size !== free.size; ) {
      size = free.size;
      for (const { kind, from, to } of this.#edges.values())
        if (kind === 'INHERITS' && !free.has(to)) free.delete(from);
    }
    return free;
  }

  /** Edges to what is not there would mean something if it were: such a role is not free. */
  #mayLeaveFree(edge: EdgeRecord): boolean {
    if (!this.#kinds.has(edge.to)) return false;
    if (edge.kind === 'INHERITS') return isPlain(edge);
    return edge.kind === 'OWNS' || (edge.kind === 'GRANTS' && edge.effect !== 'DENY');
  }

  #mayReachFree(edge: EdgeRecord): boolean {
    if (!this.#kinds.has(edge.from)) return false;
    return edge.kind === 'OWNS' || edge.kind === 'HAS_ROLE' || (edge.kind === 'INHERITS' && isPlain(edge));
  }

  #isFree(id: string): boolean {
    return this.#free.has(id) || this.#made.has(id);
  }

  apply(change: Change): void {
    switch (change.op) {
      case 'PUT_NODE': {
        const { id, kind } = change.node;
        if (kind !== 'Role') refuse(`puts ${JSON.stringify(id)}, a ${kind}`);
        if (!this.#kinds.has(id)) this.#made.add(id);
        this.#kinds.set(id, kind);
        return;
      }
      case 'REMOVE_NODE':
        if (!this.#isFree(change.id)) refuse(`removes ${JSON.stringify(change.id)}, which is more than what it grants`);
        // With it would end what nobody said was to end.
        for (const edges of [this.#out, this.#into])
          for (const { kind } of edges.of(change.id))
            if (kind !== 'OWNS') refuse(`removes ${JSON.stringify(change.id)} before its last edges`);
        return;
      case 'PUT_EDGE':
        this.#check(change.edge);
        this.#put(change.edge);
        return;
      case 'REMOVE_EDGE': {
        const edge = this.#edges.get(change.id);
        if (edge === undefined) return;
        this.#check(edge);
        this.#drop(edge);
        return;
      }
      default:
        refuse('tells of a use');
    }
  }

  #check(edge: EdgeRecord): void {
    const { kind, from, to, effect, id } = edge;
    const what = `${kind} from ${JSON.stringify(from)} to ${JSON.stringify(to)} (${id})`;
    if (kind === 'OWNS' || (kind === 'GRANTS' && effect !== 'DENY')) return;
    if ((kind === 'HAS_ROLE' || (kind === 'INHERITS' && isPlain(edge))) && this.#isFree(to)) return;
    refuse(`changes ${what}, which means more than what it gives`);
  }

  /** All who are concerned at some time: whoever is above what any change touches, before or after. */
  *#everConcerned(changes: readonly Change[]): Iterable<string> {
    yield* this.concernedBy(changes);
    const above = new Map<string, string[]>();
    for (const change of changes)
      if (change.op === 'PUT_EDGE' && (change.edge.kind === 'HAS_ROLE' || change.edge.kind === 'INHERITS')) {
        const known = above.get(change.edge.to);
        if (known === undefined) above.set(change.edge.to, [change.edge.from]);
        else known.push(change.edge.from);
      }
    const met = new Set(changes.flatMap((change) => this.#startOf(change)));
    for (const node of met) {
      for (const senior of above.get(node) ?? []) met.add(senior);
      if (this.#isFree(node)) for (const edge of this.#into.of(node)) if (edge.kind !== 'OWNS') met.add(edge.from);
    }
    yield* met;
  }

  /** Holders above what changes touch, as things stand. */
  *concernedBy(changes: readonly Change[]): Iterable<string> {
    const met = new Set(changes.flatMap((change) => this.#startOf(change)));
    for (const node of met) {
      if (!this.#isFree(node)) yield node;
      else for (const edge of this.#into.of(node)) if (edge.kind !== 'OWNS') met.add(edge.from);
    }
  }

  #startOf(change: Change): readonly string[] {
    if (change.op === 'PUT_EDGE') return change.edge.kind === 'OWNS' ? [] : [change.edge.from];
    if (change.op !== 'REMOVE_EDGE') return [];
    const edge = this.#edges.get(change.id);
    return edge === undefined || edge.kind === 'OWNS' ? [] : [edge.from];
  }

  /** What a holder is given by free roles and by himself, under which condition and when. */
  of(holder: string): ReadonlyMap<string, Given> {
    const given = new Map<string, Given>();
    for (const edge of this.#out.of(holder)) {
      if (this.#isOver(edge)) continue;
      if (edge.kind === 'GRANTS' && edge.effect !== 'DENY') given.set(said(edge), givenBy(edge));
      if ((edge.kind !== 'HAS_ROLE' && edge.kind !== 'INHERITS') || !this.#isFree(edge.to)) continue;
      const when = isPlain(edge) ? '' : `, assigned${whenText(edge)}`;
      for (const [grant, gives] of this.#grantsBelow(edge.to)) given.set(grant + when, gives);
    }
    return given;
  }

  #grantsBelow(role: string): ReadonlyMap<string, Given> {
    const met = new Set([role]);
    const grants = new Map<string, Given>();
    for (const one of met)
      for (const edge of this.#out.of(one)) {
        if (edge.kind === 'INHERITS') met.add(edge.to);
        if (edge.kind === 'GRANTS' && !this.#isOver(edge)) grants.set(said(edge), givenBy(edge));
      }
    return grants;
  }

  #isOver({ validTo }: EdgeRecord): boolean {
    return validTo !== undefined && validTo <= this.#at;
  }
}

const givenBy = ({ to, actions = [] }: EdgeRecord): Given => ({ to, actions });

/** What a grant says about access, whoever has it. Every part is quoted or has a word of its own: equal texts, equal grants. */
function said(edge: EdgeRecord): string {
  const { to, actions = [], exceptActions = [], inherit } = edge;
  const quoted = (patterns: readonly string[]): string => patterns.map((pattern) => JSON.stringify(pattern)).join(', ');
  const except = exceptActions.length === 0 ? '' : ` except ${quoted(exceptActions)}`;
  return `${quoted(actions)}${except} on ${JSON.stringify(to)}${inherit === false ? ' itself' : ''}${whenText(edge)}`;
}

function whenText({ condition, validFrom, validTo }: EdgeRecord): string {
  const only = condition === undefined ? '' : ` if ${JSON.stringify(condition)}`;
  const from = validFrom === undefined ? '' : ` from ${formatInstant(validFrom)}`;
  const to = validTo === undefined ? '' : ` until ${formatInstant(validTo)}`;
  return only + from + to;
}

function refuse(what: string): never {
  throw new GrantlensError('PLAN_REFUSED', `The plan is refused: it ${what}.`);
}
