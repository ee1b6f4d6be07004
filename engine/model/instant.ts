/** A point in time: milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const EARLIEST = Date.UTC(0, 0, 1) - 1900 * 366 * 86_400_000;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads an RFC 3339 date and time with its offset. Digits beyond milliseconds are dropped.
 * Returns undefined for anything else, days that no calendar has (30 February) among them.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as number[];
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return undefined;
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  date.setUTCHours(hour!, minute!, second!, fraction);
  const offset = offsetMinutes(match[8]!);
  if (offset === undefined) return undefined;
  const at = date.getTime() - offset * 60_000;
  return at >= EARLIEST && at <= LATEST ? at : undefined;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** The one written form of an instant: UTC, without milliseconds where they are zero. */
export function formatInstant(at: Instant): string {
  const text = new Date(at).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}
