/** A batch as it is told, held together by what it is about: later words about one thing take the place of earlier ones. */
import {
  type Change,
  type ChangeBatch,
  EDGE_KINDS,
  GrantlensError,
  NODE_KINDS,
  type Problem,
  type UseKey,
  type UseRecord,
} from '../../model/index.ts';
import { DraftEdge, DraftNode, DraftUse, type EdgePut, type NodePut } from './draft-facts.ts';
import { useKey } from './use-key.ts';

/** Changes between two turns of the event loop. */
const CHANGES_A_TURN = 4_096;
const EDGE_ID = /^e_[A-Za-z0-9_-]{22}$/;
const KNOWN_NODES: ReadonlySet<string> = new Set(NODE_KINDS);
const KNOWN_EDGES: ReadonlySet<string> = new Set(EDGE_KINDS);

export class BatchDraft {
  readonly id: string;
  readonly source: string;
  readonly nodes = new Map<string, DraftNode>();
  readonly edges = new Map<string, DraftEdge>();
  readonly uses = new Map<string, DraftUse>();
  /** What is wrong with single changes, whatever the database holds; with the number of the put. */
  readonly problems: { readonly put: number; readonly problem: Problem }[] = [];
  #complete: ReadonlySet<string> = new Set();
  #puts = 0;
  #changes = 0;
  /** What was not told but read: dropped when the batch is held against the database anew. */
  #pulledNodes: string[] = [];
  #pulledEdges: string[] = [];
  #pulledUses: string[] = [];

  private constructor(id: string, source: string) {
    this.id = id;
    this.source = source;
  }

  /** Takes in a whole batch. Throws what its iterator throws. */
  static async of(batch: ChangeBatch): Promise<BatchDraft> {
    const draft = new BatchDraft(batch.id, batch.source);
    const complete = [...batch.complete];
    for (const use of batch.withdrawnUses ?? []) draft.#removeUse(use);
    await draft.#takeAll(batch.changes);
    // A loader may know its sources only when it has told all of them.
    draft.#complete = new Set([...complete, ...batch.complete]);
    return draft;
  }

  /** Sources of which it tells everything. */
  get complete(): ReadonlySet<string> {
    return this.#complete;
  }

  /** How many changes were told. */
  get changes(): number {
    return this.#changes;
  }

  async #takeAll(changes: ChangeBatch['changes']): Promise<void> {
    if (Symbol.iterator in changes) {
      for (const change of changes) {
        this.#take(change);
        if (this.#changes % CHANGES_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return;
    }
    for await (const change of changes) this.#take(change);
  }

  #take(change: Change): void {
    this.#changes++;
    switch (change.op) {
      case 'PUT_NODE':
        this.#putNode(change);
        break;
      case 'PUT_EDGE':
        this.#putEdge(change);
        break;
      case 'PUT_USE':
        this.#use(change.use).told = change.use;
        break;
      case 'REMOVE_NODE':
        this.node(change.id).wordOf(change.source).change = undefined;
        break;
      case 'REMOVE_EDGE':
        this.#removeEdge(change.id, change.source);
        break;
      default:
        throw new GrantlensError('ARGUMENT_INVALID', `There is no change "${String((change as Change).op)}".`);
    }
  }

  #putNode(change: NodePut): void {
    const put = ++this.#puts;
    if (!KNOWN_NODES.has(change.node.kind)) {
      this.#wrong(put, change, 'node', `must be one of ${NODE_KINDS.join(', ')}, is "${change.node.kind}"`);
      return;
    }
    const word = this.node(change.node.id).wordOf(change.node.source);
    word.change = change;
    word.put = put;
  }

  #putEdge(change: EdgePut): void {
    const put = ++this.#puts;
    const { edge } = change;
    if (!KNOWN_EDGES.has(edge.kind)) {
      this.#wrong(put, change, 'edge', `must be one of ${EDGE_KINDS.join(', ')}, is "${edge.kind}"`);
      return;
    }
    const known = this.edges.get(edge.id);
    if (!EDGE_ID.test(edge.id) || (known?.change !== undefined && known.change.edge.source !== edge.source)) {
      this.#wrong(put, change, 'id', `"${edge.id}" is not the id of this edge`);
      return;
    }
    const draft = known ?? new DraftEdge(edge.id);
    if (known === undefined) this.edges.set(edge.id, draft);
    draft.change = change;
    draft.put = put;
    draft.from = this.node(edge.from);
    draft.to = this.node(edge.to);
  }

  #removeEdge(id: string, source: string): void {
    if (!EDGE_ID.test(id)) return;
    let draft = this.edges.get(id);
    if (draft === undefined) this.edges.set(id, (draft = new DraftEdge(id)));
    if (draft.change !== undefined && draft.change.edge.source !== source) return;
    draft.change = undefined;
    if (draft.removedBy === undefined) draft.removedBy = [source];
    else draft.removedBy.push(source);
  }

  #removeUse(use: UseKey): void {
    this.#use(use).told = undefined;
  }

  #use(use: UseKey): DraftUse {
    const key = useKey(use);
    let draft = this.uses.get(key);
    if (draft === undefined) this.uses.set(key, (draft = new DraftUse(key)));
    return draft;
  }

  /** The draft of a node, made where there is none. */
  node(id: string): DraftNode {
    let draft = this.nodes.get(id);
    if (draft === undefined) this.nodes.set(id, (draft = new DraftNode(id)));
    return draft;
  }

  /** The same, for one that the database has and the batch did not tell. */
  pulledNode(id: string): DraftNode {
    if (!this.nodes.has(id)) this.#pulledNodes.push(id);
    return this.node(id);
  }

  pulledEdge(id: string): DraftEdge {
    let draft = this.edges.get(id);
    if (draft !== undefined) return draft;
    this.edges.set(id, (draft = new DraftEdge(id)));
    this.#pulledEdges.push(id);
    return draft;
  }

  /** @returns undefined for one that the batch tells */
  pulledUse(use: UseRecord): DraftUse {
    const key = useKey(use);
    if (!this.uses.has(key)) this.#pulledUses.push(key);
    return this.#use(use);
  }

  /** Forgets everything that was read of the database. */
  forget(): void {
    for (const id of this.#pulledNodes) this.nodes.delete(id);
    for (const id of this.#pulledEdges) this.edges.delete(id);
    for (const key of this.#pulledUses) this.uses.delete(key);
    this.#pulledNodes = [];
    this.#pulledEdges = [];
    this.#pulledUses = [];
    for (const each of [this.nodes, this.edges, this.uses]) for (const draft of each.values()) draft.forget();
  }

  #wrong(put: number, change: Change, field: string, message: string): void {
    this.problems.push({ put, problem: { ...placeOf(change), field, message } });
  }
}

/** Where a change was read. */
export const placeOf = ({ file, line }: Change): { readonly file?: string; readonly line?: number } => ({
  ...(file === undefined ? {} : { file }),
  ...(line === undefined ? {} : { line }),
});
