/** Permissions of Google Cloud, on the types of its asset inventory. */
import type { SensitivityRule } from './rule.ts';

/** What is said of permissions: name, resource types, permissions, weight, reason. */
type Line = readonly [
  name: string,
  types: string,
  permissions: readonly string[] | undefined,
  weight: number,
  because: string,
];

const CONTAINERS = 'cloudresourcemanager.googleapis.com/*';
const ALL = '*.googleapis.com/*';

const LINES: readonly Line[] = [
  [
    'rewrite policies of an organization, folder or project',
    CONTAINERS,
    [
      'resourcemanager.*.setIamPolicy',
      'iam.denypolicies.create',
      'iam.denypolicies.delete',
      'iam.denypolicies.update',
      'iam.roles.create',
      'iam.roles.update',
      'orgpolicy.policy.set',
      'orgpolicy.policies.create',
      'orgpolicy.policies.delete',
      'orgpolicy.policies.update',
    ],
    1,
    'Who holds one of these gives itself the rest.',
  ],
  [
    'act as service accounts',
    ALL,
    [
      'iam.serviceAccounts.getAccessToken',
      'iam.serviceAccounts.signJwt',
      'iam.serviceAccounts.signBlob',
      'iam.serviceAccounts.implicitDelegation',
      'iam.serviceAccounts.actAs',
      'iam.serviceAccounts.getOpenIdToken',
      'iam.serviceAccounts.setIamPolicy',
      'iam.serviceAccountKeys.create',
    ],
    0.9,
    'All that the account may do.',
  ],
  ['read secrets', ALL, ['secretmanager.versions.access'], 0.9, 'Passwords and keys of other systems.'],
  [
    'use keys',
    ALL,
    ['cloudkms.cryptoKeyVersions.useToDecrypt*', 'cloudkms.cryptoKeyVersions.useToSign', 'cloudkms.*.setIamPolicy'],
    0.9,
    'What was encrypted, and signatures that others believe.',
  ],
  ['rewrite policies', ALL, ['*.setIamPolicy'], 0.8, 'All that can be done with the resource.'],
  [
    'delete an organization, folder or project',
    ALL,
    ['resourcemanager.projects.delete', 'resourcemanager.folders.delete', 'resourcemanager.projects.move'],
    0.9,
    'All in it, or all rules that it is under.',
  ],
  [
    'run programs on machines',
    ALL,
    [
      'compute.instances.setMetadata',
      'compute.instances.osAdminLogin',
      'compute.instances.osLogin',
      'compute.instances.setServiceAccount',
      'compute.projects.setCommonInstanceMetadata',
      'container.pods.exec',
      'container.secrets.get',
      'cloudbuild.builds.create',
    ],
    0.8,
    'The machine, and the service account that it runs as.',
  ],
  [
    'read data',
    ALL,
    [
      'storage.objects.get',
      'bigquery.tables.getData',
      'bigquery.tables.export',
      'spanner.databases.select',
      'spanner.databases.read',
      'datastore.entities.get',
      'bigtable.tables.readRows',
      'pubsub.subscriptions.consume',
      'cloudsql.instances.connect',
      'cloudsql.instances.export',
      'logging.privateLogEntries.list',
    ],
    0.6,
    'The contents, not what they are called.',
  ],
  [
    'change data',
    ALL,
    [
      'storage.objects.create',
      'storage.objects.delete',
      'storage.objects.update',
      'storage.buckets.delete',
      'bigquery.tables.updateData',
      'bigquery.tables.delete',
      'bigquery.datasets.delete',
      'spanner.databases.write',
      'spanner.databases.drop',
      'datastore.entities.delete',
      'datastore.entities.update',
      'bigtable.tables.mutateRows',
      'cloudsql.instances.delete',
    ],
    0.6,
    'What others rely on.',
  ],
  ['look at resources', ALL, ['*.get', '*.list', '*.getIamPolicy', '*.search*'], 0.1, 'Names and settings.'],
  ['the rest of containers', CONTAINERS, undefined, 0.4, 'Services and settings of whole projects.'],
  ['the rest', ALL, undefined, 0.3, 'What no rule above names.'],
];

export const GCP_RULES: readonly SensitivityRule[] = LINES.map(([name, type, permissions, weight, because]) => ({
  name: `Google Cloud: ${name}`,
  resource: { type },
  ...(permissions === undefined ? {} : { actions: permissions }),
  weight,
  because,
}));
