import {
  type AppliedBatch,
  type Change,
  type ChangeBatch,
  EDGE_ENDS,
  EDGE_KINDS,
  GrantlensError,
  NODE_KINDS,
  Problems,
  type UseKey,
  type Withdrawal,
} from '../../model/index.ts';
import { edgeName, isTooMuch } from '../withdrawal.ts';
import { appliedOf } from './batches.ts';
import { EdgeLedger } from './edge-ledger.ts';
import type { WithdrawnEntries } from './ledger.ts';
import { NodeLedger } from './node-ledger.ts';
import { pause } from './pause.ts';
import { PlacedPuts } from './placed-puts.ts';
import type { FactName, State } from './state.ts';
import type { WriteTransaction } from './write-transaction.ts';

/** Changes between two turns of the event loop. */
const CHANGES_A_TURN = 4_096;

const FACT_NAMES: readonly FactName[] = ['nodes', 'edges', 'uses'];

/** What applying a batch gives: the state to commit, or none for a batch that was applied before. */
export interface Outcome {
  readonly applied: AppliedBatch;
  readonly state: State | undefined;
  /** Sources of which more would be withdrawn than may. */
  readonly tooMuch: readonly Withdrawal[];
}

/**
 * Works a batch into an open transaction. Nothing is durable until the caller commits it.
 *
 * @throws InputError with everything that is wrong with the batch; whatever the batch's own iterator throws
 */
export async function applyBatch(
  transaction: WriteTransaction,
  batch: ChangeBatch,
  maxWithdrawn: number,
): Promise<Outcome> {
  const known = transaction.find(batch.id);
  if (known !== undefined) return { applied: appliedOf(known, true), state: undefined, tooMuch: [] };
  const application = new Application(transaction, batch, maxWithdrawn);
  await application.takeAll(batch.changes);
  return application.finish();
}

class Application {
  readonly #transaction: WriteTransaction;
  readonly #batch: ChangeBatch;
  readonly #maxWithdrawn: number;
  readonly #whole = new Set<number>();
  readonly #problems = new Problems();
  readonly #nodePuts = new PlacedPuts(1);
  readonly #edgePuts = new PlacedPuts(4);

  constructor(transaction: WriteTransaction, batch: ChangeBatch, maxWithdrawn: number) {
    this.#maxWithdrawn = maxWithdrawn;
    this.#transaction = transaction;
    this.#batch = batch;
    this.#readWhole();
    for (const use of batch.withdrawnUses ?? []) this.#removeUse(use);
  }

