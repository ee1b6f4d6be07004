import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Said with every difference from what is on record. */
export const ACCEPT = 'If it must be so, accept it with `npm run cypher:accept`.';

/** What a file of the repository has on record; nothing where there is no file yet. */
export const onRecord = <T extends object>(file: string): T =>
  (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as T;

/**
 * Compares a text with a file of the repository, or writes the file when the run accepts changes.
 *
 * @param complaints what differs, in words that say what to do; told instead of the bare difference
 */
export async function expectOnRecord(file: string, text: string, complaints: () => readonly string[]): Promise<void> {
  try {
    await expect(text).toMatchFileSnapshot(file);
  } catch (difference) {
    expect(complaints(), `${file} is not what there is. ${ACCEPT}`).toEqual([]);
    throw difference;
  }
}
