/** The part of the graph that an analysis is about, as plain arcs between numbers. */
import type { Instant, NodeKind } from '../model/index.ts';
import { NODE_KINDS } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import { DENY, NO_INHERIT } from '../snapshot/snapshot.ts';
import { type AccessGraph, kindNumber } from './access-graph.ts';
import { ACCESS_KINDS } from './questions.ts';

/** Arcs as they are in the graph: parallel ones and loops are still there. */
export interface Projection {
  readonly nodeCount: number;
  readonly sources: Uint32Array<ArrayBuffer>;
  readonly targets: Uint32Array<ArrayBuffer>;
}

const CARRIES_ACCESS: ReadonlySet<number> = new Set(ACCESS_KINDS.map(kindNumber));

/** All nodes, and every edge that carries access at an instant: the kinds ACCESS_KINDS without denying grants. */
export function accessProjection(graph: AccessGraph, at: Instant): Projection {
  const arcs = new Arcs();
  graph.eachArc(at, (kind, from, to, flags) => {
    if (CARRIES_ACCESS.has(kind) && (flags & DENY) === 0) arcs.add(from, to);
  });
  return arcs.projection(graph.nodeCount);
}

const GRANTS = kindNumber('GRANTS');
const CONTAINS = kindNumber('CONTAINS');

/**
 * A graph in which a principal reaches exactly the resources that its allowing grants reach. A resource that contains others
 * is two nodes: itself, and what lies in it, of which it is one; a grant that is not inherited leads to the first.
 */
export function entitlementProjection(graph: AccessGraph, at: Instant): Projection {
  const arcs = new Arcs();
  const content = new Map<number, number>();
  const contentOf = (resource: number): number => content.get(resource) ?? resource;
  graph.eachArc(at, (kind, from) => {
    if (kind !== CONTAINS || content.has(from)) return;
    content.set(from, graph.nodeCount + content.size);
    arcs.add(contentOf(from), from);
  });
  graph.eachArc(at, (kind, from, to, flags) => {
    if (kind === CONTAINS) arcs.add(contentOf(from), contentOf(to));
    else if (kind !== GRANTS) {
      if (CARRIES_ACCESS.has(kind)) arcs.add(from, to);
    } else if ((flags & DENY) === 0) arcs.add(from, (flags & NO_INHERIT) === 0 ? contentOf(to) : to);
  });
  return arcs.projection(graph.nodeCount + content.size);
}

/** Numbers of the nodes of a kind. */
export function nodesOfKinds({ kindStart }: AccessGraph, kinds: readonly NodeKind[]): Uint32Array<ArrayBuffer> {
  const nodes: number[] = [];
  NODE_KINDS.forEach((kind, k) => {
    if (kinds.includes(kind)) for (let v = kindStart[k]!; v < kindStart[k + 1]!; v++) nodes.push(v);
  });
  return Uint32Array.from(nodes);
}

class Arcs {
  readonly #sources = new Column(Uint32Array);
  readonly #targets = new Column(Uint32Array);

  add(from: number, to: number): void {
    this.#sources.push(from);
    this.#targets.push(to);
  }

  projection(nodeCount: number): Projection {
    return { nodeCount, sources: this.#sources.values().slice(), targets: this.#targets.values().slice() };
  }
}
