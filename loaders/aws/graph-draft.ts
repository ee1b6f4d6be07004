import {
  type Change,
  type EdgeDraft,
  type EdgeRecord,
  makeEdge,
  type NodeRecord,
  type Problems,
} from '../../engine/model/index.ts';

/** Collects nodes and edges, each once. Of two edges with one id the one without a condition stays. */
export class GraphDraft {
  readonly #nodes = new Map<string, NodeRecord>();
  readonly #edges = new Map<string, EdgeRecord>();
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  putNode(node: NodeRecord): void {
    const key = `${node.source}\n${node.id}`;
    const before = this.#nodes.get(key);
    if (before === undefined) this.#nodes.set(key, node);
    else if (before.kind !== node.kind) {
      this.#problems.add({ message: `${node.id} is named both as a ${before.kind} and as a ${node.kind}` });
    }
  }

  putEdge(draft: EdgeDraft): void {
    const edge = makeEdge(draft);
    const before = this.#edges.get(edge.id);
    if (before === undefined || (before.condition !== undefined && edge.condition === undefined)) {
      this.#edges.set(edge.id, edge);
    }
  }

  *changes(): Iterable<Change> {
    for (const node of this.#nodes.values()) yield { op: 'PUT_NODE', node };
    for (const edge of this.#edges.values()) yield { op: 'PUT_EDGE', edge };
  }
}
