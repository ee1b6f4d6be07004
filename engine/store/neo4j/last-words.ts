/**
 * What the journal says last of every fact that it tells of, to hold the facts against. Facts are kept as digests: about
 * two hundred bytes of memory each.
 */
import { createHash } from 'node:crypto';
import { type EdgeRecord, type JsonValue, type NodeRecord, sortedDeep, type UseRecord } from '../../model/index.ts';
import { nameOfUse } from './before-images.ts';
import type { JournalChunk } from './journal-chunk.ts';
import { byCodeUnits, corrupt } from './version-read.ts';

/** Values in a text that does not depend on the order of keys. By hand, values of any type of Neo4j may have come there. */
export const canonical = (value: unknown): string =>
  JSON.stringify(sortedDeep(value as JsonValue), (_, each: unknown) =>
    typeof each === 'bigint' ? `${each} of another type` : each,
  );

const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64').slice(0, 20);

const GONE = '';

export type FactKind = 'node' | 'edge' | 'use';

/** The fact as a text to hold against what the journal says. */
const textOfNode = (versions: readonly NodeRecord[]): string =>
  versions.length === 0 ? GONE : digestOf([...versions].sort((a, b) => byCodeUnits(a.source, b.source)));
const textOf = (record: EdgeRecord | UseRecord | undefined): string => (record === undefined ? GONE : digestOf(record));

export class LastWords {
  /** True when the journal reaches back to the empty graph: then it tells of every fact. */
  readonly #whole: boolean;
  readonly #words: Readonly<Record<FactKind, Map<string, string>>> = {
    node: new Map(),
    edge: new Map(),
    use: new Map(),
  };
  readonly #met: Readonly<Record<FactKind, Set<string>>> = { node: new Set(), edge: new Set(), use: new Set() };

  constructor(whole: boolean) {
    this.#whole = whole;
  }

  /** @param chunk later than all that were added */
  add({ nodes, edges, uses }: JournalChunk): void {
    const { node, edge, use } = this.#words;
    for (const { before, after } of nodes) node.set((before[0] ?? after[0])!.id, textOfNode(after));
    for (const { before, after } of edges) edge.set((before ?? after)!.id, textOf(after));
    for (const { before, after } of uses) use.set(nameOfUse((before ?? after)!), textOf(after));
  }

  /** @throws GrantlensError STORE_CORRUPT when the journal says otherwise, or the fact is there twice */
  checkNode(id: string, versions: readonly NodeRecord[]): void {
    this.#check('node', id, id, textOfNode(versions));
  }

  checkEdge(edge: EdgeRecord): void {
    this.#check('edge', edge.id, edge.id, textOf(edge));
  }

  checkUse(use: UseRecord): void {
    this.#check('use', nameOfUse(use), `${use.action} of ${use.resource} by ${use.identity}`, textOf(use));
  }

  #check(kind: FactKind, key: string, name: string, text: string): void {
    if (this.#met[kind].has(key)) throw corrupt(`the ${kind} "${name}" is there twice`);
    this.#met[kind].add(key);
    const last = this.#words[kind].get(key);
    if (last === text || (last === undefined && !this.#whole)) return;
    throw corrupt(
      last === undefined
        ? `no batch brought the ${kind} "${name}"`
        : last === GONE
          ? `the ${kind} "${name}" is there after the batch that removed it`
          : `the ${kind} "${name}" is not what the last batch made of it`,
    );
  }

  /** @throws GrantlensError STORE_CORRUPT when a fact has not been met that should be there */
  checkAllMet(): void {
    for (const kind of ['node', 'edge', 'use'] as const)
      for (const [key, text] of this.#words[kind])
        if (text !== GONE && !this.#met[kind].has(key)) throw corrupt(`the ${kind} "${key}" is missing`);
  }
}
