/** What a view is, whatever answers its questions: there until it is released, and a way to records as the store has them. */
import { type EdgeRecord, GrantlensError, type NodeKind } from '../model/index.ts';
import type { StoreReader } from '../store/port.ts';
import { exportLines, nodeIds } from './browse.ts';

/** How many dangling edges are told when no number is asked for. */
const DANGLING_TOLD = 100;

/** A view without its questions. `Ground` is what these are answered on. */
export abstract class ReleasedView<Ground extends { readonly reader: StoreReader }> {
  readonly version: number;
  readonly #ground: Ground;
  #onRelease: (() => void) | undefined;

  /** @param onRelease called once, when the view is released */
  constructor(ground: Ground, onRelease: () => void) {
    this.#ground = ground;
    this.#onRelease = onRelease;
    this.version = ground.reader.version;
  }

  /** @throws GrantlensError CLOSED after release */
  protected get open(): Ground {
    if (this.#onRelease === undefined) throw new GrantlensError('CLOSED', 'This view has been released.');
    return this.#ground;
  }

  async edgeById(id: string): Promise<EdgeRecord | undefined> {
    return this.open.reader.edgeById(id);
  }

  nodeIds(kind: NodeKind): AsyncIterable<string> {
    return nodeIds(this.open.reader, kind);
  }

  exportLines(): AsyncIterable<string> {
    return exportLines(this.open.reader);
  }

  async danglingEdges(
    limit = DANGLING_TOLD,
  ): Promise<{ readonly total: number; readonly edges: readonly EdgeRecord[] }> {
    return this.open.reader.danglingEdges(limit);
  }

  release(): void {
    const onRelease = this.#onRelease;
    this.#onRelease = undefined;
    onRelease?.();
  }
}
