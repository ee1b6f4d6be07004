/** Events of a log: JSON lines, or one document with a list of them (`Records` of CloudTrail, `items` of Kubernetes). */
import { InputError } from '../../engine/model/index.ts';
import type { InputFile } from '../formats/input-files.ts';
import { jsonElements } from '../formats/json-elements.ts';
import { readLines } from '../formats/lines.ts';
import { openText } from '../formats/open-text.ts';

export interface LogEvent {
  /** Counted from 1. */
  readonly line: number;
  readonly value: unknown;
}

/** How much is looked at to tell lines from a document. */
const FIRST = 1024 * 1024;
const LISTS = new Set(['', 'Records', 'items', 'Events']);

/** @throws what `jsonElements` and `readLines` throw; InputError for a line that is not JSON */
export async function* logEvents(file: InputFile): AsyncGenerator<readonly LogEvent[]> {
  if (await isLines(file)) yield* eventsOfLines(file);
  else yield* eventsOfDocument(file);
}

async function* eventsOfDocument(file: InputFile): AsyncGenerator<readonly LogEvent[]> {
  for await (const elements of jsonElements(file.path, file.options))
    yield elements.filter(({ member, index }) => index !== undefined && LISTS.has(member));
}

async function* eventsOfLines(file: InputFile): AsyncGenerator<readonly LogEvent[]> {
  for await (const { first, lines } of readLines(file.path, file.options)) {
    const events: LogEvent[] = [];
    for (let at = 0; at < lines.length; at++) {
      const text = lines[at]!;
      if (text.trim() !== '') events.push({ line: first + at, value: parsed(text, file.shownAs, first + at) });
    }
    yield events;
  }
}

function parsed(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError([{ file, line, message: 'is not JSON; was the log cut off, or is this another format?' }], 1);
  }
}

/** Whether the first line is an event by itself. */
async function isLines(file: InputFile): Promise<boolean> {
  let text = '';
  for await (const chunk of openText(file.path, file.options)) {
    text += chunk.toString('utf8');
    if (text.includes('\n') || text.length > FIRST) break;
  }
  const first = text.trimStart().split('\n', 1)[0]!;
  try {
    const value: unknown = JSON.parse(first);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return ![...LISTS].some((member) => Array.isArray((value as Record<string, unknown>)[member]));
  } catch {
    return false;
  }
}
