/** A Neo4j store and the naive graphs of all its versions. */
import type { GraphStore } from '../../engine/store/port.ts';
import { type ListedBatch, NaiveGraph } from './naive-graph.ts';
import { batchOfVersion } from './version-batches.ts';

export class Versions {
  readonly store: GraphStore;
  /** By version. */
  readonly graphs: NaiveGraph[] = [new NaiveGraph()];

  constructor(store: GraphStore) {
    this.store = store;
  }

  get newest(): NaiveGraph {
    return this.graphs.at(-1)!;
  }

  async apply(batch: ListedBatch): Promise<void> {
    const { appliedAt } = await this.store.apply(batch);
    const after = this.newest.after(batch, appliedAt);
    if ('faults' in after) throw new Error('the batch does not fit');
    this.graphs.push(after.graph);
  }

  /** Applies the next batches of the history that follows from version numbers. */
  async goOn(batches: number, size = 6): Promise<void> {
    for (let i = 0; i < batches; i++) await this.apply(batchOfVersion(this.graphs.length, size));
  }
}
