/** How nodes, edges and uses are laid out as rows, and how they are read back. The word positions are stated here only. */
import {
  type Attributes,
  EDGE_KINDS,
  type EdgeRecord,
  type Effect,
  NODE_KINDS,
  type NodeRecord,
  type UseRecord,
} from '../../model/index.ts';
import { parseEdgeIdTail, textOfEdgeId } from './edge-id-words.ts';
import { floatAt, type RowWriter } from './row-log.ts';
import type { RowPage } from './row-page.ts';

/** What numbers in rows stand for. */
export interface Names {
  id(ref: number): string;
  source(number: number): string;
  word(number: number): string;
  terms(number: number): Terms;
}

/** The action patterns of a grant. */
export interface Terms {
  readonly actions?: readonly string[];
  readonly exceptActions?: readonly string[];
}

// Nodes: ref, bits, source; then what the bits say: sensitivity (2 words), resource type (number of a word), length of
// the name. Text: the name, then the attributes as JSON.
export const NODE_REF = 1;
export const NODE_BITS = 2;
export const NODE_SOURCE = 3;
export const NODE_KIND_MASK = 7;
const NODE_NAME = 8;
const NODE_TYPE = 16;
const NODE_SENSITIVITY = 32;
const NODE_ATTRIBUTES = 64;
export const NODE_DISABLED = 128;

/** Fills the row that was begun. */
export function writeNode(
  row: RowWriter,
  node: NodeRecord,
  kind: number,
  ref: number,
  source: number,
  type: number,
): void {
  const attributes = JSON.stringify(node.attributes);
  const empty = attributes === '{}';
  row.int(ref);
  row.int(
    kind |
      (node.name === undefined ? 0 : NODE_NAME) |
      (node.resourceType === undefined ? 0 : NODE_TYPE) |
      (node.sensitivity === undefined ? 0 : NODE_SENSITIVITY) |
      (empty ? 0 : NODE_ATTRIBUTES) |
      (node.attributes['enabled'] === false ? NODE_DISABLED : 0),
  );
  row.int(source);
  if (node.sensitivity !== undefined) row.float(node.sensitivity);
  if (node.resourceType !== undefined) row.int(type);
  if (node.name !== undefined) {
    row.int(node.name.length);
    row.text(node.name);
  }
  if (!empty) row.text(attributes);
}

export function readNode(page: RowPage, slot: number, names: Names): NodeRecord {
  const { words } = page;
  const row = page.offsets[slot]!;
  const bits = words[row + NODE_BITS]!;
  const text = page.textOf(slot);
  let at = row + NODE_SOURCE + 1;
  const sensitivity = (bits & NODE_SENSITIVITY) !== 0 ? floatAt(words, (at += 2) - 2) : undefined;
  const resourceType = (bits & NODE_TYPE) !== 0 ? names.word(words[at++]!) : undefined;
  const nameLength = (bits & NODE_NAME) !== 0 ? words[at]! : 0;
  return {
    kind: NODE_KINDS[bits & NODE_KIND_MASK]!,
    id: names.id(words[row + NODE_REF]!),
    source: names.source(words[row + NODE_SOURCE]!),
    ...((bits & NODE_NAME) !== 0 ? { name: text.slice(0, nameLength) } : {}),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    attributes: (bits & NODE_ATTRIBUTES) !== 0 ? (JSON.parse(text.slice(nameLength)) as Attributes) : {},
  };
}

/** The name and the attributes of a node's row alone: what a search looks at. */
export function readNodeTexts(
  page: RowPage,
  slot: number,
): { readonly name: string | undefined; readonly attributes: string } {
  const row = page.offsets[slot]!;
  const bits = page.words[row + NODE_BITS]!;
  const text = page.textOf(slot);
  if ((bits & NODE_NAME) === 0) return { name: undefined, attributes: text };
  const at = row + NODE_SOURCE + 1 + ((bits & NODE_SENSITIVITY) !== 0 ? 2 : 0) + ((bits & NODE_TYPE) !== 0 ? 1 : 0);
  const length = page.words[at]!;
  return { name: text.slice(0, length), attributes: text.slice(length) };
}

