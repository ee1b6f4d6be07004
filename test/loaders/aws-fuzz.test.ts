import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { changeOfLine, lineOfEdge, lineOfNode, mayJoin } from '../../engine/model/index.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import type { Collected } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { SEED } from '../support/seed.ts';
import { fixture } from './aws-support/loaded-graph.ts';

const REAL = fileURLToPath(new URL('../../../shared/data/aws/account-authorization-details.json', import.meta.url));

/** What a store would refuse: ends that are missing or may not be joined, records that break the limits of the model. */
function isSound({ nodes, edges }: Collected): void {
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

const load = (path: string) => awsLoader.load({ paths: [path], options: {} });

describe(`damaged files (PROPERTY_SEED=${SEED})`, () => {
  it('are loaded soundly or refused in words: fixtures', async () => {
    const originals = ['bluefin.json', 'coral-pages/page-1.json', 'coral-pages/page-2.json'].map(fixture);
    const outcome = await fuzz({ originals, seed: SEED, rounds: 1500, load, check: isSound });
    expect(outcome.loaded).toBeGreaterThan(20);
    expect(outcome.refused).toBeGreaterThan(500);
  }, 120_000);

  it.skipIf(!existsSync(REAL))(
    'are loaded soundly or refused in words: a real account',
    async () => {
      const outcome = await fuzz({ originals: [REAL], seed: SEED, rounds: 100, load, check: isSound });
      expect(outcome.refused).toBeGreaterThan(20);
    },
    120_000,
  );
});
