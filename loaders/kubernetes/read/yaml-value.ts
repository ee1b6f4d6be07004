import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** Something that keeps a YAML document from being taken. `offset` in UTF-16 units from the start of the text. */
export class YamlFault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = 'YamlFault';
    this.offset = offset;
  }
}

/** How deep maps and lists may nest: far more than any manifest needs. */
export const MAX_DEPTH = 200;
/** How many values a document may hold once its aliases are written out. */
export const MAX_VALUES = 5_000_000;

interface Anchored {
  readonly value: unknown;
  readonly node: Node;
  /** Values in it, aliases written out. */
  readonly size: number;
}

/**
 * A YAML document as plain values, linear in its size. A map that has a key twice, a key that is no text, an alias
 * without its anchor, and aliases that multiply into millions of values are refused. Values behind aliases are shared,
 * not copied. `<<` merges as in YAML 1.1, because Kubernetes reads it so.
 *
 * @throws YamlFault
 */
export class YamlValues {
  readonly #anchors = new Map<string, Anchored>();
  /** The node that an alias stood for when it was read. */
  readonly #targets = new Map<Node, Node>();
  #size = 0;

  valueOf(document: Document): unknown {
    return document.contents === null ? null : this.#value(document.contents as Node, 0);
  }

  /** The node that a value was read from. */
  target(node: Node): Node {
    return this.#targets.get(node) ?? node;
  }

  #value(node: Node, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new YamlFault(offsetOf(node), `nests deeper than ${MAX_DEPTH} levels`);
    if (isAlias(node)) return this.#aliased(node.source, node);
    const before = this.#size;
    this.#count(1, node);
    const value = this.#plain(node, depth);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, { value, node, size: this.#size - before });
    return value;
  }

  #plain(node: Node, depth: number): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => (item === null ? null : this.#value(item as Node, depth + 1)));
    return isMap(node) ? this.#map(node, depth) : null;
  }

  #aliased(name: string, node: Node): unknown {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) throw new YamlFault(offsetOf(node), `the alias *${name} has no anchor before it`);
    this.#count(anchored.size, node);
    this.#targets.set(node, anchored.node);
    return anchored.value;
  }

  #count(values: number, node: Node): void {
    this.#size += values;
    if (this.#size <= MAX_VALUES) return;
    throw new YamlFault(offsetOf(node), `written out, the document holds more than ${MAX_VALUES} values; split it up`);
  }

  #map(map: YAMLMap, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const merged: unknown[] = [];
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      const key = keyOf(pair, map);
      const inner = pair.value === null ? null : this.#value(pair.value, depth + 1);
      if (key === '<<') merged.push(inner);
      else if (Object.hasOwn(value, key)) {
        throw new YamlFault(offsetOf(pair.key), `the key ${JSON.stringify(key)} stands twice in one map; remove one`);
      } else define(value, key, inner);
    }
    for (const more of merged.flat()) mergeInto(value, more);
    return value;
  }
}

function mergeInto(value: Record<string, unknown>, more: unknown): void {
  if (typeof more !== 'object' || more === null || Array.isArray(more)) return;
  for (const [key, inner] of Object.entries(more)) if (!Object.hasOwn(value, key)) define(value, key, inner);
}

/** Sets a key as a property of its own, also `__proto__`. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The text of a key; numbers and truth values are taken as they are written. */
export function keyOf(pair: Pair<Node | null, Node | null>, map: Node): string {
  const { key } = pair;
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  throw new YamlFault(offsetOf(key ?? map), 'a key of a map must be text');
}

export const offsetOf = (node: Node | null): number => node?.range?.[0] ?? 0;
