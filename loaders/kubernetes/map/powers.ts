/** What a set of rules lets its holder do, asked by the letter as the authorizer asks. */

import type { Rule } from '../read/objects.ts';
import { ANY, type ResourcePattern } from './ids.ts';
import { covers } from './resource-types.ts';
import { patternsOf } from './rule-grants.ts';

/** A way to do something: the rule that allows it, and the objects that it is limited to. */
export interface Power {
  readonly rule: Rule;
  /** Absent: any object. */
  readonly names?: ReadonlySet<string>;
}

/** `pods/exec` of a group, as a pattern. */
export function typeNamed(group: string, text: string): ResourcePattern {
  const [resource, sub] = text.split('/');
  return { group, resource: resource!, sub };
}

/** The ways in which the rules allow one of the verbs on a type; those without a limit to names first. */
export function powersTo(verbs: readonly string[], type: ResourcePattern, rules: readonly Rule[]): readonly Power[] {
  const found: Power[] = [];
  for (const rule of rules) {
    const held = rule.verbs.filter((verb) => verb === ANY || verbs.includes(verb));
    if (held.length === 0 || !reaches(rule, type)) continue;
    if (rule.resourceNames.length === 0) found.unshift({ rule });
    else if (namesCount(held, verbs, type)) found.push({ rule, names: new Set(rule.resourceNames) });
  }
  return found;
}

const reaches = (rule: Rule, type: ResourcePattern): boolean => {
  for (const pattern of patternsOf(rule)) if (covers(pattern, type)) return true;
  return false;
};

/** Creating an object names none, so a limit to names leaves nothing of it; a subresource is always of a named object. */
function namesCount(held: readonly string[], asked: readonly string[], type: ResourcePattern): boolean {
  if (type.sub !== undefined) return true;
  const all = held.includes(ANY) ? asked : held;
  return all.some((verb) => verb !== 'create' && verb !== 'deletecollection');
}

/** True when some power has no limit to names. */
export const unlimited = (powers: readonly Power[]): boolean => powers.some((power) => power.names === undefined);

/** The holder of these rules may do everything, so nothing that they lead to adds to it. */
export function allowsEverything(rules: readonly Rule[]): boolean {
  const all = (list: readonly string[]): boolean => list.includes(ANY);
  const resources = rules.some(
    (rule) => all(rule.verbs) && all(rule.apiGroups) && all(rule.resources) && rule.resourceNames.length === 0,
  );
  return resources && rules.some((rule) => all(rule.verbs) && all(rule.nonResourceURLs));
}
