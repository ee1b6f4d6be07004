/**
 * What is known of a trained model, as plain values that can be kept as JSON: what it is, what it was trained on, how well it
 * did, and how its features were spread then. `drift` says how far the same features have moved since.
 *
 * The population stability index of a feature is Σ (now - then)·ln(now / then) over bins that were equally full then
 * (B. Yurdakul, "Statistical properties of the population stability index", 2018): twice the mean of the two relative
 * entropies. By custom, below 0.1 nothing has moved, and from 0.25 on the model is to be trained anew.
 */
import { invalid } from '../access/ground.ts';

export const MODEL_KINDS = ['OUTLIERS', 'CLUSTERS', 'EMBEDDING', 'RISK'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** How the values of a feature were spread. */
export interface FeatureHistogram {
  readonly name: string;
  /** Inner bounds of the bins, ascending; a value that equals a bound is in the bin above it. */
  readonly bounds: readonly number[];
  /** Values in each bin: one more than there are bounds. */
  readonly counts: readonly number[];
}

export interface ModelEntry {
  readonly name: string;
  readonly kind: ModelKind;
  /** Version of the graph. */
  readonly trainedAtVersion: number;
  readonly hyperParameters: Readonly<Record<string, number | string | boolean>>;
  /** Figures of its quality by name, such as `auc`. */
  readonly evaluation: Readonly<Record<string, number>>;
  readonly features: readonly FeatureHistogram[];
}

export const DRIFT_LEVELS = ['STABLE', 'SHIFTED', 'CHANGED'] as const;
export type DriftLevel = (typeof DRIFT_LEVELS)[number];

export interface FeatureDrift {
  readonly name: string;
  /** Population stability index, 0 or above. */
  readonly index: number;
  readonly level: DriftLevel;
  /** How many values there were, and are. */
  readonly trainedOn: number;
  readonly presentOn: number;
}

const BINS = 10;
const SHIFTED = 0.1;
const CHANGED = 0.25;
/** Added to the count of each bin, so that one that is empty on one side does not make the index infinite. */
const SMOOTHING = 0.5;
const MOST_FEATURES = 1_000;

/**
 * Values in at most ten bins that are as equally full as can be; values that are equal share a bin. O(n log n).
 *
 * @throws GrantlensError ARGUMENT_INVALID for a value that is not a finite number
 */
export function histogramOf(name: string, values: ArrayLike<number>): FeatureHistogram {
  const sorted = Float64Array.from(values).sort();
  if (!sorted.every(Number.isFinite)) throw invalid('values', `values of ${name} must be finite numbers`);
  const bounds: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const bound = sorted[Math.floor((bin * sorted.length) / BINS)];
    if (bound !== undefined && bound > (bounds.at(-1) ?? sorted[0]!)) bounds.push(bound);
  }
  return { name, bounds, counts: countsIn(bounds, sorted) };
}

/** Of each feature, in the order of names as they are given. @throws as `histogramOf` does */
export const spreadOf = (features: Readonly<Record<string, ArrayLike<number>>>): readonly FeatureHistogram[] =>
  Object.entries(features).map(([name, values]) => histogramOf(name, values));

/** @param bounds ascending */
function countsIn(bounds: readonly number[], values: ArrayLike<number>): readonly number[] {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    let [low, high] = [0, bounds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (bounds[middle]! <= values[i]!) low = middle + 1;
      else high = middle;
    }
    counts[low]!++;
  }
  return counts;
}

/**
 * How far each feature has moved since a model was trained, the one that moved most first.
 *
 * @param present values of each feature now, by name
 * @throws GrantlensError ARGUMENT_INVALID when a feature of the model is missing, or a value is not a finite number
 */
export function drift(
  entry: ModelEntry,
  present: Readonly<Record<string, ArrayLike<number>>>,
): readonly FeatureDrift[] {
  return entry.features
    .map(({ name, bounds, counts }) => {
      const values = Object.hasOwn(present, name) ? present[name] : undefined;
      if (values === undefined) throw invalid('present', `there are no values of the feature ${name}`);
      for (let i = 0; i < values.length; i++)
        if (!Number.isFinite(values[i])) throw invalid('present', `values of ${name} must be finite numbers`);
      const index = stabilityIndex(counts, countsIn(bounds, values));
      return { name, index, level: levelOf(index), trainedOn: total(counts), presentOn: values.length };
    })
    .sort((a, b) => b.index - a.index || (a.name < b.name ? -1 : 1));
}

const levelOf = (index: number): DriftLevel => (index < SHIFTED ? 'STABLE' : index < CHANGED ? 'SHIFTED' : 'CHANGED');
const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

function stabilityIndex(then: readonly number[], now: readonly number[]): number {
  const shares = (counts: readonly number[]): readonly number[] => {
    const all = total(counts) + SMOOTHING * counts.length;
    return counts.map((count) => (count + SMOOTHING) / all);
  };
  const [before, after] = [shares(then), shares(now)];
  return before.reduce((sum, share, bin) => sum + (after[bin]! - share) * Math.log(after[bin]! / share), 0);
}

/**
 * An entry as it was read from JSON, checked.
 *
 * @throws GrantlensError ARGUMENT_INVALID that names the field
 */
export function modelEntryFrom(value: unknown): ModelEntry {
  const entry = record(value, 'entry');
  const { name, kind, trainedAtVersion, features } = entry;
  if (typeof name !== 'string' || name === '') throw invalid('name', 'name must be a text that is not empty');
  if (!MODEL_KINDS.includes(kind as ModelKind)) throw invalid('kind', `kind must be one of ${MODEL_KINDS.join(', ')}`);
  if (!isCount(trainedAtVersion))
    throw invalid('trainedAtVersion', 'trainedAtVersion must be a whole number from 0 on');
  if (!Array.isArray(features) || features.length > MOST_FEATURES)
    throw invalid('features', `features must be a list of at most ${MOST_FEATURES}`);
  return {
    name,
    kind: kind as ModelKind,
    trainedAtVersion,
    hyperParameters: plainValues(entry['hyperParameters'], 'hyperParameters', (one) =>
      typeof one === 'number' ? Number.isFinite(one) : typeof one === 'string' || typeof one === 'boolean',
    ) as ModelEntry['hyperParameters'],
    evaluation: plainValues(entry['evaluation'], 'evaluation', Number.isFinite) as ModelEntry['evaluation'],
    features: features.map((feature, i) => histogramFrom(feature, `features[${i}]`)),
  };
}

function histogramFrom(value: unknown, place: string): FeatureHistogram {
  const { name, bounds, counts } = record(value, place);
  if (typeof name !== 'string') throw invalid(`${place}.name`, `${place}.name must be a text`);
  if (!isListOf(bounds, Number.isFinite) || bounds.some((bound, i) => i > 0 && bound <= bounds[i - 1]!))
    throw invalid(`${place}.bounds`, `${place}.bounds must be ascending numbers`);
  if (!isListOf(counts, isCount) || counts.length !== bounds.length + 1)
    throw invalid(`${place}.counts`, `${place}.counts must be one whole number more than there are bounds`);
  return { name, bounds, counts };
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(place, `${place} must be an object`);
}

function plainValues(
  value: unknown,
  place: string,
  isGood: (one: unknown) => boolean,
): Readonly<Record<string, unknown>> {
  const values = record(value, place);
  for (const [name, one] of Object.entries(values))
    if (!isGood(one)) throw invalid(`${place}.${name}`, `${place}.${name} is not of a kind that can be kept`);
  return values;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, isGood: (one: unknown) => boolean): value is readonly number[] =>
  Array.isArray(value) && value.every(isGood);
