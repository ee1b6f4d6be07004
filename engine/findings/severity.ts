/** How a count becomes a share: 0 for none, a half for `half`, near 1 for very many. */
export const shareOf = (count: number, half: number): number => count / (count + half);

/** A severity between two values, by how many are concerned. */
export const severityOf = (least: number, most: number, count: number, half: number): number =>
  least + (most - least) * shareOf(count, half);

/** What is left of a severity where what is wrong is so under a condition only. */
export const UNDER_CONDITION = 0.75;
