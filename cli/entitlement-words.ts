/** Entitlements in words and in JSON. */
import type { Entitlement } from '../engine/index.ts';
import { listed } from './edge-words.ts';
import { type Names, nameOf } from './names.ts';
import { entityJson } from './record-json.ts';

/** Actions that are named. */
const MOST = 3;

/** `read, write and 4 more on Payroll`. */
export function entitlementWords({ actions, exceptActions, resource }: Entitlement, names: Names): string {
  const except = exceptActions.length > 0 ? ` but ${listed(exceptActions, MOST)}` : '';
  return `${listed(actions, MOST)}${except} on ${nameOf(names, resource)}`;
}

export const entitlementJson = ({ actions, exceptActions, resource, inherits }: Entitlement, names: Names) => ({
  actions,
  exceptActions,
  resource: entityJson(names.get(resource)!),
  inherit: inherits,
});
