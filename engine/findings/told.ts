/** Findings in words: from the numbers of a snapshot to ids, records and sentences. */
import type { Change, EdgeRecord, Entity } from '../model/index.ts';
import { EDGE_KINDS, GrantlensError, makeEdge } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import { findingId } from './finding-id.ts';
import type { Finding, FindingKind } from './questions.ts';
import type { Found, RemedyStep, Words } from './rule.ts';
import { ruleOf } from './rules/index.ts';

/** What findings are told from. */
export interface Telling {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

export interface OneFound {
  readonly kind: FindingKind;
  readonly found: Found;
  /** See `findingId`. */
  readonly id: string;
}

/** Findings whole, in their order. Cost grows with what they are about. */
export async function tellFindings(telling: Telling, some: readonly OneFound[]): Promise<readonly Finding[]> {
  const records = await recordsOf(telling, some);
  return some.map(({ kind, found, id }) => {
    const rule = ruleOf(kind);
    return {
      id,
      kind,
      severity: found.severity,
      ...rule.tell(found, records),
      entities: found.nodes.map((node) => telling.snapshot.ids.at(node)),
      edges: found.edges.map((edge) => records.edge(edge)),
      remedy: found.remedy.flatMap((step) => changesOf(telling, step, records)),
      remedyEffect: found.remedy.length === 0 ? 'NO_REMEDY' : (found.effect ?? rule.remedyEffect),
    };
  });
}

/** The ids of edges by number, for keys. */
export async function withIds(
  { snapshot, reader }: Telling,
  some: readonly { readonly kind: FindingKind; readonly found: Found }[],
): Promise<readonly OneFound[]> {
  const edges = [...new Set(some.flatMap(({ found }) => found.key.edges))];
  const ids = new Map<number, string>();
  for (let from = 0; from < edges.length; from += AT_A_TIME) {
    const part = edges.slice(from, from + AT_A_TIME);
    const records = await reader.edges(part.map((edge) => snapshot.edgeRef[edge]!));
    part.forEach((edge, i) => {
      ids.set(edge, (records[i] ?? missing()).id);
    });
  }
  return some.map(({ kind, found }) => {
    const { nodes, edges: keyEdges, names = [] } = found.key;
    return {
      kind,
      found,
      id: findingId(kind, [
        ...nodes.map((node) => snapshot.ids.at(node)),
        ...keyEdges.map((edge) => ids.get(edge)!),
        ...names,
      ]),
    };
  });
}

const AT_A_TIME = 2_000;

interface Records extends Words {
  entity(node: number): Entity;
}

async function recordsOf({ snapshot, reader }: Telling, some: readonly OneFound[]): Promise<Records> {
  const nodes = new Set<number>();
  const edges = new Set<number>();
  for (const { found } of some) {
    for (const node of [...found.nodes, ...numbersIn(found)]) if (node < snapshot.nodeSpace) nodes.add(node);
    for (const edge of found.edges) edges.add(edge);
    for (const step of found.remedy) {
      if (step.op === 'REMOVE_NODE' || step.op === 'PUT_ATTRIBUTE') nodes.add(step.node);
      else edges.add(step.op === 'PUT_EDGE' ? step.like : step.edge);
    }
  }
  const nodeList = [...nodes];
  const edgeList = [...edges];
  const entities = await reader.entities(nodeList.map((node) => snapshot.nodeRef[node]!));
  const edgeRecords = await reader.edges(edgeList.map((edge) => snapshot.edgeRef[edge]!));
  const entityOf = new Map(nodeList.map((node, i) => [node, entities[i]]));
  const recordOf = new Map(edgeList.map((edge, i) => [edge, edgeRecords[i]]));
  return {
    entity: (node) => entityOf.get(node) ?? missing(),
    node: (node) => nameOf(entityOf.get(node) ?? missing()),
    edge: (edge) => recordOf.get(edge) ?? missing(),
    day: (at) => new Date(at).toISOString().slice(0, 10),
  };
}

/** Numbers of nodes that a rule put into its values: those under names that end in `Node` or `Nodes`. */
function numbersIn({ values }: Found): number[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (name.endsWith('Node')) return [value as number];
    return name.endsWith('Nodes') ? [...(value as readonly number[])] : [];
  });
}

const nameOf = ({ id, name }: Entity): string => (name === id ? id : `“${name}” (${id})`);

function changesOf({ snapshot }: Telling, step: RemedyStep, records: Records): readonly Change[] {
  if (step.op === 'REMOVE_NODE') {
    const { id, sources } = records.entity(step.node);
    return sources.map((source): Change => ({ op: 'REMOVE_NODE', id, source }));
  }
  const idOf = (node: number): string => snapshot.ids.at(node);
  if (step.op === 'PUT_ATTRIBUTE') return [putAttribute(records.entity(step.node), step.name, idOf(step.to))];
  if (step.op === 'PUT_EDGE') {
    const { source } = records.edge(step.like);
    return [
      {
        op: 'PUT_EDGE',
        edge: makeEdge({ kind: EDGE_KINDS[step.kind]!, from: idOf(step.from), to: idOf(step.to), source }),
      },
    ];
  }
  const edge = records.edge(step.edge);
  if (step.op === 'REMOVE_EDGE') return [{ op: 'REMOVE_EDGE', id: edge.id, source: edge.source }];
  return [{ op: 'PUT_EDGE', edge: copyOf(edge, step, idOf) }];
}

function putAttribute({ sources, name, ...entity }: Entity, attribute: string, value: string): Change {
  const node = { ...entity, ...(name === entity.id ? {} : { name }), source: sources[0]! };
  return { op: 'PUT_NODE', node: { ...node, attributes: { ...entity.attributes, [attribute]: value } } };
}

function copyOf(
  { id, ...edge }: EdgeRecord,
  { from, to, beside }: Extract<RemedyStep, { readonly op: 'COPY_EDGE' }>,
  idOf: (node: number) => string,
): EdgeRecord {
  return makeEdge({
    ...edge,
    from: from === undefined ? edge.from : idOf(from),
    to: to === undefined ? edge.to : idOf(to),
    ...(beside === true ? { key: `${edge.key ?? ''}~${id}` } : {}),
  });
}

function missing(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has something of the version that is being read.');
}
