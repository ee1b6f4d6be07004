/**
 * Reads how sensitive the resources of a version are: each is looked at once, in batches, and put to the rules. Of a version that
 * shares its numbers with one that was read before, only the resources are looked at that either has other than as compiled.
 */
import { GrantlensError } from '../model/index.ts';
import { isThere, liveNodes, nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { isResource, RESOURCE, type Snapshot } from '../snapshot/snapshot.ts';
import type { Space } from '../snapshot/space.ts';
import type { StoreReader } from '../store/port.ts';
import { Profiles } from './profiles.ts';
import type { SensitivityRule } from './rule.ts';
import type { SensitivityTable } from './sensitivity-table.ts';

/** Resources that are asked for at a time. */
const AT_A_TIME = 5_000;

type Reader = Pick<StoreReader, 'entities'>;

/** A table and what the next one needs of its version, which it does not hold. */
interface Read extends Pick<Snapshot, 'retold' | 'gone' | 'later'> {
  readonly table: SensitivityTable;
  readonly profiles: Profiles;
}

const known = new WeakMap<Snapshot, WeakMap<readonly SensitivityRule[], SensitivityTable>>();
/** The last ones that were read of versions with the same numbers, by list of rules. */
const last = new WeakMap<Space, Map<readonly SensitivityRule[], Read>>();
/** Of so many lists of rules: an engine has one. */
const MOST_LISTS = 4;
const NO_RULES: readonly SensitivityRule[] = [];

/**
 * The table of a version, which is remembered for as long as the version and the list of rules are.
 * O(resources · rules that may fit their type) once; rules that name one id cost nothing elsewhere. Where a version of the same
 * space was read with the same list: O(resources that came, went or changed since the space was compiled), and a copy of four bytes
 * a node where there are any.
 *
 * @param reader of the same version
 * @param rules of a file, which come before the built-in ones
 * @throws GrantlensError STORE_CORRUPT when the store has lost a resource; what the pace throws
 */
export async function readSensitivity(
  snapshot: Snapshot,
  reader: Reader,
  rules: readonly SensitivityRule[] = NO_RULES,
  pace: Pace,
): Promise<SensitivityTable> {
  let ofSnapshot = known.get(snapshot);
  if (ofSnapshot === undefined) {
    ofSnapshot = new WeakMap();
    known.set(snapshot, ofSnapshot);
  }
  const there = ofSnapshot.get(rules);
  if (there !== undefined) return there;
  const before = last.get(snapshot.space)?.get(rules);
  const profiles = before?.profiles ?? new Profiles(rules);
  const table = await (before === undefined
    ? readAll(snapshot, reader, profiles, pace)
    : readOn(before, snapshot, reader, pace));
  const { retold, gone, later } = snapshot;
  ofSnapshot.set(rules, table);
  keep(snapshot.space, rules, { table, profiles, retold, gone, later });
  return table;
}

function keep(space: Space, rules: readonly SensitivityRule[], read: Read): void {
  const reads = last.get(space) ?? new Map<readonly SensitivityRule[], Read>();
  last.set(space, reads);
  reads.delete(rules);
  if (reads.size >= MOST_LISTS) reads.delete(reads.keys().next().value as readonly SensitivityRule[]);
  reads.set(rules, read);
}

async function readAll(snapshot: Snapshot, reader: Reader, profiles: Profiles, pace: Pace): Promise<SensitivityTable> {
  const profileOf = new Uint32Array(snapshot.nodeSpace);
  await putProfiles(profileOf, liveNodes(snapshot, RESOURCE, RESOURCE + 1), snapshot, reader, profiles, pace);
  const resources = new Uint32Array(profiles.count);
  for (const profile of profileOf) if (profile !== 0) resources[profile]!++;
  return { version: snapshot.version, profileOf, resources, ...profiles.columns() };
}

/** From the table of another version of the space. What both have as it was compiled is the same in both. */
async function readOn(before: Read, snapshot: Snapshot, reader: Reader, pace: Pace): Promise<SensitivityTable> {
  const { table, profiles } = before;
  const others = othersOf(before, snapshot);
  if (others.length === 0) return { ...table, version: snapshot.version };
  const profileOf = new Uint32Array(snapshot.nodeSpace);
  profileOf.set(table.profileOf.subarray(0, snapshot.nodeSpace));
  for (const node of others) if (node < profileOf.length) profileOf[node] = 0;
  const there = others.filter((node) => isResource(snapshot, node) && isThere(snapshot, node));
  await putProfiles(profileOf, there, snapshot, reader, profiles, pace);
  const resources = new Uint32Array(profiles.count);
  resources.set(table.resources);
  for (const node of others) {
    const [was, is] = [table.profileOf[node] ?? 0, profileOf[node] ?? 0];
    if (was !== 0) resources[was]!--;
    if (is !== 0) resources[is]!++;
  }
  return { version: snapshot.version, profileOf, resources, ...profiles.columns() };
}

/** Resources that either version has other than as the space was compiled, by number. */
function othersOf({ table, ...before }: Read, snapshot: Snapshot): readonly number[] {
  const others = new Set<number>();
  for (const { retold, gone, later } of [before, snapshot])
    for (const nodes of [retold.keys(), gone, later])
      for (const node of nodes) if (isResource(snapshot, node) || (table.profileOf[node] ?? 0) !== 0) others.add(node);
  return [...others];
}

/** Nodes between two looks at the clock. */
const STRETCH = 1 << 14;

/**
 * Takes what was read of a version's space over to the space that the version was folded into, so that it is not read anew. Linear
 * in the nodes, where anything was read.
 */
export async function carrySensitivity(version: Snapshot, folded: Snapshot, pace: Pace): Promise<void> {
  const reads = last.get(version.space);
  if (reads === undefined) return;
  const nodes = nodesInOrder(version);
  for (const [rules, read] of reads) {
    const { table, profiles } = read;
    const others = new Set(othersOf(read, version));
    const profileOf = new Uint32Array(folded.nodeSpace);
    const resources = new Uint32Array(table.own.length);
    const retold = new Map<number, string>();
    for (let i = 0; i < nodes.length; i++) {
      if (i % STRETCH === 0 && pace.isDue()) await pace.rest();
      const profile = table.profileOf[nodes[i]!] ?? 0;
      profileOf[i] = profile;
      if (profile !== 0) resources[profile]!++;
      // What the table of another version says of it may not be so: the next reading looks at it again.
      if (others.size > 0 && others.has(nodes[i]!)) retold.set(i, '');
    }
    keep(folded.space, rules, {
      table: { ...table, profileOf, resources },
      profiles,
      retold,
      gone: NOBODY,
      later: NOBODY,
    });
  }
}

const NOBODY: ReadonlySet<number> = new Set();

async function putProfiles(
  profileOf: Uint32Array,
  nodes: Iterable<number>,
  snapshot: Snapshot,
  reader: Reader,
  profiles: Profiles,
  pace: Pace,
): Promise<void> {
  const batch: number[] = [];
  const readBatch = async (): Promise<void> => {
    const entities = await reader.entities(batch.map((node) => snapshot.nodeRef[node]!));
    for (let i = 0; i < batch.length; i++) {
      if (pace.isDue()) await pace.rest();
      profileOf[batch[i]!] = profiles.of(entities[i] ?? lost());
    }
    batch.length = 0;
  };
  for (const node of nodes) {
    if (batch.push(node) === AT_A_TIME) await readBatch();
  }
  await readBatch();
}

function lost(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has a resource of the version that is being read.');
}
