import { expect } from 'vitest';

/** A number that only the database knows: an id of its own. */
export const REF: unknown = expect.any(Number);
