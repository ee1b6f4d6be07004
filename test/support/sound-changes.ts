import { expect } from 'vitest';
import { changeOfLine, lineOfEdge, lineOfNode, mayJoin } from '../../engine/model/index.ts';
import type { Collected } from './collect.ts';

/** Expects what a store takes: ends that are there and may be joined, one kind a node, records within the limits of the model. */
export function expectSound({ nodes, edges }: Collected): void {
  const wrong: string[] = [];
  const report = (field: string, message: string): void => void wrong.push(`${field}: ${message}`);
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  for (const node of nodes) {
    if (kinds.get(node.id) !== node.kind) report(node.id, 'is of two kinds');
    changeOfLine(lineOfNode(node), 's', report);
  }
  for (const edge of edges) {
    const [from, to] = [kinds.get(edge.from), kinds.get(edge.to)];
    if (from === undefined || to === undefined || !mayJoin(edge.kind, from, to)) report(edge.id, JSON.stringify(edge));
    changeOfLine(lineOfEdge(edge), 's', report);
  }
  expect(wrong).toEqual([]);
}
