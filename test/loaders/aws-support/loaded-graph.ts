import { fileURLToPath } from 'node:url';
import type { Decision, EdgeKind, EdgeRecord, NodeRecord } from '../../../engine/model/index.ts';
import { awsLoader } from '../../../loaders/aws/aws-loader.ts';
import type { Loaded } from '../../../loaders/loader.ts';
import { decide, graphOf, type OracleGraph, whoCan } from '../../support/oracle/index.ts';

/** A loaded graph with the questions of the tests. */
export class LoadedGraph {
  readonly loaded: Loaded;
  readonly graph: OracleGraph;

  constructor(loaded: Loaded, graph: OracleGraph) {
    this.loaded = loaded;
    this.graph = graph;
  }

  check(identity: string, action: string, resource: string, reach?: 'ENTITLED' | 'ASSUMABLE'): Decision {
    return decide(this.graph, { identity, action, resource, reach });
  }

  whoCan(action: string, resource: string): Record<string, Decision> {
    return Object.fromEntries(whoCan(this.graph, action, resource));
  }

  node(id: string): NodeRecord | undefined {
    return this.graph.nodes.find((node) => node.id === id);
  }

  edges(kind: EdgeKind, ends: { readonly from?: string; readonly to?: string } = {}): readonly EdgeRecord[] {
    return this.graph.edges.filter(
      (edge) =>
        edge.kind === kind &&
        (ends.from === undefined || edge.from === ends.from) &&
        (ends.to === undefined || edge.to === ends.to),
    );
  }
}

export async function loadAws(paths: readonly string[], source?: string): Promise<LoadedGraph> {
  const loaded = await awsLoader.load({ paths, options: {}, ...(source === undefined ? {} : { source }) });
  return new LoadedGraph(loaded, await graphOf(loaded.changes));
}

/** The path of one of our fixtures. */
export const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/aws/${name}`, import.meta.url));
