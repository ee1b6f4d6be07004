import { formatInstant, parseInstant } from '../../engine/model/index.ts';

/** What a condition of a binding says: bounds of time where it says nothing else, else its text. */
export interface Bounds {
  readonly condition?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

const AFTER_TIME = /^\s*request\.time\s*(<=|<|>=|>)\s*timestamp\(\s*(?:"([^"]+)"|'([^']+)')\s*\)\s*$/;
const BEFORE_TIME = /^\s*timestamp\(\s*(?:"([^"]+)"|'([^']+)')\s*\)\s*(<=|<|>=|>)\s*request\.time\s*$/;
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * The bounds of an expression (CEL). One comparison of the time of the request with an instant, and nothing besides, is a
 * bound of time; all else is kept as text.
 */
export function boundsOf(expression: string): Bounds {
  const after = AFTER_TIME.exec(expression);
  const before = after === null ? BEFORE_TIME.exec(expression) : null;
  const operator = after?.[1] ?? (before === null ? undefined : MIRRORED[before[3]!]);
  const text = after?.[2] ?? after?.[3] ?? before?.[1] ?? before?.[2];
  const at = text === undefined ? undefined : parseInstant(text);
  if (operator === undefined || at === undefined) return { condition: expression };
  // Instants have milliseconds, and bounds are half open: one that is included ends a millisecond later.
  if (operator === '<') return { validTo: formatInstant(at) };
  if (operator === '<=') return { validTo: formatInstant(at + 1) };
  return { validFrom: formatInstant(operator === '>=' ? at : at + 1) };
}
