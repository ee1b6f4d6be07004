import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';

/** How an edge names a node at one of its ends. */
export type Endpoint =
  | { readonly by: 'id'; readonly id: string; readonly kind: string | undefined }
  | { readonly by: 'properties'; readonly matchers: readonly Matcher[]; readonly kind: string | undefined };

export interface Matcher {
  readonly key: string;
  readonly value: JsonValue;
}

/** What an endpoint leads to. Several: none of them is guessed. */
export type Found = { readonly id: string } | 'none' | 'several' | 'other kind';

/** The endpoint of an object; a text where it is none: why. */
export function endpointOf(value: JsonValue | undefined): Endpoint | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object with a "value"';
  const { match_by: by, value: text, property_matchers: matchers, kind } = value as Fields;
  if (kind !== undefined && kind !== null && typeof kind !== 'string') return 'has a "kind" that is no text';
  const of = typeof kind === 'string' ? kind : undefined;
  const method = by ?? 'id';
  if (method === 'property') {
    if (text !== undefined) return 'is matched by property and must not have a "value"';
    return matchersOf(matchers, of);
  }
  if (method !== 'id' && method !== 'name')
    return `has the "match_by" ${JSON.stringify(method)}; it is one of id, name, property`;
  if (matchers !== undefined) return `is matched by ${method} and must not have "property_matchers"`;
  if (typeof text !== 'string' || text === '') return 'must have a "value" of text';
  return method === 'id'
    ? { by: 'id', id: text, kind: of }
    : { by: 'properties', matchers: [{ key: 'name', value: text }], kind: of };
}

function matchersOf(value: JsonValue | undefined, kind: string | undefined): Endpoint | string {
  if (!Array.isArray(value) || value.length === 0) return 'must have at least one of "property_matchers"';
  const matchers: Matcher[] = [];
  for (const one of value as readonly JsonValue[]) {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      return 'has a property matcher that is no object';
    const { key, operator, value: wanted } = one as Fields;
    if (typeof key !== 'string' || key === '') return 'has a property matcher without a "key"';
    if (operator !== 'equals') return `has the operator ${JSON.stringify(operator ?? null)}; there is "equals" alone`;
    if (wanted === undefined || wanted === null || typeof wanted === 'object')
      return 'has a property matcher whose "value" is no text, number or truth value';
    matchers.push({ key, value: wanted });
  }
  return { by: 'properties', matchers, kind };
}

/**
 * The nodes of all files, by what edges find them by. Properties are kept of those keys alone that some edge asks for.
 *
 * Finding takes time by the nodes that the rarest of the matchers fits.
 */
export class Endpoints {
  /** Id → kinds. */
  readonly #kinds = new Map<string, readonly string[]>();
  /** Key → value → ids. */
  readonly #ids = new Map<string, Map<JsonValue, Set<string>>>();
  readonly #lists = new Map<string, readonly string[]>();

  /** Asks for nodes to be found by a property. Call before they are seen. */
  askFor({ by, ...rest }: Endpoint): void {
    if (by !== 'properties') return;
    for (const { key } of (rest as { matchers: readonly Matcher[] }).matchers)
      if (!this.#ids.has(key)) this.#ids.set(key, new Map());
  }

  see(id: string, kinds: readonly string[], properties: Fields): void {
    // Nodes of the same kinds share one list.
    const text = kinds.join('\n');
    const list = this.#lists.get(text) ?? kinds;
    this.#lists.set(text, list);
    const known = this.#kinds.get(id);
    this.#kinds.set(id, known === undefined || known === list ? list : [...new Set([...known, ...list])]);
    for (const [key, ids] of this.#ids) {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (value === undefined || value === null || typeof value === 'object') continue;
      const same = ids.get(value);
      if (same === undefined) ids.set(value, new Set([id]));
      else same.add(id);
    }
  }

  kindsOf(id: string): readonly string[] | undefined {
    return this.#kinds.get(id);
  }

  find(endpoint: Endpoint): Found {
    if (endpoint.by === 'id') {
      const kinds = this.#kinds.get(endpoint.id);
      if (kinds === undefined) return 'none';
      return endpoint.kind === undefined || kinds.includes(endpoint.kind) ? { id: endpoint.id } : 'other kind';
    }
    const sets = endpoint.matchers.map(({ key, value }) => this.#ids.get(key)?.get(value) ?? NO_IDS);
    sets.sort((a, b) => a.size - b.size);
    const [first, ...others] = sets as [ReadonlySet<string>, ...ReadonlySet<string>[]];
    const { kind } = endpoint;
    let found: string | undefined;
    for (const id of first) {
      if (!others.every((ids) => ids.has(id)) || (kind !== undefined && !this.#kinds.get(id)!.includes(kind))) continue;
      if (found !== undefined) return 'several';
      found = id;
    }
    return found === undefined ? 'none' : { id: found };
  }
}

const NO_IDS: ReadonlySet<string> = new Set();

/** An endpoint as people read it. */
export function endpointText(endpoint: Endpoint): string {
  const kind = endpoint.kind === undefined ? '' : `${endpoint.kind} `;
  if (endpoint.by === 'id') return endpoint.id;
  return `${kind}${endpoint.matchers.map(({ key, value }) => `${key} ${JSON.stringify(value)}`).join(', ')}`;
}
