/** Where the graph in a database stands. */
import { READ_HEAD } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { Neo4jDoor, Transaction } from './door.ts';
import { headless } from './head-lock.ts';

export interface Head {
  readonly version: number;
  /** The oldest version that the journal reaches. */
  readonly oldest: number;
  /** Sources in the order in which their fields count. */
  readonly precedence: readonly string[];
}

/** @throws GrantlensError STORE_NOT_FOUND when there is no graph any more */
export async function headIn(tx: Transaction): Promise<Head> {
  const [row] = await tx.all(READ_HEAD);
  if (row === undefined) throw headless();
  return { version: row[0] as number, oldest: row[1] as number, precedence: (row[2] ?? []) as string[] };
}

export const readHead = (door: Neo4jDoor): Promise<Head> => door.read(headIn);

/** The answer to who asks for a version that is not kept, or never was. */
export function versionNotFound(version: number, { oldest, version: newest }: Head): GrantlensError {
  const kept = oldest === newest ? `only version ${newest} is` : `versions ${oldest} to ${newest} are`;
  return new GrantlensError('VERSION_NOT_FOUND', `Version ${version} is not kept; ${kept}.`, {
    version,
    floor: oldest,
    newest,
  });
}

/** @throws GrantlensError VERSION_NOT_FOUND for a version that the journal does not reach, or that was never there */
export function checkKept(version: number, head: Head): void {
  if (!(Number.isInteger(version) && version >= head.oldest && version <= head.version))
    throw versionNotFound(version, head);
}
