import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { provisionOpenFga } from './provision.ts';

/** A server on loopback that keeps everything in memory. */
export interface RunningOpenFga {
  readonly pid: number;
  /** Of the HTTP API. */
  readonly url: string;
  /** Where its own measurements are read, in the form of Prometheus. */
  readonly metricsUrl: string;
  /** What it was given beyond what comes by default. */
  readonly settings: Readonly<Record<string, string>>;
  /** Ends it in order, by force where that takes long. */
  stop(): Promise<void>;
}

/** Milliseconds that a server may take until it answers, and until it has ended. */
const PATIENCE = 60_000;

/**
 * Limits are lifted, so that answers are whole: no longest list, no deadline that a question of the bench meets, a depth that no estate
 * has, large writes. All else is as it comes: breadth, caches (off), the planner.
 */
const LIMITS = {
  'listObjects-max-results': '0',
  'listUsers-max-results': '0',
  'listObjects-deadline': '10m',
  'listUsers-deadline': '10m',
  'request-timeout': '10m',
  'http-upstream-timeout': '10m',
  'resolve-node-limit': '10000',
  'max-tuples-per-write': '100000',
  'grpc-max-recv-msg-bytes': '268435456',
  'max-authorization-model-size-in-bytes': '16777216',
} as const;

/** Starts a server. The first time it is built; throws `OpenFgaNotProvisioned` where that cannot be. */
export async function startOpenFga(): Promise<RunningOpenFga> {
  const program = await provisionOpenFga();
  const [http, grpc, metrics] = await freePorts(3);
  const settings = { 'datastore-engine': 'memory', ...LIMITS };
  const args = [
    'run',
    `--http-addr=127.0.0.1:${http}`,
    `--grpc-addr=127.0.0.1:${grpc}`,
    `--metrics-addr=127.0.0.1:${metrics}`,
    '--playground-enabled=false',
    '--profiler-enabled=false',
    '--trace-enabled=false',
    '--log-level=error',
    ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
  ];
  const child = spawn(program, args, { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  const errors = tailOf(child);
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  const stop = async () => {
    process.off('exit', leave);
    child.kill('SIGTERM');
    const late = pause(PATIENCE, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
    await ended;
  };
  const url = `http://127.0.0.1:${http}`;
  const answers = Promise.race([healthy(url), ended.then(() => false)]);
  if (!(await answers)) {
    await stop();
    throw new Error(`OpenFGA did not start.\n${errors()}`);
  }
  return { pid: child.pid!, url, metricsUrl: `http://127.0.0.1:${metrics}/metrics`, settings, stop };
}

/** Settings of somebody's own server are not for this one. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^OPENFGA_|^OTEL_|PASSWORD/.test(name)));

async function healthy(url: string): Promise<boolean> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
    await pause(50);
  }
  return false;
}

/** Ports on loopback that nobody has at the moment: the server does not tell which it chose itself. */
async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer());
  const ports = [];
  for (const holder of holders) {
    holder.listen(0, '127.0.0.1');
    await once(holder, 'listening');
    ports.push((holder.address() as { port: number }).port);
  }
  for (const holder of holders) {
    holder.close();
    await once(holder, 'close');
  }
  return ports;
}

/** Keeps the last of what the process says on standard error. */
function tailOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-2_000);
  });
  return () => text;
}
