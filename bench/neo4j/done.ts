/** A piece of work that is done once. */
export interface Done {
  readonly seconds: number;
  /** Nodes, edges and uses. */
  readonly elements: number;
  /** Elements a second. */
  readonly rate: number;
}

export const done = (seconds: number, elements: number): Done => ({
  seconds: Number(seconds.toPrecision(4)),
  elements,
  rate: Math.round(elements / seconds),
});
