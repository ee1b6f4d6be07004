/**
 * Outliers: holdings that nothing else an identity holds explains. Each holding is scored without itself by EASE or RP3β,
 * whichever finds wrong holdings better that were put into this very estate; the same trial turns scores into chances. Where
 * there is too little to judge by, that is said and no score is told.
 */
import type { SparseRows } from '../../algorithms/ease.ts';
import { valueAt } from '../../algorithms/isotonic.ts';
import type { LongWork } from '../access/apart.ts';
import { makeFrame } from '../access/frame.ts';
import { invalid } from '../access/ground.ts';
import { GrantlensError, type Instant, REACHES, type Reach } from '../model/index.ts';
import { entitlementAt, type HeldEntitlement } from './cluster-holdings.ts';
import { type EntitlementMatrix, entitlementMatrix } from './entitlement-matrix.ts';
import { enoughEvidence } from './evidence.ts';
import { holdingFeatures } from './holding-features.ts';
import { type HoldingGraph, holdingGraph } from './holding-graph.ts';
import { type ModelEntry, spreadOf } from './model-registry.ts';
import {
  BETA,
  checkMethods,
  LAMBDA,
  type MethodCheck,
  MOST_EASE_COLUMNS,
  OUTLIER_METHODS,
  type OutlierMethod,
  scoresBy,
} from './outlier-check.ts';
import { type OutlierReasons, reasonTeller } from './outlier-reasons.ts';

export interface OutliersInput {
  readonly at: Instant;
  /** Default ENTITLED. */
  readonly reach?: Reach | undefined;
  /** A safe integer; default 1. */
  readonly seed?: number | undefined;
  /** How many are told, from 0 to 1,000; default 100. */
  readonly first?: number | undefined;
  /** Default: what did better in the trial. EASE is refused for more than 3,000 classes of entitlements. */
  readonly method?: OutlierMethod | undefined;
}

export interface Outlier extends OutlierReasons {
  /** Node number. */
  readonly identity: number;
  readonly entitlement: HeldEntitlement;
  /** Entitlements that the same identities hold, this one among them: all of them stand out alike. */
  readonly together: number;
  /** The others of these; the first 100. */
  readonly alike: readonly HeldEntitlement[];
  /** The method's own; the lower, the less explained. */
  readonly score: number;
  /** Of holdings that score so, the share that is wrong where one in a hundred is; undefined when it was not calibrated. */
  readonly chance: number | undefined;
}

export interface FoundOutliers {
  /** The least explained first; equal ones in the order of identities, then entitlements. */
  readonly outliers: readonly Outlier[];
  readonly method: OutlierMethod;
  /** Why this one, in a sentence without its full stop. */
  readonly because: string;
  /** How each method did that was tried. */
  readonly checks: readonly Omit<MethodCheck, 'calibration'>[];
  /** False when fewer than 50 wrong holdings could be judged: then no chance is told. */
  readonly calibrated: boolean;
  /** False when the method tells wrong holdings hardly better than by chance: then the list means little. */
  readonly isTelling: boolean;
  /** Holdings, an identity and a class of entitlements each, that were judged, and those with too little evidence. */
  readonly judged: number;
  readonly undecided: number;
  /** Identities all of whose holdings have too little evidence. */
  readonly identitiesUndecided: number;
  /** For the registry of models. */
  readonly model: ModelEntry;
}

const DEFAULT_FIRST = 100;
const MOST_FIRST = 1_000;
const MOST_ALIKE = 100;
const LEAST_LABELS = 50;
const TELLING_AUC = 0.7;

/** @throws GrantlensError ARGUMENT_INVALID for what is out of its range, LIMIT_EXCEEDED for EASE on too many classes; what the pace throws */
export const findOutliers: LongWork<OutliersInput, FoundOutliers> = async ([snapshot], asked, pace) => {
  const { at, reach, seed, first } = checked(asked);
  const matrix = await entitlementMatrix(makeFrame(snapshot!, reach, at), pace);
  const sizes = holdingGraph(matrix);
  const checks = await checkMethods(matrix, sizes, methodsFor(matrix, asked.method), seed, pace);
  const { method, because } = chosen(matrix, asked.method, checks);
  const check = checks.find((one) => one.method === method);
  const calibration = check !== undefined && check.judged >= LEAST_LABELS ? check.calibration : undefined;
  const rows = rowsOf(matrix, sizes);
  const enough = enoughEvidence(rows);
  await pace.rest();
  const scores = scoresBy(method, rows, pace);
  const reasons = reasonTeller(matrix, rows);
  const outliers: Outlier[] = [];
  for (const { row, column, identity, score } of leastExplained(matrix, enough, scores, first)) {
    if (pace.isDue()) await pace.rest();
    const n = matrix.columnBounds[column]!;
    const together = matrix.columnBounds[column + 1]! - n;
    const alike = Array.from({ length: Math.min(together - 1, MOST_ALIKE) }, (_, i) =>
      entitlementAt(matrix, n + 1 + i),
    );
    outliers.push({
      identity,
      entitlement: entitlementAt(matrix, n),
      together,
      alike,
      score,
      chance: calibration && valueAt(calibration, score),
      ...reasons(row, column),
    });
  }
  return {
    outliers,
    method,
    because,
    checks: checks.map(({ calibration: _, ...one }) => one),
    calibrated: calibration !== undefined,
    isTelling: check !== undefined && check.auc >= TELLING_AUC,
    ...evidenceCounts(matrix, sizes, enough),
    model: {
      name: 'outliers',
      kind: 'OUTLIERS',
      trainedAtVersion: snapshot!.version,
      hyperParameters: { method, seed, reach, ...(method === 'EASE' ? { lambda: LAMBDA } : { beta: BETA }) },
      evaluation: check === undefined ? {} : { auc: check.auc, averagePrecision: check.averagePrecision },
      features: spreadOf(holdingFeatures(matrix)),
    },
  };
};

