/**
 * Roles as they stand midway through a plan, and what may be done to them next: an addition by which nobody gains anything,
 * a removal by which nobody loses anything. Holders that have the same before and after are one class.
 */

/** One thing that comes or goes. `of` is a class of holders. */
export type Move =
  | { readonly what: 'ATOM'; readonly role: number; readonly atom: number }
  | { readonly what: 'JUNIOR'; readonly role: number; readonly junior: number }
  | { readonly what: 'MEMBER'; readonly role: number; readonly of: number }
  | { readonly what: 'DIRECT'; readonly of: number; readonly atom: number };

/** What each class must hold, and what it may. */
export interface Holdings {
  readonly required: readonly ReadonlySet<number>[];
  readonly allowed: readonly ReadonlySet<number>[];
}

export class Arrangement {
  readonly #atoms: Set<number>[];
  readonly #juniors: Set<number>[];
  readonly #seniors: Set<number>[];
  readonly #members: Set<number>[];
  readonly #rolesOf: Set<number>[];
  readonly #direct: Set<number>[];
  readonly #holdings: Holdings;
  /** What a role gives, until something below it changes. */
  readonly #given: (ReadonlySet<number> | undefined)[];

  /** Roles without anything; see `put`. */
  constructor(roles: number, holdings: Holdings) {
    const sets = (count: number): Set<number>[] => Array.from({ length: count }, () => new Set<number>());
    this.#atoms = sets(roles);
    this.#juniors = sets(roles);
    this.#seniors = sets(roles);
    this.#members = sets(roles);
    this.#rolesOf = sets(holdings.required.length);
    this.#direct = sets(holdings.required.length);
    this.#holdings = holdings;
    this.#given = Array.from({ length: roles }, () => undefined);
  }

  put(move: Move): void {
    switch (move.what) {
      case 'ATOM':
        this.#atoms[move.role]!.add(move.atom);
        this.#forget(move.role);
        return;
      case 'JUNIOR':
        this.#juniors[move.role]!.add(move.junior);
        this.#seniors[move.junior]!.add(move.role);
        this.#forget(move.role);
        return;
      case 'MEMBER':
        this.#members[move.role]!.add(move.of);
        this.#rolesOf[move.of]!.add(move.role);
        return;
      case 'DIRECT':
        this.#direct[move.of]!.add(move.atom);
    }
  }

  take(move: Move): void {
    switch (move.what) {
      case 'ATOM':
        this.#atoms[move.role]!.delete(move.atom);
        this.#forget(move.role);
        return;
      case 'JUNIOR':
        this.#juniors[move.role]!.delete(move.junior);
        this.#seniors[move.junior]!.delete(move.role);
        this.#forget(move.role);
        return;
      case 'MEMBER':
        this.#members[move.role]!.delete(move.of);
        this.#rolesOf[move.of]!.delete(move.role);
        return;
      case 'DIRECT':
        this.#direct[move.of]!.delete(move.atom);
    }
  }

  /** True when nobody gains anything by an addition. O(classes of the role and those above it · what is added). */
  maySafelyPut(move: Move): boolean {
    const { allowed } = this.#holdings;
    if (move.what === 'DIRECT') return allowed[move.of]!.has(move.atom);
    if (move.what === 'MEMBER') return isWithin(this.given(move.role), allowed[move.of]!);
    const added = move.what === 'ATOM' ? [move.atom] : this.given(move.junior);
    for (const role of this.upward(move.role))
      for (const of of this.#members[role]!) if (!isWithin(added, allowed[of]!)) return false;
    return true;
  }

  /** True when nobody loses anything by a removal. It is as it was afterwards. */
  maySafelyTake(move: Move): boolean {
    const held = [...this.#heldThrough(move)];
    this.take(move);
    let safe = true;
    for (const [of, atoms] of held) {
      safe = this.#stillHolds(of, atoms);
      if (!safe) break;
    }
    this.put(move);
    return safe;
  }

  /** Who may lose what by a removal: what is required of it. */
  *#heldThrough(move: Move): Iterable<readonly [of: number, atoms: Iterable<number>]> {
    if (move.what === 'DIRECT') yield [move.of, [move.atom]];
    else if (move.what === 'MEMBER') yield [move.of, this.given(move.role)];
    else {
      const atoms = move.what === 'ATOM' ? [move.atom] : this.given(move.junior);
      for (const role of this.upward(move.role)) for (const of of this.#members[role]!) yield [of, atoms];
    }
  }

  #stillHolds(of: number, atoms: Iterable<number>): boolean {
    const required = this.#holdings.required[of]!;
    const roles = [...this.#rolesOf[of]!];
    for (const atom of atoms) {
      if (!required.has(atom) || this.#direct[of]!.has(atom)) continue;
      if (!roles.some((role) => this.given(role).has(atom))) return false;
    }
    return true;
  }

  /** Atoms that a role gives, with those of all that it includes. */
  given(role: number): ReadonlySet<number> {
    const known = this.#given[role];
    if (known !== undefined) return known;
    const found = new Set<number>();
    for (const below of this.downward(role)) for (const atom of this.#atoms[below]!) found.add(atom);
    this.#given[role] = found;
    return found;
  }

  /** A role and all that include it. */
  upward(role: number): ReadonlySet<number> {
    return reached(role, this.#seniors);
  }

  /** A role and all that it includes. */
  downward(role: number): ReadonlySet<number> {
    return reached(role, this.#juniors);
  }

  #forget(role: number): void {
    for (const above of this.upward(role)) this.#given[above] = undefined;
  }
}

function reached(start: number, next: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const found = new Set([start]);
  for (const one of found) for (const other of next[one]!) found.add(other);
  return found;
}

function isWithin(some: Iterable<number>, all: ReadonlySet<number>): boolean {
  for (const one of some) if (!all.has(one)) return false;
  return true;
}
