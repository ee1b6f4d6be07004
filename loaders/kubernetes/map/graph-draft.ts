import {
  type Attributes,
  type Change,
  type EdgeDraft,
  type EdgeRecord,
  makeEdge,
  type NodeKind,
  type NodeRecord,
} from '../../../engine/model/index.ts';

export interface NodeDraft {
  readonly kind: NodeKind;
  readonly id: string;
  readonly name: string;
  readonly resourceType?: string | undefined;
  readonly sensitivity?: number | undefined;
  readonly attributes: Attributes;
}

/** Nodes and edges of one source, each once. */
export class GraphDraft {
  readonly #source: string;
  readonly #nodes = new Map<string, NodeRecord>();
  readonly #edges = new Map<string, EdgeRecord>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Adds a node, unless it is there. */
  node({ kind, id, name, resourceType, sensitivity, attributes }: NodeDraft): void {
    if (this.#nodes.has(id)) return;
    this.#nodes.set(id, {
      kind,
      id,
      source: this.#source,
      name,
      ...(resourceType === undefined ? {} : { resourceType }),
      ...(sensitivity === undefined ? {} : { sensitivity }),
      attributes,
    });
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  /** Adds an edge, unless it is there. */
  edge(draft: Omit<EdgeDraft, 'source'>): void {
    const edge = makeEdge({ ...draft, source: this.#source });
    if (!this.#edges.has(edge.id)) this.#edges.set(edge.id, edge);
  }

  *changes(): Generator<Change> {
    for (const node of this.#nodes.values()) yield { op: 'PUT_NODE', node };
    for (const edge of this.#edges.values()) yield { op: 'PUT_EDGE', edge };
  }
}
