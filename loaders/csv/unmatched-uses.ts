import { type Change, isIdentityKind, type NodeKind } from '../../engine/model/index.ts';
import { batchesOf } from '../formats/batches.ts';
import type { GraphToMatch, Skipped } from '../loader.ts';

type PutUse = Extract<Change, { readonly op: 'PUT_USE' }>;

/** Uses that are matched at a time. */
const BATCH = 2_000;

/**
 * Counts the uses of which the graph lacks an end, by what is missing, each with the first place. They are told all the same: they
 * count from when the graph has it.
 *
 * @param isTold true for a node that the same load tells: what kind it is, is checked with its own row
 */
export async function unmatchedUses(
  uses: Iterable<PutUse>,
  isTold: (id: string) => boolean,
  graph: GraphToMatch,
): Promise<readonly Skipped[]> {
  const counts = new Map<string, { where: string; count: number }>();
  for (const batch of batchesOf(uses, BATCH)) {
    const ids = [...new Set(batch.flatMap(({ use }) => [use.identity, use.resource]))].filter((id) => !isTold(id));
    const found = await graph.kindsOf(ids);
    const kinds = new Map(ids.map((id, at) => [id, found[at]]));
    for (const { use, file, line } of batch) {
      const missing = missingOf(use, (id) => (isTold(id) ? 'told' : kinds.get(id)));
      if (missing === undefined) continue;
      const known = counts.get(missing);
      if (known === undefined) counts.set(missing, { where: `${file}:${line}`, count: 1 });
      else known.count += 1;
    }
  }
  return [...counts].map(([missing, { where, count }]) => ({ where, why: whyOf(missing, count) }));
}

function missingOf(
  { identity, resource }: PutUse['use'],
  kindOf: (id: string) => NodeKind | 'told' | undefined,
): string | undefined {
  const [who, what] = [kindOf(identity), kindOf(resource)];
  if (who !== 'told' && (who === undefined || !isIdentityKind(who))) return 'by an identity';
  return what === 'told' || what === 'Resource' ? undefined : 'on a resource';
}

function whyOf(missing: string, count: number): string {
  const of = count === 1 ? 'a use' : `${count.toLocaleString('en-US')} uses, of which this is the first,`;
  return `${of} ${missing} that the graph does not know: without effect until it does`;
}
