/**
 * Birthright rules: what practically everybody has who is of a department, a site, a title, or of two of these together; with
 * those who are and have not. A rule is told at the widest group at which it holds: what everybody has is not told again of
 * each department.
 */
import type { AttributeColumn, CodedAttributes } from '../../peers/cluster-label.ts';
import { columnSize, type EntitlementMatrix } from '../../peers/entitlement-matrix.ts';
import type { Pace } from '../../snapshot/pace.ts';

export interface BirthrightOptions {
  /** Share of a group that has something for it to be a birthright of the group; above 0.5 and at most 1. */
  readonly leastShare: number;
  /** People of a group at least. */
  readonly leastPeople: number;
}

/** One value of an attribute. */
export interface BirthrightTerm {
  readonly attribute: string;
  readonly value: string;
}

export interface Birthright {
  /** None for everybody; one value, or two of different attributes. */
  readonly terms: readonly BirthrightTerm[];
  /** Node numbers of those of the group who hold anything, in the order of the matrix. */
  readonly people: Uint32Array;
  /** Column classes that they have, ascending, and how many of them have each. */
  readonly columns: readonly { readonly column: number; readonly holders: number }[];
}

export interface BirthrightException {
  /** Node number of one who is of the group and has it not. */
  readonly identity: number;
  readonly column: number;
}

/** Attributes that are looked at in pairs, those with most people; and values that such a one has at most. */
const PAIRED_ATTRIBUTES = 6;
const PAIRED_VALUES = 1_000;
/** A narrower rule is told only where so much of its group has not been told by wider ones. */
const LEAST_NEW = 0.5;

/** People of one value, or of two. */
interface Group {
  readonly terms: readonly BirthrightTerm[];
  /** Places in `matrix.identities`. */
  readonly places: readonly number[];
}

/**
 * The widest groups first; equally wide ones in the order of attributes and values. Time: for each attribute, and each pair of
 * them, the cells of everybody.
 */
export async function findBirthrights(
  matrix: EntitlementMatrix,
  attributes: CodedAttributes,
  options: BirthrightOptions,
  pace: Pace,
): Promise<readonly Birthright[]> {
  const rowOf = rowsOfIdentities(matrix);
  const everybody: Group = { terms: [], places: Array.from(matrix.identities.keys()) };
  const told = new Told(matrix, rowOf);
  const found: Birthright[] = [];
  const kinds = [[everybody], singles(matrix, attributes, options), pairs(matrix, attributes, options)];
  for (const groups of kinds) {
    const wide = groups.filter(({ places }) => places.length >= options.leastPeople);
    wide.sort((a, b) => b.places.length - a.places.length);
    for (const group of wide) {
      if (pace.isDue()) await pace.rest();
      const columns = told.newColumns(group, options.leastShare);
      if (columns.length === 0) continue;
      found.push({
        terms: group.terms,
        people: Uint32Array.from(group.places, (place) => matrix.identities[place]!),
        columns,
      });
    }
  }
  return found;
}

/** Who is of the group and has not what it has, by column, then in the order of people. */
export function* exceptionsOf(
  matrix: EntitlementMatrix,
  { people, columns }: Birthright,
): Iterable<BirthrightException> {
  const rowOf = rowsOfIdentities(matrix);
  const placeOf = new Map(Array.from(matrix.identities, (identity, place) => [identity, place]));
  for (const { column, holders } of columns) {
    if (holders === people.length) continue;
    for (const identity of people)
      if (!holds(matrix, rowOf[placeOf.get(identity)!]!, column)) yield { identity, column };
  }
}

function rowsOfIdentities({ identities, rows, rowBounds }: EntitlementMatrix): Uint32Array {
  const rowOf = new Uint32Array(identities.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, rowBounds[row]!, rowBounds[row + 1]!);
  return rowOf;
}

