import {
  CHANGE_NODES,
  RELABEL_NODES,
  UNMAKE_DANGLING,
  UNMAKE_EDGES,
  UNMAKE_NODES,
  UNMAKE_USES,
  UNMARK_DANGLING,
  UNMARK_EDGES,
  UNMARK_NODES,
  UNMARK_USES,
} from '../../../cypher/index.ts';
import { NODE_KINDS } from '../../model/index.ts';
import { integer, type Transaction } from './door.ts';
import { idsByKind } from './edge-ids.ts';
import type { EdgeEntry, JournalChunk, NodeEntry, UseEntry } from './journal-chunk.ts';
import { idProperty, nodeProperties } from './properties.ts';
import { useKey } from './use-key.ts';

/** Takes back one part of a batch that was written towards a version: everything is as it was before the part. */
export async function undoFacts(
  tx: Transaction,
  { nodes, edges, uses }: JournalChunk,
  version: number,
  precedence: readonly string[],
): Promise<void> {
  await undoEdges(tx, edges, version);
  await undoUses(tx, uses, version);
  await undoNodes(tx, nodes, version, precedence);
}

async function undoEdges(tx: Transaction, edges: readonly EdgeEntry[], version: number): Promise<void> {
  const since = integer(version);
  const until = since;
  const made = edges.filter((edge) => edge.after !== undefined);
  for (const [kind, ids] of idsByKind(made)) await tx.all(UNMAKE_EDGES[kind], { ids, since });
  if (made.length > 0) await tx.all(UNMAKE_DANGLING, { ids: made.map((edge) => edge.after!.id), since });
  const dropped = edges.filter((edge) => edge.before !== undefined);
  for (const [kind, ids] of idsByKind(dropped)) await tx.all(UNMARK_EDGES[kind], { ids, until });
  if (dropped.length > 0) await tx.all(UNMARK_DANGLING, { ids: dropped.map((edge) => edge.before!.id), until });
}

async function undoUses(tx: Transaction, uses: readonly UseEntry[], version: number): Promise<void> {
  const made = uses.flatMap(({ after }) => (after === undefined ? [] : [useKey(after)]));
  if (made.length > 0) await tx.all(UNMAKE_USES, { keys: made, since: integer(version) });
  const dropped = uses.flatMap(({ before }) => (before === undefined ? [] : [useKey(before)]));
  if (dropped.length > 0) await tx.all(UNMARK_USES, { keys: dropped, until: integer(version) });
}

async function undoNodes(
  tx: Transaction,
  nodes: readonly NodeEntry[],
  version: number,
  precedence: readonly string[],
): Promise<void> {
  const idOf = ({ before, after }: NodeEntry) => idProperty((before[0] ?? after[0])!.id);
  const made = nodes.filter((node) => node.before.length === 0).map(idOf);
  if (made.length > 0) await tx.all(UNMAKE_NODES, { ids: made, since: integer(version) });
  const gone = nodes.filter((node) => node.after.length === 0).map(idOf);
  if (gone.length > 0) await tx.all(UNMARK_NODES, { ids: gone, until: integer(version) });
  await restore(
    tx,
    nodes.filter((node) => node.before.length > 0 && node.after.length > 0),
    precedence,
  );
}

/** Puts back what nodes held, from before-images. */
async function restore(tx: Transaction, nodes: readonly NodeEntry[], precedence: readonly string[]): Promise<void> {
  if (nodes.length === 0) return;
  const rows = nodes.map(({ before, ref, since, changed }) => ({
    ref: integer(ref!),
    properties: {
      ...nodeProperties(before, precedence),
      since: integer(since!),
      changed: integer(changed!),
    },
  }));
  await tx.all(CHANGE_NODES, { rows });
  for (const kind of NODE_KINDS) {
    const turned = nodes.filter(({ before, after }) => before[0]!.kind === kind && after[0]!.kind !== kind);
    const refs = turned.map(({ ref }) => integer(ref!));
    if (refs.length > 0) await tx.all(RELABEL_NODES[kind], { refs });
  }
}