// Edges: from, to, bits, source, four words of the id; then what the bits say, in the order of the bits: terms, valid from,
// valid to, last used, use count (2 words each), lengths of key, technique, condition, evidence. Text: those four.
// The last 12 bits of the id are the upper half of the bits' word.
export const EDGE_FROM = 1;
export const EDGE_TO = 2;
export const EDGE_BITS = 3;
export const EDGE_SOURCE = 4;
export const EDGE_ID = 5;
export const EDGE_OPTIONS = 9;
export const EDGE_KIND_MASK = 15;
const EDGE_ALLOW_BIT = 16;
export const EDGE_DENY_BIT = 32;
export const EDGE_STOPS_BIT = 64;
export const EDGE_TERMS_BIT = 128;
export const EDGE_VALID_FROM_BIT = 256;
export const EDGE_VALID_TO_BIT = 512;
const EDGE_LAST_USED_BIT = 1_024;
const EDGE_USE_COUNT_BIT = 2_048;
const EDGE_KEY_BIT = 4_096;
const EDGE_TECHNIQUE_BIT = 8_192;
export const EDGE_CONDITION_BIT = 16_384;
const EDGE_EVIDENCE_BIT = 32_768;

/** Fills the row that was begun. `id` holds the five words of the edge's id. */
export function writeEdge(
  row: RowWriter,
  edge: EdgeRecord,
  kind: number,
  from: number,
  to: number,
  source: number,
  id: Int32Array,
  terms: number,
): void {
  row.int(from);
  row.int(to);
  row.int(kind | edgeBits(edge, terms) | (id[4]! << 16));
  row.int(source);
  for (let i = 0; i < 4; i++) row.int(id[i]!);
  if (terms !== 0) row.int(terms);
  if (edge.validFrom !== undefined) row.float(edge.validFrom);
  if (edge.validTo !== undefined) row.float(edge.validTo);
  if (edge.lastUsedAt !== undefined) row.float(edge.lastUsedAt);
  if (edge.useCount !== undefined) row.float(edge.useCount);
  if (edge.key !== undefined) measured(row, edge.key);
  if (edge.technique !== undefined) measured(row, edge.technique);
  if (edge.condition !== undefined) measured(row, edge.condition);
  if (edge.evidence !== undefined) measured(row, edge.evidence);
}

function measured(row: RowWriter, text: string): void {
  row.int(text.length);
  row.text(text);
}

function edgeBits(edge: EdgeRecord, terms: number): number {
  return (
    (edge.effect === undefined ? 0 : edge.effect === 'DENY' ? EDGE_DENY_BIT : EDGE_ALLOW_BIT) |
    (edge.inherit === false ? EDGE_STOPS_BIT : 0) |
    (terms === 0 ? 0 : EDGE_TERMS_BIT) |
    (edge.validFrom === undefined ? 0 : EDGE_VALID_FROM_BIT) |
    (edge.validTo === undefined ? 0 : EDGE_VALID_TO_BIT) |
    (edge.lastUsedAt === undefined ? 0 : EDGE_LAST_USED_BIT) |
    (edge.useCount === undefined ? 0 : EDGE_USE_COUNT_BIT) |
    (edge.key === undefined ? 0 : EDGE_KEY_BIT) |
    (edge.technique === undefined ? 0 : EDGE_TECHNIQUE_BIT) |
    (edge.condition === undefined ? 0 : EDGE_CONDITION_BIT) |
    (edge.evidence === undefined ? 0 : EDGE_EVIDENCE_BIT)
  );
}

/** Puts the five words of an edge row's id into `id`. */
export function edgeIdOf(words: Int32Array, row: number, id: Int32Array): void {
  for (let i = 0; i < 4; i++) id[i] = words[row + EDGE_ID + i]!;
  id[4] = parseEdgeIdTail(words[row + EDGE_BITS]!);
}

const readId = new Int32Array(5);

