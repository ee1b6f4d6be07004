/** Opaque cursors: where a page ended, and a mark of the question that gave it, so that another question's cursor is refused. */
import { hash } from 'node:crypto';
import { GrantlensError } from '../model/index.ts';

type Key = readonly (string | number)[];

/** A short mark of what was asked, without the paging; worked out when the first cursor is read or written. */
export type Mark = () => string;

export function markOf(question: readonly unknown[]): Mark {
  let mark: string | undefined;
  return () => {
    mark ??= hash('sha256', JSON.stringify(question), 'base64url').slice(0, 8);
    return mark;
  };
}

export function encodeCursor(mark: Mark, key: Key): string {
  return Buffer.from(JSON.stringify([mark(), ...key]), 'utf8').toString('base64url');
}

/**
 * @param shape the type of each part of the key; the last one may repeat when `rest` is set
 * @throws GrantlensError CURSOR_INVALID
 */
export function decodeCursor(mark: Mark, cursor: string, shape: readonly ('string' | 'number')[], rest = false): Key {
  const parts = parse(cursor);
  if (parts === undefined || parts[0] !== mark()) throw invalid();
  const key = parts.slice(1);
  const fits = rest ? key.length >= shape.length : key.length === shape.length;
  if (!fits || !key.every((part, i) => typeof part === shape[Math.min(i, shape.length - 1)])) throw invalid();
  return key as Key;
}

/** What a cursor holds, whatever question gave it; nothing for what is none. */
export const partsOf = (cursor: string | undefined): readonly unknown[] =>
  cursor === undefined ? [] : (parse(cursor)?.slice(1) ?? []);

function parse(cursor: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const invalid = (): GrantlensError =>
  new GrantlensError('CURSOR_INVALID', 'This cursor was not given by this question.');

/** The default and the largest page. */
export const PAGE_DEFAULT = 100;
export const PAGE_MOST = 10_000;

/** @throws GrantlensError ARGUMENT_INVALID */
export function pageSize(first: number | undefined): number {
  if (first === undefined) return PAGE_DEFAULT;
  if (Number.isSafeInteger(first) && first >= 0 && first <= PAGE_MOST) return first;
  throw new GrantlensError('ARGUMENT_INVALID', `first must be a whole number from 0 to ${PAGE_MOST}, is ${first}`, {
    argument: 'first',
  });
}
