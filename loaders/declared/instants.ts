import { formatInstant, type JsonValue, parseInstant } from '../../engine/model/index.ts';
import type { InstantForm } from './description.ts';

/** Milliseconds from 1601, where Windows starts to count, to 1970. */
const FROM_1601 = 11_644_473_600_000;
const NEVER_FILETIME = '9223372036854775807';
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?(Z|[+-]\d{4})$/;

/**
 * An instant as ISO 8601; null where it says "never" (0, less, or the largest filetime); the value itself where it is no
 * instant in this form, so that nothing is lost.
 */
export function instantText(value: JsonValue, form: InstantForm): JsonValue {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  if (form === 'generalized') return generalized(String(value)) ?? value;
  if (String(value) === NEVER_FILETIME) return null;
  const number = Number(value);
  if (!Number.isFinite(number) || value === '') return value;
  if (number <= 0) return null;
  return iso(form === 'seconds' ? number * 1_000 : number / 10_000 - FROM_1601) ?? value;
}

function iso(milliseconds: number): string | undefined {
  const at = Math.trunc(milliseconds);
  return at >= 0 && at <= Date.UTC(9999, 11, 31) ? formatInstant(at) : undefined;
}

/** LDAP's GeneralizedTime (RFC 4517, 3.3.13). */
function generalized(text: string): string | undefined {
  const match = GENERALIZED.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction, zone] = match;
  const offset = zone === 'Z' ? 'Z' : `${zone!.slice(0, 3)}:${zone!.slice(3)}`;
  const point = fraction === undefined ? '' : `.${fraction.slice(0, 9)}`;
  const at = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${point}${offset}`);
  return at === undefined ? undefined : formatInstant(at);
}
