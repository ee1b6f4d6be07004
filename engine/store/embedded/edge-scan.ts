import { EDGE_KINDS, mayJoin, NODE_KINDS } from '../../model/index.ts';
import { EDGE_CONDITIONAL, EDGE_DENY, EDGE_NO_INHERIT, type EdgeVisitor, type TermsVisitor } from '../port.ts';
import { forLiveRows } from './node-scan.ts';
import { floatAt } from './row-log.ts';
import type { RowPage } from './row-page.ts';
import {
  EDGE_BITS,
  EDGE_CONDITION_BIT,
  EDGE_DENY_BIT,
  EDGE_FROM,
  EDGE_KIND_MASK,
  EDGE_OPTIONS,
  EDGE_STOPS_BIT,
  EDGE_TERMS_BIT,
  EDGE_TO,
  EDGE_VALID_FROM_BIT,
  EDGE_VALID_TO_BIT,
} from './rows.ts';
import type { SnapshotView } from './snapshot-view.ts';

const NODE_PLACES = NODE_KINDS.length + 1;

/** Whether an edge of a kind has effect between two kinds of node, 0 standing for a node that is not there. */
const JOINS = new Uint8Array(EDGE_KINDS.length * NODE_PLACES * NODE_PLACES);
for (const [edge, edgeKind] of EDGE_KINDS.entries()) {
  for (const [from, fromKind] of NODE_KINDS.entries()) {
    for (const [to, toKind] of NODE_KINDS.entries()) {
      JOINS[joinAt(edge, from + 1, to + 1)] = mayJoin(edgeKind, fromKind, toKind) ? 1 : 0;
    }
  }
}

function joinAt(edge: number, from: number, to: number): number {
  return (edge * NODE_PLACES + from) * NODE_PLACES + to;
}

/** Whether an edge with these bits in its row has effect between two kinds of node, 0 standing for one that is not there. */
export const joins = (bits: number, from: number, to: number): boolean =>
  JOINS[joinAt(bits & EDGE_KIND_MASK, from, to)] === 1;

/** Whether both ends of an edge are there, and of kinds that it may join. */
export function hasEffect(page: RowPage, slot: number, kinds: Uint8Array): boolean {
  const { words } = page;
  const at = page.offsets[slot]!;
  return joins(words[at + EDGE_BITS]!, kinds[words[at + EDGE_FROM]!]!, kinds[words[at + EDGE_TO]!]!);
}

/** Visits every edge that has effect. */
export async function scanEdges(view: SnapshotView, kinds: Uint8Array, visit: EdgeVisitor): Promise<void> {
  await forLiveRows(view, 'edges', (page, slot, row) => {
    if (!hasEffect(page, slot, kinds)) return;
    const { words } = page;
    const at = page.offsets[slot]!;
    const bits = words[at + EDGE_BITS]!;
    let option = at + EDGE_OPTIONS;
    const terms = (bits & EDGE_TERMS_BIT) !== 0 ? words[option++]! : 0;
    const validFrom = (bits & EDGE_VALID_FROM_BIT) !== 0 ? floatAt(words, (option += 2) - 2) : -Infinity;
    const validTo = (bits & EDGE_VALID_TO_BIT) !== 0 ? floatAt(words, option) : Infinity;
    const flags =
      ((bits & EDGE_DENY_BIT) !== 0 ? EDGE_DENY : 0) |
      ((bits & EDGE_STOPS_BIT) !== 0 ? EDGE_NO_INHERIT : 0) |
      ((bits & EDGE_CONDITION_BIT) !== 0 ? EDGE_CONDITIONAL : 0);
    const kind = EDGE_KINDS[bits & EDGE_KIND_MASK]!;
    visit(row, kind, words[at + EDGE_FROM]!, words[at + EDGE_TO]!, flags, terms, validFrom, validTo);
  });
}

/** Visits the action patterns that edges of this version have. */
export async function scanTerms(view: SnapshotView, visit: TermsVisitor): Promise<void> {
  const used = new Uint8Array(view.texts.length);
  await forLiveRows(view, 'edges', ({ words, offsets }, slot) => {
    const at = offsets[slot]!;
    if ((words[at + EDGE_BITS]! & EDGE_TERMS_BIT) !== 0) used[words[at + EDGE_OPTIONS]!] = 1;
  });
  for (let number = 1; number < used.length; number++) {
    if (used[number] === 0) continue;
    const { actions = [], exceptActions = [] } = view.terms(number);
    visit(number, actions, exceptActions);
  }
}
