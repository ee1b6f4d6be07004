/** Duties that the roles of a plan have to keep apart: which entitlements are of which sides, and which roles join two. */
import type { SodRules } from '../../findings/find-all.ts';
import { type Atom, atomText } from '../atom.ts';
import { type RoleState, requiredOf } from '../role-state.ts';
import { type DutySides, dutySides, type Side } from './duty-sides.ts';

export interface StateDuties extends Pick<DutySides, 'rules'> {
  /** By atom. */
  readonly sidesOf: readonly (readonly Side[])[];
}

/** @throws InputError for what rules name that is not there */
export function stateDuties({ snapshot, atoms }: Pick<RoleState, 'snapshot' | 'atoms'>, sod: SodRules): StateDuties {
  const { rules, sidesOf } = dutySides(snapshot, sod);
  const conveyed = ({ actions, exceptActions, resource, inherit }: Atom) => ({
    actions,
    exceptActions,
    resource: snapshot.index.find(resource),
    inherits: inherit,
  });
  return { rules, sidesOf: atoms.map((atom) => sidesOf(conveyed(atom))) };
}

/** The first rule of which two entitlements of a list are on opposite sides; what is on both by itself does not count. */
export function ruleJoined({ rules, sidesOf }: StateDuties, atoms: Iterable<number>): string | undefined {
  const met = new Set<Side>();
  for (const atom of atoms) {
    const sides = sidesOf[atom]!;
    for (const side of sides) if (!sides.includes(side ^ 1)) met.add(side);
  }
  const joined = [...met].filter((side) => met.has(side ^ 1)).sort((a, b) => a - b);
  return joined.length === 0 ? undefined : rules[joined[0]! >> 1];
}

/** What of a rule no arrangement of roles keeps apart. */
export interface PlannedDuty {
  readonly rule: string;
  /** Holders in scope that have something of both sides. */
  readonly holderCount: number;
  /** Ids of the first hundred, in order. */
  readonly holders: readonly string[];
  /** Entitlements that are of both sides by themselves, in words; the first hundred. */
  readonly undivided: readonly string[];
}

const TOLD = 100;

/** Rules of which somebody in scope holds both sides, or one entitlement is both. O(what holders hold). */
export function dutiesHeld(state: RoleState, { rules, sidesOf }: StateDuties): readonly PlannedDuty[] {
  const holders = rules.map(() => new Set<string>());
  const undivided = rules.map(() => new Set<number>());
  for (const [row, { inScope, id }] of state.rows.entries()) {
    if (!inScope) continue;
    const met = new Set<Side>();
    for (const atom of requiredOf(state, row))
      for (const side of sidesOf[atom]!) {
        met.add(side);
        if (sidesOf[atom]!.includes(side ^ 1)) undivided[side >> 1]!.add(atom);
      }
    for (const side of met) if (met.has(side ^ 1)) holders[side >> 1]!.add(id);
  }
  return rules.flatMap((rule, number): readonly PlannedDuty[] => {
    if (holders[number]!.size === 0) return [];
    return [
      {
        rule,
        holderCount: holders[number]!.size,
        holders: [...holders[number]!].sort().slice(0, TOLD),
        undivided: [...undivided[number]!].slice(0, TOLD).map((atom) => atomText(state.atoms[atom]!)),
      },
    ];
  });
}
