/**
 * How long the findings about access take on a generated company, and what they find of what was planted:
 *
 *     npx tsx bench/findings/access.ts --users 100000
 *
 * Everything is held in memory and done in one thread. Hosts in production are taken to be sensitive.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { readSodRules } from '../../engine/findings/duties/read-sod-rules.ts';
import { resolveSodRules } from '../../engine/findings/duties/resolve-sod-rules.ts';
import { findFindings } from '../../engine/findings/find-findings.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import type { Found } from '../../engine/findings/rule.ts';
import { plantedProblems } from '../../engine/generate/index.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { estateRecords } from '../../test/support/estate-records.ts';
import { memoryReader } from '../../test/support/memory-reader.ts';

const { values } = parseArgs({
  options: { users: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const [users, seed] = [Number(values.users), Number(values.seed)];
/** Of each kind so many of the severest are looked at. */
const FIRST = 50;
const KINDS = ['STALE_ACCESS', 'SOD_VIOLATION', 'ESCALATION_PATH'] as const;
const RULES = [{ name: 'hosts', resource: { type: 'host', attributes: { stage: 'production' } }, weight: 0.8 }];

const { nodes, edges, uses } = estateRecords(users, seed);
const reader = {
  ...memoryReader(nodes, edges),
  async *useRecords() {
    yield* uses;
  },
};
const snapshot = await compileSnapshot(reader);
const facts = await readFacts(snapshot, reader, new Set(['edgeUse', 'uses']), new Pace());
const sensitivity = await readSensitivity(snapshot, reader, RULES, new Pace());
const file = new URL('../../test/fixtures/findings/sod-payments.yaml', import.meta.url);
const sod = resolveSodRules(
  snapshot,
  readSodRules(readFileSync(file, 'utf8'), 'sod-payments.yaml'),
  'sod-payments.yaml',
);
const input = { at: Date.UTC(2026, 0, 1), facts, sensitivity, sod };
const planted = [...plantedProblems({ users, seed })];

process.stdout.write(
  `${users} people, seed ${seed}: ${snapshot.nodeSpace} nodes, ${snapshot.edgeSpace} edges, ${uses.length} uses; ` +
    `Node ${process.versions.node}, ${cpus()[0]?.model}\n`,
);
for (const one of KINDS) {
  const before = process.cpuUsage();
  const [of] = await findFindings([snapshot], { ...input, kinds: [one] }, new Pace());
  const { user, system } = process.cpuUsage(before);
  const { kind, found, took } = of!;
  const ofKind = planted.filter((problem) => problem.kind === kind);
  const wanted = new Set(ofKind.map(({ ids }) => (kind === 'STALE_ACCESS' ? ids[0]! : ids.slice(0, 2).join(' '))));
  const ranked = [...found].sort((a, b) => b.severity - a.severity);
  const met = new Set<string>();
  let amongFirst = 0;
  for (const [rank, one] of ranked.entries()) {
    const planted = (await aboutOf(kind, one)).filter((about) => wanted.has(about));
    for (const about of planted) met.add(about);
    if (rank < FIRST && planted.length > 0) amongFirst++;
  }
  process.stdout.write(
    `${kind}: ${found.length} in ${(took / 1_000).toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of processor); planted ${ofKind.length}, found ${met.size}; ${amongFirst} of the first ${Math.min(FIRST, found.length)} are planted\n`,
  );
}

/** What planted problems are known by: an edge, or two nodes. */
async function aboutOf(kind: string, { nodes, edges }: Found): Promise<readonly string[]> {
  if (kind !== 'STALE_ACCESS') {
    const pair = nodes.slice(0, 2).map((node) => snapshot.ids.at(node));
    return [pair.join(' ')];
  }
  const records = await reader.edges(edges.map((edge) => snapshot.edgeRef[edge]!));
  return records.map((record) => record!.id);
}
