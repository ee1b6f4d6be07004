/**
 * Rights in an Active Directory forest, on the resource types `domain`, `domain-controller`, `computer`, and those of its
 * policies and certificates. That a group or an account can be taken over is an edge of the graph and needs no weight here:
 * what it leads to has one.
 */
import type { SensitivityRule } from './rule.ts';

/** Rights that give every other right on the object. */
const OWNING = [
  'GenericAll',
  'GenericWrite',
  'WriteDacl',
  'WriteOwner*',
  'Owns',
  'OwnsRights',
  'AllExtendedRights',
  'OwnsLimitedRights',
];
const REPLICATING = ['DCSync', 'GetChangesAll', 'SyncLAPSPassword'];
const ADMINISTERING = ['AdminTo', 'ExecuteDCOM', 'CanPSRemote', 'CanRDP', 'SQLAdmin', 'HasSession'];
const PASSWORDS = ['ReadLAPSPassword', 'DumpSMSAPassword', 'ReadGMSAPassword'];
const DELEGATING = [
  'AllowedToDelegate',
  'AllowedToAct',
  'AddAllowedToAct',
  'WriteAccountRestrictions',
  'AddKeyCredentialLink',
  'CoerceToTGT',
  'AbuseTGTDelegation',
];
const READING = ['GetChanges', 'GetChangesInFilteredSet', 'Read*', 'List*', 'GenericRead'];

/** What is said of rights on a type: name, type, attributes, rights (all when undefined), weight, reason. */
type Line = readonly [
  name: string,
  type: string,
  attributes: Readonly<Record<string, string>> | undefined,
  rights: readonly string[] | undefined,
  weight: number,
  because: string,
];

const TIER_ZERO = { system_tags: '*admin_tier_0*' } as const;
const HIGH_VALUE = { highvalue: 'true' } as const;

const LINES: readonly Line[] = [
  ['replicate the domain', 'domain', undefined, REPLICATING, 1, 'The passwords of all accounts.'],
  [
    'own the domain',
    'domain',
    undefined,
    [...OWNING, 'WriteGPLink', 'SpoofSIDHistory', 'DCFor'],
    1,
    'Gives itself the right to replicate it, or rules every machine.',
  ],
  [
    'read the domain',
    'domain',
    undefined,
    READING,
    0.2,
    'What every account may read, and the lesser half of replicating.',
  ],
  ['the rest of the domain', 'domain', undefined, undefined, 0.8, 'What no rule above names.'],
  ['domain controllers', 'domain-controller', undefined, undefined, 1, 'The passwords of all accounts lie on them.'],
  ['machines of tier zero', 'computer', TIER_ZERO, undefined, 1, 'Who runs them runs the forest.'],
  ['machines of high value', 'computer', HIGH_VALUE, undefined, 1, 'Who runs them runs the forest.'],
  [
    'run machines',
    'computer',
    undefined,
    [...OWNING, ...ADMINISTERING, ...PASSWORDS, ...DELEGATING],
    0.5,
    'The machine, and the accounts that log in to it.',
  ],
  ['read machines', 'computer', undefined, READING, 0.1, 'Names and settings.'],
  [
    'policies',
    'gpo',
    undefined,
    [...OWNING, 'WriteGPLink'],
    0.8,
    'Programs on every machine that the policy applies to.',
  ],
  [
    'certificate authorities',
    'enterprise-ca',
    undefined,
    [...OWNING, 'ManageCA', 'ManageCertificates', 'HostsCAService'],
    1,
    'Certificates for any name.',
  ],
  ['root authorities', 'root-ca', undefined, OWNING, 1, 'Certificates for any name.'],
  ['trusted certificates', 'ntauth-store', undefined, OWNING, 1, 'Which authorities are believed.'],
  [
    'certificate templates',
    'certificate-template',
    undefined,
    [...OWNING, 'WritePKIEnrollmentFlag', 'WritePKINameFlag', 'WriteProperty*'],
    0.9,
    'Certificates for other names.',
  ],
  ['units', 'ou', undefined, [...OWNING, 'WriteGPLink'], 0.6, 'All accounts and machines in it.'],
  ['containers', 'container', undefined, OWNING, 0.6, 'All accounts and machines in it.'],
];

export const DIRECTORY_RULES: readonly SensitivityRule[] = LINES.map(
  ([name, type, attributes, rights, weight, because]) => ({
    name: `Active Directory: ${name}`,
    resource: { type, ...(attributes === undefined ? {} : { attributes }) },
    ...(rights === undefined ? {} : { actions: rights }),
    weight,
    because,
  }),
);
