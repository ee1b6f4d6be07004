/** What later batches changed, as it was at a version: the journal's before-images, of which the earliest later one counts. */
import type { EdgeRecord, NodeRecord, UseKey, UseRecord } from '../../model/index.ts';
import type { EdgeEntry, JournalChunk, NodeEntry, UseEntry } from './journal-chunk.ts';

/** A node as it was; no versions of any source: it was not there. `ref` is Neo4j's id of it. */
export interface NodeBefore {
  readonly id: string;
  readonly versions: readonly NodeRecord[];
  readonly ref?: number;
}

/** An edge as it was; no record: it was not there; no `ref`: it had no effect. */
export interface EdgeBefore {
  readonly edge?: EdgeRecord;
  readonly ref?: number;
}

/** A use as it was; no record: it was not there. */
export interface UseBefore {
  readonly use?: UseRecord;
}

export const nameOfUse = (use: UseKey): string => JSON.stringify([use.identity, use.action, use.resource, use.source]);

export class BeforeImages {
  readonly nodes = new Map<string, NodeBefore>();
  readonly edges = new Map<string, EdgeBefore>();
  readonly uses = new Map<string, UseBefore>();
  readonly nodesByRef = new Map<number, NodeBefore>();
  readonly edgesByRef = new Map<number, EdgeRecord>();

  /** @param chunk a part of the journal that is later than all that were added */
  add(chunk: JournalChunk): void {
    for (const entry of chunk.nodes) this.#addNode(entry);
    for (const entry of chunk.edges) this.#addEdge(entry);
    for (const entry of chunk.uses) this.#addUse(entry);
  }

  #addNode({ before, after, ref }: NodeEntry): void {
    const id = (before[0] ?? after[0])?.id;
    if (id === undefined || this.nodes.has(id)) return;
    const image = { id, versions: before, ...(ref === undefined ? {} : { ref }) };
    this.nodes.set(id, image);
    if (ref !== undefined && before.length > 0) this.nodesByRef.set(ref, image);
  }

  #addEdge({ before, after, ref }: EdgeEntry): void {
    const id = (before ?? after)?.id;
    if (id === undefined || this.edges.has(id)) return;
    const effective = before !== undefined && ref !== undefined;
    this.edges.set(id, { ...(before === undefined ? {} : { edge: before }), ...(effective ? { ref } : {}) });
    if (effective) this.edgesByRef.set(ref, before);
  }

  #addUse({ before, after }: UseEntry): void {
    const key = before ?? after;
    if (key === undefined) return;
    const name = nameOfUse(key);
    if (!this.uses.has(name)) this.uses.set(name, before === undefined ? {} : { use: before });
  }
}
