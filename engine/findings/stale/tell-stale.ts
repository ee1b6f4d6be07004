/** A stale decision in words. */
import { counted, times } from '../counted.ts';
import type { Found, Words } from '../rule.ts';
import { isAnyOf, type StaleAbout } from './stale-decisions.ts';

type Told = Pick<Found, 'nodes' | 'values' | 'remedy'>;

export function tellStale(found: Told, words: Words): { readonly title: string; readonly rationale: string } {
  const said = [whatIsKnown(found, words), whatMayBe(found), whatOthersDo(found), whatToDo(found)];
  return { title: titleOf(found, words), rationale: said.filter((sentence) => sentence !== '').join(' ') };
}

function titleOf({ nodes, values }: Told, words: Words): string {
  const { stale, ofAll, days, kind } = values as Readonly<Record<string, number | string>>;
  const of = words.node(nodes[0]!);
  const idle = `not known to have been used for ${days} days`;
  if (values['about'] === 'ALL') return `What only ${of} gives is ${idle} by anybody`;
  if (stale === 1) {
    const other = nodes[1] === undefined ? of : words.node(nodes[1]);
    const [from, to] = kind === 'GRANTS' ? [of, other] : [other, of];
    return `${kind} of ${from} on ${to} is ${idle}`;
  }
  return values['about'] === 'GRANTS' || values['about'] === 'ANY_GRANT'
    ? `${stale} of the ${counted(ofAll as number, 'grant')} of ${of} are ${idle}`
    : `${stale} of the ${counted(ofAll as number, 'edge')} by which ${of} is had are ${idle}`;
}

function whatIsKnown({ values }: Told, words: Words): string {
  const [stale, known, toldUnused] = [values['stale'], values['known'], values['toldUnused']] as number[];
  const silent = stale! - known! - toldUnused!;
  const oldest = known === 0 ? '' : words.day(values['oldest'] as number);
  if (stale === 1) {
    if (known === 1) {
      const count = values['useCount'] as number;
      return `What only it gives was last used on ${oldest}, as far as is known${count > 0 ? ` (${times(count)} in all)` : ''}.`;
    }
    return toldUnused === 1
      ? 'Its source says that it was never used.'
      : 'No use of what only it gives is known, though use of the same resources is.';
  }
  const parts = [
    ...(known! > 0 ? [`${known} were used before that, one of them last on ${oldest}`] : []),
    ...(toldUnused! > 0 ? [`of ${toldUnused} the source says that they were never used`] : []),
    ...(silent > 0 ? [`of ${silent} no use of what only they give is known, though use of the same resources is`] : []),
  ];
  return `Of ${counted(stale!, 'edge')} ${parts.join('; ')}.`;
}

const whatMayBe = ({ values }: Told): string =>
  isAnyOf(values['about'] as StaleAbout) ? 'A recent use may have gone that way, and could have gone another one.' : '';

function whatOthersDo({ values }: Told): string {
  const [others, using] = [values['others'] as number, values['using'] as number];
  if (others === 0 || values['about'] === 'ALL') return '';
  const same = values['stale'] === 1 ? 'the same' : 'the same as the first that is shown';
  return `Of ${counted(others, 'other')} with ${same}, ${using} used it in the last ${values['days']} days.`;
}

const REMOVE: Readonly<Record<StaleAbout, string>> = {
  ALL: 'Take it from whoever has it, or ask its owner first.',
  HOLDERS: 'Take it from those, or ask them first.',
  GRANTS: 'Remove them, or ask the holder first.',
  ANY_GRANT: 'Remove the first that is shown, or ask the holder first, and look again: not all of them may go.',
  ANY_HOLDER: 'Take it from the first that is shown, or ask first, and look again: not all of them may go.',
};

function whatToDo({ remedy, values }: Told): string {
  const [all, removable, ofVendors] = [values['ending'], values['removable'], values['ofVendors']] as number[] as [
    number,
    number,
    number,
  ];
  const ending = all - ofVendors;
  const lifting = ending - removable;
  const vendors =
    ofVendors === 0
      ? ''
      : 'A vendor manages what is acted as, and says who may: where the service is not needed any more, it goes with that.';
  if (ending === 0) return vendors;
  if (removable === 0)
    return `${ending === 1 ? 'It also brings' : 'They also bring'} a denial, which removing ${ending === 1 ? 'it' : 'them'} would lift: remove what ${ending === 1 ? 'it allows' : 'they allow'} where that is granted.`;
  const some = lifting === 0 ? '' : ` ${lifting} more would lift a denial and are left.`;
  const part =
    removable === remedy.length || isAnyOf(values['about'] as StaleAbout)
      ? ''
      : ` The remedy removes the first ${remedy.length} of ${removable}.`;
  const what = values['stale'] === 1 && values['about'] !== 'ALL' ? 'Remove it, or ask its holder first.' : undefined;
  return `${what ?? REMOVE[values['about'] as StaleAbout]}${some}${part}${vendors === '' ? '' : ` ${vendors}`}`;
}
