/** What roles grant and who is assigned them after each step of a plan, for forms that tell roles whole. */
import type { EdgeRecord } from '../../model/index.ts';
import { type Atom, atomKey, atomOf } from '../atom.ts';
import type { PlannedMember, PlannedRole, RolePlan } from '../plan.ts';
import { type PlannedChange, plannedChanges } from './planned-edges.ts';

export interface RoleThen {
  /** What it grants, with what the roles give that it includes. */
  readonly gives: readonly Atom[];
  readonly members: readonly PlannedMember[];
}

export interface StepThen {
  readonly changes: readonly PlannedChange[];
  /** Roles that give something else, or are assigned to others, than before the step; by id. */
  readonly changed: ReadonlyMap<string, { readonly before: RoleThen; readonly after: RoleThen }>;
}

/** Worked out from the end, for what a plan tells of roles is what they come to. O(steps · what roles above a change give). */
export function rolesAfterSteps(plan: RolePlan): readonly StepThen[] {
  const roles = new Map(plan.roles.map((role) => [role.id, new RoleBackwards(role)]));
  const found: StepThen[] = [];
  for (const changes of [...plannedChanges(plan)].reverse()) {
    const concerned = concernedBy(roles, changes);
    const after = new Map([...concerned].map((id) => [id, thenOf(roles, id)]));
    for (const change of changes) takeBack(roles, change);
    for (const id of concernedBy(roles, changes)) concerned.add(id);
    const pairs = [...concerned].sort().map((id) => {
      const before = thenOf(roles, id);
      return [id, { before, after: after.get(id) ?? before }] as const;
    });
    found.push({ changes, changed: new Map(pairs) });
  }
  return found.reverse();
}

class RoleBackwards {
  readonly atoms: Map<string, Atom>;
  readonly juniors: Set<string>;
  readonly members: Map<string, PlannedMember>;

  /** A retired role is told as it is now: at the end it has nothing. */
  constructor({ fate, entitlements, juniors, members }: PlannedRole) {
    const isGone = fate === 'RETIRED';
    this.atoms = new Map(isGone ? [] : entitlements.map((atom) => [atomKey(atom), atom]));
    this.juniors = new Set(isGone ? [] : juniors);
    this.members = new Map(isGone ? [] : members.map((member) => [memberKey(member), member]));
  }
}

const memberKey = ({ id, condition, validFrom, validTo }: Omit<PlannedMember, 'kind'>): string =>
  JSON.stringify([id, condition ?? null, validFrom ?? null, validTo ?? null]);

function takeBack(roles: ReadonlyMap<string, RoleBackwards>, { does, edge }: PlannedChange): void {
  if (edge === undefined) return;
  const wasThere = does === 'REMOVE';
  const [from, to] = [roles.get(edge.from), roles.get(edge.to)];
  if (edge.kind === 'GRANTS' && from !== undefined) {
    const atom = atomOf(edge);
    if (wasThere) from.atoms.set(atomKey(atom), atom);
    else from.atoms.delete(atomKey(atom));
  } else if (edge.kind === 'INHERITS' && from !== undefined) {
    if (wasThere) from.juniors.add(edge.to);
    else from.juniors.delete(edge.to);
  } else if (to !== undefined && (edge.kind === 'HAS_ROLE' || edge.kind === 'INHERITS')) {
    const member = memberOf(edge);
    if (wasThere) to.members.set(memberKey(member), member);
    else to.members.delete(memberKey(member));
  }
}

function memberOf({ kind, from, condition, validFrom, validTo }: EdgeRecord): PlannedMember {
  return {
    id: from,
    // Who is assigned by inclusion is a role; of others a form goes by the id.
    kind: kind === 'INHERITS' ? 'Role' : 'User',
    ...(condition === undefined ? {} : { condition }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}

/** Roles that a step touches, and all that include one of them. */
function concernedBy(roles: ReadonlyMap<string, RoleBackwards>, changes: readonly PlannedChange[]): Set<string> {
  const met = new Set<string>();
  for (const { edge } of changes) {
    if (edge === undefined || edge.kind === 'OWNS') continue;
    for (const id of edge.kind === 'GRANTS' ? [edge.from] : [edge.from, edge.to]) if (roles.has(id)) met.add(id);
  }
  const seniors = new Map<string, string[]>();
  for (const [id, { juniors }] of roles)
    for (const junior of juniors) {
      const known = seniors.get(junior);
      if (known === undefined) seniors.set(junior, [id]);
      else known.push(id);
    }
  for (const id of met) for (const senior of seniors.get(id) ?? []) met.add(senior);
  return met;
}

function thenOf(roles: ReadonlyMap<string, RoleBackwards>, id: string): RoleThen {
  const met = new Set([id]);
  const gives = new Map<string, Atom>();
  for (const one of met) {
    const role = roles.get(one);
    for (const [key, atom] of role?.atoms ?? []) gives.set(key, atom);
    for (const junior of role?.juniors ?? []) met.add(junior);
  }
  const members = [...roles.get(id)!.members].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    gives: [...gives].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, atom]) => atom),
    members: members.map(([, member]) => member),
  };
}

/** Whether two lists of atoms say the same. */
export const givesSame = (a: RoleThen, b: RoleThen): boolean =>
  JSON.stringify(a.gives.map(atomKey)) === JSON.stringify(b.gives.map(atomKey));

/** Whether two are assigned to the same, in the same ways. */
export const sameMembers = (a: RoleThen, b: RoleThen): boolean =>
  JSON.stringify(a.members.map(memberKey)) === JSON.stringify(b.members.map(memberKey));
