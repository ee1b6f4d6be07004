/** What was mined, in words and in JSON. */
import { formatInstant, type MinedEntitlement } from '../engine/index.ts';
import { shortInstant } from './arguments.ts';
import { type Names, nameOf } from './names.ts';
import { visible } from './visible.ts';

/** `read on Payroll (if MFA, until 2027-01-01)`. */
export function minedEntitlementWords(one: MinedEntitlement, names: Names): string {
  const { action, resource, conditions, validTo } = one;
  const limits = [
    ...conditions.map((condition) => `if ${visible(condition)}`),
    ...(validTo === undefined ? [] : [`until ${shortInstant(validTo)}`]),
  ];
  const limit = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  return `${action === '*' ? 'everything' : visible(action)} on ${nameOf(names, resource)}${limit}`;
}

const instant = (at: number | undefined): string | null => (at === undefined ? null : formatInstant(at));

/** As the GraphQL type `MinedEntitlement` has it, its resource by id. */
export const minedEntitlementJson = ({ inherits, validFrom, validTo, ...rest }: MinedEntitlement) => ({
  ...rest,
  inherit: inherits,
  validFrom: instant(validFrom),
  validTo: instant(validTo),
});
