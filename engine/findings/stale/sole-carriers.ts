/**
 * Which edges an access cannot do without: those that all its allowing ways take. An access that was used says of these that they
 * were used; of others, beside which there is another way, it says nothing.
 *
 * For one identity there is one dominator tree over whatever it attains; the ways of an access end in the holders of the
 * grants that give it, so what they all pass is what dominates the nearest common dominator of those holders. Where a
 * denial or a bound has a say in it, edges are taken away one by one instead, those of one allowing way: an edge
 * beside that way cannot be missed.
 */
import { dominatingArcs, dominators, NONE } from '../../../algorithms/dominators.ts';
import { boundsOf, collectContexts, needsCare } from '../../access/contexts.ts';
import { Question, SOME_ALLOW, SOME_DENY } from '../../access/decide.ts';
import { type Frame, withoutEdge } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { CONDITIONAL } from '../../model/index.ts';
import type { TermsMatcher } from '../../snapshot/action-terms.ts';
import { GRANT } from '../../snapshot/snapshot.ts';
import { allowingWay, type ShownWay } from '../shown-way.ts';
import { givingGrants, rowsOf } from './attained-rows.ts';

/** Answers for one identity. Shares its workspace with questions that take turns with it. */
export class SoleCarriers {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #identity: number;
  /** What the identity attains, itself first; what follows is by place in it. */
  readonly #nodes: readonly number[];
  /** Places of those who hold grants. */
  readonly #holders: readonly number[];
  readonly #isBounded: boolean;
  #tree: Tree | undefined;

  /** O(edges between what it attains). */
  constructor(frame: Frame, work: Workspace, identity: number) {
    this.#frame = frame;
    this.#work = work;
    this.#identity = identity;
    collectContexts(frame, identity, work);
    this.#nodes = [...work.attained.nodes];
    this.#isBounded = work.contexts.nodes.some((node) => needsCare(frame, node) && boundsOf(frame, node).length > 0);
    const grants = frame.snapshot.adjacency[GRANT]!.out;
    this.#holders = [...this.#nodes.keys()].filter((place) => grants.count(this.#nodes[place]!) > 0);
  }

  /** The edges without which the access would end; none where there is no access. O(holders of grants + length of the ways). */
  of(matcher: TermsMatcher, resource: number): readonly number[] {
    const question = new Question(this.#frame, this.#work, matcher, resource);
    if (this.#isBounded) return this.#byTrial(question);
    const giving: number[] = [];
    for (const place of this.#holders) {
      const bits = question.bitsOfGrants(this.#nodes[place]!);
      if ((bits & SOME_DENY) !== 0) return this.#byTrial(question);
      if ((bits & SOME_ALLOW) !== 0) giving.push(place);
    }
    return giving.length === 0 ? [] : this.#byTree(question, giving);
  }

  #byTree(question: Question, giving: readonly number[]): readonly number[] {
    this.#tree ??= treeOf(this.#frame, this.#nodes, this.#work);
    const { immediate, depth, edgeInto } = this.#tree;
    const edges: number[] = [];
    if (giving.length === 1) {
      const grants = givingGrants(question, this.#nodes[giving[0]!]!);
      if (grants.length === 1) edges.push(grants[0]!);
    }
    let common = giving[0]!;
    for (let other of giving) {
      while (common !== other) {
        if (depth[common]! >= depth[other]!) common = immediate[common]!;
        else other = immediate[other]!;
      }
    }
    for (let place = common; place !== 0; place = immediate[place]!)
      if (edgeInto[place] !== NONE) edges.push(edgeInto[place]!);
    return edges;
  }

  #byTrial(question: Question): readonly number[] {
    const { matcher, resource } = question;
    const way = allowingWay(question, this.#identity);
    if (way === undefined) return [];
    const tried = new Set([...way.steps, way.grant, ...supportsOf(question, way)]);
    return [...tried].filter((edge) => {
      const less = new Question(withoutEdge(this.#frame, edge), this.#work, matcher, resource);
      return less.decide(this.#identity) < CONDITIONAL;
    });
  }
}

/** What lets the bounds of the context that a way ends in allow the same: one way for each. */
function supportsOf(question: Question, { context }: ShownWay): readonly number[] {
  return boundsOf(question.frame, context).flatMap((bound) => {
    // That the context is open says that the bound allows; bounds of its own do not count.
    const way = allowingWay(question, bound, { isOpen: () => true, asItself: true });
    return way === undefined ? [] : [...way.steps, way.grant];
  });
}

/** A dominator tree by place. */
interface Tree {
  readonly immediate: Uint32Array;
  readonly depth: Uint32Array;
  /** The edge without which a place cannot be come to, when there is one: `NONE` else. */
  readonly edgeInto: Uint32Array;
}

function treeOf(frame: Frame, nodes: readonly number[], work: Workspace): Tree {
  const { rows, edges } = rowsOf(frame, nodes, work);
  const tree = dominators(rows, 0);
  const depth = new Uint32Array(nodes.length);
  for (const place of tree.order) if (place !== 0) depth[place] = depth[tree.immediate[place]!]! + 1;
  const edgeInto = dominatingArcs(rows, tree).map((place) => (place === NONE ? NONE : edges[place]!));
  return { immediate: tree.immediate, depth, edgeInto };
}
