/**
 * The part of a graph that some changes may concern, as plain records: who stands behind what changes, and all that these
 * have. Read from the records themselves, twice, so that of a large graph only ids and that part are held.
 */
import {
  type Change,
  type EdgeKind,
  type EdgeRecord,
  GrantlensError,
  type NodeKind,
  type NodeRecord,
} from '../../model/index.ts';

/** Where records are read. Each call begins anew. */
export interface Records {
  readonly nodes: () => AsyncIterable<PlainNode> | Iterable<PlainNode>;
  readonly edges: () => AsyncIterable<EdgeRecord> | Iterable<EdgeRecord>;
}

/** One source's word that a node is there. */
export type PlainNode = Pick<NodeRecord, 'id' | 'kind' | 'source'>;

export interface PlainGraph {
  readonly kinds: ReadonlyMap<string, NodeKind>;
  /** Edges that have effect, by where they leave. */
  readonly out: ReadonlyMap<string, readonly EdgeRecord[]>;
}

export interface BothSides {
  readonly before: PlainGraph;
  readonly after: PlainGraph;
  /** Ids of users and service accounts behind what changes, in code unit order. */
  readonly identities: readonly string[];
}

/** Edges along which one comes to have what another has. */
export const LEADING: ReadonlySet<EdgeKind> = new Set([
  'MEMBER_OF',
  'HAS_ROLE',
  'INHERITS',
  'CAN_ASSUME',
  'CONTROLS',
  'BOUNDED_BY',
]);
/** These, and what grants. */
export const CARRYING: ReadonlySet<EdgeKind> = new Set([...LEADING, 'GRANTS']);

/** What changes come to: the last word on each node and edge. */
class Outcome {
  readonly nodes = new Map<string, NodeRecord | undefined>();
  readonly edges = new Map<string, EdgeRecord | undefined>();

  readonly #ids = new Set<string>();

  /** Of nodes that come or go. */
  ids(): Iterable<string> {
    return this.#ids;
  }

  constructor(changes: Iterable<Change>) {
    for (const change of changes) {
      if (change.op === 'PUT_NODE') this.#ids.add(change.node.id);
      else if (change.op === 'REMOVE_NODE') this.#ids.add(change.id);
      if (change.op === 'PUT_NODE') this.nodes.set(JSON.stringify([change.node.id, change.node.source]), change.node);
      else if (change.op === 'REMOVE_NODE') this.nodes.set(JSON.stringify([change.id, change.source]), undefined);
      else if (change.op === 'PUT_EDGE') this.edges.set(change.edge.id, change.edge);
      else if (change.op === 'REMOVE_EDGE') this.edges.set(change.id, undefined);
    }
  }
}

/**
 * What a plan has no business with: scope, and nodes other than roles. What is written down of identities would not show it.
 *
 * @throws GrantlensError PLAN_REFUSED
 */
function mustBeAboutRoles(what: { readonly kind: EdgeKind | NodeKind; readonly id: string }): void {
  if (what.kind === 'Role' || what.kind === 'OWNS' || CARRYING.has(what.kind as EdgeKind)) return;
  throw new GrantlensError(
    'PLAN_REFUSED',
    `The plan is refused: it changes ${what.id}, a ${what.kind}, which is no part of roles.`,
    {
      id: what.id,
    },
  );
}

/**
 * O(records) to read, and what is concerned to hold.
 *
 * @throws GrantlensError PLAN_REFUSED for changes of scope, or of nodes that are no roles
 */
export async function bothSides(records: Records, changes: readonly Change[]): Promise<BothSides> {
  const outcome = new Outcome(changes);
  const kinds = await kindsOf(records, outcome);
  const { ways, changed } = await waysOf(records, outcome);
  // An edge ends with its node, also where no change says so.
  for (const id of outcome.ids()) changed.add(id);
  const behind = ways.behind(changed);
  const identities = [...behind]
    .filter((id) => isIdentity(kinds.before.get(id)) || isIdentity(kinds.after.get(id)))
    .sort();
  const edges = await edgesAhead(records, outcome, ways.ahead(identities));
  return {
    identities,
    before: { kinds: kinds.before, out: effective(edges.before, kinds.before) },
    after: { kinds: kinds.after, out: effective(edges.after, kinds.after) },
  };
}

