/** What is wrong with a batch as a whole: ends that are missing or of a wrong kind, nodes of two kinds. All of it is told at once. */
import {
  EDGE_ENDS,
  type EdgeKind,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
  type Problem,
  Problems,
} from '../../model/index.ts';
import { type BatchDraft, placeOf } from './batch-draft.ts';
import type { DraftEdge, DraftNode, EdgePut } from './draft-facts.ts';

interface Fault {
  readonly put: number;
  readonly problem: Problem;
}

/** @throws InputError: first what is wrong with single changes, then with nodes, then with edges, each in the order of the batch */
export function checkBatch(draft: BatchDraft): void {
  const problems = new Problems();
  const byPut = (a: Fault, b: Fault) => a.put - b.put;
  const nodes = [...draft.nodes.values()].flatMap(kindFaults);
  const edges = [...draft.edges.values()].flatMap(endFaults);
  for (const faults of [draft.problems, nodes.sort(byPut), edges.sort(byPut)]) {
    for (const { problem } of faults) problems.add(problem);
  }
  problems.throwIfAny();
}

const NONE: readonly Fault[] = [];

/** A node has one kind, whoever vouches for it. Of those that differ, the ones that were put later are at fault. */
function kindFaults(node: DraftNode): readonly Fault[] {
  if (!node.isTold || node.after.length < 2) return NONE;
  const putOf = (record: NodeRecord) => node.words.find((word) => word.source === record.source)?.put ?? 0;
  const first = node.after.reduce((a, b) => (putOf(b) < putOf(a) ? b : a));
  return node.after
    .filter((record) => record.kind !== first.kind)
    .map((record) => {
      const { change, put } = node.words.find((word) => word.source === record.source)!;
      const message = `"${node.id}" is put as ${record.kind}, and as ${first.kind} by the source "${first.source}"; a node has one kind`;
      return { put, problem: { ...placeOf(change!), field: 'node', message } };
    });
}

/** An edge that was put, and still stands, must join nodes that are there, of kinds that it may join. */
function endFaults(edge: DraftEdge): readonly Fault[] {
  const { change, put, from, to } = edge;
  if (change === undefined) return NONE;
  if (edge.before !== undefined && edge.before.source !== change.edge.source)
    return [{ put, problem: { ...placeOf(change), field: 'id', message: `"${edge.id}" is not the id of this edge` } }];
  const wrongFrom = endFault(change, put, 'from', from!);
  const wrongTo = endFault(change, put, 'to', to!);
  if (wrongFrom === undefined && wrongTo === undefined) return NONE;
  return [wrongFrom, wrongTo].filter((fault) => fault !== undefined);
}

function endFault(change: EdgePut, put: number, field: 'from' | 'to', node: DraftNode): Fault | undefined {
  const { kind } = change.edge;
  const found = node.kindAfter;
  if (found !== undefined && (MAY[field][kind].has(found) || isAlsoOf(MAY[field][kind], node))) return undefined;
  const message =
    found === undefined
      ? `no source vouches for "${node.id}"; load the node with the edge or before it`
      : `"${node.id}" is a ${found}; ${kind} leads ${field} ${EDGE_ENDS[kind][field].join(', ')}`;
  return { put, problem: { ...placeOf(change), field, message } };
}

/** A node that is put under several kinds is one problem, told of the node; it makes none of its edges. */
const isAlsoOf = (allowed: ReadonlySet<NodeKind>, node: DraftNode): boolean =>
  node.isTold && node.after.some((record) => allowed.has(record.kind));

const kindsAt = (field: 'from' | 'to'): Readonly<Record<EdgeKind, ReadonlySet<NodeKind>>> =>
  Object.fromEntries(
    Object.entries(EDGE_ENDS).map(([edge, ends]) => [
      edge,
      new Set(NODE_KINDS.filter((kind) => ends[field].includes(kind))),
    ]),
  ) as unknown as Readonly<Record<EdgeKind, ReadonlySet<NodeKind>>>;

const MAY = { from: kindsAt('from'), to: kindsAt('to') };
