/**
 * What is found wrong in a made-up company: `npm run bench -- findings [options]`. Each rule runs once, in one thread, with what it
 * needs besides the snapshot read beforehand. Then what was planted is looked for among what was found, and remedies drawn by
 * seed are tried.
 */

import { parseArgs } from 'node:util';
import { COMPANY_OPTIONS, measureOnCompany } from '../made-up-company.ts';
import type { FindingsReport } from './measure.ts';

const HELP = `npm run bench -- findings [options]
  --users N      people in the estate (default 100000)
  --seed S       another estate (default 1)
  --work FOLDER  keep the estate and the store there, and use them again if they are there already
  --report NAME  write bench/reports/NAME.json (default findings-N)`;

export function runFindings(args: readonly string[]): void {
  const { values } = parseArgs({ args: [...args], options: { ...COMPANY_OPTIONS } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const program = new URL('measure.ts', import.meta.url);
  measureOnCompany<FindingsReport>(values, {
    name: 'findings',
    program,
    request: { users: Number(values.users) },
    print,
  });
}

function print({ nodes, edges, readFactsSeconds, kinds, seconds, memory }: FindingsReport): void {
  const count = (value: number): string => value.toLocaleString('en-US');
  console.log(
    `${count(nodes)} nodes, ${count(edges)} edges; what rules need besides is read in ${readFactsSeconds} s\n`,
  );
  console.log(
    `${'kind'.padEnd(20)}${'time'.padStart(9)}${'found'.padStart(10)}${'planted'.padStart(10)}${'met'.padStart(7)}${'of first'.padStart(10)}${'tried'.padStart(8)}${'as told'.padStart(9)}`,
  );
  for (const { kind, seconds: taken, found, planted, met, first, firstPlanted, tried, asTold } of kinds)
    console.log(
      `${kind.padEnd(20)}${`${taken} s`.padStart(9)}${count(found).padStart(10)}${count(planted).padStart(10)}${count(met).padStart(7)}${`${firstPlanted}/${first}`.padStart(10)}${count(tried).padStart(8)}${count(asTold).padStart(9)}`,
    );
  for (const { kind, first, firstOld } of kinds)
    if (firstOld !== undefined)
      console.log(`\nof the first ${first} ${kind}, ${firstOld} show an edge last used more than a year ago or never`);
  console.log(
    `\nall together ${seconds} s; resident memory ${count(memory.resident)} MiB, at most ${count(memory.most)} MiB`,
  );
}
