/** What identities of a cluster have in common in their attributes: one value, or two together, that tells them from others. */

/** One attribute of identities, its values by number. */
export interface AttributeColumn {
  readonly name: string;
  readonly values: readonly string[];
  /** Index into `values` of each identity in `CodedAttributes.nodes`; -1 for none. */
  readonly codes: Int32Array;
}

export interface CodedAttributes {
  /** Node numbers. */
  readonly nodes: Uint32Array;
  readonly columns: readonly AttributeColumn[];
}

export interface AttributeLabel {
  /** One or two, of different attributes. */
  readonly terms: readonly { readonly attribute: string; readonly value: string }[];
  /** Of the identities that have these values, the share that is in the cluster. */
  readonly precision: number;
  /** Of the cluster, the share that has them. */
  readonly recall: number;
}

interface Term {
  readonly column: number;
  readonly code: number;
}

interface Rated {
  readonly terms: readonly Term[];
  readonly inside: number;
  readonly all: number;
}

/** Single values that are looked at in pairs. */
const PAIRED = 6;
/** How much better than one value two must be, in F1, to be told in its place. */
const BETTER = 0.02;
/** A value that fewer of the cluster have than this share is no label. */
const LEAST_RECALL = 0.25;

/** Codes of identities in classes of a matrix, and how often each value stands there. */
export interface LabelGround {
  readonly columns: readonly AttributeColumn[];
  /** Place of each node in the codes. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** Places of all identities that hold something and have attributes. */
  readonly everybody: Uint32Array;
  /** By attribute, identities with each value. */
  readonly totals: readonly Uint32Array[];
}

/** @param identities node numbers of those among whom a label must tell a cluster */
export function labelGround({ nodes, columns }: CodedAttributes, identities: Uint32Array): LabelGround {
  const placeOf = new Map<number, number>();
  nodes.forEach((node, place) => void placeOf.set(node, place));
  const everybody = Uint32Array.from(identities)
    .filter((node) => placeOf.has(node))
    .map((node) => placeOf.get(node)!);
  return { columns, placeOf, everybody, totals: columns.map((column) => valueCounts(column, everybody)) };
}

function valueCounts({ values, codes }: AttributeColumn, places: Uint32Array): Uint32Array {
  const counts = new Uint32Array(values.length);
  for (const place of places) if (codes[place]! >= 0) counts[codes[place]!]!++;
  return counts;
}

/**
 * The best label by F1, the harmonic mean of precision and recall. O(members · attributes + identities).
 *
 * @returns undefined where no value is had by a quarter of the cluster
 */
export function attributeLabel(ground: LabelGround, members: Uint32Array): AttributeLabel | undefined {
  const { columns, placeOf, totals } = ground;
  const places = members.filter((node) => placeOf.has(node)).map((node) => placeOf.get(node)!);
  const size = members.length;
  const singles = columns
    .flatMap((column, c) =>
      [...valueCounts(column, places)].map(
        (inside, code): Rated => ({ terms: [{ column: c, code }], inside, all: totals[c]![code]! }),
      ),
    )
    .filter(({ inside }) => inside > 0 && inside >= LEAST_RECALL * size)
    .sort((a, b) => f1(b, size) - f1(a, size));
  const best = singles[0];
  if (best === undefined) return undefined;
  const better = bestPair(ground, places, singles.slice(0, PAIRED), size);
  const told = better !== undefined && f1(better, size) > f1(best, size) + BETTER ? better : best;
  return {
    terms: told.terms.map(({ column, code }) => ({
      attribute: columns[column]!.name,
      value: columns[column]!.values[code]!,
    })),
    precision: told.inside / told.all,
    recall: told.inside / size,
  };
}

const f1 = ({ inside, all }: Rated, size: number): number => (2 * inside) / (all + size);

function bestPair(
  { columns, everybody }: LabelGround,
  places: Uint32Array,
  singles: readonly Rated[],
  size: number,
): Rated | undefined {
  let best: Rated | undefined;
  singles.forEach(({ terms: [first] }, i) => {
    for (const {
      terms: [second],
    } of singles.slice(0, i)) {
      if (first!.column === second!.column) continue;
      const has = (place: number): boolean =>
        columns[first!.column]!.codes[place] === first!.code && columns[second!.column]!.codes[place] === second!.code;
      const inside = countOf(places, has);
      const pair = { terms: [second!, first!], inside, all: inside === 0 ? 1 : countOf(everybody, has) };
      if (inside >= LEAST_RECALL * size && (best === undefined || f1(pair, size) > f1(best, size))) best = pair;
    }
  });
  return best;
}

function countOf(places: Uint32Array, has: (place: number) => boolean): number {
  let count = 0;
  for (const place of places) if (has(place)) count++;
  return count;
}
