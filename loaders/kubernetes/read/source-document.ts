import type { Problem } from '../../../engine/model/index.ts';

/** A document of a manifest file: its value, and where each part of it stands. */

/** Keys and indexes from the top of a document down to a value. */
export type Path = readonly (string | number)[];

export interface SourceDocument {
  /** As shown in messages. */
  readonly file: string;
  /** Number within the file, counted from 1. */
  readonly number: number;
  readonly value: unknown;
  /** The line of the value at a path, or of what comes nearest to it, counted from 1; undefined where it is not worked out. */
  lineOf(path: Path): number | undefined;
  /** False where finding a line costs a walk through the whole file: then it is for messages only. */
  readonly knowsLines: boolean;
}

/** `items[3].rules[0].verbs` */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text;
}

/** A problem with the value at a path. */
export function problemAt(document: SourceDocument, path: Path, message: string): Problem {
  const line = document.lineOf(path);
  const field = pathText(path);
  return {
    file: document.file,
    ...(line === undefined ? {} : { line }),
    ...(field === '' ? {} : { field }),
    message,
  };
}