  /** Reads what the sources vouch for of which the batch holds everything, as far as they are known and not read yet. */
  #readWhole(): void {
    const { texts, state } = this.#transaction;
    const sources = this.#batch.complete.map((source) => texts.source(source)).filter((one) => !this.#whole.has(one));
    for (const name of FACT_NAMES) {
      const vouching = sources.filter((source) => (state.sources[source]?.[name] ?? 0) > 0);
      this.#transaction[name].readSources(new Set(sources), new Set(vouching));
    }
    for (const source of sources) this.#whole.add(source);
  }

  async takeAll(changes: ChangeBatch['changes']): Promise<void> {
    let taken = 0;
    if (Symbol.iterator in changes) {
      for (const change of changes) {
        this.#take(change);
        if (++taken % CHANGES_A_TURN === 0) await pause();
      }
      return;
    }
    for await (const change of changes) {
      this.#take(change);
      if (++taken % CHANGES_A_TURN === 0) await pause();
    }
  }

  #take(change: Change): void {
    switch (change.op) {
      case 'PUT_EDGE':
        this.#putEdge(change);
        break;
      case 'PUT_NODE':
        this.#putNode(change);
        break;
      case 'PUT_USE':
        this.#putUse(change);
        break;
      case 'REMOVE_NODE':
        this.#removeNode(change);
        break;
      case 'REMOVE_EDGE':
        this.#removeEdge(change);
        break;
      default:
        throw new GrantlensError('ARGUMENT_INVALID', `There is no change "${String((change as Change).op)}".`);
    }
  }

  #putNode(change: Change & { readonly op: 'PUT_NODE' }): void {
    const { node } = change;
    const { ids, texts, nodes } = this.#transaction;
    const kind = NodeLedger.kindOf(node.kind);
    if (kind === undefined) {
      this.#unknownKind(change, node.kind, NODE_KINDS);
      return;
    }
    const ref = ids.ref(node.id);
    const source = texts.source(node.source);
    const type = node.resourceType === undefined ? 0 : texts.word(node.resourceType);
    const put = this.#nodePuts.add(change);
    this.#nodePuts.words[put] = ref;
    if (!nodes.put(node, kind, ref, source, type, put + 1)) this.#tooLarge(change);
  }

  #putEdge(change: Change & { readonly op: 'PUT_EDGE' }): void {
    const { edge } = change;
    const { ids, texts, edges } = this.#transaction;
    const kind = EdgeLedger.kindOf(edge.kind);
    if (kind === undefined) {
      this.#unknownKind(change, edge.kind, EDGE_KINDS);
      return;
    }
    const from = ids.ref(edge.from);
    const to = ids.ref(edge.to);
    const put = this.#edgePuts.add(change);
    const entry = edges.put(edge, kind, from, to, texts.source(edge.source), texts.terms(edge), put + 1);
    if (entry === -1) this.#problem(change, 'id', `"${edge.id}" is not the id of this edge`);
    if (entry === -2) this.#tooLarge(change);
    const { words } = this.#edgePuts;
    words[put * 4] = entry;
    words[put * 4 + 1] = kind;
    words[put * 4 + 2] = from;
    words[put * 4 + 3] = to;
  }

  #putUse({ use }: Change & { readonly op: 'PUT_USE' }): void {
    const { ids, texts, uses } = this.#transaction;
    uses.put(use, ids.ref(use.identity), texts.word(use.action), ids.ref(use.resource), texts.source(use.source), 1);
  }

  #removeNode({ id, source }: Change & { readonly op: 'REMOVE_NODE' }): void {
    const ref = this.#transaction.ids.known(id);
    const number = this.#transaction.texts.knownSource(source);
    if (ref !== undefined && number !== undefined) this.#transaction.nodes.remove(ref, number);
  }

  #removeEdge({ id, source }: Change & { readonly op: 'REMOVE_EDGE' }): void {
    const number = this.#transaction.texts.knownSource(source);
    if (number !== undefined) this.#transaction.edges.remove(id, number);
  }

  #removeUse(use: UseKey): void {
    const { ids, texts, uses } = this.#transaction;
    const identity = ids.known(use.identity);
    const action = texts.knownWord(use.action);
    const resource = ids.known(use.resource);
    const source = texts.knownSource(use.source);
    if (identity === undefined || action === undefined || resource === undefined || source === undefined) return;
    uses.remove(identity, action, resource, source);
  }

  /** Withdraws what complete sources did not tell again, checks the whole, and writes it. */
  finish(): Outcome {
    const { nodes, edges, uses } = this.#transaction;
    // A loader may know its sources only when it has told all of them.
    this.#readWhole();
    const withdrawn = { nodes: nodes.withdraw(this.#whole), edges: edges.withdraw(this.#whole) };
    uses.withdraw(this.#whole);
    const tooMuch = [...this.#whole]
      .map((source) => this.#withdrawalOf(source, withdrawn))
      .filter((one) => isTooMuch(one, this.#maxWithdrawn));
    this.#checkNodeKinds();
    this.#checkEnds();
    this.#problems.throwIfAny();
    const { id, source } = this.#batch;
    return { ...this.#transaction.finish({ id, source, appliedAt: Date.now() }, this.#whole), tooMuch };
  }

  #withdrawalOf(source: number, withdrawn: Record<'nodes' | 'edges', WithdrawnEntries>): Withdrawal {
    const { nodes, edges, ids, state } = this.#transaction;
    const of = (name: 'nodes' | 'edges') => {
      const { count = 0, left = 0, some = [] } = withdrawn[name].get(source) ?? {};
      return { some, left, told: { withdrawn: count, held: state.sources[source]?.[name] ?? 0 } };
    };
    const [goneNodes, goneEdges] = [of('nodes'), of('edges')];
    const named = [
      ...goneNodes.some.map((entry) => ids.text(nodes.entries.ref[entry]!)),
      ...goneEdges.some.map((entry) => {
        const { kind, from, to } = edges.endsBefore(entry);
        return edgeName(EDGE_KINDS[kind]!, ids.text(from), ids.text(to));
      }),
    ];
    const leavesNothing = goneNodes.left + goneEdges.left === 0;
    return { source: this.#sourceOf(source), nodes: goneNodes.told, edges: goneEdges.told, leavesNothing, named };
  }

  /** A node has one kind, whoever vouches for it. Of those that differ, the ones that were put later are at fault. */
  #checkNodeKinds(): void {
    const { entries } = this.#transaction.nodes;
    for (let put = 0; put < this.#nodePuts.length; put++) {
      const ref = this.#nodePuts.words[put]!;
      const versions = [...this.#severalVersions(ref)];
      if (versions.length < 2) continue;
      const first = versions.reduce((a, b) => (entries.lastPut[b]! < entries.lastPut[a]! ? b : a));
      const at = versions.find((entry) => entries.lastPut[entry] === put + 1);
      if (at === undefined || entries.kind[at] === entries.kind[first]) continue;
      const kind = NODE_KINDS[entries.kind[at]!]!;
      const other = NODE_KINDS[entries.kind[first]!]!;
      const message = `"${this.#idOf(ref)}" is put as ${kind}, and as ${other} by the source "${this.#sourceOf(entries.source[first]!)}"; a node has one kind`;
      this.#problems.add({ ...this.#nodePuts.place(put), field: 'node', message });
    }
  }

  /** The versions of a node where it may have several; nothing for the usual node of one source. */
  *#severalVersions(ref: number): Generator<number> {
    const { nodes } = this.#transaction;
    const first = nodes.entries.first(ref);
    if (first >= 0 && nodes.entries.after(first) >= 0) yield* nodes.versions(ref);
  }

  /** Every edge that was put, and still stands, must join nodes that are there, of kinds that it may join. */
  #checkEnds(): void {
    const { entries } = this.#transaction.edges;
    const { words, length } = this.#edgePuts;
    for (let put = 0; put < length; put++) {
      const entry = words[put * 4]!;
      if (entries.lastPut[entry] !== put + 1 || entries.current[entry] === 0) continue;
      const kind = words[put * 4 + 1]!;
      this.#checkEnd(put, kind, 'from', words[put * 4 + 2]!);
      this.#checkEnd(put, kind, 'to', words[put * 4 + 3]!);
    }
  }

  #checkEnd(put: number, kind: number, field: 'from' | 'to', ref: number): void {
    const found = this.#transaction.nodes.kindNow(ref);
    const edge = EDGE_KINDS[kind]!;
    const allowed = ALLOWED_ENDS[field][kind]!;
    if (found >= 0 && (allowed[found] === true || this.#isAlsoOf(allowed, ref))) return;
    const id = this.#idOf(ref);
    const message =
      found < 0
        ? `no source vouches for "${id}"; load the node with the edge or before it`
        : `"${id}" is a ${NODE_KINDS[found]}; ${edge} leads ${field} ${EDGE_ENDS[edge][field].join(', ')}`;
    this.#problems.add({ ...this.#edgePuts.place(put), field, message });
  }

  /** A node that is put under several kinds is one problem, told of the node; it makes none of its edges. */
  #isAlsoOf(allowed: readonly boolean[], ref: number): boolean {
    const { entries } = this.#transaction.nodes;
    return [...this.#severalVersions(ref)].some((entry) => allowed[entries.kind[entry]!]);
  }

  #idOf(ref: number): string {
    return this.#transaction.ids.text(ref);
  }

  #sourceOf(number: number): string {
    return this.#transaction.texts.sourceName(number);
  }

  #unknownKind(change: Change, kind: string, known: readonly string[]): void {
    const field = change.op === 'PUT_NODE' ? 'node' : 'edge';
    this.#problem(change, field, `must be one of ${known.join(', ')}, is "${kind}"`);
  }

  #tooLarge(change: Change): void {
    this.#problem(change, '', 'holds more text than the store keeps of one record');
  }

  #problem({ file, line }: Change, field: string, message: string): void {
    const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
    this.#problems.add({ ...place, field, message });
  }
}

/** Whether an edge of a kind may start or end at a node of a kind, both by their places. */
const ALLOWED_ENDS = {
  from: EDGE_KINDS.map((edge) => NODE_KINDS.map((node) => EDGE_ENDS[edge].from.includes(node))),
  to: EDGE_KINDS.map((edge) => NODE_KINDS.map((node) => EDGE_ENDS[edge].to.includes(node))),
};
