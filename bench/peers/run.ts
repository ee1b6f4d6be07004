/**
 * The engine beside its peers: the same estate, the same questions, one run.
 * `npm run bench -- peers --help` tells the options.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NotProvisioned } from '../../scripts/neo4j/index.ts';
import { OPENFGA_VERSION, OpenFgaNotProvisioned, startOpenFga } from '../../scripts/openfga/index.ts';
import { buildProduct, inChild, residentOf } from '../child.ts';
import { machine, today } from '../machine.ts';
import { addressOf, freshServer, MEMORY, versionOf } from '../neo4j/server.ts';
import type { PeerResult } from './measure-peer.ts';
import { type PeerReport, printPeers } from './report.ts';
import { PEERS, type PeerName, type PeerRequest } from './request.ts';

const HELP = `npm run bench -- peers [options]
  --users N      people in the estate; may be given several times (default 10000)
  --seed S       another estate (default 1)
  --calls N      how many of each question at most (default 1000); a slow peer is asked fewer
  --only PEER    only this peer, may be given several times: ${PEERS.join(', ')}
  --report NAME  write bench/reports/NAME.json (default peers; with --only or --users: none)`;

const OPTIONS = {
  users: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  calls: { type: 'string', default: '1000' },
  only: { type: 'string', multiple: true, default: [] as string[] },
  report: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Milliseconds, about, that a peer is timed for with one kind of question. */
const PATIENCE = 45_000;

type Estate = Pick<PeerRequest, 'users' | 'seed' | 'calls' | 'patience'>;

export async function runPeers(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return console.log(HELP);
  const chosen = values.only.length === 0 ? PEERS : values.only.map(peerName);
  buildProduct();
  const estates = [];
  for (const users of (values.users ?? ['10000']).map(Number)) {
    const estate = { users, seed: Number(values.seed), calls: Number(values.calls), patience: PATIENCE };
    const peers = await measureAll(estate, chosen);
    estates.push({ users, seed: estate.seed, peers });
    printPeers(users, peers);
  }
  const report = { measuredAt: today(), machine: machine(), grantlens: versionIn('../../package.json'), estates };
  const name = values.report ?? (values.only.length === 0 && values.users === undefined ? 'peers' : undefined);
  if (name === undefined) return;
  writeFileSync(here(`../reports/${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`\nbench/reports/${name}.json written`);
}

async function measureAll(estate: Estate, chosen: readonly PeerName[]): Promise<PeerReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-bench-'));
  const data = join(folder, 'store');
  try {
    await inChild('load', here('load-embedded.ts'), { folder: data, users: estate.users, seed: estate.seed });
    const peers = [];
    for (const peer of chosen) {
      console.error(`${estate.users} users: ${peer} …`);
      peers.push(await whereProvisioned(peer, () => MEASURE[peer](estate, data)));
    }
    return peers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A peer that this machine cannot run is said to be missing. */
async function whereProvisioned(peer: PeerName, measure: () => Promise<PeerReport>): Promise<PeerReport> {
  return measure().catch((error: unknown) => {
    if (error instanceof NotProvisioned || error instanceof OpenFgaNotProvisioned)
      return { peer, missing: error.message };
    throw error;
  });
}

const inPart = (request: PeerRequest): Promise<PeerResult> => inChild(request.peer, here('part.ts'), request);

const MEASURE: Readonly<Record<PeerName, (estate: Estate, data: string) => Promise<PeerReport>>> = {
  cypher: async (estate, data) => {
    const server = await freshServer();
    try {
      const neo4j = addressOf(server);
      const version = await versionOf(neo4j);
      await inChild('store load', here('../neo4j/part.ts'), { part: 'store load', address: neo4j, ...estate });
      const result = await inPart({ peer: 'cypher', data, neo4j, ...estate });
      return { peer: 'cypher', version, settings: { ...MEMORY }, serverMemory: residentOf(server.pid()), ...result };
    } finally {
      await server.stop();
    }
  },
  graphology: async (estate, data) => {
    const version = versionIn('../../node_modules/graphology/package.json');
    return { peer: 'graphology', version, ...(await inPart({ peer: 'graphology', data, ...estate })) };
  },
  openfga: async (estate, data) => {
    const server = await startOpenFga();
    try {
      const { url, metricsUrl, pid, settings } = server;
      const result = await inPart({ peer: 'openfga', data, openfga: { url, metricsUrl }, ...estate });
      return { peer: 'openfga', version: OPENFGA_VERSION, settings, serverMemory: residentOf(pid), ...result };
    } finally {
      await server.stop();
    }
  },
};

function peerName(text: string): PeerName {
  const name = PEERS.find((one) => one === text);
  if (name !== undefined) return name;
  console.error(`--only ${text}: it is one of ${PEERS.join(', ')}`);
  process.exit(1);
}

const versionIn = (packageFile: string): string =>
  (JSON.parse(readFileSync(here(packageFile), 'utf8')) as { version: string }).version;

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
