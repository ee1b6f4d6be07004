import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the tests of one file, gone when they are done. */
export interface Temporary {
  readonly path: string;
  /** Writes a file into it (with the folders on its way) and gives its path. */
  file(name: string, content: string | Uint8Array): string;
}

/** Makes such a folder. Call at the top of a test file. */
export function temporaryFolder(): Temporary {
  const path = mkdtempSync(join(tmpdir(), 'grantlens-test-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    file(name, content) {
      const place = join(path, name);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
      return place;
    },
  };
}
