/** What a database must be before a graph is kept in it: of a version we know, ours or empty, with the schema made. */
import {
  AWAIT_INDEXES,
  COUNT_FOREIGN,
  LABELS_IN_USE,
  MAKE_HEAD,
  MIGRATIONS,
  READ_GROUND,
  SHOW_CONSTRAINTS,
  SHOW_INDEXES,
} from '../../../cypher/index.ts';
import type { GrantlensError } from '../../model/index.ts';
import { integer, type Neo4jDoor, type Values } from './door.ts';
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
  // A server that was just started takes its time over each: both at once.
  const [ground, rules] = await Promise.all([readGround(door), mode === 'write' ? rulesOf(door) : []]);
  if (ground !== undefined && ground.format > FORMAT) throw newerFormat(ground.format);
  if (mode === 'read') {
    // A format of 0 is that of a writer that has only begun.
    if (ground === undefined || ground.format === 0) throw notFound(door);
    return ground;
  }
  checkRules(door, rules);
  if (ground !== undefined || !(await holdsForeign(door))) return migrate(door, { ground, rules, precedence });
  // Another writer may have begun since the head was looked for.
  const begun = await readGround(door);
  if (begun === undefined) throw await foreignNodes(door);
  return migrate(door, { ground: begun, rules: await rulesOf(door), precedence });
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
  return rows[0] === undefined ? undefined : groundOf(rows[0]);
}

/** A database that was imported in bulk has no list there when it would be empty. */
const groundOf = ([format, , precedence]: Values): Ground => ({
  format: format as number,
  precedence: (precedence ?? []) as string[],
});

/** Nodes of someone else under our labels; other labels are none of our business. */
async function holdsForeign(door: Neo4jDoor): Promise<boolean> {
  const labels = await door.read((tx) => tx.all(LABELS_IN_USE));
  return labels.some(([label]) => OURS.has(label as string)) && (await countForeign(door)) > 0;
}

async function countForeign(door: Neo4jDoor): Promise<number> {
  const [counted] = await door.read((tx) => tx.all(COUNT_FOREIGN));
  return counted![0] as number;
}

async function foreignNodes(door: Neo4jDoor): Promise<GrantlensError> {
  const found = await countForeign(door);
  return foreign(door, `holds ${found} node${found === 1 ? '' : 's'} with labels of Grantlens that it did not make`);
}

/** Rules of someone else on our labels. */
function checkRules(door: Neo4jDoor, rules: readonly Values[]): void {
  const theirs = rules.find(([name, type, labels]) => isInTheWay(name as string, type as string, labels as string[]));
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

interface Found {
  readonly ground: Ground | undefined;
  readonly rules: readonly Values[];
  readonly precedence: readonly string[];
}

async function migrate(door: Neo4jDoor, { ground, rules, precedence }: Found): Promise<Ground> {
  // Also of migrations that were made: a rule that someone dropped is made again.
  const there = new Set(rules.map(([name]) => name as string));
  const missing = MIGRATIONS.flatMap((migration) => migration.rules).filter(({ name }) => !there.has(name));
  if (missing.length > 0) {
    await door.write((tx) => Promise.all(missing.map(({ statement }) => tx.all(statement))));
    await door.read((tx) => tx.all(AWAIT_INDEXES));
  }
  if (ground !== undefined && ground.format >= FORMAT) return ground;
  const [made] = await door.write((tx) => tx.all(MAKE_HEAD, { precedence, format: integer(FORMAT) }));
  return groundOf(made!);
}

const rulesOf = (door: Neo4jDoor): Promise<readonly Values[]> =>
  door.read(async (tx) => (await Promise.all([tx.all(SHOW_CONSTRAINTS), tx.all(SHOW_INDEXES)])).flat());

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
