import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { fuzz } from '../support/mutate.ts';
import { SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { fixture } from './aws-support/loaded-graph.ts';

const REAL = fileURLToPath(new URL('../../../shared/data/aws/account-authorization-details.json', import.meta.url));

const load = (path: string) => awsLoader.load({ paths: [path], options: {} });

describe(`damaged files (PROPERTY_SEED=${SEED})`, () => {
  it('are loaded soundly or refused in words: fixtures', async () => {
    const originals = ['bluefin.json', 'coral-pages/page-1.json', 'coral-pages/page-2.json'].map(fixture);
    const outcome = await fuzz({ originals, seed: SEED, rounds: 1500, load, check: expectSound });
    expect(outcome.loaded).toBeGreaterThan(20);
    expect(outcome.refused).toBeGreaterThan(500);
  }, 120_000);

  it.skipIf(!existsSync(REAL))(
    'are loaded soundly or refused in words: a real account',
    async () => {
      const outcome = await fuzz({ originals: [REAL], seed: SEED, rounds: 100, load, check: expectSound });
      expect(outcome.refused).toBeGreaterThan(20);
    },
    120_000,
  );
});
