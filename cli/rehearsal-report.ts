/** What a load that was only tried would have done. */
import type { Withdrawal } from '../engine/index.ts';
import { accessCounts, accessDiffJson, graphDiffJson, tellAccessDiff, tellGraphDiff } from './difference-report.ts';
import type { Consequences } from './rehearsing.ts';
import { counted, type Terminal } from './terminal.ts';
import { visible } from './visible.ts';

export const consequencesJson = ({ graph, access }: Consequences) => ({
  graph: graphDiffJson(graph),
  access: accessDiffJson(access),
});

/** @param isFirst whether nothing was there before, so that there is nothing to tell but that all is new */
export async function tellConsequences(
  terminal: Terminal,
  { graph, access }: Consequences,
  isFirst: boolean,
): Promise<void> {
  if (isFirst) {
    await terminal.lines([`The store is empty: all of it would be new; ${accessCounts(access)}.`]);
    return;
  }
  await tellGraphDiff(terminal, graph);
  await tellAccessDiff(terminal, access);
}

/** That the load itself would be stopped. */
export function tellTooMuch(terminal: Terminal, tooMuch: readonly Withdrawal[] = []): void {
  for (const { source, nodes, edges, named } of tooMuch) {
    const share = ({ withdrawn, held }: Withdrawal['nodes'], what: string): string =>
      `${withdrawn.toLocaleString('en-US')} of ${counted(held, what)}`;
    const facts = `${share(nodes, 'node')} and ${share(edges, 'edge')} of ${visible(source)} would go`;
    terminal.note(`Without --dry-run this is stopped: ${facts}, among them ${named.map(visible).join('; ')}.`);
    terminal.note('--max-withdrawn allows more.');
  }
}
