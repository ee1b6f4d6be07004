/** What a database must be before a graph is kept in it: of a version we know, ours or empty, with the schema made. */
import {
  AWAIT_INDEXES,
  COUNT_FOREIGN,
  MAKE_HEAD,
  MIGRATIONS,
  READ_GROUND,
  SET_FORMAT,
  SHOW_CONSTRAINTS,
  SHOW_INDEXES,
} from '../../../cypher/index.ts';
import type { GrantlensError } from '../../model/index.ts';
import { integer, type Neo4jDoor } from './door.ts';
import { serverError } from './server-error.ts';

const OLDEST_SERVER: readonly [number, number] = [5, 26];
const FORMAT = MIGRATIONS.at(-1)!.format;

export interface Ground {
  readonly format: number;
  /** In the order in which the nodes were merged. */
  readonly precedence: readonly string[];
}

/**
 * Looks at the database, and for a writer makes what is missing in it.
 *
 * @throws GrantlensError STORE_VERSION_UNSUPPORTED, STORE_NEWER_FORMAT, STORE_FOREIGN, for a reader STORE_NOT_FOUND
 */
export async function prepareGround(
  door: Neo4jDoor,
  mode: 'read' | 'write',
  precedence: readonly string[] = [],
): Promise<Ground> {
  checkServer(await door.agent());
  const ground = await readGround(door);
  if (ground !== undefined && ground.format > FORMAT) throw newerFormat(ground.format);
  if (mode === 'read') {
    // A format of 0 is that of a writer that has only begun.
    if (ground === undefined || ground.format === 0) throw notFound(door);
    return ground;
  }
  if (ground === undefined) await checkNodes(door);
  await checkRules(door);
  await migrate(door, ground?.format ?? 0, precedence);
  return (await readGround(door))!;
}

/** @throws GrantlensError STORE_VERSION_UNSUPPORTED for a server that is older than 5.26; calendar versions are newer */
export function checkServer(agent: string): void {
  const [, major, minor] = /^Neo4j\/(\d+)\.(\d+)/.exec(agent) ?? [];
  const [oldestMajor, oldestMinor] = OLDEST_SERVER;
  const fits =
    major !== undefined &&
    (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor));
  if (!fits)
    throw serverError(
      'STORE_VERSION_UNSUPPORTED',
      `The server calls itself ${JSON.stringify(agent)}; Neo4j 5.26 or later is needed.`,
      { facts: { agent } },
    );
}

async function readGround(door: Neo4jDoor): Promise<Ground | undefined> {
  const rows = await door.read((tx) => tx.all(READ_GROUND));
  if (rows[0] === undefined) return undefined;
  const [format, , precedence] = rows[0];
  // A database that was imported in bulk has no list there when it would be empty.
  return { format: format as number, precedence: (precedence ?? []) as string[] };
}

/** Nodes of someone else under our labels; other labels are none of our business. */
async function checkNodes(door: Neo4jDoor): Promise<void> {
  const [counted] = await door.read((tx) => tx.all(COUNT_FOREIGN));
  const found = counted![0] as number;
  if (found > 0)
    throw foreign(door, `holds ${found} node${found === 1 ? '' : 's'} with labels of Grantlens that it did not make`);
}

/** Rules of someone else on our labels. */
async function checkRules(door: Neo4jDoor): Promise<void> {
  const theirs = (await rulesOf(door)).find(([name, type, labels]) =>
    isInTheWay(name as string, type as string, labels as string[]),
  );
  if (theirs !== undefined)
    throw foreign(door, `has the rule or index ${JSON.stringify(theirs[0])} on labels of Grantlens`);
}

const HARMLESS = new Set(['FULLTEXT', 'LOOKUP', 'VECTOR', 'TEXT', 'POINT']);
const OURS = new Set([
  'GraphHead',
  'Entity',
  'GraphBatch',
  'GraphDocument',
  'SourceStatus',
  'JournalChunk',
  'DanglingEdge',
  'AccessUse',
]);

function isInTheWay(name: string, type: string, labels: readonly string[] | null): boolean {
  if (name.startsWith('grantlens_')) return false;
  // A full-text index of an analyst does no harm; a rule or a lookup by the same keys does.
  if (HARMLESS.has(type)) return false;
  return (labels ?? []).some((label) => OURS.has(label));
}

async function migrate(door: Neo4jDoor, format: number, precedence: readonly string[]): Promise<void> {
  // Also of migrations that were made: a rule that someone dropped is made again.
  const there = new Set((await rulesOf(door)).map(([name]) => name as string));
  const missing = MIGRATIONS.flatMap(({ rules }) => rules).filter(({ name }) => !there.has(name));
  await door.write(async (tx) => {
    for (const { statement } of missing) await tx.all(statement);
  });
  if (missing.length > 0) await door.read((tx) => tx.all(AWAIT_INDEXES));
  if (format >= FORMAT) return;
  await door.write((tx) => tx.all(MAKE_HEAD, { precedence }));
  await door.write((tx) => tx.all(SET_FORMAT, { format: integer(FORMAT) }));
}

const rulesOf = (door: Neo4jDoor) =>
  door.read(async (tx) => [...(await tx.all(SHOW_CONSTRAINTS)), ...(await tx.all(SHOW_INDEXES))]);

const foreign = (door: Neo4jDoor, what: string): GrantlensError =>
  serverError('STORE_FOREIGN', `The Neo4j database at ${addressOf(door)} ${what}.`, {
    facts: { address: addressOf(door) },
  });

const notFound = (door: Neo4jDoor): GrantlensError =>
  serverError('STORE_NOT_FOUND', `There is no graph in the Neo4j database at ${addressOf(door)}.`, {
    facts: { address: addressOf(door) },
  });

const newerFormat = (format: number): GrantlensError =>
  serverError('STORE_NEWER_FORMAT', `The graph in the Neo4j database has the format ${format}, newer than ${FORMAT}.`, {
    facts: { format },
  });

const addressOf = ({ connection: { uri, database } }: Neo4jDoor): string =>
  database === undefined ? uri : `${uri}/${database}`;
