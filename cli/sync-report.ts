/** How the parts of a run went, for people and as JSON. */
import type { JoinedSource, JoinReport, SomeOf } from '../engine/index.ts';
import { failureLines } from './failure.ts';
import { tellTooMuch } from './rehearsal-report.ts';
import type { PartOutcome } from './sync-run.ts';
import { counted, type Terminal } from './terminal.ts';
import { visible } from './visible.ts';

/** How many of a long list people are shown; `--json` has more. */
const SHOWN = 5;

export function partJson(outcome: PartOutcome) {
  const { name, seconds } = outcome;
  if ('failed' in outcome) {
    const { code, message, hint } = outcome.failed;
    return { name, failed: { code, message, hint }, seconds };
  }
  if ('joined' in outcome) return { ...outcome.joined, seconds };
  const { applied, nodes, edges, report } = outcome.loaded;
  const { version, source, added, changed, removed, tooMuch } = applied;
  const { unresolved, skipped } = report;
  const done = { name, version, source, nodes, edges, added, changed, removed, unresolved, skipped, seconds };
  return tooMuch === undefined ? done : { ...done, tooMuch };
}

export async function tellPart(terminal: Terminal, outcome: PartOutcome): Promise<void> {
  const { seconds } = outcome;
  const name = visible(outcome.name);
  if ('failed' in outcome) {
    await terminal.lines([`${name}: failed in ${seconds.toFixed(1)} s; nothing of it was applied`]);
    for (const line of failureLines(outcome.failed)) terminal.note(`  ${line}`);
  } else if ('joined' in outcome) await tellJoin(terminal, outcome.joined, seconds);
  else {
    const { applied, nodes, edges, report } = outcome.loaded;
    const read = `${counted(nodes, 'node')} and ${counted(edges, 'edge')} read in ${seconds.toFixed(1)} s`;
    await terminal.lines([`${name}: ${read}; ${factCounts(applied)}`]);
    tellSome(terminal, 'that no file knows; the edges were left out', 'end', all(report.unresolved));
    tellSome(terminal, 'left aside', 'thing', all(report.skipped.map(({ where, why }) => `${where}: ${why}`)));
    tellTooMuch(terminal, applied.tooMuch);
  }
}

const all = (some: readonly string[]): SomeOf<string> => ({ count: some.length, some });

export const factCounts = ({ added, changed, removed }: Pick<JoinReport, 'added' | 'changed' | 'removed'>): string =>
  `${counted(added, 'fact')} added, ${changed.toLocaleString('en-US')} changed, ${removed.toLocaleString('en-US')} removed`;

export async function tellJoin(terminal: Terminal, join: JoinReport, seconds: number): Promise<void> {
  const { source, people, sources, tooMuch } = join;
  const head = `${visible(source)}: ${counted(people, 'person', 'people')} in ${seconds.toFixed(1)} s; ${factCounts(join)}`;
  await terminal.lines([head, ...sources.map((one) => `  ${sourceLine(one)}`)]);
  for (const { source: name, ambiguous, unmatched, withoutKey } of sources) {
    const of = `of ${visible(name)}`;
    const several = ambiguous.some.map(({ account, people }) => `${account}: ${people.join(' or ')}`);
    tellSome(terminal, `${of} that may be that of several people; joined to none`, 'account', {
      count: ambiguous.count,
      some: several,
    });
    tellSome(terminal, `${of} that nobody was found for`, 'account', unmatched);
    tellSome(terminal, `${of} without any of the attributes`, 'account', withoutKey);
  }
  tellTooMuch(terminal, tooMuch);
}

function sourceLine({ source, accounts, joined, same, ambiguous, unmatched, withoutKey }: JoinedSource): string {
  const parts = [
    `${joined} joined`,
    ...(same === 0 ? [] : [`${same} the person's own node`]),
    `${ambiguous.count} ambiguous`,
    `${unmatched.count} unmatched`,
    `${withoutKey.count} without a key`,
  ];
  return `${visible(source)}: ${counted(accounts, 'account')}: ${parts.join(', ')}`;
}

function tellSome(terminal: Terminal, what: string, thing: string, { count, some }: SomeOf<string>): void {
  if (count === 0) return;
  terminal.note(`  ${counted(count, thing)} ${what}:`);
  for (const one of some.slice(0, SHOWN)) terminal.note(`    ${visible(one)}`);
  if (count > SHOWN) terminal.note(`    … and ${(count - SHOWN).toLocaleString('en-US')} more; --json lists them`);
}