const isIdentity = (kind: NodeKind | undefined): boolean => kind === 'User' || kind === 'ServiceAccount';

async function kindsOf(records: Records, outcome: Outcome) {
  const before = new Map<string, NodeKind>();
  const after = new Map<string, NodeKind>();
  for await (const { id, kind, source } of records.nodes()) {
    before.set(id, kind);
    const key = JSON.stringify([id, source]);
    if (outcome.nodes.has(key)) mustBeAboutRoles({ kind, id });
    if (!outcome.nodes.has(key) || outcome.nodes.get(key) !== undefined) after.set(id, kind);
  }
  for (const node of outcome.nodes.values()) {
    if (node === undefined) continue;
    mustBeAboutRoles(node);
    after.set(node.id, node.kind);
  }
  return { before, after };
}

/** Ways along which one comes to have what another has, of both sides together. */
class Ways {
  readonly #names = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  add({ kind, from, to }: EdgeRecord): void {
    if (!LEADING.has(kind)) return;
    this.#from.push(this.#numberOf(from));
    this.#to.push(this.#numberOf(to));
  }

  /** Some nodes, and all from whom a way leads to them. */
  behind(ids: Iterable<string>): ReadonlySet<string> {
    return this.#walked(ids, this.#to, this.#from);
  }

  /** Some nodes, and all to which a way leads from them. */
  ahead(ids: Iterable<string>): ReadonlySet<string> {
    return this.#walked(ids, this.#from, this.#to);
  }

  #walked(ids: Iterable<string>, near: readonly number[], far: readonly number[]): ReadonlySet<string> {
    const starts = [...ids].map((id) => this.#numberOf(id));
    const { bounds, places } = placesByEnd(near, this.#ids.length);
    const met = new Set(starts);
    for (const node of met) for (let i = bounds[node]!; i < bounds[node + 1]!; i++) met.add(far[places[i]!]!);
    return new Set([...met].map((number) => this.#ids[number]!));
  }

  #numberOf(id: string): number {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    this.#names.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }
}

/** Places of a list by what is there: those of n are `places[bounds[n]]` to `places[bounds[n + 1]]`, excluded. */
function placesByEnd(ends: readonly number[], nodes: number) {
  const bounds = new Uint32Array(nodes + 1);
  for (const end of ends) bounds[end + 1]!++;
  for (let node = 0; node < nodes; node++) bounds[node + 1]! += bounds[node]!;
  const next = bounds.slice();
  const places = new Uint32Array(ends.length);
  for (const [place, end] of ends.entries()) places[next[end]!++] = place;
  return { bounds, places };
}

/** The ways, and where an edge comes or goes. */
async function waysOf(records: Records, outcome: Outcome) {
  const ways = new Ways();
  const changed = new Set<string>();
  for await (const edge of records.edges()) {
    ways.add(edge);
    if (!outcome.edges.has(edge.id)) continue;
    mustBeAboutRoles(edge);
    changed.add(edge.from);
  }
  for (const edge of outcome.edges.values()) {
    if (edge === undefined) continue;
    mustBeAboutRoles(edge);
    ways.add(edge);
    changed.add(edge.from);
  }
  return { ways, changed };
}

/** The edges that leave what some identities come to have, before and after. */
async function edgesAhead(records: Records, outcome: Outcome, reached: ReadonlySet<string>) {
  const before: EdgeRecord[] = [];
  for await (const edge of records.edges()) if (CARRYING.has(edge.kind) && reached.has(edge.from)) before.push(edge);
  const after = before.filter(({ id }) => !outcome.edges.has(id));
  for (const edge of outcome.edges.values())
    if (edge !== undefined && CARRYING.has(edge.kind) && reached.has(edge.from)) after.push(edge);
  return { before, after };
}

/** An edge has effect while both its ends are there. */
function effective(edges: readonly EdgeRecord[], kinds: ReadonlyMap<string, NodeKind>) {
  const out = new Map<string, EdgeRecord[]>();
  for (const edge of edges) {
    if (!kinds.has(edge.from) || !kinds.has(edge.to)) continue;
    const known = out.get(edge.from);
    if (known === undefined) out.set(edge.from, [edge]);
    else known.push(edge);
  }
  return out;
}
