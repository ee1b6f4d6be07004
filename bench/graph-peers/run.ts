/**
 * Our kernels beside graph libraries: the same graph of access, in turns, one thread each.
 * `npm run bench -- graph-peers --help` tells the options.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { built } from '../built.ts';
import { accessOfCompany } from '../company-access.ts';
import { load, machine, today } from '../machine.ts';
import { GraphologyPeer } from './graphology-peer.ts';
import { type PythonPeers, type Ran, startPython } from './python-peers.ts';
import { compared, printTask, type TaskReport } from './report.ts';
import { type Graphs, PEERS_OF, runOurs, TASKS, type Task } from './tasks.ts';

const { directedGraph, undirectedGraph, sourcesOf } =
  await built<typeof import('../../algorithms/weighted-graph.ts')>('algorithms/weighted-graph');

const HELP = `npm run bench -- graph-peers [options]
  --users N      people in the estate (default 10000)
  --seed S       another estate (default 1)
  --runs R       how often each is run, in turns (default 5)
  --only TASK    only this, may be given several times: ${TASKS.join(', ')}
  --without PEER leave out a peer, may be given several times
  --python FILE  the Python that has igraph, leidenalg, networkit (default python3; PYTHONPATH is heeded)
  --report NAME  write bench/reports/NAME.json (default graph-peers; with --only: none)
Exact betweenness takes minutes for large estates: it is run up to 10,000 people, and beyond when --only asks for it.`;

const OPTIONS = {
  users: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  runs: { type: 'string', default: '5' },
  only: { type: 'string', multiple: true, default: [] as string[] },
  without: { type: 'string', multiple: true, default: [] as string[] },
  python: { type: 'string', default: 'python3' },
  report: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** People, for what takes minutes beyond. */
const MOST_FOR_SLOW = 10_000;

/** Seconds that a peer may take for one run to be asked again. */
const PATIENCE = 20;

/** Runs before the first that counts, of ours: for graphs that take milliseconds the compiler needs some. */
const WARM_UP = 3;

export async function runGraphPeers(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return console.log(HELP);
  const [users, seed, runs] = [
    wholeNumber('users', values.users),
    Number(values.seed),
    wholeNumber('runs', values.runs),
  ];
  const chosen = values.only.length > 0 ? values.only.map(taskName) : TASKS.filter((task) => isDefault(task, users));
  const { nodeCount, sources, targets } = accessOfCompany(users, seed);
  const graphs = {
    directed: directedGraph(nodeCount, sources, targets),
    undirected: undirectedGraph(nodeCount, sources, targets),
  };
  const estate = { users, seed, nodes: nodeCount, edges: graphs.directed.targets.length };
  console.log(`${users} users: ${nodeCount} nodes, ${estate.edges} edges of access, parallel ones once`);
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-graph-peers-'));
  try {
    writeGraph(folder, 'directed', graphs.directed, () => true);
    writeGraph(folder, 'undirected', graphs.undirected, (from, to) => from < to);
    const python = await startPython(values.python, folder, nodeCount);
    const before = load();
    const tasks: TaskReport[] = [];
    for (const task of chosen) {
      const peers = PEERS_OF[task].filter((peer) => !values.without.includes(peer));
      tasks.push(await measure({ task, users, peers, runs, graphs, python }));
      printTask(tasks.at(-1)!);
    }
    python.stop();
    const report = { measuredAt: today(), machine: machine(), load: { before, after: load() }, estate, runs, tasks };
    console.log(`load ${before} to ${report.load.after}`);
    writeReport(values.report ?? (values.only.length === 0 ? 'graph-peers' : undefined), report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly task: Task;
  readonly users: number;
  readonly peers: readonly string[];
  readonly runs: number;
  readonly graphs: Graphs;
  readonly python: PythonPeers;
}

/**
 * Once each to warm up and to build the peers' graphs, then in turns: what else the machine does meets all alike. Of a peer
 * that takes long the first run is the only one; it is compiled code, which needs no warming up, or far behind in any case.
 */
async function measure({ task, users, peers, runs, graphs, python }: Measured): Promise<TaskReport> {
  const graphology = new GraphologyPeer(graphs);
  const ask = async (peer: string, seed: number): Promise<Ran> =>
    peer === 'graphology' ? graphology.run(task, seed) : python.ask(peer, task, seed);
  const missing = new Map<string, string>();
  const ran = new Map<string, Ran[]>([['Grantlens', []], ...peers.map((peer): [string, Ran[]] => [peer, []])]);
  for (let run = 0; run < WARM_UP; run++) runOurs(task, graphs, 1);
  for (const peer of peers) {
    const why = python.missing[peer] ?? tooSlow(peer, task, users);
    if (why !== undefined) missing.set(peer, why);
    else {
      const first = await ask(peer, 1).catch((error: Error) => void missing.set(peer, error.message));
      if (first === undefined || first.seconds <= PATIENCE) continue;
      ran.get(peer)!.push({ ...first, oursBeside: runOurs(task, graphs, 1).seconds });
    }
  }
  const inTurns = peers.filter((peer) => !missing.has(peer) && ran.get(peer)!.length === 0);
  for (let run = 1; run <= runs; run++) {
    ran.get('Grantlens')!.push(runOurs(task, graphs, run));
    for (const peer of inTurns) ran.get(peer)!.push(await ask(peer, run));
  }
  const versions = { ...python.found, graphology: versionIn('../../node_modules/graphology/package.json') };
  return compared({ task, ran, missing, versions, undirected: graphs.undirected });
}

/** Columns of numbers as the machine has them, which is little-endian wherever Node.js runs. */
function writeGraph(
  folder: string,
  name: string,
  graph: WeightedGraph,
  isWanted: (from: number, to: number) => boolean,
): void {
  const sources = sourcesOf(graph.bounds);
  const wanted = Uint32Array.from(sources.keys()).filter((arc) => isWanted(sources[arc]!, graph.targets[arc]!));
  writeFileSync(
    join(folder, `${name}.from`),
    wanted.map((arc) => sources[arc]!),
  );
  writeFileSync(
    join(folder, `${name}.to`),
    wanted.map((arc) => graph.targets[arc]!),
  );
  writeFileSync(
    join(folder, `${name}.weights`),
    Float64Array.from(wanted, (arc) => graph.weights[arc]!),
  );
}

function writeReport(name: string | undefined, report: unknown): void {
  if (name === undefined) return;
  writeFileSync(here(`../reports/${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`bench/reports/${name}.json written`);
}

/** graphology's `hits` makes an object of all nodes in each step. */
const tooSlow = (peer: string, task: Task, users: number): string | undefined =>
  peer === 'graphology' && task === 'hits' && users > MOST_FOR_SLOW
    ? 'left out beyond 10,000 people: minutes'
    : undefined;

const isDefault = (task: Task, users: number): boolean => task !== 'betweenness' || users <= MOST_FOR_SLOW;

function taskName(text: string): Task {
  const task = TASKS.find((one) => one === text);
  return task ?? refuse(`--only ${text}: it is one of ${TASKS.join(', ')}`);
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : refuse(`--${option} ${text}: a whole number above 0`);
}

function refuse(why: string): never {
  console.error(why);
  process.exit(1);
}

const versionIn = (packageFile: string): string =>
  (JSON.parse(readFileSync(here(packageFile), 'utf8')) as { version: string }).version;

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
