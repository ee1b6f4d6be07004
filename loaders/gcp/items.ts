/** What the objects of an export are, told by what they hold. */
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type Asset, assetOf, field, objectOf } from './assets.ts';
import { type RoleDefinition, roleOf } from './roles.ts';

/** Lists that answers of the API put an object around. */
export const LISTS: ReadonlySet<string> = new Set(['assets', 'results', 'roles', 'groups', 'memberships', 'policies']);

export interface Group {
  /** How memberships name it: `groups/01cp5o7u`. */
  readonly name: string | undefined;
  readonly email: string;
  readonly fields: Fields;
  readonly memberships: readonly Fields[] | undefined;
}

export interface Membership {
  /** `groups/01cp5o7u`. */
  readonly group: string;
  readonly address: string;
  readonly fields: Fields;
}

export type Item =
  | { readonly is: 'asset'; readonly asset: Asset }
  | { readonly is: 'role'; readonly role: RoleDefinition }
  | { readonly is: 'deny policy'; readonly fields: Fields }
  | { readonly is: 'group'; readonly group: Group }
  | { readonly is: 'membership'; readonly membership: Membership }
  | { readonly is: 'other'; readonly why: string };

const other = (why: string): Item => ({ is: 'other', why });

export function itemOf(fields: Fields): Item {
  // A history wraps an asset in the time for which it was so.
  const wrapped = objectOf(fields['asset']);
  if (wrapped !== undefined && fields['deleted'] === true) return other('an asset that was deleted');
  const asset = assetOf(wrapped ?? fields);
  if (asset !== undefined) return { is: 'asset', asset };
  if (fields['kind'] === 'DenyPolicy' || /\/denypolicies\/[^/]+$/.test(textOf(fields['name']) ?? ''))
    return { is: 'deny policy', fields };
  const role = roleOf(fields);
  if (role !== undefined) return { is: 'role', role };
  const group = groupOf(fields);
  if (group !== undefined) return { is: 'group', group };
  const membership = membershipOf(fields);
  if (membership !== undefined) return { is: 'membership', membership };
  if (Array.isArray(fields['bindings']))
    return other('a policy that does not say of what it is; export it with gcloud asset export');
  return other('nothing that is known here');
}

function groupOf(fields: Fields): Group | undefined {
  const email = textOf(objectOf(field(fields, 'groupKey'))?.['id']);
  if (email === undefined) return undefined;
  const memberships = fields['memberships'];
  return {
    name: textOf(fields['name']),
    email: email.toLowerCase(),
    fields,
    memberships: Array.isArray(memberships) ? memberships.map(objectOf).filter((one) => one !== undefined) : undefined,
  };
}

/** @param group where the membership stands inside of it */
export function membershipOf(fields: Fields, group?: string): Membership | undefined {
  const key = objectOf(field(fields, 'preferredMemberKey')) ?? objectOf(field(fields, 'memberKey'));
  const address = textOf(key?.['id']);
  const of = /^(groups\/[^/]+)\/memberships\//.exec(textOf(fields['name']) ?? '')?.[1] ?? group;
  return address === undefined || of === undefined ? undefined : { group: of, address, fields };
}
