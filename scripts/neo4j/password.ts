import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 192 random bits, in letters that need no quoting anywhere. */
export const generatedPassword = (): string => randomBytes(24).toString('base64url');

/** Where a home keeps the password of its user `neo4j`. */
export const passwordFile = (home: string): string => join(home, 'password');

/** The password of a home; one that is new gets the wanted one or a generated one, in a file for its owner alone. */
export async function keptPassword(home: string, wanted = generatedPassword()): Promise<string> {
  const file = passwordFile(home);
  await writeFile(file, wanted, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}
