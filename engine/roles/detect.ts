/** What is plainly too much in roles as they are: each thing found is one change that is easy to explain. */
import { digestOf } from '../runs/canonical.ts';
import { rightsOf } from './links.ts';
import { overlappingSets } from './overlapping-sets.ts';
import type { RoleState } from './role-state.ts';

/**
 * DUPLICATE: two roles give the same. SAME_MEMBERS: two roles are assigned to the same. SUBSUMED: whoever has the role has
 * another that gives all of it and more. COVERED_ASSIGNMENT: other roles of the holder give all of it. COVERED_GRANT: a role
 * of the holder gives what it is granted directly. REHOMED_GRANTS: direct grants of a holder are all that a role gives.
 * NO_MEMBERS, NO_ENTITLEMENTS: nobody has the role; it gives nothing. NEARLY_DUPLICATE: two roles differ in a tenth at most: no
 * exact plan joins them, somebody would gain or lose what they differ in.
 */
export const DETECTIONS = [
  'DUPLICATE',
  'SAME_MEMBERS',
  'SUBSUMED',
  'COVERED_ASSIGNMENT',
  'COVERED_GRANT',
  'REHOMED_GRANTS',
  'NO_MEMBERS',
  'NO_ENTITLEMENTS',
  'NEARLY_DUPLICATE',
] as const;
export type DetectionKind = (typeof DETECTIONS)[number];

export interface Detection {
  readonly kind: DetectionKind;
  /** Ids: the roles that it is about, the one that could go first. */
  readonly roles: readonly string[];
  /** The id of the holder, of what is about one. */
  readonly holder: string | null;
  /** How many assignments or grants would go. */
  readonly count: number;
  /** What is to be done, in a sentence. */
  readonly remedy: string;
}

export interface Detected {
  /** How many there are of each kind. */
  readonly counts: Readonly<Record<DetectionKind, number>>;
  /** The first of each kind, in the order of kinds, then of roles or holders. */
  readonly told: readonly Detection[];
}

/** Of each kind at most so many are told. */
export const MOST_TOLD = 200;
/** Share of what two roles give together that both give, from which on they are nearly the same. */
const NEARLY = 0.9;
/** Atoms that a smaller set is not told to be re-homed for. */
const FEWEST_REHOMED = 2;

/** O(what roles give, assignments, what classes of holders have, and pairs of roles that give the same rare atom). */
export function detect(state: RoleState): Detected {
  const finding = new Finding(state);
  finding.unused();
  finding.pairs();
  finding.sameMembers();
  finding.covered();
  finding.rehomed();
  return finding.result();
}

class Finding {
  readonly #state: RoleState;
  readonly #found = new Map<DetectionKind, Detection[]>(DETECTIONS.map((kind) => [kind, []]));
  readonly #counts = new Map<DetectionKind, number>(DETECTIONS.map((kind) => [kind, 0]));

  constructor(state: RoleState) {
    this.#state = state;
  }

