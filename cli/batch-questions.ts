/** Questions of `check --batch`: one a line, answered in order; a line that is no question ends the run with its place. */
import {
  type CheckQuestion,
  GrantlensError,
  type GraphView,
  InputError,
  parseInstant,
  REACHES,
  type Reach,
} from '../engine/index.ts';
import { readLines } from '../loaders/index.ts';
import { nearIds } from './near-ids.ts';
import type { Terminal } from './terminal.ts';

const FIELDS = new Set(['identity', 'action', 'resource', 'reach', 'at']);
/** Answers are written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/** What holds for lines that do not say it themselves. */
export type Defaults = Pick<CheckQuestion, 'reach' | 'at'>;

/** @param path a file of JSON Lines; `-` is standard input */
export async function answerBatch(
  view: GraphView,
  path: string,
  defaults: Defaults,
  terminal: Terminal,
): Promise<void> {
  const file = path === '-' ? '<stdin>' : path;
  let piece = '';
  try {
    for await (const { first, lines } of readLines(path)) {
      for (let i = 0; i < lines.length; i++) {
        if (lines[i]!.trim() === '') continue;
        const place = { file, line: first + i };
        const answer = await about(view, place, () => view.check(questionOf(lines[i]!, defaults, place)));
        piece += `${JSON.stringify({ decision: answer.decision, conditions: answer.conditions, version: answer.version })}\n`;
        if (piece.length < PIECE) continue;
        await terminal.write(piece);
        piece = '';
      }
    }
  } finally {
    await terminal.write(piece);
  }
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function questionOf(text: string, defaults: Defaults, place: Place): CheckQuestion {
  const raw = objectOf(text, place);
  for (const field of Object.keys(raw)) {
    if (!FIELDS.has(field)) throw wrong(place, field, `unknown field; known are ${[...FIELDS].join(', ')}`);
  }
  return {
    ...defaults,
    identity: textOf(raw, 'identity', place),
    action: textOf(raw, 'action', place),
    resource: textOf(raw, 'resource', place),
    ...(raw['reach'] === undefined ? {} : { reach: reachOf(raw['reach'], place) }),
    ...(raw['at'] === undefined ? {} : { at: instantOf(raw['at'], place) }),
  };
}

function objectOf(text: string, place: Place): Readonly<Record<string, unknown>> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw wrong(place, '', `is not JSON: ${(error as Error).message}`);
  }
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Readonly<Record<string, unknown>>;
  throw wrong(place, '', 'must be an object with "identity", "action" and "resource"');
}

function textOf(raw: Readonly<Record<string, unknown>>, field: string, place: Place): string {
  const value = raw[field];
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(place, field, value === undefined ? 'is missing' : 'must be a text that is not empty');
}

function reachOf(value: unknown, place: Place): Reach {
  if (REACHES.includes(value as Reach)) return value as Reach;
  throw wrong(place, 'reach', `must be one of ${REACHES.join(', ')}`);
}

function instantOf(value: unknown, place: Place): number {
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at !== undefined) return at;
  throw wrong(place, 'at', 'must be a date and time such as 2027-01-01T00:00:00Z');
}

const wrong = (place: Place, field: string, message: string): InputError =>
  new InputError([{ ...place, ...(field === '' ? {} : { field }), message }], 1);

/** Says on which line a question was about something that is not there. */
async function about<T>(view: GraphView, place: Place, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GrantlensError) || error instanceof InputError) throw error;
    const near = typeof error.facts['id'] === 'string' ? await nearIds(view, error.facts['id']) : [];
    const message = `${place.file}:${place.line}: ${error.message}`;
    throw new GrantlensError(error.code, message, { ...error.facts, near }, error);
  }
}
