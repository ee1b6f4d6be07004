/**
 * Which edges a use may have gone over: those of any way from whoever used something to any grant that allows it, and what lets the
 * bounds on it allow it. Without the others all ways are as they were, so they may go together and no such use ends. Of these one
 * may have carried what another one did.
 */
import { reversedRows } from '../../../algorithms/arc-rows.ts';
import { boundsOf, collectContexts, membersOf, needsCare } from '../../access/contexts.ts';
import { Question, SOME_ALLOW } from '../../access/decide.ts';
import type { Frame } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import type { TermsMatcher } from '../../snapshot/action-terms.ts';
import { MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';
import { givingGrants, rowsOf } from './attained-rows.ts';

/** What is come to from one start over edges of some classes. */
interface Walk {
  readonly nodes: readonly number[];
  readonly classes: readonly number[];
}

/** Answers for one identity. Shares its workspace with questions that take turns with it. */
export class PossibleCarriers {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #walks: readonly Walk[];

  /** O(edges between what it attains). */
  constructor(frame: Frame, work: Workspace, identity: number) {
    this.#frame = frame;
    this.#work = work;
    collectContexts(frame, identity, work);
    const own: Walk = { nodes: [...work.attained.nodes], classes: [MEMBERSHIP, TAKE] };
    const careful = work.contexts.nodes.filter((node) => needsCare(frame, node));
    const bounds = new Set(careful.flatMap((node) => boundsOf(frame, node)));
    this.#walks = [own, ...[...bounds].map((bound) => this.#walkOfBound(bound))];
  }

  /** The edges that some uses may have gone over. O(uses · (grants that speak to one + what is attained) + edges between that). */
  of(uses: Iterable<{ readonly matcher: TermsMatcher; readonly resource: number }>): ReadonlySet<number> {
    const edges = new Set<number>();
    const giving = this.#walks.map(() => new Set<number>());
    for (const { matcher, resource } of uses) this.#addGrants(matcher, resource, giving, edges);
    for (const [i, walk] of this.#walks.entries()) this.#addWays(walk, giving[i]!, edges);
    return edges;
  }

  /** @param giving of each walk the places of those who hold a grant that allowed something */
  #addGrants(matcher: TermsMatcher, resource: number, giving: readonly Set<number>[], edges: Set<number>): void {
    const question = new Question(this.#frame, this.#work, matcher, resource);
    for (const [i, { nodes }] of this.#walks.entries()) {
      for (const [place, node] of nodes.entries()) {
        if ((question.bitsOfGrants(node) & SOME_ALLOW) === 0) continue;
        giving[i]!.add(place);
        for (const grant of givingGrants(question, node)) edges.add(grant);
      }
    }
  }

  #addWays({ nodes, classes }: Walk, giving: ReadonlySet<number>, found: Set<number>): void {
    if (giving.size === 0 || nodes.length < 2) return;
    const { rows, edges } = rowsOf(this.#frame, nodes, this.#work, classes);
    const back = reversedRows(rows);
    const leading = new Set(giving);
    for (const place of leading) {
      for (let i = back.bounds[place]!; i < back.bounds[place + 1]!; i++) {
        found.add(edges[back.arcs[i]!]!);
        leading.add(back.targets[i]!);
      }
    }
  }

  #walkOfBound(bound: number): Walk {
    membersOf(this.#frame, bound, this.#work.members);
    return { nodes: [...this.#work.members.nodes], classes: [MEMBERSHIP] };
  }
}
