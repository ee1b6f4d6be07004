/**
 * Changes as somebody proposes them, read into edits of a snapshot. They are taken one after the other, as a store applies a
 * batch: what is put and removed again was never there. Everything that is wrong is told at once, with its place in the list.
 */
import {
  type Change,
  changeOfLine,
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRecord,
  type Entity,
  GrantlensError,
  mayJoin,
  mergeVersions,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
  Problems,
} from '../model/index.ts';
import type { EdgeEdit, Edits } from '../snapshot/extend.ts';
import { edgeEditOf } from '../snapshot/follow.ts';
import { EDGE_CLASSES, type Snapshot } from '../snapshot/snapshot.ts';
import type { Ground } from './ground.ts';

/** One change to suppose. */
export interface ProposedChange {
  /** PUT_NODE, REMOVE_NODE, PUT_EDGE or REMOVE_EDGE. */
  readonly op: string;
  /** Of a node; of an edge to be removed, unless it is named by kind, from and to. */
  readonly id?: string | null | undefined;
  /** Of the node or the edge. */
  readonly kind?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** Of an edge. An edge to be removed that is named without one: all between the two of that kind. */
  readonly key?: string | null | undefined;
  /** The other fields, as the exchange form has them. */
  readonly properties?: unknown;
}

/** The source of what is proposed, unless its properties name one. */
export const PROPOSAL = 'proposal';
export const MOST_CHANGES = 10_000;

export interface Proposal {
  readonly edits: Edits;
  /** Nodes that the graph does not have. */
  readonly proposed: readonly Entity[];
}

/** @throws InputError with every change that is wrong; GrantlensError LIMIT_EXCEEDED for too many */
export async function editsOf(ground: Ground, changes: readonly ProposedChange[]): Promise<Proposal> {
  if (changes.length > MOST_CHANGES)
    throw new GrantlensError('LIMIT_EXCEEDED', `No more than ${MOST_CHANGES} changes are tried at a time.`, {
      changes: changes.length,
    });
  const problems = new Problems();
  const draft = new Draft(ground, problems);
  for (const [i, change] of changes.entries()) await draft.take(change, `changes[${i}]`);
  draft.checkEnds();
  problems.throwIfAny();
  return { edits: await draft.edits(), proposed: draft.newNodes() };
}

/** What is put, and where in the list. */
interface Put<T> {
  readonly item: T;
  readonly place: string;
}

class Draft {
  readonly #ground: Ground;
  readonly #snapshot: Snapshot;
  readonly #problems: Problems;
  readonly #nodes = new Map<string, Put<NodeRecord>>();
  readonly #nodesGone = new Set<number>();
  readonly #edges = new Map<string, Put<EdgeRecord>>();
  readonly #edgesGone = new Set<number>();

  constructor(ground: Ground, problems: Problems) {
    this.#ground = ground;
    this.#snapshot = ground.snapshot;
    this.#problems = problems;
  }

  async take(change: ProposedChange, place: string): Promise<void> {
    switch (change.op) {
      case 'PUT_NODE':
        return this.#putNode(change, place);
      case 'REMOVE_NODE':
        return this.#removeNode(change, place);
      case 'PUT_EDGE':
        return this.#putEdge(change, place);
      case 'REMOVE_EDGE':
        return this.#removeEdge(change, place);
      default:
        this.#wrong(place, 'op', 'must be PUT_NODE, REMOVE_NODE, PUT_EDGE or REMOVE_EDGE');
    }
  }

