/**
 * Hubs of a made-up company: `npm run bench -- hubs [options]`. Each measure is the best of three runs, in one thread, with what is
 * sensitive read beforehand.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, today } from '../machine.ts';
import { type StageName, storeFolder } from '../stages.ts';
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
    options: {
      users: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      work: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [users, seed] = [Number(values.users), Number(values.seed)];
  const folder = values.work ?? mkdtempSync(join(tmpdir(), 'grantlens-hubs-'));
  mkdirSync(folder, { recursive: true });
  spawnSync(process.execPath, [here('../../scripts/build.js')], { stdio: 'inherit' });
  try {
    if (!existsSync(storeFolder(folder)))
      for (const stage of ['generate', 'load'] satisfies StageName[])
        inProcess(stage, '../stage.ts', { stage, folder, users, seed, only: [] });
    const report = inProcess('hubs', './measure.ts', {
      folder: storeFolder(folder),
      seed,
      only: values.only,
    }) as HubsReport;
    print(report);
    save(values.report ?? `hubs-${users}`, {
      measuredAt: today(),
      machine: machine(),
      estate: { users, seed, nodes: report.nodes, edges: report.edges },
      ...report,
    });
  } finally {
    if (values.work === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(name: string, program: string, request: unknown): unknown {
  console.error(`${name} …`);
  const flags = ['--expose-gc', '--import', 'tsx', here(program), JSON.stringify(request)];
  const { status, stdout } = spawnSync(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) process.exit(1);
  return JSON.parse(stdout.toString());
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

function save(name: string, report: unknown): void {
  mkdirSync(here('../reports'), { recursive: true });
  writeFileSync(here(`../reports/${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nbench/reports/${name}.json`);
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
