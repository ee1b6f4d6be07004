/** What was measured beside the peers, as tables. */
import { duration } from '../report.ts';
import type { Beside, Ratio } from './beside.ts';
import type { PeerResult } from './measure-peer.ts';
import type { PeerName } from './request.ts';

export type PeerReport = MeasuredPeer | { readonly peer: PeerName; readonly missing: string };

export interface MeasuredPeer extends PeerResult {
  readonly peer: PeerName;
  readonly version: string;
  /** What a server was given beyond what comes by default. */
  readonly settings?: Readonly<Record<string, string>>;
  /** MiB that the peer's server holds after all questions. */
  readonly serverMemory?: number | undefined;
}

const count = (value: number): string => value.toLocaleString('en-US');

export function printPeers(users: number, peers: readonly PeerReport[]): void {
  console.log(`\n${count(users)} users`);
  for (const peer of peers) {
    if ('missing' in peer) console.log(`\n${peer.peer}: not measured. ${peer.missing}`);
    else printPeer(peer);
  }
}

function printPeer({
  peer,
  version,
  estate,
  built,
  memory,
  load,
  questions,
  exported,
  serverMemory,
}: MeasuredPeer): void {
  console.log(
    `\n${peer} ${version}, ${count(estate.nodes)} nodes, ${count(estate.edges)} edges; load ${load.before} to ${load.after}`,
  );
  const held = serverMemory === undefined ? memory.built - memory.opened : serverMemory;
  console.log(
    `memory: the snapshot ${memory.opened - memory.started} MiB, the peer ${held} MiB${built === undefined ? '' : `; given the graph in ${built} s`}`,
  );
  if (exported !== undefined)
    console.log(
      Object.entries(exported)
        .map(([what, value]) => `${what} ${count(value)}`)
        .join(', '),
    );
  const titles = ['calls', 'Grantlens', 'p99', peer, 'p99', 'ratio', 'p99', 'served'];
  console.log(`${'question'.padEnd(36)}${titles.map((title) => title.padStart(11)).join('')}   same answers`);
  for (const question of questions) printQuestion(question);
}

function printQuestion(question: Beside): void {
  const { name, grantlens, grantlensToTheEnd, peer, served, ratio, ratioToTheEnd, compared } = question;
  const line = (what: string, ours: typeof grantlens, times: Ratio, end: string): void => {
    const values = [ours.median, ours.p99, peer.median, peer.p99].map(duration);
    const cells = [count(peer.calls), ...values, `${times.median}x`, `${times.p99}x`, end];
    const same = `${compared.same} of ${compared.same + compared.different}`;
    console.log(`${what.padEnd(36)}${cells.map((cell) => cell.padStart(11)).join('')}   ${same}`);
  };
  line(name, grantlens, ratio, served === undefined ? '' : `${served} ms`);
  if (grantlensToTheEnd && ratioToTheEnd) line(`${name}, to the end`, grantlensToTheEnd, ratioToTheEnd, '');
}
