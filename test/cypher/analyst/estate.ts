import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateEstate } from '../../../engine/generate/index.ts';
import {
  type Change,
  changeOfLine,
  type EdgeRecord,
  type NodeRecord,
  type UseRecord,
} from '../../../engine/model/index.ts';
import type { Records } from '../../support/neo4j-layout.ts';

const FILE = join(import.meta.dirname, '../../fixtures/analyst/estate.jsonl');

/** The estate whose answers were worked out by hand. */
export const handMadeEstate = (): Records => recordsOf(linesOf(readFileSync(FILE, 'utf8')));

/** The made-up company with seed 1. */
export const generatedEstate = (users: number): Records => recordsOf(generateEstate({ users, seed: 1 }));

function* linesOf(text: string): Generator<Change> {
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const change = changeOfLine(JSON.parse(line), 'main', (field, message) => {
      throw new Error(`${line}: ${field} ${message}`);
    });
    if (change !== undefined) yield change;
  }
}

function recordsOf(changes: Iterable<Change>): Required<Records> {
  const nodes: NodeRecord[] = [];
  const edges: EdgeRecord[] = [];
  const uses: UseRecord[] = [];
  for (const change of changes) {
    if (change.op === 'PUT_NODE') nodes.push(change.node);
    else if (change.op === 'PUT_EDGE') edges.push(change.edge);
    else if (change.op === 'PUT_USE') uses.push(change.use);
  }
  return { nodes, edges, uses };
}
