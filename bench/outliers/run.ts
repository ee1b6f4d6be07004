/**
 * How well outliers are told in published matrices of users and permissions: `npm run bench -- outliers [options]`. Wrong
 * holdings are put in, one in a hundred, permissions as often as they are held; what is told is how well each method finds them.
 * With `--train` it times the training of EASE instead.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { collect } from '../../test/support/collect.ts';
import { memoryReader } from '../../test/support/memory-reader.ts';
import { buildProduct } from '../child.ts';
import { productCompile, productEase, productLoaders, productOutliers } from '../product.ts';

const HELP = `npm run bench -- outliers [options]
  --data FOLDER  where the matrices are, NAME.txt.gz each (default ../shared/data/role-mining)
  --set NAME     only this matrix; may be given several times
  --seed S       other wrong holdings (default 1)
  --train M      instead: CPU seconds of one training of EASE on M columns; may be given several times`;

const SETS = ['apj', 'americas_small', 'customer', 'domino', 'fire2', 'hc'];

export async function runOutliers(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: '../shared/data/role-mining' },
      set: { type: 'string', multiple: true, default: SETS },
      seed: { type: 'string', default: '1' },
      train: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.train !== undefined) return timeTrainings(values.train.map(Number), Number(values.seed));
  if (!existsSync(values.data)) throw new Error(`there is no folder ${values.data}; name it with --data`);
  buildProduct();
  console.log('| set | method | AUC | average precision | AUC of all | put in | judged | taken | seconds |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const set of values.set) await measure(join(values.data, `${set}.txt.gz`), set, Number(values.seed));
}

/** Rows of the made-up matrix that EASE is trained on, and cells of each: columns are drawn, low numbers more often. */
const ROWS = 5_000;
const CELLS_OF_A_ROW = 25;

async function timeTrainings(sizes: readonly number[], seed: number): Promise<void> {
  for (const m of sizes)
    if (!Number.isInteger(m) || m < CELLS_OF_A_ROW || m > 10_000)
      throw new Error(`--train takes a number of columns from ${CELLS_OF_A_ROW} to 10000`);
  buildProduct();
  const { ease } = await productEase();
  console.log('| columns | CPU seconds |');
  console.log('|---|---|');
  for (const columns of sizes) {
    const random = seededRandom(seed);
    const cells = Array.from({ length: ROWS }, () => {
      const row = new Set<number>();
      while (row.size < CELLS_OF_A_ROW) row.add(Math.floor(random() ** 2 * columns));
      return [...row];
    }).flat();
    const bounds = Uint32Array.from({ length: ROWS + 1 }, (_, row) => row * CELLS_OF_A_ROW);
    const before = process.cpuUsage();
    ease({ bounds, cells: Uint32Array.from(cells), columns }, 5);
    const { user, system } = process.cpuUsage(before);
    console.log(`| ${columns} | ${((user + system) / 1e6).toFixed(2)} |`);
  }
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
