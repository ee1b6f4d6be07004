/** A document of a manifest file: its value, and where each part of it stands. */

/** Keys and indexes from the top of a document down to a value. */
export type Path = readonly (string | number)[];

export interface SourceDocument {
  /** As shown in messages. */
  readonly file: string;
  /** Number within the file, counted from 1. */
  readonly number: number;
  readonly value: unknown;
  /** The line of the value at a path, or of what comes nearest to it; counted from 1. */
  lineOf(path: Path): number;
  /** False where finding a line costs a parse of the whole file: then it is for messages only. */
  readonly knowsLines: boolean;
}

/** `items[3].rules[0].verbs` */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text;
}
