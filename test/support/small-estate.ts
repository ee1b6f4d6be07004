/** Small graphs by what is in them: kinds and ids of nodes, and edges as short lines. */
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from './memory-reader.ts';

export interface SmallEstate {
  readonly nodes: NodeRecord[];
  readonly edges: EdgeRecord[];
}

const SOURCE = 'main';

/** Adds to an estate; a node that an edge names must be there. */
export class EstateBuilder implements SmallEstate {
  readonly nodes: NodeRecord[] = [];
  readonly edges: EdgeRecord[] = [];

  node(kind: NodeKind, id: string, attributes: Readonly<Record<string, unknown>> = {}): this {
    this.nodes.push({ kind, id, source: SOURCE, attributes: attributes as NodeRecord['attributes'] });
    return this;
  }

  nodesOf(kind: NodeKind, ...ids: readonly string[]): this {
    for (const id of ids) this.node(kind, id);
    return this;
  }

  member(from: string, ...groups: readonly string[]): this {
    for (const to of groups) this.edges.push(makeEdge({ kind: 'MEMBER_OF', from, to, source: SOURCE }));
    return this;
  }

  grant(from: string, to: string, ...actions: readonly string[]): this {
    this.edges.push(
      makeEdge({ kind: 'GRANTS', from, to, source: SOURCE, actions: actions.length > 0 ? [...actions] : ['use'] }),
    );
    return this;
  }

  async snapshot(): Promise<Snapshot> {
    return compileSnapshot(memoryReader(this.nodes, this.edges));
  }
}

/** An estate of users and resources in which each user is granted the resources of a list, by itself. */
export function estateOfHoldings(holdings: readonly (readonly number[])[]): EstateBuilder {
  const estate = new EstateBuilder();
  for (const resource of new Set(holdings.flat())) estate.node('Resource', `r${resource}`);
  holdings.forEach((held, user) => {
    estate.node('User', `u${String(user).padStart(5, '0')}`);
    for (const resource of held) estate.grant(`u${String(user).padStart(5, '0')}`, `r${resource}`);
  });
  return estate;
}

/** Node number of an id. */
export const numberOf = (snapshot: Snapshot, id: string): number => snapshot.index.find(id);