  #wrong(place: string, field: string, message: string): void {
    this.#problems.add({ field: field === '' ? place : `${place}.${field}`, message });
  }

  /** The change that the fields say, read as a line of the exchange form is. */
  #read(place: string, line: Record<string, unknown>, properties: unknown): Change | undefined {
    if (
      properties !== undefined &&
      properties !== null &&
      (typeof properties !== 'object' || Array.isArray(properties))
    ) {
      this.#wrong(place, 'properties', 'must be an object');
      return undefined;
    }
    const given = Object.entries(line).filter(([, value]) => value !== undefined && value !== null);
    const raw = { ...(properties as object | null | undefined), ...Object.fromEntries(given) };
    return changeOfLine(raw, PROPOSAL, (field, message) => {
      const own = ['id', 'from', 'to', 'key'].includes(field);
      const name = field === 'node' || field === 'edge' ? 'kind' : own || field === '' ? field : `properties.${field}`;
      this.#wrong(place, name, message);
    });
  }

  #putNode({ id, kind, properties }: ProposedChange, place: string): void {
    const change = this.#read(place, { node: kindNamed(kind, NODE_KINDS) ?? '', id }, properties);
    if (change?.op !== 'PUT_NODE') return;
    const { node } = change;
    const known = this.#kindOf(node.id);
    if (known !== undefined && known !== node.kind)
      this.#wrong(place, 'kind', `${JSON.stringify(node.id)} is a ${known} already`);
    else this.#nodes.set(node.id, { item: node, place });
  }

  #removeNode({ id }: ProposedChange, place: string): void {
    if (typeof id !== 'string') {
      this.#wrong(place, 'id', 'is needed');
      return;
    }
    const node = this.#snapshot.index.find(id);
    const proposed = this.#nodes.delete(id);
    if (node >= 0) this.#nodesGone.add(node);
    else if (!proposed) this.#wrong(place, 'id', `no node has the id ${JSON.stringify(id)}`);
  }

  #putEdge({ kind, from, to, key, properties }: ProposedChange, place: string): void {
    const change = this.#read(place, { edge: kindNamed(kind, EDGE_KINDS) ?? '', from, to, key }, properties);
    if (change?.op === 'PUT_EDGE') this.#edges.set(change.edge.id, { item: change.edge, place });
  }

  async #removeEdge(change: ProposedChange, place: string): Promise<void> {
    if (typeof change.id === 'string') return this.#removeEdgeById(change.id, place);
    const kind = kindNamed(change.kind, EDGE_KINDS);
    const { from, to, key } = change;
    if (kind === undefined || typeof from !== 'string' || typeof to !== 'string')
      return this.#wrong(place, '', 'must name an edge by its id, or by kind, from and to');
    const named = (edge: EdgeRecord): boolean =>
      edge.kind === kind && edge.from === from && edge.to === to && (key == null || (edge.key ?? '') === key);
    let found = false;
    for (const [id, { item }] of this.#edges) if (named(item) && this.#edges.delete(id)) found = true;
    for (const { edge, record } of await this.#edgesBetween(from, to)) {
      if (!named(record)) continue;
      this.#edgesGone.add(edge);
      found = true;
    }
    if (!found)
      this.#wrong(
        place,
        '',
        `there is no ${kind} from ${JSON.stringify(from)} to ${JSON.stringify(to)}${key == null ? '' : ` with the key ${JSON.stringify(key)}`}`,
      );
  }

  async #removeEdgeById(id: string, place: string): Promise<void> {
    const proposed = this.#edges.delete(id);
    const edge = await this.#edgeOf(await this.#ground.reader.edgeById(id));
    if (edge !== undefined) this.#edgesGone.add(edge);
    else if (!proposed) this.#wrong(place, 'id', `no edge that has effect has the id ${JSON.stringify(id)}`);
  }

  async #edgeOf(record: EdgeRecord | undefined): Promise<number | undefined> {
    if (record === undefined) return undefined;
    const between = await this.#edgesBetween(record.from, record.to);
    return between.find((each) => each.record.id === record.id)?.edge;
  }

  async #edgesBetween(from: string, to: string): Promise<readonly { edge: number; record: EdgeRecord }[]> {
    const { index, adjacency, target, edgeRef } = this.#snapshot;
    const [source, end] = [index.find(from), index.find(to)];
    if (source < 0 || end < 0) return [];
    const edges: number[] = [];
    for (let c = 0; c < EDGE_CLASSES; c++)
      for (const edge of adjacency[c]!.out.of(source)) if (target[edge] === end) edges.push(edge);
    const records = await this.#ground.reader.edges(edges.map((edge) => edgeRef[edge]!));
    return edges.flatMap((edge, i) => (records[i] === undefined ? [] : [{ edge, record: records[i] }]));
  }

  /** The kind of a node after the changes; undefined when it is not there. */
  #kindOf(id: string): NodeKind | undefined {
    const proposed = this.#nodes.get(id);
    if (proposed !== undefined) return proposed.item.kind;
    const node = this.#snapshot.index.find(id);
    return node < 0 || this.#nodesGone.has(node) ? undefined : NODE_KINDS[this.#snapshot.space.kindIndexOf(node)];
  }

  checkEnds(): void {
    for (const { item, place } of this.#edges.values()) {
      const [from, to] = [this.#kindOf(item.from), this.#kindOf(item.to)];
      for (const [end, kind] of [
        ['from', from],
        ['to', to],
      ] as const)
        if (kind === undefined)
          this.#wrong(place, end, `no node has the id ${JSON.stringify(item[end])} after the changes`);
      if (from !== undefined && to !== undefined && !mayJoin(item.kind, from, to))
        this.#wrong(place, 'kind', `${item.kind} does not lead from a ${from} to a ${to}`);
    }
  }

  async edits(): Promise<Edits> {
    const edges: EdgeEdit[] = [];
    const replaced = new Set(this.#edgesGone);
    for (const { item } of this.#edges.values()) {
      const known = await this.#edgeOf(await this.#ground.reader.edgeById(item.id));
      if (known !== undefined) replaced.add(known);
      edges.push(edgeEditOf(item, 0));
    }
    return {
      version: this.#snapshot.version,
      nodes: this.newNodes().map(({ id, kind }) => ({
        id,
        kind: NODE_KINDS.indexOf(kind),
        disabled: false,
        ref: 0,
        text: '',
      })),
      nodesGone: [...this.#nodesGone],
      edges,
      edgesGone: [...replaced],
    };
  }

  /** Not those that are there and stay: what is told of them makes no difference to access. */
  newNodes(): readonly Entity[] {
    const isNew = (id: string): boolean => {
      const known = this.#snapshot.index.find(id);
      return known < 0 || this.#nodesGone.has(known);
    };
    return [...this.#nodes.values()].filter(({ item }) => isNew(item.id)).map(({ item }) => mergeVersions([item]));
  }
}

/** A kind by its name, also as GraphQL writes it. */
function kindNamed<K extends NodeKind | EdgeKind>(name: string | null | undefined, kinds: readonly K[]): K | undefined {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return typeof name === 'string' ? kinds.find((kind) => plain(kind) === plain(name)) : undefined;
}
