/** Reads what a plan may rearrange. Cost grows with what is in play, and once with the edges that leave roles. */

import { isOver } from '../findings/still-there.ts';
import { type EdgeRecord, GrantlensError, type Instant, isManagedByVendor, NODE_KINDS } from '../model/index.ts';
import { liveNodes } from '../snapshot/nodes.ts';
import { compareNodes, sortNodes } from '../snapshot/order.ts';
import type { Pace } from '../snapshot/pace.ts';
import {
  CONDITIONAL_EDGE,
  DENY,
  GRANT,
  isResource,
  kindIndexOf,
  MEMBERSHIP,
  RESOURCE,
  ROLE,
  type Snapshot,
  TAKEOVER,
} from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import { type AnchorReason, anchoredRoles } from './anchors.ts';
import { type Atom, atomKey, atomOf } from './atom.ts';
import { givenAtoms } from './given-atoms.ts';
import { linksOf, rightsOf, turned } from './links.ts';
import type { PresentRole, RoleState, Row } from './role-state.ts';
import { type Scope, scopeNodes, scopeOf } from './scope.ts';

export interface StateOptions {
  readonly at: Instant;
  /** Ids of what may change, see scope.ts; default: all of the graph. */
  readonly scope?: readonly string[] | undefined;
  /** Ids of roles that are to stay as they are. */
  readonly keep?: readonly string[] | undefined;
}

/** Records that are asked of the store at a time. */
const AT_A_TIME = 2_000;

/**
 * The state at an instant: what is over by then gives nothing any more and is no part of it.
 *
 * @throws GrantlensError ARGUMENT_INVALID, NODE_NOT_FOUND, LIMIT_EXCEEDED for the scope or the roles to keep;
 *   NOTHING_TO_RESTRUCTURE when nobody in scope has a role that may move or a direct grant; the reason of the signal
 */
export async function readRoleState(
  { snapshot, reader }: { readonly snapshot: Snapshot; readonly reader: StoreReader },
  { at, scope: named, keep = [] }: StateOptions,
  pace: Pace,
): Promise<RoleState> {
  const kept = new Set(scopeNodes(snapshot, keep, 'keep'));
  const waited = await waitedFor(reader);
  const anchoring = (managed: ReadonlySet<number>) => anchoredRoles(snapshot, kept, managed, waited);
  const scoping = (anchors: ReadonlyMap<number, AnchorReason>) =>
    named === undefined ? undefined : scopeOf(snapshot, named, anchors);
  // Whoever manages a role is known by its record. The more roles may move the more are in play: none is missed.
  const most = anchoring(new Set());
  const candidates = rolesInPlay({ snapshot, anchored: most, scope: scoping(most) });
  const managed = await vendorRoles(snapshot, reader, candidates, pace);
  const anchored = managed.size === 0 ? most : anchoring(managed);
  const scope = scoping(anchored);
  const reading = new Reading({ snapshot, reader, at, anchored, scope, pace });
  const state = await reading.state();
  if (state.rows.some(({ inScope }) => inScope) || state.roles.length > 0) return state;
  throw new GrantlensError(
    'NOTHING_TO_RESTRUCTURE',
    named === undefined
      ? 'No role of the graph may be rearranged, and nobody has a grant of his own.'
      : 'Nobody in scope has a role that may be rearranged, or a grant of his own.',
    { anchored: anchored.size },
  );
}

/** Those of some roles that a vendor manages: see model/vendor-managed.ts. */
async function vendorRoles(
  snapshot: Snapshot,
  reader: StoreReader,
  roles: Uint32Array,
  pace: Pace,
): Promise<ReadonlySet<number>> {
  const managed = new Set<number>();
  for (let from = 0; from < roles.length; from += AT_A_TIME) {
    await pace.rest();
    const part = roles.subarray(from, from + AT_A_TIME);
    const entities = await reader.entities(Array.from(part, (role) => snapshot.nodeRef[role]!));
    part.forEach((role, i) => {
      if (isManagedByVendor(entities[i]?.attributes ?? {})) managed.add(role);
    });
  }
  return managed;
}

/** Nodes that edges without effect name: what these would mean if their other end came back is to stay so. */
async function waitedFor(reader: StoreReader): Promise<ReadonlySet<string>> {
  const { total } = await reader.danglingEdges(0);
  if (total === 0) return new Set();
  const { edges } = await reader.danglingEdges(total);
  return new Set(edges.flatMap(({ from, to }) => [from, to]));
}

interface ReadingGround {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly at: Instant;
  readonly anchored: ReadonlyMap<number, AnchorReason>;
  readonly scope: Scope | undefined;
  readonly pace: Pace;
}

class Pairs {
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly edge: number[] = [];

