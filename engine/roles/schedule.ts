/**
 * The order in which present roles become those that are wanted, so that after every single move everybody holds what he
 * held: new roles are made and filled before anybody is assigned to them, whoever leaves a role is given what covers him
 * first, a role grows only for those who have that already, and what nobody needs goes last. Roles that wait for each other in
 * a circle are taken out of it: instead of changing one of them, a new one is made and the old one retired.
 */
import { GrantlensError } from '../model/index.ts';
import { Arrangement, type Move } from './arrangement.ts';
import { type HolderClasses, holderClasses } from './holder-classes.ts';
import { rightsOf } from './links.ts';
import type { RoleState } from './role-state.ts';
import type { Target, TargetRole } from './target.ts';

/** PREPARE: new roles are filled. COVER: holders and roles come to have what they are to have. RELEASE: what stands in the
 *  way goes. TIDY: what is left over goes. */
export type Phase = 'PREPARE' | 'COVER' | 'RELEASE' | 'TIDY';

export interface OrderedMove {
  readonly phase: Phase;
  readonly does: 'PUT' | 'TAKE';
  /** Roles are numbered so: present ones first, then new ones in the order of the target. */
  readonly move: Move;
}

export interface Schedule {
  /** As it was given, with roles made anew where circles were broken. */
  readonly target: Target;
  readonly classes: HolderClasses;
  readonly moves: readonly OrderedMove[];
  /** Present roles that are made anew instead of changed, to break circles. */
  readonly brokenCircles: number;
}

/** Circles that are broken one at a time; then all that are left at once. */
const ONE_BY_ONE = 16;

/**
 * @param target one that `checkTarget` has passed
 * @throws GrantlensError TARGET_INVALID when a circle cannot be broken because of holders out of scope
 */
export function scheduleOf(state: RoleState, target: Target): Schedule {
  let wanted = target;
  for (let broken = 0; ; ) {
    const attempt = new Attempt(state, wanted);
    const stuck = attempt.run();
    if (stuck === undefined) return { ...attempt.result(), brokenCircles: broken };
    const anew = broken < ONE_BY_ONE ? stuck.slice(0, 1) : stuck;
    wanted = madeAnew(state, wanted, new Set(anew));
    broken += anew.length;
  }
}

/** The same target with some present roles retired, and new ones in their place. */
function madeAnew(state: RoleState, { roles, direct }: Target, anew: ReadonlySet<number>): Target {
  return {
    direct,
    roles: roles.map((role): TargetRole => {
      if (role.basedOn === undefined || !anew.has(role.basedOn)) return role;
      const { basedOn, ...rest } = role;
      const { name } = state.roles[basedOn]!;
      return {
        ...rest,
        insteadOf: basedOn,
        name: role.name ?? name,
        rationale: `Takes the place of ${name}, which could not be changed without somebody losing access meanwhile.`,
      };
    }),
  };
}

class Attempt {
  readonly #state: RoleState;
  readonly #target: Target;
  readonly #classes: HolderClasses;
  readonly #arrangement: Arrangement;
  /** Number of each target role. */
  readonly #numbers: readonly number[];
  readonly #moves: OrderedMove[] = [];

