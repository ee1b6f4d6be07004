/**
 * The bench of the Neo4j store: one server after another on this machine, everything in one run.
 * `npm run bench -- neo4j --help` tells the options.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RunningNeo4j } from '../../scripts/neo4j/index.ts';
import { buildProduct, inChild, residentOf } from '../child.ts';
import { importInBulk } from './bulk.ts';
import type { PartResult } from './parts.ts';
import { type EstateParts, estateReport, machineReport, printEstate } from './report.ts';
import type { PartName } from './request.ts';
import { addressOf, freshServer, versionOf, wipe } from './server.ts';

const HELP = `npm run bench -- neo4j [options]
  --users N      people in the estate; may be given several times (default 10000 and 100000)
  --seed S       another estate (default 1)
  --calls N      how many of each question (default 1000)
  --only PART    only this part, may be given several times: load, compile, follow, ask, import
  --report NAME  write bench/reports/NAME.json (default neo4j; with --only or --users: none)`;

const OPTIONS = {
  users: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  calls: { type: 'string', default: '1000' },
  only: { type: 'string', multiple: true, default: [] as string[] },
  report: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const PARTS = ['load', 'compile', 'follow', 'ask', 'import'] as const;
type Chosen = ReadonlySet<(typeof PARTS)[number]>;

export async function runNeo4j(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return console.log(HELP);
  buildProduct();
  const chosen: Chosen = new Set(PARTS.filter((part) => values.only.length === 0 || values.only.includes(part)));
  const estates = [];
  for (const users of (values.users ?? ['10000', '100000']).map(Number)) {
    const bench = new EstateBench({ users, seed: Number(values.seed), calls: Number(values.calls) }, chosen);
    const parts = await bench.run();
    estates.push(estateReport(users, Number(values.seed), parts));
    printEstate(estates.at(-1)!);
  }
  const report = { ...machineReport(estates), estates };
  const name = values.report ?? (values.only.length === 0 && values.users === undefined ? 'neo4j' : undefined);
  if (name === undefined) return;
  const path = fileURLToPath(new URL(`../reports/${name}.json`, import.meta.url));
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`\nbench/reports/${name}.json written`);
}

interface Estate {
  readonly users: number;
  readonly seed: number;
  readonly calls: number;
}

class EstateBench {
  readonly #estate: Estate;
  readonly #chosen: Chosen;
  readonly #parts: { -readonly [Part in keyof EstateParts]?: EstateParts[Part] } = {};

  constructor(estate: Estate, chosen: Chosen) {
    this.#estate = estate;
    this.#chosen = chosen;
  }

  /** Two servers: what is cold on the one is warm on the other. The second keeps the store for what is asked of it. */
  async run(): Promise<EstateParts> {
    if (this.#chosen.has('load')) await this.#withServer((server) => this.#storeThenBare(server));
    if (PARTS.some((part) => part !== 'import' && this.#chosen.has(part)))
      await this.#withServer((server) => this.#onStore(server));
    if (this.#chosen.has('import')) await this.#withServer((server) => this.#bulk(server));
    return this.#parts;
  }

  async #onStore(server: RunningNeo4j): Promise<void> {
    await this.#bareThenStore(server);
    for (const part of ['compile', 'ask', 'follow'] as const)
      if (this.#chosen.has(part)) this.#parts[part] = await this.#part(part, server);
    this.#parts.serverMemory = residentOf(server.pid());
  }

  async #storeThenBare(server: RunningNeo4j): Promise<void> {
    this.#parts.coldStore = await this.#part('store load', server);
    await wipe(addressOf(server));
    this.#parts.warmBare = await this.#part('bare load', server);
  }

  async #bareThenStore(server: RunningNeo4j): Promise<void> {
    if (this.#chosen.has('load')) {
      this.#parts.coldBare = await this.#part('bare load', server);
      await wipe(addressOf(server));
    }
    const loaded = await this.#part('store load', server);
    if (this.#chosen.has('load')) this.#parts.warmStore = loaded;
  }

  async #bulk(server: RunningNeo4j): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
    console.error(`${this.#estate.users} users: bulk import …`);
    try {
      this.#parts.bulk = await importInBulk(server, this.#estate, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #withServer(use: (server: RunningNeo4j) => Promise<void>): Promise<void> {
    const server = await freshServer();
    try {
      this.#parts.server ??= await versionOf(addressOf(server));
      await use(server);
    } finally {
      await server.stop();
    }
  }

  #part(part: PartName, server: RunningNeo4j): Promise<PartResult> {
    console.error(`${this.#estate.users} users: ${part} …`);
    const request = { part, address: addressOf(server), ...this.#estate };
    return inChild<PartResult>(part, join(import.meta.dirname, 'part.ts'), request);
  }
}
