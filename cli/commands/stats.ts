import type { Command } from 'commander';
import { formatInstant, type GraphSummary } from '../../engine/index.ts';
import { action, command, DONE } from '../command.ts';
import { type VersionOptions, withVersion } from '../question-options.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

export const stats = (): Command =>
  withVersion(
    command({
      name: 'stats',
      summary: 'Count what the graph holds, by kind and by source.',
      examples: [
        ['stats', 'the store in ./grantlens-data'],
        ['stats --data /var/lib/grantlens --json', 'another store, for programs'],
      ],
    }),
  ).action(action(run));

async function run(session: Session, options: VersionOptions): Promise<number> {
  await withView(
    session,
    async (view) => {
      const summary = await view.summary();
      const dangling = await view.danglingEdges(0);
      await (session.json ? session.terminal.json(shapeOf(summary)) : tell(session, summary));
      if (summary.membershipCycles > 0) {
        const cycles = counted(summary.membershipCycles, 'circle');
        session.terminal.note(`${cycles} of groups or roles that belong to each other.`);
      }
      if (dangling.total > 0) {
        const edges = counted(dangling.total, 'edge');
        session.terminal.note(`${edges} kept without effect: an end is gone until a source vouches for it again.`);
      }
    },
    options,
  );
  return DONE;
}

const shapeOf = ({ version, nodeCounts, edgeCounts, sources }: GraphSummary) => ({
  version,
  nodes: nodeCounts,
  edges: edgeCounts,
  sources: sources.map((source) => ({ ...source, loadedAt: formatInstant(source.loadedAt) })),
});

async function tell({ terminal }: Session, { version, nodeCounts, edgeCounts, sources }: GraphSummary): Promise<void> {
  const number = { align: 'right' } as const;
  const count = (value: number) => value.toLocaleString('en-US');
  const kinds = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([kind, n]) => [kind, count(n)]);
  await terminal.lines([`version ${version}`, '']);
  await terminal.table([{ title: 'NODES' }, { title: 'COUNT', ...number }], kinds(nodeCounts));
  await terminal.lines(['']);
  await terminal.table([{ title: 'EDGES' }, { title: 'COUNT', ...number }], kinds(edgeCounts));
  await terminal.lines(['']);
  const columns = [
    { title: 'SOURCE' },
    { title: 'NODES', ...number },
    { title: 'EDGES', ...number },
    { title: 'LOADED' },
  ];
  const rows = sources.map((one) => [one.source, count(one.nodes), count(one.edges), formatInstant(one.loadedAt)]);
  await terminal.table(columns, rows);
}
