/**
 * Edges that may go without anybody's decision changing, now or later: one by one, some of them or all together.
 *
 * They are taken as gone one after the other, each when what is left covers it. What covers it then covers it in any graph that
 * has more edges, so any choice of them may go. What is taken as gone first is what is least worth keeping: edges of identities
 * before those of groups and roles; then grants of fewer patterns, edges that begin later, edges that come later in their row.
 */
import type { Instant } from '../../model/index.ts';
import { EDGE_KINDS } from '../../model/index.ts';
import { nodesInOrder } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { GRANT, MEMBERSHIP, type Snapshot, TAKE, TAKEOVER } from '../../snapshot/snapshot.ts';
import type { GraphFacts } from '../graph-facts.ts';
import { isOver } from '../still-there.ts';
import { CoveredActions } from './covered-actions.ts';
import { type Covering, coverOf } from './covering-edges.ts';
import { type Hold, holdKey, holdOf } from './holds-wherever.ts';
import { lastingMembers, type Walked, type Ways } from './lasting-ways.ts';

export interface RedundantEdge {
  readonly edge: number;
  /** Of edges that stay when all redundant ones go. */
  readonly covering: Covering;
}

const CAN_ASSUME = EDGE_KINDS.indexOf('CAN_ASSUME');

/**
 * All that are found, in the order in which they were. O(edges · (members of their source + containers of their target)), but
 * for principals with very many edges to each other.
 *
 * What leaves a node that a vendor manages stays, and covers others.
 */
export async function redundantEdges(
  snapshot: Snapshot,
  at: Instant,
  { conditions, vendors }: Required<Pick<GraphFacts, 'conditions' | 'vendors'>>,
  pace: Pace,
): Promise<readonly RedundantEdge[]> {
  const walked: Walked = { snapshot, at, conditions, gone: new Uint8Array(snapshot.edgeSpace) };
  const actions = new CoveredActions(snapshot.terms);
  const nodes = nodesInOrder(snapshot);
  const found: number[] = [];
  // Memberships first: the ways that grants and assumptions are looked for on then stay as they are.
  for (const edgeClass of [MEMBERSHIP, TAKE, GRANT]) {
    for (let i = 0; i < nodes.length; i++) {
      if (pace.isDue()) {
        await pace.rest();
        pace.progress('REDUNDANT_GRANT', (edgeClass + i / nodes.length) / 3, 1);
      }
      if (vendors[nodes[i]!] === 1) continue;
      const candidates = candidatesOf(walked, edgeClass, nodes[i]!);
      if (candidates.length === 0) continue;
      const source = new SourceCover(walked, nodes[i]!, actions);
      for (const [done, edge] of candidates.entries()) {
        if (done % 64 === 63 && pace.isDue()) await pace.rest();
        if (source.cover(edge, edgeClass) === undefined) continue;
        walked.gone[edge] = 1;
        found.push(edge);
      }
    }
  }
  return found.map((edge) => {
    const source = new SourceCover(walked, snapshot.source[edge]!, actions);
    return { edge, covering: source.cover(edge, -1)! };
  });
}

/** What covers the edges of one principal. */
class SourceCover {
  readonly #walked: Walked;
  readonly #principal: number;
  readonly #actions: CoveredActions;
  readonly #members = new Map<string, Ways>();

  constructor(walked: Walked, principal: number, actions: CoveredActions) {
    this.#walked = walked;
    this.#principal = principal;
    this.#actions = actions;
  }

  cover(edge: number, edgeClass: number): Covering | undefined {
    const { snapshot, conditions, at } = this.#walked;
    const hold = holdOf(snapshot, conditions, at, edge);
    return coverOf(this.#walked, edge, hold, edgeClass === MEMBERSHIP ? NOBODY : this.#membersFor(hold), this.#actions);
  }

  #membersFor(hold: Hold): Ways {
    const key = holdKey(hold);
    let known = this.#members.get(key);
    if (known === undefined) {
      known = lastingMembers(this.#walked, this.#principal, hold);
      this.#members.set(key, known);
    }
    return known;
  }
}

const NOBODY: Ways = new Map();

/** Edges of one class that leave a node and may be redundant, those least worth keeping first. */
function candidatesOf(walked: Walked, edgeClass: number, node: number): readonly number[] {
  const { snapshot, at } = walked;
  const { source, target, edgeKind, flags } = snapshot;
  const { out } = snapshot.adjacency[edgeClass]!;
  // The other way to where a membership leads begins with another one.
  if (out.count(node) < (edgeClass === MEMBERSHIP ? 2 : 1)) return [];
  const asked = [...out.of(node)].filter(
    (edge) =>
      source[edge] !== target[edge] &&
      (flags[edge]! & TAKEOVER) === 0 &&
      (edgeClass !== TAKE || edgeKind[edge] === CAN_ASSUME) &&
      !isOver(snapshot, edge, at),
  );
  const some = edgeClass === MEMBERSHIP ? enteredTwice(snapshot, node, asked) : asked;
  return some.length < 2 ? some : leastWorthFirst(snapshot, some);
}

/** Those whose targets some other edge of what the node is a member of leads to as well. O(edges walked). */
function enteredTwice(snapshot: Snapshot, node: number, edges: readonly number[]): readonly number[] {
  const { out } = snapshot.adjacency[MEMBERSHIP]!;
  const entered = new Map([[node, 0]]);
  for (const each of entered.keys()) {
    const patch = out.patchOf(each);
    for (let i = out.first(each, patch), end = out.end(each, patch); i < end; i++) {
      const to = snapshot.target[out.edge(i, patch)]!;
      entered.set(to, (entered.get(to) ?? 0) + 1);
    }
  }
  return edges.filter((edge) => entered.get(snapshot.target[edge]!)! > 1);
}

function leastWorthFirst(snapshot: Snapshot, edges: readonly number[]): readonly number[] {
  const { terms, termsOf, validFrom, windowOf } = snapshot;
  const patterns = (edge: number): number => terms.all[termsOf[edge]!]!.actions.length;
  const begins = (edge: number): number => validFrom[windowOf[edge]!]!;
  const place = new Map(edges.map((edge, i) => [edge, i]));
  return [...edges].sort((a, b) => {
    if (patterns(a) !== patterns(b)) return patterns(a) - patterns(b);
    if (begins(a) !== begins(b)) return begins(b) - begins(a);
    return place.get(b)! - place.get(a)!;
  });
}
