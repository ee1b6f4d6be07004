/**
 * What grants and take-overs of resources say about access, each text once: numbered in the order of the texts, so that equal sets
 * are equal lists of numbers in any order of reading.
 */
import { createHash } from 'node:crypto';
import type { EdgeRecord, NodeKind } from '../../model/index.ts';

/** Bytes of a digest. */
const DIGEST = 32;

/** Of no lines. */
const NOTHING = createHash('sha256').digest('hex');

/** Lines and whether each is said surely, as numbers: `2 * line + 1` where it is. Ascending. */
export type Lines = Uint32Array;

export class SaidLines {
  readonly #numbers = new Map<EdgeRecord, number>();
  readonly #texts: readonly string[];
  /** Two digests a line: of what is said under a condition, and of what is said surely. */
  readonly #digests: Buffer;
  readonly #isDigested: Uint8Array;
  #scratch = Buffer.alloc(1_024);
  #last: { readonly lines: Lines; readonly digest: string } = { lines: new Uint32Array(0), digest: NOTHING };

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

  /** What an allowing grant says it gives; undefined for a line that says something else. */
  given(line: number): { readonly to: string; readonly actions: readonly string[] } | undefined {
    if (!this.isAllowing(line)) return undefined;
    const [, to, actions] = JSON.parse(this.#texts[line]!) as [string, string, readonly string[]];
    return { to, actions };
  }

  isAllowing(line: number): boolean {
    return this.#texts[line]!.startsWith('["ALLOW"');
  }

  /** SHA-256 of the SHA-256 of each line's text, in the order of texts. Mostly the same is asked twice: of both sides. */
  digestOf(lines: Lines): string {
    if (isSame(lines, this.#last.lines)) return this.#last.digest;
    const length = DIGEST * lines.length;
    if (this.#scratch.length < length) this.#scratch = Buffer.alloc(2 * length);
    for (const [i, line] of lines.entries()) this.#digestInto(i * DIGEST, line);
    const digest = createHash('sha256').update(this.#scratch.subarray(0, length)).digest('hex');
    this.#last = { lines, digest };
    return digest;
  }

  #digestInto(at: number, line: number): void {
    if (this.#isDigested[line] === 0) {
      createHash('sha256')
        .update(this.text(line >>> 1, (line & 1) === 1))
        .digest()
        .copy(this.#digests, line * DIGEST);
      this.#isDigested[line] = 1;
    }
    this.#digests.copy(this.#scratch, at, line * DIGEST, (line + 1) * DIGEST);
  }
}

function isSame(one: Lines, other: Lines): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function saidBy(edge: EdgeRecord, kindOfEnd: NodeKind | undefined): string | undefined {
  const { kind, to, effect, actions = [], exceptActions = [], inherit, condition } = edge;
  if (kind === 'GRANTS')
    return JSON.stringify([effect ?? 'ALLOW', to, actions, exceptActions, inherit !== false, condition ?? null]);
  return kind === 'CONTROLS' && kindOfEnd === 'Resource'
    ? JSON.stringify(['CONTROLS', to, condition ?? null])
    : undefined;
}