  constructor(state: RoleState, target: Target) {
    this.#state = state;
    this.#target = target;
    this.#classes = holderClasses(state, target);
    const presents = state.roles.length;
    let next = presents;
    this.#numbers = target.roles.map(({ basedOn }) => basedOn ?? next++);
    this.#arrangement = new Arrangement(next, this.#classes);
    for (const move of this.#present()) this.#arrangement.put(move);
  }

  result(): Omit<Schedule, 'brokenCircles'> {
    return { target: this.#target, classes: this.#classes, moves: this.#moves };
  }

  /** @returns when it does not go on: present roles to make anew, those that stand in the way first */
  run(): readonly number[] | undefined {
    const present = new Map([...this.#present()].map((move) => [keyOf(move), move]));
    const wanted = new Map([...this.#wanted()].map((move) => [keyOf(move), move]));
    const puts = byRole([...wanted].filter(([key]) => !present.has(key)).map(([, move]) => move));
    let takes = byRole([...present].filter(([key]) => !wanted.has(key)).map(([, move]) => move));
    const isNew = (move: Move): boolean => move.what !== 'DIRECT' && move.role >= this.#state.roles.length;
    const filling = puts.filter((move) => isNew(move) && move.what !== 'MEMBER');
    const covering = puts.filter((move) => !isNew(move) || move.what === 'MEMBER');
    let waiting: readonly Move[] = [
      ...this.#putAll(filling, 'PREPARE'),
      ...this.#putAll(covering.filter(isNew), 'COVER'),
    ];
    waiting = this.#putAll([...waiting, ...covering.filter((move) => !isNew(move))], 'COVER');
    while (waiting.length > 0) {
      const before = takes.length;
      takes = this.#takeInTheWay(takes, waiting);
      const still = this.#putAll(waiting, 'COVER');
      if (still.length === waiting.length && takes.length === before)
        return this.#toMakeAnew(still, [...puts, ...takes]);
      waiting = still;
    }
    // All that is wanted is there and covers everybody, so the rest may go in any order: direct grants, assignments, contents.
    for (const what of ['DIRECT', 'MEMBER', 'JUNIOR', 'ATOM'] as const)
      for (const move of takes) if (move.what === what) this.#do('TIDY', 'TAKE', move);
    return undefined;
  }

  /** Puts what may safely be put, round after round. @returns what has to wait */
  #putAll(moves: readonly Move[], phase: Phase): readonly Move[] {
    let waiting = moves;
    for (;;) {
      const still = waiting.filter((move) => {
        if (!this.#arrangement.maySafelyPut(move)) return true;
        this.#do(phase, 'PUT', move);
        return false;
      });
      if (still.length === waiting.length) return still;
      waiting = still;
    }
  }

  /** Takes away what may safely go of the roles that others wait for. @returns what is left to take */
  #takeInTheWay(takes: readonly Move[], waiting: readonly Move[]): Move[] {
    const family = this.#familyOf(waiting);
    const left: Move[] = [];
    for (const move of takes) {
      const inTheWay = move.what !== 'DIRECT' && family.has(move.role);
      if (inTheWay && this.#arrangement.maySafelyTake(move)) this.#do('RELEASE', 'TAKE', move);
      else left.push(move);
    }
    return left;
  }

  /** The roles that moves are about, with all above and below them and what is to go below them. */
  #familyOf(moves: readonly Move[]): ReadonlySet<number> {
    const family = new Set<number>();
    for (const move of moves) {
      if (move.what === 'DIRECT') continue;
      for (const role of this.#arrangement.upward(move.role)) family.add(role);
      for (const role of this.#arrangement.downward(move.role)) family.add(role);
      if (move.what === 'JUNIOR') for (const role of this.#arrangement.downward(move.junior)) family.add(role);
    }
    return family;
  }

  #toMakeAnew(waiting: readonly Move[], changing: readonly Move[]): readonly number[] {
    const { roles, rows, rowsOf } = this.#state;
    const changed = new Set(changing.flatMap((move) => (move.what === 'DIRECT' ? [] : [move.role])));
    const family = this.#familyOf(waiting);
    const based = new Set(this.#target.roles.flatMap(({ basedOn }) => (basedOn === undefined ? [] : [basedOn])));
    const may = (role: number): boolean =>
      based.has(role) && changed.has(role) && rightsOf(rowsOf, role).every((row) => rows[row]!.inScope);
    const own = waiting.flatMap((move) => (move.what === 'DIRECT' ? [] : [move.role]));
    const choice = [...new Set([...own, ...family, ...based])].filter((role) => role < roles.length && may(role));
    if (choice.length > 0) return choice;
    throw new GrantlensError(
      'TARGET_INVALID',
      'The roles cannot be rearranged in any order without somebody gaining or losing access meanwhile, because holders out of scope have them too.',
      {},
      undefined,
      'Widen the scope to those who share the roles, or keep the roles that are shared.',
    );
  }

  #do(phase: Phase, does: OrderedMove['does'], move: Move): void {
    if (does === 'PUT') this.#arrangement.put(move);
    else this.#arrangement.take(move);
    this.#moves.push({ phase, does, move });
  }

  *#present(): Iterable<Move> {
    const { roles, atomsOf, juniorsOf } = this.#state;
    for (const role of roles.keys()) {
      for (const atom of rightsOf(atomsOf, role)) yield { what: 'ATOM', role, atom };
      for (const junior of rightsOf(juniorsOf, role)) yield { what: 'JUNIOR', role, junior };
    }
    yield* this.#ofHolders(this.#classes.had);
  }

  *#wanted(): Iterable<Move> {
    for (const [place, { atoms, juniors }] of this.#target.roles.entries()) {
      const role = this.#numbers[place]!;
      for (const atom of atoms) yield { what: 'ATOM', role, atom };
      for (const junior of juniors) yield { what: 'JUNIOR', role, junior: this.#numbers[junior]! };
    }
    yield* this.#ofHolders(this.#classes.has);
  }

  *#ofHolders(held: HolderClasses['had']): Iterable<Move> {
    for (const [of, { roles, direct }] of held.entries()) {
      for (const role of roles) yield { what: 'MEMBER', role, of };
      for (const atom of direct) yield { what: 'DIRECT', of, atom };
    }
  }
}

/** Those of one role together, for people who read the steps. */
const byRole = (moves: Move[]): Move[] => moves.sort((a, b) => roleOf(a) - roleOf(b));
const roleOf = (move: Move): number => (move.what === 'DIRECT' ? -1 : move.role);

const keyOf = (move: Move): string =>
  move.what === 'ATOM'
    ? `a ${move.role} ${move.atom}`
    : move.what === 'JUNIOR'
      ? `j ${move.role} ${move.junior}`
      : move.what === 'MEMBER'
        ? `m ${move.role} ${move.of}`
        : `d ${move.of} ${move.atom}`;
