/** What rules need of a version besides its snapshot: read from the store once, as arrays that threads can look at. */
import { type Attributes, isManagedByVendor, NODE_KINDS } from '../model/index.ts';
import { liveNodes } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { shared8, shared32, shared64 } from '../snapshot/shared-arrays.ts';
import { CONDITIONAL_EDGE, GROUP, RESOURCE, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { Need } from './rule.ts';

/** In place of a node where an identity tells of nobody, and where nobody is known by what it tells. */
export const NOBODY = 0xffffffff;
export const UNKNOWN_PERSON = 0xfffffffe;

/** Whom identities name, by node number. */
export interface PeopleFacts {
  /** The attribute `owner`. */
  readonly owner: Uint32Array;
  /** The attribute `manager`. */
  readonly manager: Uint32Array;
  /** Which of `sourceSets` tell of it. */
  readonly sourceSet: Uint32Array;
  readonly sourceSets: readonly (readonly string[])[];
}

/** By edge number. */
export interface EdgeUseFacts {
  /** NaN where no use is told. */
  readonly lastUsedAt: Float64Array;
  /** NaN where it is not told. */
  readonly useCount: Float64Array;
}

/** Facts of use, one after the other, by identity. Those about nodes that are not there are left out. */
export interface UseFacts {
  readonly identity: Uint32Array;
  /** Index into `actions`. */
  readonly action: Uint32Array;
  readonly resource: Uint32Array;
  readonly lastUsedAt: Float64Array;
  readonly useCount: Float64Array;
  readonly actions: readonly string[];
}

export interface GraphFacts {
  /** By node number, 1 for what its vendor manages. */
  readonly vendors: Uint8Array;
  readonly people?: PeopleFacts;
  readonly edgeUse?: EdgeUseFacts;
  readonly uses?: UseFacts;
  /** By edge number, a number for each text of a condition; 0 where there is none. */
  readonly conditions?: Uint32Array;
}

const SERVICE_ACCOUNT = NODE_KINDS.indexOf('ServiceAccount');

/** So many records are asked of the store at a time. */
const AT_A_TIME = 2_000;

/** Reads what is needed. Cost grows with the identities, edges and uses that are read. */
export async function readFacts(
  snapshot: Snapshot,
  reader: StoreReader,
  needs: ReadonlySet<Need>,
  pace: Pace,
): Promise<GraphFacts> {
  const source = { snapshot, reader, pace };
  return {
    ...(await readPrincipals(source, needs.has('people'))),
    ...(needs.has('edgeUse') && { edgeUse: await readEdgeUse(source) }),
    ...(needs.has('uses') && { uses: await readUses(source) }),
    ...(needs.has('conditions') && { conditions: await readConditions(source) }),
  };
}

interface Source {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly pace: Pace;
}

/** A person is nobody's product: users are looked at only for whom they name. */
async function readPrincipals(
  { snapshot, reader, pace }: Source,
  isPeopleNeeded: boolean,
): Promise<Pick<GraphFacts, 'vendors' | 'people'>> {
  const vendors = shared8(snapshot.nodeSpace);
  const sourceSets: (readonly string[])[] = [];
  const people = isPeopleNeeded ? noPeople(snapshot, sourceSets) : undefined;
  const numbers = new Map<string, number>();
  const numbered = (sources: readonly string[]): number => {
    const key = JSON.stringify(sources);
    const number = numbers.get(key) ?? sourceSets.push(sources) - 1;
    numbers.set(key, number);
    return number;
  };
  const named = (attributes: Attributes, name: string): number => {
    const id = attributes[name];
    if (typeof id !== 'string' || id === '') return NOBODY;
    const node = snapshot.index.find(id);
    return node < 0 ? UNKNOWN_PERSON : node;
  };
  const principals = [...liveNodes(snapshot, isPeopleNeeded ? 0 : SERVICE_ACCOUNT, RESOURCE)];
  await inParts(principals, pace, 'reading principals', async (part) => {
    const entities = await reader.entities(part.map((node) => snapshot.nodeRef[node]!));
    part.forEach((node, i) => {
      const attributes = entities[i]?.attributes ?? {};
      if (isManagedByVendor(attributes)) vendors[node] = 1;
      if (people === undefined || snapshot.space.kindIndexOf(node) >= GROUP) return;
      people.owner[node] = named(attributes, 'owner');
      people.manager[node] = named(attributes, 'manager');
      people.sourceSet[node] = numbered(entities[i]?.sources ?? []);
    });
  });
  return { vendors, ...(people && { people }) };
}

const noPeople = ({ nodeSpace }: Snapshot, sourceSets: readonly (readonly string[])[]): PeopleFacts => ({
  owner: shared32(nodeSpace).fill(NOBODY),
  manager: shared32(nodeSpace).fill(NOBODY),
  sourceSet: shared32(nodeSpace),
  sourceSets,
});

async function readEdgeUse({ snapshot, reader, pace }: Source): Promise<EdgeUseFacts> {
  const lastUsedAt = shared64(snapshot.edgeSpace).fill(Number.NaN);
  const useCount = shared64(snapshot.edgeSpace).fill(Number.NaN);
  await inParts(liveEdges(snapshot), pace, 'reading edges', async (part) => {
    const records = await reader.edges(part.map((edge) => snapshot.edgeRef[edge]!));
    part.forEach((edge, i) => {
      lastUsedAt[edge] = records[i]?.lastUsedAt ?? Number.NaN;
      useCount[edge] = records[i]?.useCount ?? Number.NaN;
    });
  });
  return { lastUsedAt, useCount };
}

async function readUses({ snapshot, reader, pace }: Source): Promise<UseFacts> {
  const rows: { identity: number; action: number; resource: number; lastUsedAt: number; useCount: number }[] = [];
  const numbers = new Map<string, number>();
  for await (const use of reader.useRecords()) {
    if (pace.isDue()) await pace.rest();
    const identity = snapshot.index.find(use.identity);
    const resource = snapshot.index.find(use.resource);
    if (identity < 0 || resource < 0) continue;
    const action = numbers.get(use.action) ?? numbers.size;
    numbers.set(use.action, action);
    rows.push({ identity, action, resource, lastUsedAt: use.lastUsedAt, useCount: use.useCount });
  }
  const column = <A extends Uint32Array | Float64Array>(array: A, value: (row: (typeof rows)[number]) => number): A => {
    rows.forEach((row, i) => {
      array[i] = value(row);
    });
    return array;
  };
  return {
    identity: column(shared32(rows.length), (row) => row.identity),
    action: column(shared32(rows.length), (row) => row.action),
    resource: column(shared32(rows.length), (row) => row.resource),
    lastUsedAt: column(shared64(rows.length), (row) => row.lastUsedAt),
    useCount: column(shared64(rows.length), (row) => row.useCount),
    actions: [...numbers.keys()],
  };
}

async function readConditions({ snapshot, reader, pace }: Source): Promise<Uint32Array> {
  const conditions = shared32(snapshot.edgeSpace);
  const numbers = new Map<string, number>();
  const conditional = liveEdges(snapshot).filter((edge) => (snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0);
  await inParts(conditional, pace, 'reading conditions', async (part) => {
    const records = await reader.edges(part.map((edge) => snapshot.edgeRef[edge]!));
    part.forEach((edge, i) => {
      const text = records[i]?.condition ?? '';
      const number = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, number);
      conditions[edge] = number;
    });
  });
  return conditions;
}

function liveEdges({ adjacency, nodeSpace }: Snapshot): number[] {
  const edges: number[] = [];
  for (const { out } of adjacency) {
    for (let node = 0; node < nodeSpace; node++) {
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) edges.push(out.edge(i, patch));
    }
  }
  return edges;
}

async function inParts(
  numbers: readonly number[],
  pace: Pace,
  stage: string,
  read: (part: readonly number[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < numbers.length; from += AT_A_TIME) {
    if (pace.isDue()) await pace.rest();
    pace.progress(stage, from, numbers.length);
    await read(numbers.slice(from, from + AT_A_TIME));
  }
}
