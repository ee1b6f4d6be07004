/**
 * The bench: makes an estate, loads it, opens it, asks it, and prints what it measured on the spot.
 * `npm run bench -- --help` tells the options.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { QUESTIONS, type QuestionName } from './questions.ts';
import { printReport, type Report, reportOf } from './report.ts';
import { estateFile, type StageName, type StageResult, storeFolder } from './stages.ts';

const HELP = `npm run bench -- [options]
  --users N      people in the estate (default 100000)
  --seed S       another estate (default 1)
  --only NAME    only this, may be given several times: ${QUESTIONS.join(', ')}, change, compile
  --work FOLDER  keep the estate and the store there, and use them again if they are there already
  --report NAME  write bench/reports/NAME.json (default estate-N; with --only: none)`;

/** What is no question: changes, and what they would do; compiling, and cuts on what was compiled. */
const CHANGE = 'change';
const COMPILE = 'compile';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    work: { type: 'string' },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function run(): void {
  const only = values.only.filter((name) => name !== CHANGE && name !== COMPILE).map(questionName);
  const folder = values.work ?? mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
  mkdirSync(folder, { recursive: true });
  spawnSync(process.execPath, [here('../scripts/build.js')], { stdio: 'inherit' });
  try {
    const report = reportOf(Number(values.users), Number(values.seed), measure(folder, only));
    printReport(report);
    const name = values.report ?? (values.only.length === 0 ? `estate-${values.users}` : undefined);
    if (name !== undefined) save(name, report);
  } finally {
    if (values.work === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder: string, only: readonly QuestionName[]): StageResult[] {
  const results: StageResult[] = [];
  const made = existsSync(estateFile(folder)) && sameEstate(folder);
  if (!made) {
    results.push(stage('generate', folder, only));
    writeFileSync(noteFile(folder), whichEstate());
  }
  if (!made || !existsSync(storeFolder(folder))) {
    rmSync(storeFolder(folder), { recursive: true, force: true });
    results.push(stage('load', folder, only));
  }
  const [change, compile] = [values.only.includes(CHANGE), values.only.includes(COMPILE)];
  const all = values.only.length === 0;
  if (compile || all) results.push(stage('compile', folder, only));
  if (only.length > 0 || all) results.push(stage('ask', folder, only));
  if (change || all) results.push(stage('change', folder, only));
  return results;
}

/** The note says which estate the folder holds, so that another is not taken for it. */
const noteFile = (folder: string): string => join(folder, 'estate.txt');
const whichEstate = (): string => `users ${values.users} seed ${values.seed}\n`;
const sameEstate = (folder: string): boolean =>
  existsSync(noteFile(folder)) && readFileSync(noteFile(folder), 'utf8') === whichEstate();

function stage(name: StageName, folder: string, only: readonly QuestionName[]): StageResult {
  console.error(`${name} …`);
  const request = { stage: name, folder, users: Number(values.users), seed: Number(values.seed), only };
  const flags = ['--expose-gc', '--import', 'tsx', here('stage.ts'), JSON.stringify(request)];
  const { status, stdout } = spawnSync(process.execPath, flags, {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) process.exit(1);
  return JSON.parse(stdout.toString()) as StageResult;
}

function save(name: string, report: Report): void {
  mkdirSync(here('reports'), { recursive: true });
  writeFileSync(here(`reports/${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nbench/reports/${name}.json`);
}

function questionName(text: string): QuestionName {
  const name = QUESTIONS.find((one) => one === text);
  if (name !== undefined) return name;
  console.error(`--only ${text}: it is one of ${QUESTIONS.join(', ')}, ${CHANGE}, ${COMPILE}`);
  process.exit(1);
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

if (values.help) console.log(HELP);
else run();