export function readEdge(page: RowPage, slot: number, names: Names): EdgeRecord {
  const { words } = page;
  const row = page.offsets[slot]!;
  const bits = words[row + EDGE_BITS]!;
  edgeIdOf(words, row, readId);
  const option = new Options(page, slot, bits);
  const terms = option.word(EDGE_TERMS_BIT);
  const validFrom = option.float(EDGE_VALID_FROM_BIT);
  const validTo = option.float(EDGE_VALID_TO_BIT);
  const lastUsedAt = option.float(EDGE_LAST_USED_BIT);
  const useCount = option.float(EDGE_USE_COUNT_BIT);
  const key = option.text(EDGE_KEY_BIT);
  const technique = option.text(EDGE_TECHNIQUE_BIT);
  const condition = option.text(EDGE_CONDITION_BIT);
  const evidence = option.text(EDGE_EVIDENCE_BIT);
  const effect = effectOf(bits);
  return {
    id: textOfEdgeId(readId),
    kind: EDGE_KINDS[bits & EDGE_KIND_MASK]!,
    from: names.id(words[row + EDGE_FROM]!),
    to: names.id(words[row + EDGE_TO]!),
    source: names.source(words[row + EDGE_SOURCE]!),
    ...(key === undefined ? {} : { key }),
    ...(terms === undefined ? {} : names.terms(terms)),
    ...(effect === undefined ? {} : { effect }),
    ...((bits & EDGE_STOPS_BIT) === 0 ? {} : { inherit: false as const }),
    ...(technique === undefined ? {} : { technique }),
    ...(condition === undefined ? {} : { condition }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(useCount === undefined ? {} : { useCount }),
  };
}

/** An edge's key, which tells parallel edges apart: empty where it has none. */
export function edgeKeyOf(page: RowPage, slot: number): string {
  const bits = page.words[page.offsets[slot]! + EDGE_BITS]!;
  if ((bits & EDGE_KEY_BIT) === 0) return '';
  const option = new Options(page, slot, bits);
  option.word(EDGE_TERMS_BIT);
  for (const bit of [EDGE_VALID_FROM_BIT, EDGE_VALID_TO_BIT, EDGE_LAST_USED_BIT, EDGE_USE_COUNT_BIT]) option.float(bit);
  return option.text(EDGE_KEY_BIT) ?? '';
}

function effectOf(bits: number): Effect | undefined {
  if ((bits & EDGE_DENY_BIT) !== 0) return 'DENY';
  return (bits & EDGE_ALLOW_BIT) !== 0 ? 'ALLOW' : undefined;
}

/** Walks over the optional words of an edge's row, which must be asked for in their order. */
class Options {
  readonly #page: RowPage;
  readonly #bits: number;
  #at: number;
  #textAt: number;

  constructor(page: RowPage, slot: number, bits: number) {
    this.#page = page;
    this.#bits = bits;
    this.#at = page.offsets[slot]! + EDGE_OPTIONS;
    this.#textAt = page.starts[slot]!;
  }

  word(bit: number): number | undefined {
    return (this.#bits & bit) === 0 ? undefined : this.#page.words[this.#at++];
  }

  float(bit: number): number | undefined {
    if ((this.#bits & bit) === 0) return undefined;
    this.#at += 2;
    return floatAt(this.#page.words, this.#at - 2);
  }

  text(bit: number): string | undefined {
    const length = this.word(bit);
    if (length === undefined) return undefined;
    this.#textAt += length;
    return this.#page.text.slice(this.#textAt - length, this.#textAt);
  }
}

// Uses: identity, action (number of a word), resource, source, last used and use count (2 words each).
export const USE_KEY = 1;
export const USE_KEY_WORDS = 4;
export const USE_SOURCE = 4;
const USE_LAST_USED = 5;
const USE_COUNT = 7;

/** Fills the row that was begun. `key` holds identity, action, resource and source. */
export function writeUse(row: RowWriter, use: UseRecord, key: Int32Array): void {
  for (let i = 0; i < USE_KEY_WORDS; i++) row.int(key[i]!);
  row.float(use.lastUsedAt);
  row.float(use.useCount);
}

export function readUse(page: RowPage, slot: number, names: Names): UseRecord {
  const { words } = page;
  const row = page.offsets[slot]!;
  return {
    identity: names.id(words[row + 1]!),
    action: names.word(words[row + 2]!),
    resource: names.id(words[row + 3]!),
    source: names.source(words[row + USE_SOURCE]!),
    lastUsedAt: floatAt(words, row + USE_LAST_USED),
    useCount: floatAt(words, row + USE_COUNT),
  };
}
