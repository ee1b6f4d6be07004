/**
 * How sensitive each action on each resource of a version is, as plain data that goes from thread to thread. Resources to
 * which the same rules apply and that weigh the same without them share a profile.
 */
import { covers, foldCase, intersect, matches } from '../snapshot/action-pattern.ts';
import type { Terms } from '../snapshot/action-terms.ts';

/** A rule as far as a table needs it. */
export interface TableRule {
  readonly name: string;
  /** True for a rule of our own, false for one of a file. */
  readonly builtIn: boolean;
  readonly weight: number;
  /** Folded patterns; `*` where the rule is about every action. */
  readonly actions: readonly string[];
}

export interface SensitivityTable {
  readonly version: number;
  /** In the order of precedence. */
  readonly rules: readonly TableRule[];
  /** Profile of each node number below the node space; 0 for what is no resource. */
  readonly profileOf: Uint32Array;
  /** The rules of profile p, in their order: `ruleNumbers[ruleBounds[p]]` to `ruleNumbers[ruleBounds[p + 1]]`, excluded. */
  readonly ruleBounds: Uint32Array;
  readonly ruleNumbers: Uint32Array;
  /** By profile: the weight of actions that no rule decides. */
  readonly own: Float64Array;
  /** By profile: the greatest weight that any action has. */
  readonly greatest: Float64Array;
  /** By profile: how many resources have it. */
  readonly resources: Uint32Array;
}

const EVERYTHING: readonly string[] = ['*'];

/** The greatest weight that an action on a node has; 0 for what is no resource and for nodes that the table does not know. */
export const greatestOf = (table: SensitivityTable, node: number): number => table.greatest[profileOf(table, node)]!;

/** The profile of a node; 0, which weighs nothing, for nodes that the table does not know. */
export const profileOf = (table: SensitivityTable, node: number): number => table.profileOf[node] ?? 0;

/** The weight of one action on a node: that of the first rule that fits it, else the resource's own. */
export function weightOf(table: SensitivityTable, node: number, action: string): number {
  const folded = foldCase(action);
  const profile = profileOf(table, node);
  for (const rule of rulesOf(table, profile))
    if (rule.actions.some((pattern) => matches(pattern, folded))) return rule.weight;
  return table.own[profile]!;
}

/** What was worked out for a table: by terms, then by profile. */
const remembered = new WeakMap<SensitivityTable, WeakMap<Terms, Map<number, number>>>();

/** The highest weight among the actions that grants with these terms may convey on a node. Exact; worked out once for each profile. */
export const conveyed = (table: SensitivityTable, terms: Terms, node: number): number =>
  conveyedOn(table, terms, profileOf(table, node));

/** As `conveyed`, on any resource of a profile. */
export function conveyedOn(table: SensitivityTable, terms: Terms, profile: number): number {
  let ofTable = remembered.get(table);
  if (ofTable === undefined) {
    ofTable = new WeakMap();
    remembered.set(table, ofTable);
  }
  let weights = ofTable.get(terms);
  if (weights === undefined) {
    weights = new Map();
    ofTable.set(terms, weights);
  }
  let weight = weights.get(profile);
  if (weight === undefined) {
    weight = greatestAmong(rulesOf(table, profile), table.own[profile]!, terms.foldedActions, terms.foldedExcept);
    weights.set(profile, weight);
  }
  return weight;
}

/** True when some action on some resource weighs more than nothing. */
export const isAnythingKnown = (table: SensitivityTable): boolean =>
  table.greatest.some((weight, profile) => weight > 0 && table.resources[profile]! > 0);

export interface RuleUse {
  readonly name: string;
  readonly builtIn: boolean;
  readonly weight: number;
  /** On how many resources it decides some action. */
  readonly resources: number;
}

/** The rules that decide something, in their order. */
export function rulesUsed(table: SensitivityTable): readonly RuleUse[] {
  const resources = new Uint32Array(table.rules.length);
  for (let profile = 0; profile < table.own.length; profile++)
    for (let i = table.ruleBounds[profile]!; i < table.ruleBounds[profile + 1]!; i++)
      resources[table.ruleNumbers[i]!]! += table.resources[profile]!;
  return table.rules.flatMap(({ name, builtIn, weight }, rule) =>
    resources[rule] === 0 ? [] : [{ name, builtIn, weight, resources: resources[rule]! }],
  );
}

/** The rules of a profile, in their order. */
export function rulesOf(table: SensitivityTable, profile: number): readonly TableRule[] {
  const numbers = table.ruleNumbers.subarray(table.ruleBounds[profile], table.ruleBounds[profile + 1]);
  return Array.from(numbers, (rule) => table.rules[rule]!);
}

/**
 * The greatest weight among actions that some patterns match and none of others does.
 *
 * @param rules in their order
 * @param own what actions weigh that no rule fits
 */
export function greatestAmong(
  rules: readonly TableRule[],
  own: number,
  actions: readonly string[],
  except: readonly string[],
): number {
  const taken = [...except];
  let greatest = 0;
  for (const rule of rules) {
    if (rule.weight > greatest && isAnyLeft(actions, rule.actions, taken)) greatest = rule.weight;
    taken.push(...rule.actions);
  }
  return own > greatest && isAnyLeft(actions, EVERYTHING, taken) ? own : greatest;
}

/**
 * True when an action is matched by one of the first, one of the second and none of the taken patterns. A pattern is
 * covered by several others only if one of them covers it, for letters are unlimited: a word with letters in place of its
 * stars that none of the others names is matched by one of them, and that one then covers all of it.
 */
export function isAnyLeft(actions: readonly string[], patterns: readonly string[], taken: readonly string[]): boolean {
  return actions.some((action) =>
    patterns.some((pattern) => intersect(action, pattern).some((both) => !taken.some((outer) => covers(outer, both)))),
  );
}
