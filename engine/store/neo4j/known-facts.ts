/**
 * Holds a batch against the database: what of it is there already. Only what can be there is asked for: a source that was
 * never heard of has no edges, an empty graph no nodes.
 */
import {
  COUNT_DANGLING,
  COUNT_NODES,
  DANGLING_AT,
  DANGLING_OF_SOURCES,
  EDGE_COLUMNS,
  EDGES_OF_NODES,
  EDGES_OF_SOURCES,
  FIND_DANGLING,
  FIND_EDGES,
  FIND_ENDS,
  FIND_NODES,
  FIND_USES,
  NODES_OF_SOURCES,
  READ_SOURCES,
  type Statement,
  USES_OF_SOURCES,
} from '../../../cypher/index.ts';
import {
  EDGE_KINDS,
  type EdgeKind,
  type GrantlensError,
  type JsonValue,
  NODE_KINDS,
  type NodeKind,
} from '../../model/index.ts';
import type { BatchDraft } from './batch-draft.ts';
import type { Parameters, Transaction, Values } from './door.ts';
import { integer } from './door.ts';
import type { DraftEdge, DraftNode, EdgePlace } from './draft-facts.ts';
import { edgeRecord, idProperty, nodeRecords } from './properties.ts';
import { serverError } from './server-error.ts';
import { slices } from './slices.ts';

/** What a source vouches for. */
export interface SourceCounts {
  readonly nodes: number;
  readonly edges: number;
  readonly uses: number;
}

/** Runs a reading transaction: the one that is open, or one of its own for each part of a large batch. */
export type Reading = (work: (tx: Transaction) => Promise<void>) => Promise<void>;

const NOTHING: SourceCounts = Object.freeze({ nodes: 0, edges: 0, uses: 0 });
const FIRST_COLUMN = 5;

export class KnownFacts {
  readonly sources = new Map<string, SourceCounts>();
  readonly #read: Reading;
  readonly #draft: BatchDraft;
  #nodes = 0;
  #dangling = 0;

  /** Reads into a draft everything that has to be known of the database, which is at `version`, to apply it. */
  static async of(draft: BatchDraft, version: number, read: Reading): Promise<KnownFacts> {
    draft.forget();
    const facts = new KnownFacts(draft, read);
    if (version === 0) return facts;
    await facts.#readCounts();
    await facts.#readNodes();
    await facts.#readEdges();
    await facts.#readUses();
    await facts.#readConcerned();
    await facts.#readEnds();
    return facts;
  }

  private constructor(draft: BatchDraft, read: Reading) {
    this.#draft = draft;
    this.#read = read;
  }

  countsOf(source: string): SourceCounts {
    return this.sources.get(source) ?? NOTHING;
  }

