import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvLoader } from '../../loaders/csv/csv-loader.ts';
import { zstdCodec } from '../../loaders/formats/zstd-codec.ts';
import { graphLoader } from '../../loaders/graph/graph-loader.ts';
import { pairsLoader } from '../../loaders/pairs/pairs-loader.ts';
import { exampleOf } from '../support/csv-example.ts';
import { fuzz } from '../support/mutate.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/loaders');
const MATRIX = join(ROOT, '../shared/data/role-mining/domino.txt.gz');
const PATIENCE = 600_000;
announceSeed();

const roundsOf = (count: number): number => runs(count).numRuns!;
const estate = readFileSync(join(FIXTURES, 'graph/estate.jsonl'));
const { compress } = await zstdCodec();
const example = exampleOf(readFileSync(join(ROOT, 'docs/loaders/csv.md'), 'utf8')).files;
const exampleFile = (name: string): string => folder.file(join('csv', name), example[name]!);

describe('damaged files', () => {
  it(
    'of graph JSON Lines are loaded or refused',
    async () => {
      const originals = [
        join(FIXTURES, 'graph/estate.jsonl'),
        folder.file('estate.jsonl.gz', gzipSync(estate)),
        folder.file('estate.jsonl.zst', compress(estate)),
      ];
      const load = (path: string) => graphLoader.load({ paths: [path], options: {} });
      const { loaded, refused } = await fuzz({ originals, seed: SEED, rounds: roundsOf(600), load });
      expect(Math.min(loaded, refused)).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    'of pairs are loaded or refused',
    async () => {
      const originals = [join(FIXTURES, 'pairs/quoted.csv')];
      if (existsSync(MATRIX)) originals.push(MATRIX, folder.file('domino.txt', gunzipSync(readFileSync(MATRIX))));
      const load = (path: string) => pairsLoader.load({ paths: [path], options: {} });
      const { loaded, refused } = await fuzz({ originals, seed: SEED + 1, rounds: roundsOf(250), load });
      expect(Math.min(loaded, refused)).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    'of CSV are loaded or refused',
    async () => {
      const mapping = exampleFile('mapping.yaml');
      const originals = ['employees.csv', 'groups.csv', 'entitlements.tsv'].map(exampleFile);
      const load = (path: string) => {
        const others = originals.filter((original) => !path.endsWith(original.slice(original.lastIndexOf('/'))));
        return csvLoader.load({ paths: [...others, path], options: { mapping } });
      };
      const { loaded, refused } = await fuzz({ originals, seed: SEED + 2, rounds: roundsOf(250), load });
      expect(Math.min(loaded, refused)).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    'of mappings are followed or refused',
    async () => {
      const paths = ['employees.csv', 'groups.csv', 'entitlements.tsv'].map(exampleFile);
      const originals = [exampleFile('mapping.yaml')];
      const load = (mapping: string) => csvLoader.load({ paths, options: { mapping } });
      const { loaded, refused } = await fuzz({ originals, seed: SEED + 3, rounds: roundsOf(250), load });
      expect(Math.min(loaded, refused)).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
