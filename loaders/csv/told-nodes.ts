import { hash } from 'node:crypto';
import type { NodeRecord } from '../../engine/model/index.ts';
import { sortedDeep } from '../../engine/model/index.ts';

/** A node as it was told first: where, and a digest of its content. */
interface Told {
  readonly line: number;
  readonly digest: string;
}

/** The nodes of a load. The same node with the same content may come in many rows. */
export class ToldNodes {
  readonly #told = new Map<string, Told>();

  has(id: string): boolean {
    return this.#told.has(id);
  }

  /**
   * Notes a node.
   *
   * @param line over all files
   * @returns `new` the first time, `same` when it was told with this content before, else the line of the other content
   */
  note(node: NodeRecord, line: number): 'new' | 'same' | number {
    const digest = digestOf({ ...node });
    const told = this.#told.get(node.id);
    if (told === undefined) {
      this.#told.set(node.id, { line, digest });
      return 'new';
    }
    return told.digest === digest ? 'same' : told.line;
  }
}

/** A digest of a record, whatever the order of its fields: 24 characters, so that a million of them cost little memory. */
export function digestOf(record: object): string {
  const text = JSON.stringify(sortedDeep(record as never));
  return `d_${hash('sha256', text, 'base64url').slice(0, 22)}`;
}
