import type { Belonging } from './everyone.ts';

/** Whom a rule denies, and whom it excepts, as it names them. */
export interface Rule {
  readonly denied: readonly string[];
  readonly excepted: readonly string[];
  /** Whether nothing that it excepts is unknown. */
  readonly isExact: boolean;
}

export interface Denied {
  readonly id: string;
  /** Whether it cannot be told for certain: it may be excepted, or may not be meant. */
  readonly isConditional: boolean;
}

/**
 * Whom rules deny: the denied without the excepted. A group is told as a whole where nobody in it is excepted, at any depth,
 * and else by those of its members that are not.
 *
 * Linear in the memberships for each rule.
 */
export class DeniedPrincipals {
  readonly #membersOf = new Map<string, Belonging[]>();
  readonly #groupsOf = new Map<string, Belonging[]>();
  /** Groups of which nobody told the members: anyone may be in them. */
  readonly #isOpen: (id: string) => boolean;

  constructor(belongings: Iterable<Belonging>, isOpen: (id: string) => boolean) {
    this.#isOpen = isOpen;
    for (const belonging of belongings) {
      push(this.#membersOf, belonging.to, belonging);
      push(this.#groupsOf, belonging.from, belonging);
    }
  }

  of({ denied, excepted, isExact }: Rule): readonly Denied[] {
    const certainly = this.#below(excepted, false);
    const possibly = this.#below(excepted, true);
    const isOpen = !isExact || [...possibly].some((id) => this.#isOpen(id));
    const touched = this.#above(possibly);
    const found = new Map<string, Denied>();
    // What is denied for certain first: it is told once, and so.
    for (const isConditional of [false, true]) {
      const seen = new Set<string>();
      const open = [...denied];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (seen.has(id) || certainly.has(id)) continue;
        seen.add(id);
        const members = this.#membersOf.get(id);
        if (touched.has(id) && members !== undefined) {
          for (const { from, condition } of members) if (isConditional || condition === undefined) open.push(from);
        } else if (!found.has(id)) found.set(id, { id, isConditional: isConditional || isOpen || possibly.has(id) });
      }
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #below(start: readonly string[], conditional: boolean): ReadonlySet<string> {
    const found = new Set(start);
    for (const id of found)
      for (const { from, condition } of this.#membersOf.get(id) ?? [])
        if (conditional || condition === undefined) found.add(from);
    return found;
  }

  #above(start: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set(start);
    for (const id of found) for (const { to } of this.#groupsOf.get(id) ?? []) found.add(to);
    return found;
  }
}

function push(lists: Map<string, Belonging[]>, key: string, belonging: Belonging): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [belonging]);
  else list.push(belonging);
}
