/**
 * Which edges carried uses, or may have, worked out once for all identities whose own edges lead alike: the members of a group who have
 * nothing else used what it gives in the same way, each by a membership of its own.
 */
import type { Frame } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import type { TermsMatcher } from '../../snapshot/action-terms.ts';
import { leadAlike, type OwnEdges } from './own-edges.ts';
import { PossibleCarriers } from './possible-carriers.ts';
import { SoleCarriers } from './sole-carriers.ts';

/** What was used; equal ones have the same number. */
export interface UseQuestion {
  readonly number: number;
  readonly matcher: TermsMatcher;
  readonly resource: number;
}

/** Answers that are kept at most, of either sort; those to more questions are worked out anew. */
const KEPT = 4_096;
/** What so many uses of one identity come to together is seldom asked again: it is not kept. */
const FEW = 64;

export class UseCarriers {
  readonly #frame: Frame;
  readonly #work: Workspace;
  readonly #identity: number;
  readonly #own: OwnEdges | undefined;
  /** Edges of the first identity's own are kept as -1 less their place. */
  readonly #placed: ReadonlyMap<number, number>;
  readonly #alone = new Map<number, readonly number[]>();
  readonly #perhaps = new Map<string, readonly number[]>();
  #sole: SoleCarriers | undefined;
  #possible: PossibleCarriers | undefined;

  /** @param own the edges of the identity, if its answers are those for others too */
  constructor(frame: Frame, work: Workspace, identity: number, own: OwnEdges | undefined) {
    this.#frame = frame;
    this.#work = work;
    this.#identity = identity;
    this.#own = own;
    this.#placed = new Map(own?.edges.map((edge, place) => [edge, -1 - place]));
  }

  /** True when the answers are those for another identity with such edges too. */
  isFor(own: OwnEdges | undefined): boolean {
    return own !== undefined && this.#own !== undefined && leadAlike(this.#own, own);
  }

  /** The edges without which a use would end, see `SoleCarriers`. O(edges told) where the same was asked before. */
  alone(question: UseQuestion, own: OwnEdges | undefined, visit: (edge: number) => void): void {
    let known = this.#alone.get(question.number);
    if (known === undefined) {
      this.#sole ??= new SoleCarriers(this.#frame, this.#work, this.#identity);
      known = this.#keepable(this.#sole.of(question.matcher, question.resource));
      if (this.#alone.size < KEPT) this.#alone.set(question.number, known);
    }
    tell(known, own, visit);
  }

  /** The edges that some uses may have gone over, see `PossibleCarriers`. O(edges told) where the same was asked before. */
  perhaps(questions: ReadonlyMap<number, UseQuestion>, own: OwnEdges | undefined, visit: (edge: number) => void): void {
    const key = questions.size > FEW ? undefined : [...questions.keys()].sort((a, b) => a - b).join();
    let known = key === undefined ? undefined : this.#perhaps.get(key);
    if (known === undefined) {
      this.#possible ??= new PossibleCarriers(this.#frame, this.#work, this.#identity);
      known = this.#keepable(this.#possible.of(questions.values()));
      if (key !== undefined && this.#perhaps.size < KEPT) this.#perhaps.set(key, known);
    }
    tell(known, own, visit);
  }

  #keepable(edges: Iterable<number>): readonly number[] {
    return Array.from(edges, (edge) => this.#placed.get(edge) ?? edge);
  }
}

function tell(known: readonly number[], own: OwnEdges | undefined, visit: (edge: number) => void): void {
  for (const one of known) visit(one < 0 ? own!.edges[-1 - one]! : one);
}