  add(left: number, right: number, edge: number): void {
    this.left.push(left);
    this.right.push(right);
    this.edge.push(edge);
  }
}

class Reading {
  readonly #ground: ReadingGround;
  readonly #snapshot: Snapshot;
  readonly #roles: Uint32Array;
  /** Role numbers by node. */
  readonly #numbers: ReadonlyMap<number, number>;
  readonly #rows: Row[] = [];
  readonly #rowNumbers = new Map<string, number>();
  readonly #atoms: Atom[] = [];
  readonly #atomNumbers = new Map<string, number>();
  readonly #atomOfEdge = new Map<number, number>();
  readonly #conditionOfEdge = new Map<number, string>();

  constructor(ground: ReadingGround) {
    this.#ground = ground;
    this.#snapshot = ground.snapshot;
    this.#roles = sortNodes(ground.snapshot, rolesInPlay(ground));
    this.#numbers = new Map(Array.from(this.#roles, (node, role) => [node, role]));
  }

  async state(): Promise<RoleState> {
    const { snapshot, reader, at, anchored } = this.#ground;
    const entities = await this.#entities();
    const juniors = new Pairs();
    const assignments: number[] = [];
    const grants: number[] = [];
    for (const node of this.#roles) {
      for (const edge of this.#there(MEMBERSHIP, 'out', node))
        juniors.add(this.#role(node), this.#role(snapshot.target[edge]!), edge);
      for (const edge of this.#there(MEMBERSHIP, 'into', node))
        if (!this.#numbers.has(snapshot.source[edge]!)) assignments.push(edge);
      grants.push(...this.#there(GRANT, 'out', node));
      await this.#rest();
    }
    const holders = sortNodes(snapshot, Uint32Array.from(this.#holders(assignments)));
    const direct: number[] = [];
    for (const holder of holders) {
      for (const edge of this.#there(GRANT, 'out', holder))
        if ((snapshot.flags[edge]! & (DENY | TAKEOVER)) === 0) direct.push(edge);
      await this.#rest();
    }
    await this.#read(grants, (edge, record) => void this.#atomOfEdge.set(edge, this.#atom(record)));
    await this.#read(direct, (edge, record) => void this.#atomOfEdge.set(edge, this.#atom(record)));
    const conditional = assignments.filter((edge) => (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0);
    await this.#read(conditional, (edge, { condition }) => void this.#conditionOfEdge.set(edge, condition ?? ''));
    return {
      snapshot,
      reader,
      at,
      anchored,
      roles: entities,
      ...this.#joined({ juniors, assignments, grants, direct }),
    };
  }

  #joined(edges: {
    readonly juniors: Pairs;
    readonly assignments: readonly number[];
    readonly grants: readonly number[];
    readonly direct: readonly number[];
  }): Omit<RoleState, 'snapshot' | 'reader' | 'at' | 'anchored' | 'roles'> {
    const { source, target } = this.#snapshot;
    const [own, assigned, directly] = [new Pairs(), new Pairs(), new Pairs()];
    for (const edge of edges.grants) own.add(this.#role(source[edge]!), this.#atomOfEdge.get(edge)!, edge);
    for (const edge of this.#byHolder(edges.assignments))
      assigned.add(this.#row(edge), this.#role(target[edge]!), edge);
    for (const edge of edges.direct) directly.add(this.#plainRow(source[edge]!), this.#atomOfEdge.get(edge)!, edge);
    const [roles, rows, atoms] = [this.#roles.length, this.#rows.length, this.#atoms.length];
    const atomsOf = linksOf(own, roles, atoms);
    const juniorsOf = linksOf(edges.juniors, roles, roles);
    const rolesOf = linksOf(assigned, rows, roles);
    const numbers = Array.from(this.#roles, (_, role) => role);
    return {
      rows: this.#rows,
      atoms: this.#atoms,
      atomsOf,
      juniorsOf,
      rolesOf,
      rowsOf: turned(rolesOf, roles),
      directOf: linksOf(directly, rows, atoms),
      optionalOf: () => [],
      given: givenAtoms(
        numbers.map((role) => rightsOf(atomsOf, role)),
        numbers.map((role) => rightsOf(juniorsOf, role)),
      ),
    };
  }

  #byHolder(edges: readonly number[]): readonly number[] {
    const { source, target } = this.#snapshot;
    return [...edges].sort(
      (a, b) =>
        compareNodes(this.#snapshot, source[a]!, source[b]!) ||
        compareNodes(this.#snapshot, target[a]!, target[b]!) ||
        a - b,
    );
  }

  /** Holders in scope, and all others that a role in play is assigned to. */
  #holders(assignments: readonly number[]): ReadonlySet<number> {
    const { scope } = this.#ground;
    if (scope === undefined) return new Set(everyHolder(this.#ground));
    const holders = new Set(scope.holders);
    for (const edge of assignments) holders.add(this.#snapshot.source[edge]!);
    return holders;
  }

  #role(node: number): number {
    return this.#numbers.get(node)!;
  }

  /** Edges of a node that are not over. */
  #there(edgeClass: number, direction: 'out' | 'into', node: number): readonly number[] {
    const { at } = this.#ground;
    return [...this.#snapshot.adjacency[edgeClass]![direction].of(node)].filter(
      (edge) => !isOver(this.#snapshot, edge, at),
    );
  }

  #atom(record: EdgeRecord): number {
    const atom = atomOf(record);
    const key = atomKey(atom);
    const known = this.#atomNumbers.get(key);
    if (known !== undefined) return known;
    this.#atomNumbers.set(key, this.#atoms.length);
    return this.#atoms.push(atom) - 1;
  }

  #row(edge: number): number {
    const { source, windowOf, validFrom, validTo } = this.#snapshot;
    const window = windowOf[edge]!;
    const condition = this.#conditionOfEdge.get(edge);
    return this.#rowNumber(source[edge]!, condition, validFrom[window]!, validTo[window]!);
  }

  #plainRow(holder: number): number {
    return this.#rowNumber(holder, undefined, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  #rowNumber(anchor: number, condition: string | undefined, from: number, to: number): number {
    const key = `${anchor} ${from} ${to} ${condition ?? ''}`;
    const known = this.#rowNumbers.get(key);
    if (known !== undefined) return known;
    const { scope } = this.#ground;
    this.#rowNumbers.set(key, this.#rows.length);
    return (
      this.#rows.push({
        anchor,
        id: this.#snapshot.ids.at(anchor),
        kind: NODE_KINDS[kindIndexOf(this.#snapshot, anchor)]!,
        ...(condition === undefined ? {} : { condition }),
        ...(from === Number.NEGATIVE_INFINITY ? {} : { validFrom: from }),
        ...(to === Number.POSITIVE_INFINITY ? {} : { validTo: to }),
        inScope: scope === undefined || scope.holders.has(anchor),
      }) - 1
    );
  }

  async #entities(): Promise<readonly PresentRole[]> {
    const { reader } = this.#ground;
    const found: PresentRole[] = [];
    for (let first = 0; first < this.#roles.length; first += AT_A_TIME) {
      await this.#rest();
      const part = this.#roles.subarray(first, first + AT_A_TIME);
      const entities = await reader.entities(Array.from(part, (node) => this.#snapshot.nodeRef[node]!));
      part.forEach((node, i) => {
        const { id, name, sources } = entities[i] ?? missing();
        found.push({ node, id, name, sources });
      });
    }
    return found;
  }

  async #read(edges: readonly number[], take: (edge: number, record: EdgeRecord) => void): Promise<void> {
    const { reader } = this.#ground;
    for (let first = 0; first < edges.length; first += AT_A_TIME) {
      await this.#rest();
      const part = edges.slice(first, first + AT_A_TIME);
      const records = await reader.edges(part.map((edge) => this.#snapshot.edgeRef[edge]!));
      for (const [i, edge] of part.entries()) take(edge, records[i] ?? missing());
    }
  }

  async #rest(): Promise<void> {
    if (this.#ground.pace.isDue()) await this.#ground.pace.rest();
  }
}

/**
 * Roles that may move: all of them, or those that holders in scope have, with all below. A role that nobody in scope has and
 * that includes one of these is a holder that stays: what leads from one role to all that have to do with it is the whole estate.
 */
function rolesInPlay({
  snapshot,
  anchored,
  scope,
}: Pick<ReadingGround, 'snapshot' | 'anchored' | 'scope'>): Uint32Array<ArrayBuffer> {
  const movable = (node: number): boolean => kindIndexOf(snapshot, node) === ROLE && !anchored.has(node);
  if (scope === undefined) return Uint32Array.from([...liveNodes(snapshot, ROLE, ROLE + 1)].filter(movable));
  const { adjacency, target } = snapshot;
  const found = new Set(scope.roles);
  for (const holder of scope.holders)
    for (const edge of adjacency[MEMBERSHIP]!.out.of(holder)) if (movable(target[edge]!)) found.add(target[edge]!);
  for (const role of found) for (const edge of adjacency[MEMBERSHIP]!.out.of(role)) found.add(target[edge]!);
  return Uint32Array.from(found);
}

function* everyHolder({ snapshot, anchored }: ReadingGround): Iterable<number> {
  for (const node of liveNodes(snapshot, 0, RESOURCE))
    if (!isResource(snapshot, node) && (kindIndexOf(snapshot, node) !== ROLE || anchored.has(node))) yield node;
}

function missing(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has a part of the version that is being read.');
}
