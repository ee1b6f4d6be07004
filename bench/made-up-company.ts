/** What measures one thing on a made-up company of its own: options, the estate in a store, parts in processes of their own, the report. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct } from './child.ts';
import { machine, today } from './machine.ts';
import { type StageName, storeFolder } from './stages.ts';

/** Options that all of them take, for `parseArgs`. */
export const COMPANY_OPTIONS = {
  users: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  work: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export interface CompanyOptions {
  readonly users: string;
  readonly seed: string;
  readonly work?: string | undefined;
  readonly report?: string | undefined;
}

/** Of a report: how large the company was. */
interface Size {
  readonly nodes: number;
  readonly edges: number;
}

export interface Measured<Report> {
  /** Also the beginning of the report's name. */
  readonly name: string;
  /** The program that measures: it is given a request and prints its report as JSON. */
  readonly program: URL;
  /** What the program is told besides the store's folder and the seed. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly print: (report: Report) => void;
}

export function measureOnCompany<Report extends Size>(
  { users: people, seed: drawn, work, report: reportName }: CompanyOptions,
  { name, program, request, print }: Measured<Report>,
): void {
  const [users, seed] = [Number(people), Number(drawn)];
  const folder = work ?? mkdtempSync(join(tmpdir(), `grantlens-${name}-`));
  mkdirSync(folder, { recursive: true });
  buildProduct();
  try {
    if (!existsSync(storeFolder(folder)))
      for (const stage of ['generate', 'load'] satisfies StageName[])
        inProcess(stage, new URL('stage.ts', import.meta.url), { stage, folder, users, seed, only: [] });
    const report = inProcess(name, program, { folder: storeFolder(folder), seed, ...request }) as Report;
    print(report);
    const estate = { users, seed, nodes: report.nodes, edges: report.edges };
    save(reportName ?? `${name}-${users}`, { measuredAt: today(), machine: machine(), estate, ...report });
  } finally {
    if (work === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(name: string, program: URL, request: unknown): unknown {
  console.error(`${name} …`);
  const flags = ['--expose-gc', '--import', 'tsx', fileURLToPath(program), JSON.stringify(request)];
  const { status, stdout } = spawnSync(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) process.exit(1);
  return JSON.parse(stdout.toString());
}

function save(name: string, report: unknown): void {
  const folder = new URL('reports/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nbench/reports/${name}.json`);
}