  result(): Detected {
    return {
      counts: Object.fromEntries(this.#counts) as Detected['counts'],
      told: [...this.#found.values()].flat(),
    };
  }

  #name(role: number): string {
    return JSON.stringify(this.#state.roles[role]!.name);
  }

  /** @param remedy made when it is told */
  #add(
    kind: DetectionKind,
    roles: readonly number[],
    remedy: () => string,
    count = 1,
    holder: string | null = null,
  ): void {
    this.#counts.set(kind, this.#counts.get(kind)! + 1);
    const told = this.#found.get(kind)!;
    if (told.length >= MOST_TOLD) return;
    told.push({ kind, roles: roles.map((role) => this.#state.roles[role]!.id), holder, count, remedy: remedy() });
  }

  unused(): void {
    const { roles, rowsOf, given, juniorsOf } = this.#state;
    const included = new Set(juniorsOf.right);
    for (const role of roles.keys()) {
      // Whoever has a role above it has it as well.
      if (rightsOf(rowsOf, role).length === 0 && !included.has(role))
        this.#add('NO_MEMBERS', [role], () => `Retire ${this.#name(role)}: nobody has it.`);
      if (given[role]!.length === 0)
        this.#add('NO_ENTITLEMENTS', [role], () => `Retire ${this.#name(role)}: it gives nothing.`);
    }
  }

  /** What two roles have to do with each other by what they give. */
  pairs(): void {
    const { given, rowsOf } = this.#state;
    for (const { smaller, larger, common, together } of overlappingSets(given, NEARLY)) {
      const [a, b] = [this.#name(smaller), this.#name(larger)];
      if (common === together) {
        this.#add('DUPLICATE', [smaller, larger], () => `Join ${a} with ${b}: they give the same.`);
        continue;
      }
      const others = new Set(rightsOf(rowsOf, larger));
      const holders = rightsOf(rowsOf, smaller);
      if (common === given[smaller]!.length && holders.length > 0 && holders.every((row) => others.has(row)))
        this.#add(
          'SUBSUMED',
          [smaller, larger],
          () => `Retire ${a}: whoever has it has ${b}, which gives all of it.`,
          holders.length,
        );
      if (common / together >= NEARLY)
        this.#add(
          'NEARLY_DUPLICATE',
          [smaller, larger],
          () =>
            `${a} and ${b} differ in ${together - common} of ${together} entitlements; to join them somebody would gain or lose these.`,
          together - common,
        );
    }
  }

  sameMembers(): void {
    const { roles, rowsOf } = this.#state;
    const firsts = new Map<string, number>();
    for (const role of roles.keys()) {
      const rows = rightsOf(rowsOf, role);
      if (rows.length === 0) continue;
      const key = digestOf([roles[role]!.sources[0] ?? '', rows.join()]);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, role);
      else
        this.#add(
          'SAME_MEMBERS',
          [role, first],
          () => `Join ${this.#name(role)} with ${this.#name(first)}: the same ${rows.length} holders have both.`,
          rows.length,
        );
    }
  }

  /** Assignments and grants that could go all together: of those that cover each other one stays. */
  covered(): void {
    const { rows, rolesOf, directOf, atoms, given } = this.#state;
    const known = new Map<string, CoveredRoles>();
    for (const [row, of] of rows.entries()) {
      const roles = rightsOf(rolesOf, row);
      const key = roles.join();
      const found = known.get(key) ?? coveredRoles(this.#state, roles);
      known.set(key, found);
      const holder = JSON.stringify(of.id);
      for (const role of found.covered)
        if (given[role]!.length > 0)
          this.#add(
            'COVERED_ASSIGNMENT',
            [role],
            () => `Take ${this.#name(role)} from ${holder}: other roles give all of it.`,
            1,
            of.id,
          );
      for (const atom of rightsOf(directOf, row)) {
        const giver = found.giver.get(atom);
        if (giver === undefined) continue;
        const resource = JSON.stringify(atoms[atom]!.resource);
        this.#add(
          'COVERED_GRANT',
          [giver],
          () => `Take the direct grant on ${resource} from ${holder}: ${this.#name(giver)} gives it.`,
          1,
          of.id,
        );
      }
    }
  }

  rehomed(): void {
    const { rows, directOf, rolesOf, given } = this.#state;
    const rolesByAtom = rarestAtoms(given);
    for (const [row, of] of rows.entries()) {
      const direct = new Set(rightsOf(directOf, row));
      if (direct.size < FEWEST_REHOMED) continue;
      const has = new Set(rightsOf(rolesOf, row));
      for (const role of [...direct].flatMap((atom) => rolesByAtom.get(atom) ?? [])) {
        const gives = given[role]!;
        if (has.has(role) || gives.length < FEWEST_REHOMED || !gives.every((atom) => direct.has(atom))) continue;
        this.#add(
          'REHOMED_GRANTS',
          [role],
          () => `Assign ${this.#name(role)} to ${JSON.stringify(of.id)} in place of ${gives.length} direct grants.`,
          gives.length,
          of.id,
        );
      }
    }
  }
}

/** Of the roles that some holders have: those that could go, and for each atom one of the others that gives it. */
export interface CoveredRoles {
  readonly covered: readonly number[];
  readonly giver: ReadonlyMap<number, number>;
}

/** Roles are taken away as long as the others give all they gave, those that give the least first. O(what the roles give). */
export function coveredRoles({ given }: Pick<RoleState, 'given'>, roles: readonly number[]): CoveredRoles {
  const times = new Map<number, number>();
  for (const role of roles) for (const atom of given[role]!) times.set(atom, (times.get(atom) ?? 0) + 1);
  const covered: number[] = [];
  for (const role of [...roles].sort((a, b) => given[a]!.length - given[b]!.length || a - b)) {
    if (!given[role]!.every((atom) => times.get(atom)! > 1)) continue;
    covered.push(role);
    for (const atom of given[role]!) times.set(atom, times.get(atom)! - 1);
  }
  const giver = new Map<number, number>();
  for (const role of roles)
    if (!covered.includes(role)) for (const atom of given[role]!) if (!giver.has(atom)) giver.set(atom, role);
  return { covered, giver };
}

/** Roles by the one atom of what they give that the fewest roles give: whoever holds a role's all holds that one. */
function rarestAtoms(given: readonly Uint32Array[]): ReadonlyMap<number, readonly number[]> {
  const counts = new Map<number, number>();
  for (const gives of given) for (const atom of gives) counts.set(atom, (counts.get(atom) ?? 0) + 1);
  const byAtom = new Map<number, number[]>();
  for (const [role, gives] of given.entries()) {
    if (gives.length === 0) continue;
    const rarest = gives.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a));
    const known = byAtom.get(rarest);
    if (known === undefined) byAtom.set(rarest, [role]);
    else known.push(role);
  }
  return byAtom;
}
