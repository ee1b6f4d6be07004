/**
 * What roles of Microsoft Entra can take over: the well-known ones by the id of their template, which is the same in every
 * tenant, any other by the actions that its definition allows. Facts of Microsoft's reference of built-in roles; which roles may
 * reset whose password is its table "Who can reset passwords".
 */
import type { JsonValue } from '../../engine/model/index.ts';
import { textOf } from '../declared/template.ts';
import { objectsIn, textsOf } from './json-fields.ts';

/**
 * What can be taken over, all of a kind in a tenant. `passwords` are those of accounts that the role at hand may reset; `users`
 * are all accounts.
 */
export type Power =
  | 'roles'
  | 'users'
  | 'passwords'
  | 'groups'
  | 'unified-groups'
  | 'role-groups'
  | 'service-principals'
  | 'azure-root'
  | 'devices';

export interface HeldPower {
  readonly power: Power;
  readonly condition: string | undefined;
}

/** Roles by which passwords of some accounts are reset, each with the letter that stands for it. */
export const RESETTERS = {
  A: 'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  H: '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  P: '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
  T: '4ba39ca4-527c-499a-b93d-d9b492c50246', // Partner Tier1 Support
  U: 'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
  C: 'custom', // any role of a tenant's own that may reset passwords
} as const;
export type Resetter = keyof typeof RESETTERS;
export const RESETTER_LETTERS = Object.freeze(Object.keys(RESETTERS).sort()) as readonly Resetter[];

const DIRECTORY_READERS = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';
const GUEST_INVITER = '95e79109-95c0-4d8e-aee3-d01accf2d47b';
const READERS = [
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', // Message Center Reader
  '4a5d8f65-41da-4de4-8968-e035b65339cf', // Reports Reader
  '75934031-6c7e-415a-99d7-48dbd49e875e', // Usage Summary Reports Reader
];
const GROUPS_ADMINISTRATOR = 'fdd7a751-b60b-444a-984c-02652fe8fa1c';
const LEAST = [DIRECTORY_READERS, GUEST_INVITER, RESETTERS.P];

const upper = (ids: readonly string[]): ReadonlySet<string> => new Set(ids.map((id) => id.toUpperCase()));

/** Roles that an account may hold, and no other, so that a resetter may still reset its password. */
export const RESETTABLE: Readonly<Record<Resetter, ReadonlySet<string>>> = {
  P: upper(LEAST),
  H: upper([...LEAST, ...READERS, RESETTERS.H]),
  A: upper([...LEAST, ...READERS, RESETTERS.A]),
  U: upper([...LEAST, ...READERS, RESETTERS.H, RESETTERS.U, GROUPS_ADMINISTRATOR]),
  T: new Set(),
  C: new Set(),
};

const FEDERATES = 'if a domain of the accounts can be federated with an identity provider of its own';
const WORKFLOW = 'by a workflow, where the accounts are in its scope';

/** Template → powers, each with its condition if there is one. */
const WELL_KNOWN: readonly (readonly [
  id: string,
  name: string,
  powers: readonly (Power | readonly [Power, string])[],
])[] = [
  [
    '62e90394-69f5-4237-9190-012177145e10',
    'Global Administrator',
    ['roles', 'users', 'groups', 'unified-groups', 'role-groups', 'service-principals', 'azure-root', 'devices'],
  ],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', ['roles', 'role-groups']],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator', ['users']],
  [
    'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8',
    'Partner Tier2 Support',
    ['users', 'groups', 'unified-groups', 'service-principals'],
  ],
  [RESETTERS.T, 'Partner Tier1 Support', ['passwords', 'groups', 'unified-groups', 'service-principals']],
  [RESETTERS.U, 'User Administrator', ['passwords', 'groups', 'unified-groups']],
  [RESETTERS.H, 'Helpdesk Administrator', ['passwords']],
  [RESETTERS.A, 'Authentication Administrator', ['passwords']],
  [RESETTERS.P, 'Password Administrator', ['passwords']],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator', ['service-principals']],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator', ['service-principals']],
  [
    '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
    'Hybrid Identity Administrator',
    ['service-principals', ['users', FEDERATES]],
  ],
  ['be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator', [['users', FEDERATES]]],
  ['8329153b-31d0-4727-b945-745eb3bc5f31', 'Domain Name Administrator', [['users', FEDERATES]]],
  [GROUPS_ADMINISTRATOR, 'Groups Administrator', ['groups', 'unified-groups']],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers', ['groups', 'unified-groups']],
  ['45d8d3c5-c802-45c6-b32a-1d70b5e1e86e', 'Identity Governance Administrator', ['groups', 'unified-groups']],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator', ['groups', 'unified-groups', 'devices']],
  ['b5a8dcf3-09d5-43a9-a639-8e29ef291470', 'Knowledge Administrator', ['groups', 'unified-groups']],
  ['744ec460-397e-42ad-a462-8b3f9747a02c', 'Knowledge Manager', ['groups', 'unified-groups']],
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator', ['unified-groups']],
  ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', 'SharePoint Administrator', ['unified-groups']],
  ['69091246-20e8-4a56-aa4d-066075b2a7a8', 'Teams Administrator', ['unified-groups']],
  ['810a2642-a034-447f-a5e8-41beaa378541', 'Yammer Administrator', ['unified-groups']],
  [
    '59d46f88-662b-457b-bceb-5c3809e5908f',
    'Lifecycle Workflows Administrator',
    [
      ['users', WORKFLOW],
      ['groups', WORKFLOW],
    ],
  ],
];

