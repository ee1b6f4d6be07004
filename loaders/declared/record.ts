import type { JsonValue } from '../../engine/model/index.ts';

/** The fields of an object that was read. */
export type Fields = { readonly [name: string]: JsonValue };

/** One thing that a reader found: an object of a file, before anything is made of it. */
export interface SourceRecord {
  /** Which description it is read by. */
  readonly type: string;
  readonly fields: Fields;
  /** The source that vouches for it. */
  readonly source: string;
  /** As messages name it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Its place in the file where the line does not tell it: `data[17]`. */
  readonly at?: string;
}

/** Where it was read, as edges keep it. */
export function evidenceOf({ file, line, at }: SourceRecord): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1);
  const place = line === undefined || at !== undefined ? name : `${name}:${line}`;
  return at === undefined ? place : `${place} ${at}`;
}