function checked({ at, reach = 'ENTITLED', seed = 1, first = DEFAULT_FIRST, method }: OutliersInput) {
  if (!Number.isFinite(at)) throw invalid('at', 'at must be an instant: milliseconds since 1970');
  if (!REACHES.includes(reach))
    throw invalid('reach', `reach must be one of ${REACHES.join(', ')}, is ${JSON.stringify(reach)}`);
  if (!Number.isSafeInteger(seed)) throw invalid('seed', `seed must be a whole number, is ${seed}`);
  if (!Number.isInteger(first) || first < 0 || first > MOST_FIRST)
    throw invalid('first', `first must be a whole number from 0 to ${MOST_FIRST}, is ${first}`);
  if (method !== undefined && !OUTLIER_METHODS.includes(method))
    throw invalid('method', `method must be one of ${OUTLIER_METHODS.join(', ')}, is ${JSON.stringify(method)}`);
  return { at, reach, seed, first };
}

function methodsFor({ columns }: EntitlementMatrix, wanted: OutlierMethod | undefined): readonly OutlierMethod[] {
  if (columns <= MOST_EASE_COLUMNS) return wanted === undefined ? OUTLIER_METHODS : [wanted];
  if (wanted !== 'EASE') return ['RP3BETA'];
  throw new GrantlensError(
    'LIMIT_EXCEEDED',
    `EASE takes at most ${MOST_EASE_COLUMNS} classes of entitlements, and there are ${columns}.`,
    { columns, most: MOST_EASE_COLUMNS },
    undefined,
    'Leave the method out, or ask for RP3BETA.',
  );
}

function chosen(
  { columns }: EntitlementMatrix,
  wanted: OutlierMethod | undefined,
  checks: readonly MethodCheck[],
): Pick<FoundOutliers, 'method' | 'because'> {
  if (wanted !== undefined) return { method: wanted, because: 'it was asked for' };
  if (columns > MOST_EASE_COLUMNS)
    return { method: 'RP3BETA', because: `${columns} classes of entitlements are too many for EASE` };
  const [first, ...others] = checks;
  if (first === undefined)
    return { method: 'RP3BETA', because: 'there was too little to try the methods on, and it needs no training' };
  const { method } = others.reduce((best, check) => (check.auc > best.auc ? check : best), first);
  return { method, because: 'it told wrong holdings that were put in from the others best' };
}

function rowsOf({ cellBounds, cells, columns }: EntitlementMatrix, { rowSizes }: HoldingGraph): SparseRows {
  return { bounds: cellBounds, cells, columns, weights: Float64Array.from(rowSizes) };
}

/** One for each identity of a row, until there are enough. */
function leastExplained(matrix: EntitlementMatrix, enough: Uint8Array, scores: Float64Array, first: number) {
  const { rows, cellBounds, cells, rowBounds, identities } = matrix;
  let found: { readonly row: number; readonly cell: number }[] = [];
  const cut = (): void => {
    found.sort((a, b) => scores[a.cell]! - scores[b.cell]! || a.cell - b.cell);
    found = found.slice(0, first);
  };
  for (let row = 0; row < rows; row++) {
    for (let cell = cellBounds[row]!; cell < cellBounds[row + 1]!; cell++)
      if (enough[cell] === 1) found.push({ row, cell });
    if (found.length > 2 * first + 4096) cut();
  }
  cut();
  const told = found.flatMap(({ row, cell }) => {
    const members = identities.subarray(rowBounds[row]!, Math.min(rowBounds[row + 1]!, rowBounds[row]! + first));
    return Array.from(members, (identity) => ({ row, column: cells[cell]!, identity, score: scores[cell]! }));
  });
  return told.slice(0, first);
}

function evidenceCounts({ rows, cellBounds }: EntitlementMatrix, { rowSizes }: HoldingGraph, enough: Uint8Array) {
  let [judged, undecided, identitiesUndecided] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    let inRow = 0;
    for (let cell = cellBounds[row]!; cell < cellBounds[row + 1]!; cell++) inRow += enough[cell]!;
    judged += rowSizes[row]! * inRow;
    undecided += rowSizes[row]! * (cellBounds[row + 1]! - cellBounds[row]! - inRow);
    if (inRow === 0) identitiesUndecided += rowSizes[row]!;
  }
  return { judged, undecided, identitiesUndecided };
}
