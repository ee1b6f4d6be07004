/** Checks every fact of the graph against what it should be by itself, and by the journal. */
import { type Statement, VERIFY_DANGLING, VERIFY_EDGES, VERIFY_NODES, VERIFY_USES } from '../../../cypher/index.ts';
import {
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRecord,
  edgeId,
  mayJoin,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
  type UseRecord,
} from '../../model/index.ts';
import type { Values } from './door.ts';
import { recordOf } from './edge-records.ts';
import { canonical, type LastWords } from './last-words.ts';
import { edgeProperties, idOfProperties, labelsOf, nodeProperties, nodeRecords } from './properties.ts';
import type { SourceTally } from './source-tally.ts';
import { useKey } from './use-key.ts';
import type { Verified } from './verify.ts';
import { corrupt } from './version-read.ts';

/** Every label that says what a node is. */
const LABELS: ReadonlySet<string> = new Set(NODE_KINDS.flatMap(labelsOf));

export async function verifyFacts(verified: Verified, words: LastWords, tally: SourceTally): Promise<void> {
  await each(verified, VERIFY_NODES, (row) => verifyNode(verified, row, words, tally));
  for (const kind of EDGE_KINDS) {
    await each(verified, VERIFY_EDGES[kind], (row) => verifyEdge(verified, row, words, tally, true));
  }
  await each(verified, VERIFY_DANGLING, (row) => verifyEdge(verified, row, words, tally, false));
  await each(verified, VERIFY_USES, (row) => verifyUse(verified, row, words, tally));
}

/** Facts are looked at once, so a transaction that is run again is an error: it is told and verification starts afresh. */
async function each({ door }: Verified, statement: Statement, onRow: (row: Values) => void): Promise<void> {
  let runs = 0;
  await door.read((tx) => {
    if (++runs > 1) throw corrupt('the server broke off while it was read');
    return tx.each(statement, {}, onRow);
  });
}

/**
 * Whether a fact is part of the newest version.
 *
 * @throws GrantlensError STORE_CORRUPT for a version that no batch has: what is left of one must have been tidied up, or
 *   still have its claim
 */
function isThere({ head }: Verified, what: string, since: unknown, until: unknown): boolean {
  const { version, pending, sweeping } = head;
  if (!isVersion(since) || (until !== null && until !== undefined && !isVersion(until)))
    throw corrupt(`${what} does not say since when it is there`);
  const newest = pending ? version + 1 : version;
  if (since > newest || (isVersion(until) && until > newest))
    throw corrupt(`${what} is of a version that no batch has`);
  if (isVersion(until) && until <= version && until !== sweeping)
    throw corrupt(`${what} is still there after version ${until}, which removed it`);
  return since <= version && !(isVersion(until) && until <= version);
}

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

function verifyNode(verified: Verified, row: Values, words: LastWords, tally: SourceTally): void {
  const [labels, properties] = row as [string[], Record<string, unknown>];
  const { since, changed, until, ...content } = properties;
  const id = idOfProperties(String(content['id']), content['longId'] as string | undefined);
  const what = `the node "${id}"`;
  const there = isThere(verified, what, since, until);
  if (!isVersion(changed) || changed < (since as number) || (!verified.head.pending && changed > verified.head.version))
    throw corrupt(`${what} does not say when it was changed`);
  const versions = versionsOf(what, id, content);
  const expected = nodeProperties(versions, verified.head.precedence);
  if (canonical(content) !== canonical(expected)) throw corrupt(`${what} does not show what its records say`);
  const found = labels.filter((label) => LABELS.has(label)).sort();
  if (canonical(found) !== canonical([...labelsOf(versions[0]!.kind)].sort()))
    throw corrupt(`${what} has labels of another kind than its own`);
  // A batch that is on its way may have changed it already.
  if (!there || changed > verified.head.version) {
    verified.note();
    return;
  }
  words.checkNode(id, versions);
  for (const { source } of versions) tally.count(source, 'nodes');
}

function versionsOf(what: string, id: string, { kind, records }: Record<string, unknown>): readonly NodeRecord[] {
  if (!NODE_KINDS.includes(kind as NodeKind)) throw corrupt(`${what} is of no kind`);
  if (!Array.isArray(records) || records.length === 0) throw corrupt(`${what} has no records`);
  try {
    return nodeRecords(kind as NodeKind, id, records as string[]);
  } catch {
    throw corrupt(`the records of ${what} cannot be read`);
  }
}

function verifyEdge(verified: Verified, row: Values, words: LastWords, tally: SourceTally, effective: boolean): void {
  const [since, until, keys, fromKind, toKind, kind, from, to, ...fields] = row;
  if (typeof from !== 'string' || typeof to !== 'string' || !EDGE_KINDS.includes(kind as EdgeKind))
    throw corrupt(`an edge of the kind ${String(kind)} leads from or to what is no node`);
  const edge = recordOf([null, kind, from, to, ...fields]);
  const what = `the edge ${edge.id} (${edge.kind} from "${from}" to "${to}")`;
  const there = isThere(verified, what, since, until);
  verifyEdgeContent(what, edge, keys as string[], effective);
  if (!there) {
    verified.note();
    return;
  }
  const joins = isKind(fromKind) && isKind(toKind) && mayJoin(edge.kind, fromKind, toKind);
  // Kinds of nodes are changed in place, before the batch that does so is done.
  if (joins !== effective && !verified.head.pending)
    throw corrupt(
      effective ? `${what} joins what it may not join` : `${what} is kept apart, though both ends are there`,
    );
  words.checkEdge(edge);
  tally.count(edge.source, 'edges');
}

const isKind = (kind: unknown): kind is NodeKind => NODE_KINDS.includes(kind as NodeKind);

/** What a fact has beside the content of its record. */
const BESIDE: ReadonlySet<string> = new Set(['since', 'until', 'kind', 'from', 'to', 'longFrom', 'longTo']);

function verifyEdgeContent(what: string, edge: EdgeRecord, keys: readonly string[], effective: boolean): void {
  const { source, kind, from, to, key } = edge;
  if (typeof source !== 'string' || edgeId(source, kind, from, to, key) !== edge.id)
    throw corrupt(`${what} has an id that does not follow from its parts`);
  const expected = Object.keys(edgeProperties(edge)).sort();
  const found = keys.filter((name) => !(effective ? ['since', 'until'].includes(name) : BESIDE.has(name))).sort();
  if (canonical(found) !== canonical(expected)) throw corrupt(`${what} has properties that are not those of an edge`);
  const grants = kind === 'GRANTS';
  if (grants !== (edge.effect !== undefined) || grants !== (edge.actions !== undefined))
    throw corrupt(`${what} has actions or an effect that its kind has not, or lacks them`);
}

function verifyUse(verified: Verified, row: Values, words: LastWords, tally: SourceTally): void {
  const [since, until, key, identity, action, resource, source, lastUsedAt, useCount] = row;
  const use = { identity, action, resource, source, lastUsedAt, useCount } as UseRecord;
  const what = `the use of ${JSON.stringify(resource)} by ${JSON.stringify(identity)}`;
  if ([identity, action, resource, source].some((name) => typeof name !== 'string') || key !== useKey(use))
    throw corrupt(`${what} has a key that does not follow from its names`);
  if (!Number.isSafeInteger(lastUsedAt) || !Number.isSafeInteger(useCount))
    throw corrupt(`${what} does not say when it was, or how often`);
  if (!isThere(verified, what, since, until)) {
    verified.note();
    return;
  }
  words.checkUse(use);
  tally.count(use.source, 'uses');
}
