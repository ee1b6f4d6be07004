/** Small estates with a log of each, and what is said of their edges when it is loaded, all the way through the engine. */
import { join } from 'node:path';
import { applyLoaded, type LoadOutcome } from '../../cli/load-source.ts';
import { makeFrame } from '../../engine/access/frame.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import { usesOfEdges } from '../../engine/findings/stale/edge-use.ts';
import type { Engine } from '../../engine/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { graphLoader } from '../../loaders/graph/graph-loader.ts';
import { loaderFor } from '../../loaders/index.ts';
import { collect } from './collect.ts';
import { memoryReader } from './memory-reader.ts';
import type { Temporary } from './temporary.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

export interface UseEstate {
  readonly graph: readonly [format: string, path: string];
  readonly log: readonly [format: string, path: string];
  readonly source: string;
}

export const AWS: UseEstate = {
  graph: ['aws', join(FIXTURES, 'use/account.json')],
  log: ['cloudtrail', join(FIXTURES, 'use/trail.jsonl')],
  source: 'aws',
};
export const KUBERNETES: UseEstate = {
  graph: ['kubernetes', join(FIXTURES, 'kubernetes/shop')],
  log: ['kubernetes-audit', join(FIXTURES, 'use/audit.log')],
  source: 'shop',
};

/** The day on which all is looked at: the logs end in October. */
export const AT = Date.UTC(2026, 10, 1);
/** Use in the log from before then is not recent. */
export const STALE_AFTER_DAYS = 90;

export async function loadInto(
  engine: Engine,
  [format, path]: readonly [string, string],
  source: string,
): Promise<LoadOutcome> {
  const loaded = await loaderFor(format).load({ paths: [path], source, options: {} });
  return applyLoaded(engine, loaded, { stderr: process.stderr, signal: new AbortController().signal });
}

/** `FROM KIND TO`, of each edge of which use is known: when last (day and month) and how often. */
export async function usedEdges(engine: Engine, folder: Temporary): Promise<Readonly<Record<string, string>>> {
  const view = await engine.view();
  const lines: string[] = [];
  for await (const line of view.exportLines()) lines.push(line);
  view.release();
  const path = folder.file('export.jsonl', `${lines.join('\n')}\n`);
  const { nodes, edges, uses } = await collect(await graphLoader.load({ paths: [path], options: {} }));
  const reader = {
    ...memoryReader(nodes, edges),
    async *useRecords() {
      yield* uses;
    },
  };
  const snapshot = await compileSnapshot(reader);
  const facts = await readFacts(snapshot, reader, new Set(['edgeUse', 'uses'] as const), new Pace());
  const frame = makeFrame(snapshot, 'ASSUMABLE', AT);
  const { lastUsedAt, useCount } = await usesOfEdges(frame, facts, AT - STALE_AFTER_DAYS * 86_400_000, new Pace());
  const used: Record<string, string> = {};
  for (const [edge, at] of lastUsedAt.entries()) {
    if (Number.isNaN(at)) continue;
    const record = (await reader.edges([snapshot.edgeRef[edge]!]))[0]!;
    const day = new Date(at).toISOString().slice(5, 10);
    used[`${short(record.from)} ${record.kind} ${short(record.to)}`] = `${day}, ${useCount[edge]} times`;
  }
  return used;
}

/** What STALE_ACCESS says, a title a finding. */
export async function staleIn(engine: Engine): Promise<readonly string[]> {
  const view = await engine.view();
  try {
    const asked = { kinds: ['STALE_ACCESS'], at: AT, staleAfterDays: STALE_AFTER_DAYS, first: 100 } as const;
    const { items } = await view.analysis.findings(asked);
    return items
      .flatMap(({ edges }) => edges.map(({ from, kind, to }) => `${short(from)} ${kind} ${short(to)}`))
      .sort();
  } finally {
    view.release();
  }
}

const short = (id: string): string =>
  id.replace('arn:aws:iam::111122223333:', '').replace('arn:aws:s3:::', '').replace('k8s://shop/', '');
