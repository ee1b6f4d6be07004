import type { Withdrawal } from '../../model/index.ts';
import { edgeName, NAMED_FACTS } from '../withdrawal.ts';
import type { BatchDraft } from './batch-draft.ts';
import type { KnownFacts } from './known-facts.ts';

/** How much goes of each source that a batch, held against the database, tells whole. */
export function withdrawalsOf(draft: BatchDraft, known: KnownFacts): readonly Withdrawal[] {
  const gone = new Map([...draft.complete].map((source) => [source, { nodes: new Gone(), edges: new Gone() }]));
  if (gone.size === 0) return [];
  const told = new Set<string>();
  for (const node of draft.nodes.values()) {
    for (const { source, change } of node.words) if (change !== undefined) told.add(source);
    for (const { source } of node.before) {
      const isTold = node.words.some((word) => word.source === source && word.put > 0);
      if (!isTold) gone.get(source)?.nodes.add(() => node.id);
    }
  }
  for (const { before, put, change } of draft.edges.values()) {
    if (change !== undefined) told.add(change.edge.source);
    if (before === undefined || put > 0) continue;
    gone.get(before.source)?.edges.add(() => edgeName(before.kind, before.from, before.to));
  }
  return [...gone].map(([source, { nodes, edges }]) => ({
    source,
    nodes: { withdrawn: nodes.count, held: known.countsOf(source).nodes },
    edges: { withdrawn: edges.count, held: known.countsOf(source).edges },
    leavesNothing: !told.has(source),
    named: [...nodes.named, ...edges.named],
  }));
}

class Gone {
  readonly named: string[] = [];
  count = 0;

  add(name: () => string): void {
    this.count += 1;
    if (this.named.length < NAMED_FACTS) this.named.push(name());
  }
}
