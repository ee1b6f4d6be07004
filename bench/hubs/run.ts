/**
 * Hubs of a made-up company: `npm run bench -- hubs [options]`. Each measure is the best of three runs, in one thread, with what is
 * sensitive read beforehand.
 */

import { parseArgs } from 'node:util';
import { COMPANY_OPTIONS, measureOnCompany } from '../made-up-company.ts';
import type { HubsReport } from './measure.ts';

const HELP = `npm run bench -- hubs [options]
  --users N      people in the estate (default 100000)
  --seed S       another estate (default 1)
  --work FOLDER  keep the estate and the store there, and use them again if they are there already
  --only NAME    only this choice of what is sensitive: estate, thousand, every; may be given several times
  --report NAME  write bench/reports/NAME.json (default hubs-N)`;

export function runHubs(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { ...COMPANY_OPTIONS, only: { type: 'string', multiple: true, default: [] } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const program = new URL('measure.ts', import.meta.url);
  measureOnCompany<HubsReport>(values, { name: 'hubs', program, request: { only: values.only }, print });
}

function print({ nodes, edges, readSensitivitySeconds, measured, memory }: HubsReport): void {
  const count = (value: number): string => value.toLocaleString('en-US');
  console.log(
    `${count(nodes)} nodes, ${count(edges)} edges; what is sensitive is read in ${readSensitivitySeconds} s\n`,
  );
  console.log(
    `${'sensitive'.padEnd(12)}${'resources'.padStart(10)}  ${'reach'.padEnd(12)}${'time'.padStart(9)}${'pairs'.padStart(14)}${'hubs'.padStart(10)}${'edges'.padStart(10)}`,
  );
  for (const each of measured) {
    const numbers = [count(each.pairs).padStart(14), count(each.hubs).padStart(10), count(each.edges).padStart(10)];
    console.log(
      `${each.sensitive.padEnd(12)}${count(each.resources).padStart(10)}  ${each.reach.padEnd(12)}${`${each.seconds} s`.padStart(9)}${numbers.join('')}`,
    );
  }
  console.log(`\nresident memory ${count(memory.resident)} MiB, at most ${count(memory.most)} MiB`);
}
