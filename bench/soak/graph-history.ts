/** The graph as plain records, version by version, and the changes that make the next one. */
import type { Change, EdgeRecord, NodeRecord } from '../../engine/index.ts';
import type { OracleGraph } from '../../test/support/oracle/index.ts';
import { productEngine } from '../product.ts';

/** Versions that answers may still be about. */
const KEPT = 400;

export type Random = () => number;

export class GraphHistory {
  readonly #nodes: readonly NodeRecord[];
  readonly #edges: Map<string, EdgeRecord>;
  readonly #versions = new Map<number, OracleGraph>();
  /** Edges that a change took, to be put back by a later one. */
  readonly #taken: EdgeRecord[] = [];
  readonly #random: Random;
  #newest: OracleGraph;

  constructor(nodes: readonly NodeRecord[], edges: readonly EdgeRecord[], random: Random) {
    this.#nodes = nodes;
    this.#edges = new Map(edges.map((edge) => [edge.id, edge]));
    this.#random = random;
    this.#newest = { nodes, edges };
  }

  /** The graph of a version; undefined where it is not kept any more. */
  at(version: number): OracleGraph | undefined {
    return this.#versions.get(version);
  }

  /** The graph as it is now. */
  get newest(): OracleGraph {
    return this.#newest;
  }

  /** What it is now is known as this version from here on. */
  is(version: number): void {
    this.#newest = { nodes: this.#nodes, edges: [...this.#edges.values()] };
    this.#versions.set(version, this.#newest);
    this.#versions.delete(version - KEPT);
  }

  /** A few edges go, a few that went come back, now and then a new membership or a denial comes. */
  async next(): Promise<readonly Change[]> {
    const { makeEdge } = await productEngine();
    const changes: Change[] = [];
    const all = [...this.#edges.values()];
    for (let i = 0; i <= this.#random() * 4; i++) {
      const edge = this.#some(all);
      if (!this.#edges.delete(edge.id)) continue;
      this.#taken.push(edge);
      changes.push({ op: 'REMOVE_EDGE', id: edge.id, source: edge.source });
    }
    const put = (edge: EdgeRecord): void => {
      if (this.#edges.has(edge.id)) return;
      this.#edges.set(edge.id, edge);
      changes.push({ op: 'PUT_EDGE', edge });
    };
    if (this.#taken.length > 50) put(this.#taken.splice(Math.floor(this.#random() * this.#taken.length), 1)[0]!);
    const like = this.#some(all);
    if (like.kind === 'MEMBER_OF') {
      const other = this.#some(all.filter(({ kind }) => kind === 'MEMBER_OF'));
      if (like.from !== other.to) put(makeEdge({ kind: 'MEMBER_OF', from: like.from, to: other.to, source: 'soak' }));
    } else if (like.kind === 'GRANTS') {
      const { from, to, actions } = like;
      put(makeEdge({ kind: 'GRANTS', from, to, actions, key: 'soak', effect: 'DENY', source: 'soak' }));
    }
    return changes;
  }

  #some<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }
}
