/** How many facts each source vouches for, counted one by one. */
export interface FactCounts {
  nodes: number;
  edges: number;
  uses: number;
}

export class SourceTally {
  readonly counts = new Map<string, FactCounts>();

  count(source: string, what: keyof FactCounts): void {
    let counts = this.counts.get(source);
    if (counts === undefined) {
      counts = { nodes: 0, edges: 0, uses: 0 };
      this.counts.set(source, counts);
    }
    counts[what]++;
  }
}