  async #readCounts(): Promise<void> {
    await this.#read(async (tx) => {
      const [sources, nodes, dangling] = await Promise.all([
        tx.all(READ_SOURCES),
        tx.all(COUNT_NODES),
        tx.all(COUNT_DANGLING),
      ]);
      for (const [source, nodes, edges, uses] of sources as [string, number, number, number][])
        this.sources.set(source, { nodes, edges, uses });
      this.#nodes = nodes[0]![0] as number;
      this.#dangling = dangling[0]![0] as number;
    });
  }

  /** The sources told whole of which something of a kind is there. */
  #whole(what: keyof SourceCounts): string[] {
    return [...this.#draft.complete].filter((source) => this.countsOf(source)[what] > 0);
  }

  async #readNodes(): Promise<void> {
    if (this.#nodes === 0) return;
    const told = [...this.#draft.nodes.values()].filter((node) => node.isTold).map((node) => idProperty(node.id));
    await this.#find(FIND_NODES, 'ids', told, (values) => this.#takeNode(values));
    const sources = this.#whole('nodes');
    if (sources.length > 0) await this.#one(NODES_OF_SOURCES, { sources }, (values) => this.#takeNode(values));
  }

  #takeNode([ref, id, kind, since, changed, records]: Values): void {
    if (!isOurs(kind, since, records)) throw foreignNode(id as string);
    const node = this.#draft.pulledNode(id as string);
    node.ref = ref as number;
    node.kindBefore = kind as NodeKind;
    node.since = since as number;
    node.changed = changed as number;
    node.before = nodeRecords(kind as NodeKind, node.id, records as string[]);
    node.whole = this.#draft.complete;
  }

  async #readEdges(): Promise<void> {
    const take = (values: Values) => this.#takeEdge(values, 'relationship');
    const takeDangling = (values: Values) => this.#takeEdge(values, 'dangling');
    const { known, removed } = this.#edgesToFind();
    for (const kind of EDGE_KINDS)
      await this.#find(FIND_EDGES[kind], 'ids', [...(known.get(kind) ?? []), ...removed], take);
    if (this.#dangling > 0)
      await this.#find(FIND_DANGLING, 'ids', [...[...known.values()].flat(), ...removed], takeDangling);
    const sources = this.#whole('edges');
    if (sources.length === 0) return;
    const withdraw = (place: EdgePlace) => (values: Values) => {
      const edge = this.#takeEdge(values, place);
      edge.withdrawn = edge.put === 0;
    };
    for (const kind of EDGE_KINDS) await this.#one(EDGES_OF_SOURCES[kind], { sources }, withdraw('relationship'));
    if (this.#dangling > 0) await this.#one(DANGLING_OF_SOURCES, { sources }, withdraw('dangling'));
  }

  /** Ids of edges that may be there: of the kind that was put, or of any kind where only a removal was told. */
  #edgesToFind(): { readonly known: ReadonlyMap<EdgeKind, string[]>; readonly removed: readonly string[] } {
    const known = new Map<EdgeKind, string[]>(EDGE_KINDS.map((kind) => [kind, []]));
    const removed: string[] = [];
    for (const edge of this.#draft.edges.values()) {
      const sources = edge.change === undefined ? (edge.removedBy ?? []) : [edge.change.edge.source];
      // What a source told whole had before is read as a whole.
      if (!sources.some((source) => this.countsOf(source).edges > 0 && !this.#draft.complete.has(source))) continue;
      if (edge.change === undefined) removed.push(edge.id);
      else known.get(edge.change.edge.kind)!.push(edge.id);
    }
    return { known, removed };
  }

  #takeEdge(values: Values, place: EdgePlace): DraftEdge {
    const columns: Record<string, JsonValue> = {};
    EDGE_COLUMNS.forEach((column, i) => void (columns[column] = values[FIRST_COLUMN + i] as JsonValue));
    const [ref, since, kind, from, to] = values as [number, number, EdgeKind, string, string];
    const edge = this.#draft.pulledEdge(columns['id'] as string);
    edge.ref = ref;
    edge.since = since;
    edge.placeBefore = place;
    edge.before = edgeRecord(kind, from, to, columns);
    return edge;
  }

  async #readUses(): Promise<void> {
    const keys = [...this.#draft.uses.keys()];
    const total = [...this.sources.values()].reduce((sum, { uses }) => sum + uses, 0);
    if (total > 0) await this.#find(FIND_USES, 'keys', keys, (values) => this.#takeUse(values));
    const sources = this.#whole('uses');
    if (sources.length > 0) await this.#one(USES_OF_SOURCES, { sources }, (values) => this.#takeUse(values));
  }

  #takeUse(values: Values): void {
    const [ref, since, identity, action, resource, source, lastUsedAt, useCount] = values as [
      number,
      number,
      string,
      string,
      string,
      string,
      number,
      number,
    ];
    const before = { identity, action, resource, source, lastUsedAt, useCount };
    const use = this.#draft.pulledUse(before);
    use.ref = ref;
    use.since = since;
    use.before = before;
  }

  /** Edges that the batch does not tell but that gain or lose their effect with one of their ends. */
  async #readConcerned(): Promise<void> {
    const turned = [...this.#draft.nodes.values()].filter((node) => node.isTold && node.kindBefore !== node.kindAfter);
    const there = turned.filter((node) => node.ref >= 0).map((node) => integer(node.ref));
    await this.#find(EDGES_OF_NODES, 'refs', there, (values) => this.#takeConcerned(values));
    const back = turned.filter((node) => node.kindAfter !== undefined).map((node) => idProperty(node.id));
    if (this.#dangling === 0) return;
    await this.#find(DANGLING_AT, 'ids', back, (values) => {
      const edge = this.#takeEdge(values, 'dangling');
      this.#takeEnds(edge);
    });
  }

  #takeConcerned(values: Values): void {
    const edge = this.#takeEdge(values, 'relationship');
    this.#takeEnds(edge);
    const [fromRef, fromKind, toRef, toKind] = values.slice(FIRST_COLUMN + EDGE_COLUMNS.length);
    seen(edge.from!, fromRef, fromKind);
    seen(edge.to!, toRef, toKind);
  }

  #takeEnds(edge: DraftEdge): void {
    edge.from = this.#draft.pulledNode(edge.before!.from);
    edge.to = this.#draft.pulledNode(edge.before!.to);
  }

  async #readEnds(): Promise<void> {
    if (this.#nodes === 0) return;
    const unknown = [...this.#draft.nodes.values()].filter((node) => node.ref < 0 && !node.isTold);
    const ids = unknown.map((node) => idProperty(node.id));
    await this.#find(FIND_ENDS, 'ids', ids, ([ref, id, kind]) => {
      // A node of someone else is no end that an edge of ours may have.
      if (kind !== null) seen(this.#draft.pulledNode(id as string), ref, kind);
    });
  }

  /** Runs a statement over a list of keys, part by part. */
  async #find(statement: Statement, name: string, keys: readonly unknown[], take: (values: Values) => void) {
    for (const part of slices(keys)) await this.#one(statement, { [name]: part }, take);
  }

  async #one(statement: Statement, parameters: Parameters, take: (values: Values) => void): Promise<void> {
    await this.#read((tx) => tx.each(statement, parameters, take));
  }
}

/** What every node has that this store made. */
const isOurs = (kind: unknown, since: unknown, records: unknown): boolean =>
  NODE_KINDS.includes(kind as NodeKind) && typeof since === 'number' && Array.isArray(records);

const foreignNode = (id: string): GrantlensError =>
  serverError(
    'STORE_FOREIGN',
    `The Neo4j database holds an Entity ${JSON.stringify(id)} that Grantlens did not make.`,
    {
      facts: { id },
      hint: 'Take out the node or its label, or give Grantlens a database of its own.',
    },
  );

function seen(node: DraftNode, ref: unknown, kind: unknown): void {
  if (node.ref >= 0) return;
  node.ref = ref as number;
  node.kindBefore = kind as NodeKind;
}