const BY_TEMPLATE = new Map(
  WELL_KNOWN.map(([id, , powers]) => [
    id.toUpperCase(),
    powers.map(
      (power): HeldPower =>
        typeof power === 'string' ? { power, condition: undefined } : { power: power[0], condition: power[1] },
    ),
  ]),
);

const LETTERS = new Map(Object.entries(RESETTERS).map(([letter, id]) => [id.toUpperCase(), letter as Resetter]));

/** The letter of the role for whose holders passwords are reset; that of custom roles for any that is not well known. */
export const resetterOf = (template: string): Resetter => LETTERS.get(template) ?? 'C';

/** Actions of definitions by which something is taken over. */
const BY_ACTION: readonly (readonly [Power, RegExp])[] = [
  [
    'roles',
    /^microsoft\.directory\/(?:roleAssignments|roleDefinitions)\/(?:allProperties\/)?(?:allTasks|create|update)$/i,
  ],
  [
    'passwords',
    /^microsoft\.directory\/users\/(?:password\/update|authenticationMethods\/(?:create|.*\/(?:update|allTasks))|allProperties\/(?:update|allTasks))$/i,
  ],
  [
    'groups',
    /^microsoft\.directory\/groups(?:\.security(?:\.assignedMembership)?)?\/(?:members\/update|owners\/update|dynamicMembershipRule\/update|allProperties\/(?:update|allTasks))$/i,
  ],
  [
    'unified-groups',
    /^microsoft\.directory\/groups(?:\.unified(?:\.assignedMembership)?)?\/(?:members\/update|owners\/update|dynamicMembershipRule\/update|allProperties\/(?:update|allTasks))$/i,
  ],
  [
    'role-groups',
    /^microsoft\.directory\/groupsAssignableToRoles\/(?:members\/update|owners\/update|allProperties\/(?:update|allTasks)|assignedMembership\/.*)$/i,
  ],
  [
    'service-principals',
    /^microsoft\.directory\/(?:applications|servicePrincipals)(?:\.\w+)?\/(?:credentials\/update|owners\/update|allProperties\/(?:update|allTasks))$/i,
  ],
];
/** Conditions that only what one owns, or oneself, fulfils: what follows from owning is told where owners are. */
const OF_OWN = /\$(?:SubjectIsOwner|ResourceIsSelf)/i;

/**
 * What a role can take over, once each: what is known of its template, and what its definition allows.
 *
 * @param template in upper case
 * @param permissions the `rolePermissions` of its definition, where there is one
 */
export function powersOf(template: string, permissions: JsonValue | undefined): readonly HeldPower[] {
  const powers = new Map<Power, HeldPower>();
  const add = (held: HeldPower): void => {
    const known = powers.get(held.power);
    if (known === undefined || (known.condition !== undefined && held.condition === undefined))
      powers.set(held.power, held);
  };
  for (const held of BY_TEMPLATE.get(template) ?? []) add(held);
  for (const block of objectsIn(permissions)) {
    const condition = textOf(block['condition']);
    if (condition !== undefined && OF_OWN.test(condition)) continue;
    const excluded = new Set(textsOf(block['excludedResourceActions']) ?? []);
    for (const action of textsOf(block['allowedResourceActions']) ?? []) {
      if (excluded.has(action)) continue;
      for (const [power, pattern] of BY_ACTION) if (pattern.test(action)) add({ power, condition });
    }
  }
  // A role that takes over all accounts needs no list of those it may reset.
  if (powers.get('users')?.condition === undefined && powers.has('users')) powers.delete('passwords');
  return [...powers.values()];
}
