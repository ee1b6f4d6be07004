import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpenFgaNotProvisioned, provisionOpenFga } from '../../scripts/openfga/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();

describe('building OpenFGA', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('says what it needs where it cannot be, and leaves nothing behind', async () => {
    const cache = join(folder.path, 'cache');
    vi.stubEnv('PATH', join(folder.path, 'no-go'));
    const built = provisionOpenFga(cache);
    await expect(built).rejects.toThrow(OpenFgaNotProvisioned);
    await expect(built).rejects.toThrow('OpenFGA could not be built; it needs Go 1.26 or newer.');
    expect(readdirSync(cache)).toEqual([]);
  });
});
