/**
 * Mixed questions over HTTP while the graph changes: no error, no leak, no wrong answer. One process serves, as a user would
 * serve; this one writes and asks, and holds some of the answers against a second implementation of the model.
 * `npm run bench -- soak --help` tells the options.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Engine, NodeRecord } from '../../engine/index.ts';
import { estateRecords } from '../../test/support/estate-records.ts';
import { buildProduct, residentOf } from '../child.ts';
import { machine, today } from '../machine.ts';
import { productEngine } from '../product.ts';
import { sequence } from '../random.ts';
import { GraphHistory } from './graph-history.ts';
import { QUESTIONS, type Question, type Subject } from './questions.ts';

const HELP = `npm run bench -- soak [options]
  --minutes M    how long (default 10)
  --users N      people in the estate (default 2000)
  --seed S       another estate and other questions (default 1)
  --clients N    who ask at the same time (default 4)
  --check N      hold one answer of so many against the second implementation (default 40)
  --report NAME  write bench/reports/NAME.json (default none)`;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '4' },
    check: { type: 'string', default: '40' },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Milliseconds between two batches of changes. */
const CHANGE_EVERY = 500;
const LOOK_EVERY = 10_000;
/** Of errors and wrong answers so many are told. */
const TOLD = 5;

class Soak {
  readonly #random = sequence(Number(values.seed));
  readonly #times = new Map<string, number[]>(QUESTIONS.map(({ name }) => [name, []]));
  readonly #wrong: string[] = [];
  readonly #errors: string[] = [];
  readonly #resident: number[] = [];
  #checked = 0;
  #batches = 0;
  #end = 0;

  async run(folder: string): Promise<void> {
    const { openEngine } = await productEngine();
    const engine = await openEngine({ data: folder, mode: 'write' });
    const { nodes, edges } = estateRecords(Number(values.users), Number(values.seed));
    const history = new GraphHistory(nodes, edges, this.#random);
    const changes = [
      ...nodes.map((node) => ({ op: 'PUT_NODE', node }) as const),
      ...edges.map((edge) => ({ op: 'PUT_EDGE', edge }) as const),
    ];
    history.is((await engine.apply({ id: 'estate', source: 'estate', complete: [], changes })).version);
    const server = spawn(process.execPath, [
      here('../../bin/grantlens.js'),
      'serve',
      '--data',
      folder,
      '--port',
      '0',
      '--json',
    ]);
    try {
      const { url } = JSON.parse(String((await once(server.stdout, 'data'))[0])) as { url: string };
      this.#end = performance.now() + Number(values.minutes) * 60_000;
      const clients = Array.from({ length: Number(values.clients) }, () => this.#ask(`${url}/graphql`, nodes, history));
      await Promise.all([this.#change(engine, history), this.#look(server), ...clients]);
    } finally {
      server.kill();
      await engine.close();
    }
  }

  get #going(): boolean {
    return performance.now() < this.#end;
  }

  async #change(engine: Engine, history: GraphHistory): Promise<void> {
    while (this.#going) {
      await sleep(CHANGE_EVERY);
      const changes = await history.next();
      if (changes.length === 0) continue;
      const { version } = await engine.apply({ id: `soak-${++this.#batches}`, source: 'soak', complete: [], changes });
      history.is(version);
    }
  }

  async #look({ pid }: ChildProcess): Promise<void> {
    while (this.#going) {
      await sleep(LOOK_EVERY);
      this.#resident.push(residentOf(pid) ?? 0);
    }
  }

  async #ask(url: string, nodes: readonly NodeRecord[], history: GraphHistory): Promise<void> {
    const identities = nodes.filter(({ kind }) => kind === 'User' || kind === 'ServiceAccount');
    const resources = nodes.filter(({ kind }) => kind === 'Resource');
    const all = QUESTIONS.flatMap((question) => Array<Question>(question.weight).fill(question));
    const some = <T>(list: readonly T[]): T => list[Math.floor(this.#random() * list.length)]!;
    for (let asked = 0; this.#going; asked++) {
      const newest = history.newest;
      const edge = some(newest.edges);
      const granted = some(newest.edges.filter(({ kind }) => kind === 'GRANTS'));
      const subject: Subject = {
        identity: some(identities).id,
        action: (granted.actions?.[0] ?? 'read').replaceAll('*', 'soak'),
        resource: asked % 2 === 0 ? granted.to : some(resources).id,
        edge: edge.id,
      };
      await this.#one(url, some(all), subject, history);
    }
  }

  async #one(url: string, question: Question, subject: Subject, history: GraphHistory): Promise<void> {
    const at = Date.now();
    const variables = { ...question.variables(subject), at: new Date(at).toISOString() };
    const body = JSON.stringify({ query: question.document, variables });
    const began = performance.now();
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { message: string }[];
    };
    this.#times.get(question.name)!.push(performance.now() - began);
    if (errors !== undefined) {
      // The edge that was to go may have gone before it was asked about.
      if (!/no edge|not there|NOT_FOUND/i.test(errors[0]!.message))
        this.#errors.push(`${question.name}: ${errors[0]!.message}`);
      return;
    }
    if (question.wrong === undefined || this.#random() * Number(values.check) >= 1) return;
    const version = question.version(data!);
    const graph = history.at(version);
    if (graph === undefined) return;
    this.#checked++;
    const wrong = question.wrong(data!, subject, graph, at);
    if (wrong !== undefined) this.#wrong.push(`${question.name} at version ${version}: ${wrong}`);
  }

  report() {
    const quarter = Math.max(1, Math.floor(this.#resident.length / 4));
    const mean = (list: readonly number[]) => Math.round(list.reduce((sum, each) => sum + each, 0) / list.length);
    return {
      measuredAt: today(),
      machine: machine(),
      minutes: Number(values.minutes),
      users: Number(values.users),
      clients: Number(values.clients),
      batches: this.#batches,
      questions: [...this.#times].map(([name, times]) => {
        times.sort((a, b) => a - b);
        const at = (share: number) => Number((times[Math.floor(share * (times.length - 1))] ?? 0).toPrecision(3));
        return { name, asked: times.length, median: at(0.5), p99: at(0.99), max: at(1) };
      }),
      checked: this.#checked,
      wrong: { count: this.#wrong.length, some: this.#wrong.slice(0, TOLD) },
      errors: { count: this.#errors.length, some: this.#errors.slice(0, TOLD) },
      /** MiB of the server: means of each quarter of the time. */
      resident: Object.fromEntries(
        ['first', 'second', 'third', 'fourth'].map((name, q) => [
          name,
          mean(this.#resident.slice(q * quarter, (q + 1) * quarter)),
        ]),
      ),
    };
  }
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

export async function runSoak(): Promise<void> {
  if (values.help) return console.log(HELP);
  buildProduct();
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-soak-'));
  const soak = new Soak();
  try {
    await soak.run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const report = soak.report();
  console.log(JSON.stringify(report, undefined, 2));
  if (values.report !== undefined)
    writeFileSync(here(`../reports/${values.report}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.wrong.count + report.errors.count > 0) process.exitCode = 1;
}
