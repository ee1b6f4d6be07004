/** What a batch comes to, once it was held against the database: facts that change, counts, and what is wrong with it. */
import { EDGE_KINDS, type EdgeRecord, mayJoin, type NodeRecord, type Withdrawal } from '../../model/index.ts';
import type { ApplyOptions } from '../port.ts';
import { isTooMuch, tooMuchWithdrawn } from '../withdrawal.ts';
import type { BatchDraft } from './batch-draft.ts';
import { checkBatch } from './batch-problems.ts';
import type { DraftEdge, DraftNode, DraftUse, EdgePlace } from './draft-facts.ts';
import type { KnownFacts, SourceCounts } from './known-facts.ts';
import { withdrawalsOf } from './withdrawals.ts';

export interface BatchPlan {
  /** Nodes that come to be, then those that change. */
  readonly nodes: readonly DraftNode[];
  /** By kind. */
  readonly edges: readonly DraftEdge[];
  readonly uses: readonly DraftUse[];
  /** Nodes that go: after their edges. */
  readonly gone: readonly DraftNode[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** How the sources that it concerns stand after it. */
  readonly sources: ReadonlyMap<string, SourceCounts>;
  /** Sources of which more is withdrawn than may, where that is only to be told. */
  readonly tooMuch: readonly Withdrawal[];
}

/**
 * @throws InputError with everything that is wrong with the batch; GrantlensError WITHDRAWAL_TOO_LARGE unless it is only to be told
 */
export function planBatch(
  draft: BatchDraft,
  known: KnownFacts,
  { tellTooMuch, maxWithdrawn }: Pick<Required<ApplyOptions>, 'tellTooMuch' | 'maxWithdrawn'>,
): BatchPlan {
  checkBatch(draft);
  const tooMuch = withdrawalsOf(draft, known).filter((one) => isTooMuch(one, maxWithdrawn));
  if (tooMuch.length > 0 && !tellTooMuch) throw tooMuchWithdrawn(tooMuch, maxWithdrawn);
  const tally = new Tally(known, draft.complete);
  const made: DraftNode[] = [];
  const changed: DraftNode[] = [];
  const gone: DraftNode[] = [];
  for (const node of draft.nodes.values()) {
    if (!node.hasEffect) continue;
    tally.countNode(node);
    (node.after.length === 0 ? gone : node.before.length === 0 ? made : changed).push(node);
  }
  const edges = [...draft.edges.values()].filter(edgeHasEffect);
  edges.sort((a, b) => EDGE_KINDS.indexOf(a.kind) - EDGE_KINDS.indexOf(b.kind));
  for (const edge of edges) tally.count('edges', edge.before, edge.after);
  const uses = [...draft.uses.values()].filter((use) => use.before !== use.after);
  for (const use of uses) tally.count('uses', use.before, use.after);
  return { nodes: [...made, ...changed], edges, uses, gone, ...tally.counts, sources: tally.sources, tooMuch };
}

/** Where an edge lies after the batch. */
export function placeAfter(edge: DraftEdge): EdgePlace {
  const { after, from, to } = edge;
  if (after === undefined) return 'none';
  // An edge that the batch does not concern stays where it is.
  if (from === undefined || to === undefined) return edge.placeBefore;
  const start = from.kindAfter;
  const end = to.kindAfter;
  return start !== undefined && end !== undefined && mayJoin(after.kind, start, end) ? 'relationship' : 'dangling';
}

const edgeHasEffect = (edge: DraftEdge): boolean =>
  edge.before !== edge.after || (edge.after !== undefined && placeAfter(edge) !== edge.placeBefore);

class Tally {
  readonly counts = { added: 0, changed: 0, removed: 0 };
  readonly sources = new Map<string, SourceCounts>();
  readonly #known: KnownFacts;

  constructor(known: KnownFacts, complete: ReadonlySet<string>) {
    this.#known = known;
    for (const source of complete) this.sources.set(source, known.countsOf(source));
  }

  countNode({ before, after }: DraftNode): void {
    const find = (records: readonly NodeRecord[], source: string) => records.find((each) => each.source === source);
    for (const record of before) this.count('nodes', record, find(after, record.source));
    for (const record of after) {
      if (find(before, record.source) === undefined) this.count('nodes', undefined, record);
    }
  }

  count(what: keyof SourceCounts, before: Told | undefined, after: Told | undefined): void {
    if (before === after) return;
    const more = (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    this.counts[more > 0 ? 'added' : more < 0 ? 'removed' : 'changed']++;
    const source = (after ?? before)!.source;
    const counts = this.sources.get(source) ?? this.#known.countsOf(source);
    this.sources.set(source, { ...counts, [what]: counts[what] + more });
  }
}

type Told = Pick<EdgeRecord, 'source'>;
