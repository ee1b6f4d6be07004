/**
 * How far mined roles are more than an accident of who was there: whether they are found again without some people, and
 * whether they explain people that they were not made from (M. Frank, J. Buhmann, D. Basin, "On the definition of role
 * mining", SACMAT 2010).
 */
import { type Random, seededRandom } from '../../../algorithms/seeded-random.ts';
import type { Pace } from '../../snapshot/pace.ts';

/** Who holds what: columns ascend within a row. */
export interface Holdings {
  readonly rows: readonly Uint32Array[];
  readonly columns: number;
}

/** What roles give: columns, ascending. */
export type Mine = (holdings: Holdings, pace: Pace) => Promise<readonly Uint32Array[]>;

export interface Firmness {
  /** Of each role: how well it is found again on samples, the mean over these of the greatest Jaccard index; in [0, 1]. */
  readonly stability: readonly number[];
  readonly samples: number;
  /**
   * Of what people who were held out hold and half of which was hidden: the share that roles which fit the other half
   * give back, and of what these give the share that they do hold. Undefined where too little could be hidden.
   */
  readonly generalisation: { readonly recall: number; readonly precision: number; readonly people: number } | undefined;
}

const SAMPLES = 10;
/** Of the people. */
const KEPT = 0.9;
const HELD_OUT = 0.2;
/** Below so many holdings of one person there is nothing to hide. */
const LEAST_HELD = 2;

/** Mines eleven times. The same seed gives the same. */
export async function firmnessOf(
  holdings: Holdings,
  roles: readonly Uint32Array[],
  { mine, seed }: { readonly mine: Mine; readonly seed: number },
  pace: Pace,
): Promise<Firmness> {
  const random = seededRandom(seed);
  const sums = new Float64Array(roles.length);
  for (let sample = 0; sample < SAMPLES; sample++) {
    pace.progress('stability of roles', sample, SAMPLES + 1);
    await pace.rest();
    const rows = holdings.rows.filter(() => random() < KEPT);
    const again = await mine({ ...holdings, rows }, pace);
    const best = bestMatches(roles, again, holdings.columns);
    best.forEach((share, role) => {
      sums[role]! += share;
    });
  }
  return {
    stability: Array.from(sums, (sum) => sum / SAMPLES),
    samples: SAMPLES,
    generalisation: await generalisationOf(holdings, mine, random, pace),
  };
}

/** The greatest Jaccard index of each set with one of others. O(cells of both, and pairs that share a column). */
export function bestMatches(
  roles: readonly Uint32Array[],
  others: readonly Uint32Array[],
  columns: number,
): readonly number[] {
  const having = Array.from({ length: columns }, (): number[] => []);
  others.forEach((other, number) => {
    for (const column of other) having[column]!.push(number);
  });
  return roles.map((role) => {
    const shared = new Map<number, number>();
    for (const column of role) for (const number of having[column]!) shared.set(number, (shared.get(number) ?? 0) + 1);
    let best = 0;
    for (const [number, both] of shared) {
      const either = role.length + others[number]!.length - both;
      best = Math.max(best, both / either);
    }
    return best;
  });
}

async function generalisationOf(
  holdings: Holdings,
  mine: Mine,
  random: Random,
  pace: Pace,
): Promise<Firmness['generalisation']> {
  pace.progress('roles of people who were left out', SAMPLES, SAMPLES + 1);
  const isHeldOut = holdings.rows.map(() => random() < HELD_OUT);
  const kept = holdings.rows.filter((_, row) => !isHeldOut[row]);
  const out = holdings.rows.filter((row, i) => isHeldOut[i] && row.length >= LEAST_HELD);
  if (kept.length === 0 || out.length === 0) return undefined;
  const roles = await mine({ ...holdings, rows: kept }, pace);
  let [hidden, found, given] = [0, 0, 0];
  for (const row of out) {
    if (pace.isDue()) await pace.rest();
    const order = shuffled(row, random);
    const shown = new Set(order.slice(0, order.length >>> 1));
    const rest = new Set(order.slice(order.length >>> 1));
    const predicted = fitting(roles, shown);
    hidden += rest.size;
    given += predicted.size;
    for (const column of predicted) if (rest.has(column)) found++;
  }
  return {
    recall: found / hidden,
    precision: given === 0 ? 0 : found / given,
    people: out.length,
  };
}

/** What roles of which at least half is shown give besides. */
function fitting(roles: readonly Uint32Array[], shown: ReadonlySet<number>): ReadonlySet<number> {
  const predicted = new Set<number>();
  for (const role of roles) {
    let known = 0;
    for (const column of role) if (shown.has(column)) known++;
    if (known === 0 || known * 2 < role.length) continue;
    for (const column of role) if (!shown.has(column)) predicted.add(column);
  }
  return predicted;
}

function shuffled(row: Uint32Array, random: Random): readonly number[] {
  const order = Array.from(row);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
