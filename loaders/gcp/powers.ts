/** Permissions that give more than they say: over service accounts, and over policies. */
import type { RoleDefinition } from './roles.ts';

/** A way to act as a service account, or to take it over. */
export interface AccountPower {
  readonly permission: string;
  readonly kind: 'CAN_ASSUME' | 'CONTROLS';
  readonly condition?: string;
}

/** Something of which whoever may set the policy can do all that there is. */
export interface Thing {
  /** What a chain of them is called: `buckets`. */
  readonly name: string;
  readonly type: string;
  readonly permission: string;
}

const ACCOUNT_POWERS: readonly AccountPower[] = [
  { permission: 'iam.serviceAccounts.getAccessToken', kind: 'CAN_ASSUME' },
  { permission: 'iam.serviceAccounts.signJwt', kind: 'CAN_ASSUME' },
  { permission: 'iam.serviceAccounts.signBlob', kind: 'CAN_ASSUME' },
  {
    permission: 'iam.serviceAccounts.getOpenIdToken',
    kind: 'CAN_ASSUME',
    condition: 'the service that is called takes identity tokens',
  },
  {
    permission: 'iam.serviceAccounts.implicitDelegation',
    kind: 'CAN_ASSUME',
    condition: 'only to get tokens of accounts that it may impersonate itself',
  },
  {
    permission: 'iam.serviceAccountKeys.create',
    kind: 'CONTROLS',
    condition: 'no organization policy forbids keys of service accounts',
  },
  { permission: 'iam.serviceAccounts.setIamPolicy', kind: 'CONTROLS' },
];

const ACT_AS = 'iam.serviceAccounts.actAs';
/** With all of one line an account can be attached to something that runs what one likes. */
const RUNS: readonly (readonly string[])[] = [
  ['compute.instances.create', 'compute.disks.create', 'compute.subnetworks.use'],
  ['run.jobs.create', 'run.jobs.run'],
  ['run.services.create'],
  ['cloudfunctions.functions.create'],
  ['cloudbuild.builds.create'],
];

const MANAGED = 'cloudresourcemanager.googleapis.com';

export const THINGS: readonly Thing[] = [
  { name: 'organizations', type: `${MANAGED}/Organization`, permission: 'resourcemanager.organizations.setIamPolicy' },
  { name: 'folders', type: `${MANAGED}/Folder`, permission: 'resourcemanager.folders.setIamPolicy' },
  { name: 'projects', type: `${MANAGED}/Project`, permission: 'resourcemanager.projects.setIamPolicy' },
  { name: 'buckets', type: 'storage.googleapis.com/Bucket', permission: 'storage.buckets.setIamPolicy' },
  { name: 'secrets', type: 'secretmanager.googleapis.com/Secret', permission: 'secretmanager.secrets.setIamPolicy' },
  { name: 'keyRings', type: 'cloudkms.googleapis.com/KeyRing', permission: 'cloudkms.keyRings.setIamPolicy' },
  { name: 'cryptoKeys', type: 'cloudkms.googleapis.com/CryptoKey', permission: 'cloudkms.cryptoKeys.setIamPolicy' },
  { name: 'datasets', type: 'bigquery.googleapis.com/Dataset', permission: 'bigquery.datasets.setIamPolicy' },
  { name: 'tables', type: 'bigquery.googleapis.com/Table', permission: 'bigquery.tables.setIamPolicy' },
  { name: 'topics', type: 'pubsub.googleapis.com/Topic', permission: 'pubsub.topics.setIamPolicy' },
  {
    name: 'subscriptions',
    type: 'pubsub.googleapis.com/Subscription',
    permission: 'pubsub.subscriptions.setIamPolicy',
  },
  { name: 'instances', type: 'compute.googleapis.com/Instance', permission: 'compute.instances.setIamPolicy' },
  { name: 'disks', type: 'compute.googleapis.com/Disk', permission: 'compute.disks.setIamPolicy' },
  { name: 'runServices', type: 'run.googleapis.com/Service', permission: 'run.services.setIamPolicy' },
  { name: 'runJobs', type: 'run.googleapis.com/Job', permission: 'run.jobs.setIamPolicy' },
  {
    name: 'functions',
    type: 'cloudfunctions.googleapis.com/CloudFunction',
    permission: 'cloudfunctions.functions.setIamPolicy',
  },
  {
    name: 'repositories',
    type: 'artifactregistry.googleapis.com/Repository',
    permission: 'artifactregistry.repositories.setIamPolicy',
  },
  { name: 'spannerInstances', type: 'spanner.googleapis.com/Instance', permission: 'spanner.instances.setIamPolicy' },
  { name: 'spannerDatabases', type: 'spanner.googleapis.com/Database', permission: 'spanner.databases.setIamPolicy' },
  { name: 'bigtables', type: 'bigtableadmin.googleapis.com/Instance', permission: 'bigtable.instances.setIamPolicy' },
];

export const ACCOUNT_TYPE = 'iam.googleapis.com/ServiceAccount';
export const ACCOUNTS = 'serviceAccounts';
/** All that a chain of accounts may be entered by. */
export const ACCOUNT_PERMISSIONS: readonly string[] = [...ACCOUNT_POWERS.map(({ permission }) => permission), ACT_AS];

export interface Powers {
  readonly accounts: readonly AccountPower[];
  readonly things: readonly Thing[];
  /** Whether it can rewrite roles, itself among them. */
  readonly rewritesRoles: boolean;
}

/** What is documented of the basic roles, for when their definitions were not given. */
const BASIC: Readonly<Record<string, readonly string[]>> = {
  'roles/owner': [
    ACT_AS,
    'cloudbuild.builds.create',
    'iam.serviceAccountKeys.create',
    'iam.serviceAccounts.setIamPolicy',
    'resourcemanager.projects.setIamPolicy',
  ],
  'roles/editor': [ACT_AS, 'cloudbuild.builds.create', 'iam.serviceAccountKeys.create'],
};
/** Reading alone. */
const HARMLESS = new Set(['roles/viewer', 'roles/browser']);

const NOTHING: Powers = { accounts: [], things: [], rewritesRoles: false };

/** @param definition undefined where none was given: then it may be able to do anything, on condition */
export function powersOf(name: string, definition: RoleDefinition | undefined): Powers {
  if (definition?.inactive === true || (definition?.permissions === undefined && HARMLESS.has(name))) return NOTHING;
  const permissions = new Set(definition?.permissions ?? BASIC[name]);
  const accounts = [...ACCOUNT_POWERS.filter(({ permission }) => permissions.has(permission)), ...actsAs(permissions)];
  if (definition?.permissions === undefined && BASIC[name] === undefined) accounts.push(unknownPower(name));
  return {
    accounts,
    things: THINGS.filter(({ permission }) => permissions.has(permission)),
    rewritesRoles: permissions.has('iam.roles.update'),
  };
}

function actsAs(permissions: ReadonlySet<string>): readonly AccountPower[] {
  if (!permissions.has(ACT_AS)) return [];
  const runs = RUNS.some((all) => all.every((permission) => permissions.has(permission)));
  const condition = 'it may attach the account to something that it runs';
  return [{ permission: ACT_AS, kind: 'CAN_ASSUME', ...(runs ? {} : { condition }) }];
}

const unknownPower = (name: string): AccountPower => ({
  permission: '*',
  kind: 'CAN_ASSUME',
  condition: `the permissions of ${name}, of which no definition was given`,
});
