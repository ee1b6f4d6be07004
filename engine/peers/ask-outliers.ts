/** The question about outliers as it is asked. */
import { hereOrApart } from '../access/apart.ts';
import { checkedDeadline, Names } from './answering.ts';
import type { PeersGround } from './ask-clusters.ts';
import type { ModelEntry } from './model-registry.ts';
import type { Reason } from './outlier-reasons.ts';
import { findOutliers } from './outliers.ts';
import type { OutliersAnswer, OutliersQuestion } from './questions.ts';

/** An answer with what the registry of models keeps of how it came about. */
export interface OutliersFound {
  readonly answer: OutliersAnswer;
  readonly model: ModelEntry;
}

/**
 * @throws GrantlensError ARGUMENT_INVALID for what is out of its range; LIMIT_EXCEEDED when the time is up, or EASE was asked
 *   for on too many classes of entitlements; the reason of the signal
 */
export async function askOutliers(ground: PeersGround, asked: OutliersQuestion): Promise<OutliersFound> {
  const { snapshot, reader, apart } = ground;
  const { signal, onProgress, at = Date.now(), reach, seed, first, method } = asked;
  const deadline = Math.max(0, checkedDeadline(asked) - performance.now());
  const input = { at, reach, seed, first, method };
  const found = await hereOrApart(apart, findOutliers, [snapshot], input, { signal, onProgress, deadline });
  const names = new Names(snapshot, reader);
  const reasons = (some: readonly Reason[]) =>
    some.map(({ entitlement, ...counts }) => ({ entitlement: names.entitlement(entitlement), ...counts }));
  const { outliers, model, ...rest } = found;
  return {
    answer: {
      ...rest,
      outliers: outliers.map(({ identity, entitlement, together, score, chance, alike: _, ...why }) => ({
        identity: names.id(identity),
        entitlement: names.entitlement(entitlement),
        together,
        score,
        chance: chance ?? null,
        speakFor: reasons(why.speakFor),
        speakAgainst: reasons(why.speakAgainst),
        missing: reasons(why.missing),
      })),
      version: snapshot.version,
    },
    model,
  };
}
