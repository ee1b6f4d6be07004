/**
 * What grants and take-overs of resources say about access, each text once: numbered in the order of the texts, so that equal sets
 * are equal lists of numbers in any order of reading.
 */
import { createHash } from 'node:crypto';
import type { EdgeRecord, NodeKind } from '../../model/index.ts';

/** Bytes of a digest. */
const DIGEST = 32;

export class SaidLines {
  readonly #numbers = new Map<EdgeRecord, number>();
  readonly #texts: readonly string[];
  /** Two digests a line: of what is said under a condition, and of what is said surely. */
  readonly #digests: Buffer;
  readonly #isDigested: Uint8Array;

  /** @param kinds of the nodes that edges arrive at. O(edges, and their texts to sort) */
  constructor(edges: Iterable<EdgeRecord>, kinds: (id: string) => NodeKind | undefined) {
    const said = new Map<EdgeRecord, string>();
    for (const edge of edges) {
      if (said.has(edge)) continue;
      const text = saidBy(edge, kinds(edge.to));
      if (text !== undefined) said.set(edge, text);
    }
    this.#texts = [...new Set(said.values())].sort();
    const numbers = new Map(this.#texts.map((text, number) => [text, number]));
    for (const [edge, text] of said) this.#numbers.set(edge, numbers.get(text)!);
    this.#digests = Buffer.alloc(2 * DIGEST * this.#texts.length);
    this.#isDigested = new Uint8Array(2 * this.#texts.length);
  }

  get count(): number {
    return this.#texts.length;
  }

  /** The line that an edge says; undefined for one that says nothing about resources. */
  of(edge: EdgeRecord): number | undefined {
    return this.#numbers.get(edge);
  }

  text(line: number, isSure: boolean): string {
    return `${this.#texts[line]!}${isSure ? '' : ' under a condition'}`;
  }

  isAllowing(line: number): boolean {
    return this.#texts[line]!.startsWith('["ALLOW"');
  }

  /** Writes the SHA-256 of a line's text. @returns where the next one may be written */
  digestInto(into: Buffer, at: number, line: number, isSure: boolean): number {
    const place = 2 * line + (isSure ? 1 : 0);
    if (this.#isDigested[place] === 0) {
      createHash('sha256')
        .update(this.text(line, isSure))
        .digest()
        .copy(this.#digests, place * DIGEST);
      this.#isDigested[place] = 1;
    }
    return at + this.#digests.copy(into, at, place * DIGEST, (place + 1) * DIGEST);
  }
}

/** Bytes that so many lines take. */
export const digestBytes = (lines: number): number => DIGEST * lines;

function saidBy(edge: EdgeRecord, kindOfEnd: NodeKind | undefined): string | undefined {
  const { kind, to, effect, actions = [], exceptActions = [], inherit, condition } = edge;
  if (kind === 'GRANTS')
    return JSON.stringify([effect ?? 'ALLOW', to, actions, exceptActions, inherit !== false, condition ?? null]);
  return kind === 'CONTROLS' && kindOfEnd === 'Resource'
    ? JSON.stringify(['CONTROLS', to, condition ?? null])
    : undefined;
}
