/** How far what a model rests on has moved since it was trained, on a version of the graph. */
import type { LongWork } from '../access/apart.ts';
import { makeFrame } from '../access/frame.ts';
import { type Instant, REACHES, type Reach } from '../model/index.ts';
import { entitlementMatrix } from './entitlement-matrix.ts';
import { holdingFeatures } from './holding-features.ts';
import { drift, type FeatureDrift, type ModelEntry } from './model-registry.ts';

export interface DriftInput {
  readonly at: Instant;
  readonly model: ModelEntry;
}

/** The feature that moved most first; none for a model without features. Cost: that of `entitlementMatrix`. */
export const findDrift: LongWork<DriftInput, readonly FeatureDrift[]> = async ([snapshot], { at, model }, pace) => {
  if (model.features.length === 0) return [];
  const asked = model.hyperParameters['reach'] as Reach;
  const reach = REACHES.includes(asked) ? asked : 'ENTITLED';
  return drift(model, holdingFeatures(await entitlementMatrix(makeFrame(snapshot!, reach, at), pace)));
};
