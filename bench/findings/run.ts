/**
 * What is found wrong in a made-up company: `npm run bench -- findings [options]`. Each rule runs once, in one thread, with what it
 * needs besides the snapshot read beforehand. Then what was planted is looked for among what was found, and remedies drawn by
 * seed are tried.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, today } from '../machine.ts';
import { type StageName, storeFolder } from '../stages.ts';
import type { FindingsReport } from './measure.ts';

const HELP = `npm run bench -- findings [options]
  --users N      people in the estate (default 100000)
  --seed S       another estate (default 1)
  --work FOLDER  keep the estate and the store there, and use them again if they are there already
  --report NAME  write bench/reports/NAME.json (default findings-N)`;

export function runFindings(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      users: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      work: { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [users, seed] = [Number(values.users), Number(values.seed)];
  const folder = values.work ?? mkdtempSync(join(tmpdir(), 'grantlens-findings-'));
  mkdirSync(folder, { recursive: true });
  spawnSync(process.execPath, [here('../../scripts/build.js')], { stdio: 'inherit' });
  try {
    if (!existsSync(storeFolder(folder)))
      for (const stage of ['generate', 'load'] satisfies StageName[])
        inProcess(stage, '../stage.ts', { stage, folder, users, seed, only: [] });
    const report = inProcess('findings', './measure.ts', {
      folder: storeFolder(folder),
      users,
      seed,
    }) as FindingsReport;
    print(report);
    save(values.report ?? `findings-${users}`, {
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

function print({ nodes, edges, readFactsSeconds, kinds, seconds, memory }: FindingsReport): void {
  const count = (value: number): string => value.toLocaleString('en-US');
  console.log(
    `${count(nodes)} nodes, ${count(edges)} edges; what rules need besides is read in ${readFactsSeconds} s\n`,
  );
  console.log(
    `${'kind'.padEnd(20)}${'time'.padStart(9)}${'found'.padStart(10)}${'planted'.padStart(10)}${'met'.padStart(7)}${'tried'.padStart(8)}${'as told'.padStart(9)}`,
  );
  for (const { kind, seconds: taken, found, planted, met, tried, asTold } of kinds)
    console.log(
      `${kind.padEnd(20)}${`${taken} s`.padStart(9)}${count(found).padStart(10)}${count(planted).padStart(10)}${count(met).padStart(7)}${count(tried).padStart(8)}${count(asTold).padStart(9)}`,
    );
  console.log(
    `\nall together ${seconds} s; resident memory ${count(memory.resident)} MiB, at most ${count(memory.most)} MiB`,
  );
}

function save(name: string, report: unknown): void {
  mkdirSync(here('../reports'), { recursive: true });
  writeFileSync(here(`../reports/${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nbench/reports/${name}.json`);
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
