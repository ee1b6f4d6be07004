/** Mining roles from matrices: `npm run bench -- mining [options]`. One thread; everything found is checked cell by cell. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CellMatrix } from '../../algorithms/bicliques/cell-matrix.ts';
import { load, machine, today } from '../machine.ts';
import { type Fewest, type LeastComplexity, measureFewest, measureLeastComplexity } from './measure.ts';
import { type Planting, planted } from './planted.ts';
import { readPublished } from './published.ts';

const HELP = `npm run bench -- mining [options]
  --data FOLDER  published matrices, NAME.txt.gz with a user and a permission a line; none without it
  --seconds N    for each search for roles of least complexity (default 20)
  --only NAME    only this matrix; may be given several times
  --seed S       other draws (default 1)
  --no-layers    without the search for roles that have roles
  --report NAME  write bench/reports/NAME.json (default mining)`;

const PLANTINGS: readonly (readonly [name: string, planting: Planting])[] = [
  ['planted-1k', { rows: 1_000, columns: 1_000, roles: 100, columnsPerRole: 20, rolesPerRow: 4 }],
  ['planted-10k', { rows: 10_000, columns: 20_000, roles: 1_000, columnsPerRole: 40, rolesPerRow: 4 }],
  ['planted-wide', { rows: 2_000, columns: 100_000, roles: 400, columnsPerRole: 400, rolesPerRow: 3 }],
];

interface Measured {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  /** Roles that were planted. */
  readonly roles?: number;
  readonly fewest: Fewest;
  readonly flat: LeastComplexity;
  readonly layers?: LeastComplexity;
}

export async function runMining(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      seconds: { type: 'string', default: '20' },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      'no-layers': { type: 'boolean', default: false },
      report: { type: 'string', default: 'mining' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
  if (!(seconds > 0)) throw new Error(`--seconds must be a number above 0, not ${values.seconds}`);
  if (values.data === undefined) console.log('no --data: published matrices are left out');
  console.log(HEADINGS);
  const isAsked = (name: string): boolean => values.only.length === 0 || values.only.includes(name);
  const measured: Measured[] = [];
  for (const { name, matrix, roles } of matrices(values.data, seed)) {
    if (!isAsked(name)) continue;
    const made = matrix();
    const fewest = await measureFewest(made, seed);
    const flat = measureLeastComplexity(made, { seed, seconds, hierarchy: false });
    const layers = values['no-layers'] ? undefined : measureLeastComplexity(made, { seed, seconds, hierarchy: true });
    const size = { rows: made.rows, columns: made.columns, cells: made.cells.length };
    measured.push({ name, ...size, ...(roles && { roles }), fewest, flat, ...(layers && { layers }) });
    print(measured.at(-1)!);
  }
  const report = { measuredAt: today(), machine: machine(), load: load(), seconds, seed, measured };
  const folder = new URL('../reports/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${values.report}.json`, folder), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nbench/reports/${values.report}.json`);
}

function matrices(data: string | undefined, seed: number) {
  const published = data === undefined ? [] : readPublished(data);
  return [
    ...published.map(({ name, matrix }) => ({ name, matrix: (): CellMatrix => matrix, roles: undefined })),
    ...PLANTINGS.map(([name, planting]) => ({
      name,
      matrix: (): CellMatrix => planted(planting, seed),
      roles: planting.roles,
    })),
  ];
}

const HEADINGS = `${'matrix'.padEnd(16)}${'rows'.padStart(8)}${'columns'.padStart(9)}${'cells'.padStart(11)}${'fewest'.padStart(8)}${'bound'.padStart(8)}${'time'.padStart(10)}${'flat'.padStart(9)}${'roles'.padStart(7)}${'layers'.padStart(9)}${'roles'.padStart(7)}`;

function print({ name, rows, columns, cells, fewest, flat, layers }: Measured): void {
  const count = (value: number | undefined): string => value?.toLocaleString('en-US') ?? '-';
  const size = `${count(rows).padStart(8)}${count(columns).padStart(9)}${count(cells).padStart(11)}`;
  const least = `${count(fewest.roles).padStart(8)}${count(fewest.lowerBound).padStart(8)}${`${fewest.seconds} s`.padStart(10)}`;
  const complexity = `${count(flat.cost).padStart(9)}${count(flat.roles).padStart(7)}${count(layers?.cost).padStart(9)}${count(layers?.roles).padStart(7)}`;
  console.log(`${name.padEnd(16)}${size}${least}${complexity}`);
}
