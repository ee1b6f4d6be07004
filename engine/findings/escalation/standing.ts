/** What one principal can do, asked of many actions and resources: what it acts as is looked for once, not for each of them. */
import { collectContexts, collectMembers, needsCare } from '../../access/contexts.ts';
import { collectUpward, type Question } from '../../access/decide.ts';
import { counts, type Frame } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { CONDITIONAL } from '../../model/index.ts';
import { DENY, GRANT, NO_INHERIT } from '../../snapshot/snapshot.ts';
import type { TermsCover } from './terms-cover.ts';

export class Standing {
  readonly #frame: Frame;
  /** Allowing grants, by what they are on, of contexts that meet no denial and have no bounds: nothing takes these away. */
  readonly #grants = new Map<number, number[]>();
  /** The other contexts. */
  readonly #careful: readonly number[];

  private constructor(frame: Frame, members: readonly number[], careful: readonly number[]) {
    this.#frame = frame;
    this.#careful = careful;
    const { adjacency, flags, target } = frame.snapshot;
    for (const member of members) {
      for (const edge of adjacency[GRANT]!.out.of(member)) {
        if ((flags[edge]! & DENY) !== 0 || !counts(frame, edge)) continue;
        const same = this.#grants.get(target[edge]!);
        if (same === undefined) this.#grants.set(target[edge]!, [edge]);
        else same.push(edge);
      }
    }
  }

  /** O(edges walked). Leaves `work.contexts` and `work.attained` filled. @param without a context that is not to count */
  static of(frame: Frame, principal: number, work: Workspace, without = -1): Standing {
    collectContexts(frame, principal, work);
    const contexts = work.contexts.nodes.filter((context) => context !== without);
    const careful = contexts.filter((context) => needsCare(frame, context));
    const free = contexts.filter((context) => !needsCare(frame, context));
    collectMembers(frame, free, () => true, work.members);
    return new Standing(frame, work.members.nodes, careful);
  }

  /** True when it is allowed, under a condition or for sure. @param question of the same frame, the last one that was made */
  has(question: Question): boolean {
    return this.#isGranted(question) || this.#careful.some((each) => question.decideContext(each) >= CONDITIONAL);
  }

  #isGranted(question: Question): boolean {
    for (const container of question.work.upward.nodes)
      if (this.#grants.get(container)?.some((edge) => question.speaks(edge)) === true) return true;
    return false;
  }

  /** True when one grant, which nothing takes away, gives all that a grant of anybody gives: never true wrongly. */
  covers(grant: number, terms: TermsCover, work: Workspace): boolean {
    const { flags, target, termsOf } = this.#frame.snapshot;
    const isDeep = (flags[grant]! & NO_INHERIT) === 0;
    collectUpward(this.#frame, target[grant]!, work.upward);
    return work.upward.nodes.some((container) =>
      this.#grants.get(container)?.some((edge) => {
        const isBroad = (flags[edge]! & NO_INHERIT) === 0 || (container === target[grant]! && !isDeep);
        return isBroad && terms.covers(termsOf[edge]!, termsOf[grant]!);
      }),
    );
  }
}
