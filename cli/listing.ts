import type { Listed } from './all-pages.ts';
import { counted, type Terminal } from './terminal.ts';

/** Says on stderr how long a list is and what of it is not shown. */
export function tellRest(terminal: Terminal, listed: Listed<unknown>, singular: string, plural: string): void {
  const shown = listed.items.length;
  const all = counted(listed.totalCount, singular, plural);
  if (listed.complete) terminal.note(listed.totalCount === 0 ? `no ${plural}` : all);
  else if (listed.incompleteBecause !== undefined)
    terminal.note(`${shown} shown; not all: ${listed.incompleteBecause}`);
  else terminal.note(`${shown.toLocaleString('en-US')} of ${all} shown`);
}
