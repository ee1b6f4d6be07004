/**
 * How well outliers are told in published matrices of users and permissions: `npm run bench -- outliers [options]`. Wrong
 * holdings are put in, one in a hundred, permissions as often as they are held; what is told is how well each method finds them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pace } from '../../engine/snapshot/pace.ts';
import { collect } from '../../test/support/collect.ts';
import { memoryReader } from '../../test/support/memory-reader.ts';
import { buildProduct } from '../child.ts';
import { productCompile, productLoaders, productOutliers } from '../product.ts';

const HELP = `npm run bench -- outliers [options]
  --data FOLDER  where the matrices are, NAME.txt.gz each (default ../shared/data/role-mining)
  --set NAME     only this matrix; may be given several times
  --seed S       other wrong holdings (default 1)`;

const SETS = ['apj', 'americas_small', 'customer', 'domino', 'fire2', 'hc'];

export async function runOutliers(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: '../shared/data/role-mining' },
      set: { type: 'string', multiple: true, default: SETS },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (!existsSync(values.data)) throw new Error(`there is no folder ${values.data}; name it with --data`);
  buildProduct();
  console.log('| set | method | AUC | average precision | AUC of all | put in | judged | taken | seconds |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const set of values.set) await measure(join(values.data, `${set}.txt.gz`), set, Number(values.seed));
}

/** Seconds are of the whole answer: the trial of the methods and the scores. */
async function measure(path: string, set: string, seed: number): Promise<void> {
  const { loaderFor } = await productLoaders();
  const { nodes, edges } = await collect(await loaderFor('pairs').load({ paths: [path], options: {} }));
  const { compileSnapshot } = await productCompile();
  const { findOutliers } = await productOutliers();
  const snapshot = await compileSnapshot(memoryReader(nodes, edges));
  const begun = performance.now();
  const found = await findOutliers([snapshot], { at: 0, seed }, new Pace());
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  for (const { method, auc, averagePrecision, aucOfAll, injected, judged } of found.checks) {
    const figures = [auc, averagePrecision, aucOfAll].map((figure) => figure.toFixed(3)).join(' | ');
    const isTaken = method === found.method ? 'yes' : '';
    console.log(`| ${set} | ${method} | ${figures} | ${injected} | ${judged} | ${isTaken} | ${isTaken && seconds} |`);
  }
  if (found.checks.length === 0) console.log(`| ${set} | none: ${found.because} | | | | | | | ${seconds} |`);
}
