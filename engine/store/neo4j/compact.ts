import { DROP_CHUNKS, SET_OLDEST } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import { integer } from './door.ts';
import { lockHead } from './head-lock.ts';
import type { OpenReaders } from './open-readers.ts';
import { clearTheWay } from './recovery.ts';
import type { Writing } from './write-settings.ts';

/**
 * Drops the journal of all but the newest versions, and of those that readers of this store still have open. Who reads an
 * older one in another process is told so from here on, before anything of it goes.
 *
 * @throws GrantlensError ARGUMENT_INVALID, STORE_LOCKED
 */
export async function compact(writing: Writing, keepVersions: number, openReaders: OpenReaders): Promise<void> {
  if (!Number.isInteger(keepVersions) || keepVersions < 1)
    throw new GrantlensError('ARGUMENT_INVALID', 'At least one version must be kept.', { keepVersions });
  // A sweep that is not done needs its version's journal.
  await clearTheWay(writing);
  const options = { timeout: writing.settings.longestTransaction };
  const oldest = await writing.door.write(async (tx) => {
    const { version } = await lockHead(tx);
    const first = Math.min(version - keepVersions + 1, openReaders.oldest() ?? version);
    await tx.all(SET_OLDEST, { oldest: integer(first) });
    return first;
  }, options);
  for (let dropped = 1; dropped > 0; ) {
    const rows = await writing.door.write((tx) => tx.all(DROP_CHUNKS, { oldest: integer(oldest) }), options);
    dropped = rows[0]![0] as number;
  }
}
