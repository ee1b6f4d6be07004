import { type JsonValue, MAX_ACTION } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { inputError } from '../formats/unreadable.ts';
import { objectOf } from './assets.ts';
import { type Aside, conditionOf, membersOf, shortName } from './binding-records.ts';
import { type Hierarchy, type Place, RESOURCE_MANAGER } from './hierarchy.ts';
import { wordsOf } from './permission-words.ts';
import { principalOf } from './principals.ts';

const NAME = /^policies\/([^/]+)\/denypolicies\/[^/]+$/;
const CAN_BE_DENIED = 'IAM can deny the permission';

/**
 * The records of a deny policy, one a rule.
 *
 * @throws InputError for a policy that does not say where it is attached or has no rules, and for rules of another form
 */
export function* denyRules(
  policy: Fields,
  hierarchy: Hierarchy,
  place: Place,
  aside: Aside,
): Generator<{ readonly at: string; readonly fields: Fields }> {
  const name = textOf(policy['name']) ?? '';
  const scope = attachedTo(name, hierarchy, place);
  const rules = policy['rules'];
  if (!Array.isArray(rules) || rules.length === 0) {
    const message =
      'a deny policy without rules; `gcloud iam policies list` leaves them out: save what `gcloud iam policies get` says of each';
    throw inputError(place.file, place.line, message, 'rules');
  }
  for (const [index, rule] of rules.entries()) {
    const at = `rules[${index}]`;
    const deny = objectOf(objectOf(rule as JsonValue)?.['denyRule']);
    if (deny === undefined) throw inputError(place.file, place.line, 'must be an object', `${at}.denyRule`);
    const title = textOf(policy['displayName']) ?? shortName(name);
    yield {
      at,
      fields: {
        id: `${name}/rules/${index}`,
        name: `${title}, rule ${index + 1}`,
        policy: name,
        scope,
        ...ruleFields(deny, `${at}.denyRule`, place, aside),
      },
    };
  }
}

function attachedTo(name: string, hierarchy: Hierarchy, { file, line }: Place): string {
  const match = NAME.exec(name);
  const resource = match === null ? undefined : decoded(match[1]!);
  if (resource === undefined || !/^cloudresourcemanager\.googleapis\.com\/[a-z]+\/[^/]+$/.test(resource)) {
    const message = 'must name what the policy is attached to: policies/ATTACHMENT_POINT/denypolicies/ID';
    throw inputError(file, line, message, 'name');
  }
  return hierarchy.spelled(resource.replace('cloudresourcemanager.googleapis.com/', RESOURCE_MANAGER));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function ruleFields(deny: Fields, at: string, place: Place, aside: Aside): Fields {
  const all = permissionsOf(deny['deniedPermissions'], `${at}.deniedPermissions`, place);
  const excepted = permissionsOf(deny['exceptionPermissions'], `${at}.exceptionPermissions`, place);
  const [single, groups] = [all.filter((word) => !word.includes('*')), all.filter((word) => word.includes('*'))];
  const { condition } = textual(deny['denialCondition'], `${at}.denialCondition`, place);
  return {
    denied: membersOf(deny['deniedPrincipals'], `${at}.deniedPrincipals`, place, aside) as unknown as JsonValue,
    excepted: membersOf(deny['exceptionPrincipals'], `${at}.exceptionPrincipals`, place, aside) as unknown as JsonValue,
    isExact: allKnown(deny['exceptionPrincipals']),
    ...(single.length === 0 ? {} : { permissions: single }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(excepted.length === 0 ? {} : { exceptPermissions: excepted }),
    ...(condition === undefined ? {} : { condition }),
    groupCondition: condition === undefined ? CAN_BE_DENIED : `(${condition}) and ${CAN_BE_DENIED}`,
  };
}

/** Denials end by no time: what bounds a binding is a condition here, as it was written. */
function textual(value: JsonValue | undefined, at: string, place: Place): { readonly condition?: string } {
  const expression = textOf(objectOf(value)?.['expression']);
  const { condition } = conditionOf(value, at, place);
  if (condition !== undefined) return { condition };
  return expression === undefined ? {} : { condition: expression };
}

/** Whether all exceptions are of a form that is known: else nobody is denied for certain. */
const allKnown = (value: JsonValue | undefined): boolean =>
  !Array.isArray(value) ||
  value.every((text) => {
    const principal = principalOf(String(text));
    return !('is' in principal) || principal.is === 'nobody';
  });

function permissionsOf(value: JsonValue | undefined, at: string, { file, line }: Place): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw inputError(file, line, 'must be a list of texts', at);
  return value.flatMap((permission, index) => {
    const words = typeof permission === 'string' && permission.length < MAX_ACTION ? wordsOf(permission) : undefined;
    if (words !== undefined) return words;
    const message = 'must be a permission with its service, such as storage.googleapis.com/buckets.delete';
    throw inputError(file, line, message, `${at}[${index}]`);
  });
}
