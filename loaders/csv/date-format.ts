import { type Instant, parseInstant } from '../../engine/model/index.ts';

/** How dates are written: an order of `YYYY`, `MM`, `DD`, `HH`, `mm`, `ss` with anything between, or one of the names. */
export interface DateFormat {
  readonly name: string;
  /** The instant and whether only a day was told. Undefined when the text is not of this format. */
  readonly read: (text: string) => { readonly at: Instant; readonly wholeDay: boolean } | undefined;
}

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, string>> = {
  YYYY: '\\d{4}',
  MM: '\\d{1,2}',
  DD: '\\d{1,2}',
  HH: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
};
const UNIT = /YYYY|MM|DD|HH|mm|ss/g;

/** RFC 3339 with offset, or a plain day such as 2027-01-31. */
const ISO: DateFormat = {
  name: 'iso',
  read(text) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return found(parseInstant(`${text}T00:00:00Z`), true);
    return found(parseInstant(text), false);
  },
};

const NAMED: Readonly<Record<string, DateFormat>> = {
  iso: ISO,
  unix: { name: 'unix', read: (text) => sinceEpoch(text, 1000) },
  'unix-ms': { name: 'unix-ms', read: (text) => sinceEpoch(text, 1) },
};

/** What is taken where a mapping names no format. */
export const DEFAULT_DATE_FORMAT = ISO;

/** Reads the name or order of a format; a text when it is none: why. */
export function parseDateFormat(source: string): DateFormat | string {
  if (Object.hasOwn(NAMED, source)) return NAMED[source]!;
  const units: readonly string[] = source.match(UNIT) ?? [];
  for (const needed of ['YYYY', 'MM', 'DD']) {
    if (!units.includes(needed))
      return `a date format needs ${needed}, as in DD.MM.YYYY; or it is one of ${Object.keys(NAMED).join(', ')}`;
  }
  if (new Set(units).size < units.length) return 'a date format names each part once';
  const pattern = new RegExp(`^${patternOf(source)}$`);
  const wholeDay = !units.includes('HH');
  return { name: source, read: (text) => readByUnits(pattern.exec(text), units, wholeDay) };
}

function patternOf(source: string): string {
  let pattern = '';
  let at = 0;
  for (const unit of source.matchAll(UNIT)) {
    pattern += `${literal(source.slice(at, unit.index))}(${UNITS[unit[0]]})`;
    at = unit.index + unit[0].length;
  }
  return pattern + literal(source.slice(at));
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** All times are UTC. */
function readByUnits(match: RegExpExecArray | null, units: readonly string[], wholeDay: boolean) {
  if (match === null) return undefined;
  const part = (unit: string): string => (match[units.indexOf(unit) + 1] ?? '0').padStart(2, '0');
  const of = (unit: string): string => (units.includes(unit) ? part(unit) : '00');
  return found(
    parseInstant(`${part('YYYY')}-${part('MM')}-${part('DD')}T${of('HH')}:${of('mm')}:${of('ss')}Z`),
    wholeDay,
  );
}

function sinceEpoch(text: string, unit: number) {
  if (!/^-?\d{1,17}$/.test(text)) return undefined;
  const at = Number(text) * unit;
  return Math.abs(at) <= 8.64e15 ? found(parseInstant(new Date(at).toISOString()), false) : undefined;
}

const found = (at: Instant | undefined, wholeDay: boolean) => (at === undefined ? undefined : { at, wholeDay });

/** The instant at which a day that still counts is over. */
export const endOfDay = (at: Instant): Instant => at + DAY;
