import type { GraphDraft } from './graph-draft.ts';
import { ANY, type ClusterIds } from './ids.ts';

/**
 * The one form of a non-resource URL of a rule: a path, or a beginning of paths with a `*` behind it. Stars at the end
 * are one star; a star anywhere else is a letter like others. Undefined for what no request can have.
 */
export function normalizeUrl(url: string): string | undefined {
  const start = url.replace(/\*+$/, '');
  const pattern = start === url ? url : `${start}*`;
  return pattern === ANY || pattern.startsWith('/') ? pattern : undefined;
}

/** The non-resource URLs that rules name. A pattern contains those that begin as it does. */
export class UrlTree {
  readonly #ids: ClusterIds;
  readonly #patterns = new Set<string>([ANY]);

  constructor(ids: ClusterIds) {
    this.#ids = ids;
  }

  /** @param pattern in its one form */
  add(pattern: string): string {
    this.#patterns.add(pattern);
    return this.#ids.url(pattern);
  }

  draw(graph: GraphDraft): void {
    graph.edge({ kind: 'CONTAINS', from: this.#ids.cluster, to: this.#ids.urls });
    for (const pattern of this.#patterns) {
      graph.node({
        kind: 'Resource',
        id: this.#ids.url(pattern),
        name: pattern === ANY ? 'all non-resource URLs' : pattern,
        resourceType: 'non-resource-url',
        attributes: { url: pattern },
      });
      const parent = this.#parent(pattern);
      if (parent !== undefined)
        graph.edge({ kind: 'CONTAINS', from: this.#ids.url(parent), to: this.#ids.url(pattern) });
    }
  }

  /** The pattern with the longest beginning that this one begins with too. */
  #parent(pattern: string): string | undefined {
    const start = pattern.endsWith(ANY) ? pattern.slice(0, -1) : pattern;
    const longest = pattern.endsWith(ANY) ? start.length - 1 : start.length;
    for (let length = longest; length >= 0; length--) {
      const candidate = `${start.slice(0, length)}${ANY}`;
      if (this.#patterns.has(candidate)) return candidate;
    }
    return undefined;
  }
}
