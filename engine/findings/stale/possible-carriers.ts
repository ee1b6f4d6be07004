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
  /** Places of those who hold a grant that allowed something. */
  readonly giving: Set<number>;
}

/** Answers for one identity: its uses are added one by one, then the ways are walked back once. */
export class PossibleCarriers {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #walks: readonly Walk[];

  /** O(edges between what it attains). */
  constructor(frame: Frame, work: Workspace, identity: number) {
    this.#frame = frame;
    this.#work = work;
    collectContexts(frame, identity, work);
    const own: Walk = { nodes: [...work.attained.nodes], classes: [MEMBERSHIP, TAKE], giving: new Set() };
    const careful = work.contexts.nodes.filter((node) => needsCare(frame, node));
    const bounds = new Set(careful.flatMap((node) => boundsOf(frame, node)));
    this.#walks = [own, ...[...bounds].map((bound) => this.#walkOfBound(bound))];
  }

  /** Visits the grants that allow something. O(grants that speak to it + what is attained). */
  add(matcher: TermsMatcher, resource: number, visit: (edge: number) => void): void {
    const question = new Question(this.#frame, this.#work, matcher, resource);
    for (const { nodes, giving } of this.#walks) {
      for (const [place, node] of nodes.entries()) {
        if ((question.bitsOfGrants(node) & SOME_ALLOW) === 0) continue;
        giving.add(place);
        for (const grant of givingGrants(question, node)) visit(grant);
      }
    }
  }

  /** Visits the edges of all ways to grants that were visited, perhaps more than once. O(edges between what is attained). */
  ways(visit: (edge: number) => void): void {
    for (const { nodes, classes, giving } of this.#walks) {
      if (giving.size === 0 || nodes.length < 2) continue;
      const { rows, edges } = rowsOf(this.#frame, nodes, this.#work, classes);
      const back = reversedRows(rows);
      const leading = new Set(giving);
      for (const place of leading) {
        for (let i = back.bounds[place]!; i < back.bounds[place + 1]!; i++) {
          visit(edges[back.arcs[i]!]!);
          leading.add(back.targets[i]!);
        }
      }
    }
  }

  #walkOfBound(bound: number): Walk {
    membersOf(this.#frame, bound, this.#work.members);
    return { nodes: [...this.#work.members.nodes], classes: [MEMBERSHIP], giving: new Set() };
  }
}