/** Cells ascend. */
function holds({ cellBounds, cells }: EntitlementMatrix, row: number, column: number): boolean {
  let [low, high] = [cellBounds[row]!, cellBounds[row + 1]! - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (cells[middle] === column) return true;
    if (cells[middle]! < column) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** What has been told of whom. */
class Told {
  readonly #matrix: EntitlementMatrix;
  readonly #rowOf: Uint32Array;
  readonly #counts: Float64Array;
  /** By column: places of people of whom it has been told. */
  readonly #told = new Map<number, Set<number> | 'everybody'>();

  constructor(matrix: EntitlementMatrix, rowOf: Uint32Array) {
    this.#matrix = matrix;
    this.#rowOf = rowOf;
    this.#counts = new Float64Array(matrix.columns);
  }

  /** Columns that so large a share of a group has, and that are not told of half of it already. */
  newColumns({ terms, places }: Group, leastShare: number): Birthright['columns'] {
    const { cellBounds, cells } = this.#matrix;
    const met: number[] = [];
    for (const [row, people] of this.#rowsOf(places))
      for (let i = cellBounds[row]!; i < cellBounds[row + 1]!; i++) {
        const column = cells[i]!;
        if (this.#counts[column] === 0) met.push(column);
        this.#counts[column]! += people;
      }
    const columns = met
      .filter((column) => this.#counts[column]! >= leastShare * places.length && this.#isNew(column, places))
      .sort((a, b) => a - b)
      .map((column) => ({ column, holders: this.#counts[column]! }));
    for (const column of met) this.#counts[column] = 0;
    for (const { column } of columns) this.#tell(column, terms.length === 0 ? 'everybody' : places);
    return columns;
  }

  #rowsOf(places: readonly number[]): ReadonlyMap<number, number> {
    const rows = new Map<number, number>();
    for (const place of places) rows.set(this.#rowOf[place]!, (rows.get(this.#rowOf[place]!) ?? 0) + 1);
    return rows;
  }

  #isNew(column: number, places: readonly number[]): boolean {
    const told = this.#told.get(column);
    if (told === undefined) return true;
    if (told === 'everybody') return false;
    let left = 0;
    for (const place of places) if (!told.has(place)) left++;
    return left >= LEAST_NEW * places.length;
  }

  #tell(column: number, places: readonly number[] | 'everybody'): void {
    if (places === 'everybody') {
      this.#told.set(column, places);
      return;
    }
    const told = this.#told.get(column);
    if (told instanceof Set) for (const place of places) told.add(place);
    else this.#told.set(column, new Set(places));
  }
}

/** Of each person in the matrix the place in the codes; -1 without attributes. */
function codePlaces({ identities }: EntitlementMatrix, { nodes }: CodedAttributes): Int32Array {
  const placeOf = new Map(Array.from(nodes, (node, place) => [node, place]));
  return Int32Array.from(identities, (node) => placeOf.get(node) ?? -1);
}

function singles(matrix: EntitlementMatrix, attributes: CodedAttributes, options: BirthrightOptions): Group[] {
  const places = codePlaces(matrix, attributes);
  return attributes.columns.flatMap((column) => {
    const groups = new Map<number, number[]>();
    places.forEach((place, person) => {
      const code = place < 0 ? -1 : column.codes[place]!;
      if (code >= 0) add(groups, code, person);
    });
    return [...groups]
      .filter(([, people]) => people.length >= options.leastPeople)
      .sort(([a], [b]) => a - b)
      .map(([code, people]): Group => ({ terms: [termOf(column, code)], places: people }));
  });
}

function pairs(matrix: EntitlementMatrix, attributes: CodedAttributes, options: BirthrightOptions): Group[] {
  const places = codePlaces(matrix, attributes);
  const columns = attributes.columns.filter(({ values }) => values.length <= PAIRED_VALUES).slice(0, PAIRED_ATTRIBUTES);
  return columns.flatMap((first, i) =>
    columns.slice(i + 1).flatMap((second) => {
      const groups = new Map<number, number[]>();
      places.forEach((place, person) => {
        if (place < 0 || first.codes[place]! < 0 || second.codes[place]! < 0) return;
        add(groups, first.codes[place]! * second.values.length + second.codes[place]!, person);
      });
      return [...groups]
        .filter(([, people]) => people.length >= options.leastPeople)
        .sort(([a], [b]) => a - b)
        .map(([code, people]): Group => {
          const [one, other] = [Math.floor(code / second.values.length), code % second.values.length];
          return { terms: [termOf(first, one), termOf(second, other)], places: people };
        });
    }),
  );
}

function add(groups: Map<number, number[]>, code: number, person: number): void {
  const known = groups.get(code);
  if (known === undefined) groups.set(code, [person]);
  else known.push(person);
}

const termOf = ({ name, values }: AttributeColumn, code: number): BirthrightTerm => ({
  attribute: name,
  value: values[code]!,
});

/** How many entitlements a rule is about. */
export const entitlementsIn = (matrix: EntitlementMatrix, { columns }: Birthright): number =>
  columns.reduce((sum, { column }) => sum + columnSize(matrix, column), 0);
