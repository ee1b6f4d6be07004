/**
 * Edges by node, for one class of edge and one direction: rows as they were compiled, and rows that changes have put in
 * their place. A row is walked by position, so that a walk allocates nothing:
 *
 *     const patch = rows.patchOf(node);
 *     for (let i = rows.first(node, patch), end = rows.end(node, patch); i < end; i++) visit(rows.edge(i, patch));
 */
export type RowPatch = Uint32Array | undefined;

/** A row, or how it is made when somebody walks it: many rows that change are long, and are never looked at. */
type Patches = Map<number, Uint32Array | (() => Uint32Array)>;

const EMPTY = new Uint32Array(0);

/** With more recent patches than this, all are put together: a change copies no more than these. */
const MOST_RECENT = 64;

export class Rows {
  /** Compiled rows: positions `bounds[v]` to `bounds[v + 1]`, excluded. */
  readonly bounds: Uint32Array;
  /** Edge numbers by position; undefined where positions are edge numbers. */
  readonly edges: Uint32Array | undefined;
  /** Rows that take the place of compiled ones, and rows of nodes that came later. The recent ones count first. */
  readonly #patches: Patches | undefined;
  readonly #recent: Patches | undefined;
  readonly #compiled: number;

  constructor(bounds: Uint32Array, edges: Uint32Array | undefined, patches?: Patches, recent?: Patches) {
    this.bounds = bounds;
    this.edges = edges;
    this.#patches = patches;
    this.#recent = recent;
    this.#compiled = bounds.length - 1;
  }

  /** The row that is to be walked in place of the compiled one, if any. */
  patchOf(node: number): RowPatch {
    if (this.#recent !== undefined) {
      const patch = this.#recent.get(node) ?? this.#patches?.get(node);
      if (patch !== undefined) return typeof patch === 'function' ? this.#made(node, patch) : patch;
    }
    return node < this.#compiled ? undefined : EMPTY;
  }

  #made(node: number, make: () => Uint32Array): Uint32Array {
    const row = make();
    (this.#recent!.has(node) ? this.#recent! : this.#patches!).set(node, row);
    return row;
  }

  first(node: number, patch: RowPatch): number {
    return patch === undefined ? this.bounds[node]! : 0;
  }

  /** The position after the last one. */
  end(node: number, patch: RowPatch): number {
    return patch === undefined ? this.bounds[node + 1]! : patch.length;
  }

  /** The edge at a position. */
  edge(position: number, patch: RowPatch): number {
    if (patch !== undefined) return patch[position]!;
    return this.edges === undefined ? position : this.edges[position]!;
  }

  /** The edges of a node as a list, for places that are not hot. Not to be written to. */
  of(node: number): Uint32Array {
    const patch = this.patchOf(node);
    if (patch !== undefined) return patch;
    const [first, end] = [this.bounds[node]!, this.bounds[node + 1]!];
    if (this.edges !== undefined) return this.edges.subarray(first, end);
    const row = new Uint32Array(end - first);
    for (let i = 0; i < row.length; i++) row[i] = first + i;
    return row;
  }

  /** How many edges a node has. */
  count(node: number): number {
    const patch = this.patchOf(node);
    return this.end(node, patch) - this.first(node, patch);
  }

  /** How many rows are not as compiled, at most. */
  get patched(): number {
    return (this.#patches?.size ?? 0) + (this.#recent?.size ?? 0);
  }

  /** Nodes whose rows are not as compiled; some may be told twice. */
  *patchedNodes(): Iterable<number> {
    if (this.#patches !== undefined) yield* this.#patches.keys();
    if (this.#recent !== undefined) yield* this.#recent.keys();
  }

  /** The same rows with some replaced. */
  with(patches: Patches): Rows {
    if (patches.size === 0) return this;
    const recent = new Map([...(this.#recent ?? []), ...patches]);
    if (recent.size <= MOST_RECENT) return new Rows(this.bounds, this.edges, this.#patches, recent);
    return new Rows(this.bounds, this.edges, new Map([...(this.#patches ?? []), ...recent]), new Map());
  }
}
