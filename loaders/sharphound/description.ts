import type {
  AttributesDescription,
  EdgeDescription,
  EndDescription,
  EntityDescription,
  Form,
  NodeDescription,
  SourceDescription,
} from '../declared/description.ts';
import { CRACKS_ACCOUNT, TAKES_ACCOUNT, TAKES_CERTIFICATES, TAKES_GROUP } from './rights.ts';
import { identifierOf, kindOfPrincipal } from './sids.ts';

const SELF = '{ObjectIdentifier|id}';
const MACHINE = '{ObjectIdentifier|id}/machine';

/** A principal that another collection describes stands in, where its kind can be told. */
const principal = (path: string): EndDescription => ({ id: `{${path}|id}`, unknown: { kind: kindOfPrincipal } });

const group = (path: string): EndDescription => ({ id: `{${path}|id}`, unknown: { kind: 'Group' } });

const EVERY_OBJECT: Readonly<Record<string, Form>> = {
  ObjectIdentifier: 'text',
  Properties: 'object',
  Aces: 'objects',
  IsDeleted: 'flag',
  IsACLProtected: 'flag',
  ContainedBy: 'object',
  DomainSID: 'text',
};

const INSTANTS = {
  whencreated: 'seconds',
  lastlogon: 'seconds',
  lastlogontimestamp: 'seconds',
  pwdlastset: 'seconds',
} as const;

/** All that the directory says of an object, under the collector's names. */
const PROPERTIES: AttributesDescription = {
  rest: 'Properties',
  except: ['name'],
  instants: INSTANTS,
  named: { distinguishedName: 'Properties.distinguishedname', container: 'ContainedBy.ObjectIdentifier' },
};

const node = (more: Pick<NodeDescription, 'kind' | 'about'> & Partial<NodeDescription>): NodeDescription => ({
  id: SELF,
  name: '{Properties.name}',
  attributes: PROPERTIES,
  aka: [{ list: 'distinguished name', name: '{Properties.distinguishedname|upper}' }],
  ...more,
});

const ACE = { each: 'Aces', from: principal('item.PrincipalSID'), evidence: 'ACL of {Properties.name}' } as const;

/** Rights on a thing, as entitlements. They do not reach down: inherited ones are listed on each object. */
const grantsOn = (to: string): EdgeDescription => ({
  ...ACE,
  kind: 'GRANTS',
  about: 'each entry of its access control list: the right is the action',
  when: { path: 'item.RightName' },
  to,
  actions: ['{item.RightName}'],
  key: '{item.RightName}',
  inherit: false,
});

const takes = (rights: readonly string[], about: string): EdgeDescription => ({
  ...ACE,
  kind: 'CONTROLS',
  about,
  when: { path: 'item.RightName', oneOf: rights },
  to: SELF,
  technique: '{item.RightName}',
  key: '{item.RightName}',
});

const ACCOUNT_TAKEN: readonly EdgeDescription[] = [
  takes(TAKES_ACCOUNT, 'entries by which the account can be taken over'),
  {
    ...takes(CRACKS_ACCOUNT, 'entries by which its password can be attacked'),
    condition: 'its password can be guessed from a service ticket',
  },
];

const PRIMARY_GROUP: EdgeDescription = {
  kind: 'MEMBER_OF',
  about: 'its primary group, which does not list it among its members',
  from: SELF,
  to: group('PrimaryGroupSID'),
  evidence: 'primary group of {Properties.name}',
};

const DELEGATION: EdgeDescription = {
  kind: 'CONTROLS',
  about: 'machines to whose services it may act as anyone (constrained delegation)',
  each: 'AllowedToDelegate',
  from: SELF,
  to: principal('item.ObjectIdentifier'),
  technique: 'AllowedToDelegate',
  key: 'AllowedToDelegate',
};

const SID_HISTORY: readonly EdgeDescription[] = [
  {
    kind: 'MEMBER_OF',
    about: 'groups of which it carries the SID from an earlier domain',
    each: 'HasSIDHistory',
    when: { path: 'item.ObjectType', oneOf: ['Group'] },
    from: SELF,
    to: principal('item.ObjectIdentifier'),
    key: 'SID history',
  },
  {
    kind: 'CAN_ASSUME',
    about: 'accounts of which it carries the SID from an earlier domain',
    each: 'HasSIDHistory',
    when: { path: 'item.ObjectType', noneOf: ['Group'] },
    from: SELF,
    to: principal('item.ObjectIdentifier'),
    technique: 'HasSIDHistory',
    key: 'SID history',
  },
];

const ACCOUNT_FIELDS: Readonly<Record<string, Form>> = {
  PrimaryGroupSID: 'text',
  AllowedToDelegate: 'objects',
  HasSIDHistory: 'objects',
  UnconstrainedDelegation: 'flag',
};

const USERS: EntityDescription = {
  record: 'users',
  about: 'Accounts. One whose `samaccountname` ends in `$` (a managed service account, a trust) is a `ServiceAccount`.',
  fields: { ...EVERY_OBJECT, ...ACCOUNT_FIELDS, SPNTargets: 'objects', IsService: 'flag' },
  nodes: [
    node({ kind: 'User', about: 'the account', when: { path: 'IsService', oneOf: [false] } }),
    node({ kind: 'ServiceAccount', about: 'the account', when: { path: 'IsService', oneOf: [true] } }),
  ],
  edges: [
    PRIMARY_GROUP,
    ...ACCOUNT_TAKEN,
    DELEGATION,
    ...SID_HISTORY,
    {
      kind: 'GRANTS',
      about: 'machines on which a database runs as this account',
      each: 'SPNTargets',
      from: SELF,
      to: '{item.ComputerSID|id}/machine',
      actions: ['{item.Service}'],
      key: '{item.Service}',
    },
  ],
};

const GROUPS: EntityDescription = {
  record: 'groups',
  about: 'Groups, those that every domain has (`PHANTOM.CORP-S-1-5-32-544`) among them.',
  fields: { ...EVERY_OBJECT, Members: 'objects', HasSIDHistory: 'objects' },
  nodes: [node({ kind: 'Group', about: 'the group' })],
  edges: [
    {
      kind: 'MEMBER_OF',
      about: 'its members',
      each: 'Members',
      when: { path: 'item.ObjectIdentifier', matches: /^(?!\s*(?:CN|OU|DC)=)/i },
      from: principal('item.ObjectIdentifier'),
      to: SELF,
    },
    {
      kind: 'MEMBER_OF',
      about: 'members that are told by their distinguished name',
      each: 'Members',
      when: { path: 'item.ObjectIdentifier', matches: /^\s*(?:CN|OU|DC)=/i },
      from: { id: '{item.ObjectIdentifier|upper}', list: 'distinguished name' },
      to: SELF,
    },
    takes(TAKES_GROUP, 'entries by which it can be joined or rewritten'),
  ],
};

const session = (list: string): EdgeDescription => ({
  kind: 'CONTROLS',
  about: `accounts that were logged on to it (\`${list}\`): whoever rules the machine can act as them`,
  each: `${list}.Results`,
  from: SELF,
  to: principal('item.UserSID'),
  technique: 'HasSession',
  key: 'HasSession',
  evidence: `${list} of {Properties.name}`,
});

const COMPUTERS: EntityDescription = {
  record: 'computers',
  about:
    'A computer is two things: the account that it has in the directory, a `ServiceAccount`, and the machine that people log in to, ' +
    'a `Resource` whose id has `/machine` behind it.',
  fields: {
    ...EVERY_OBJECT,
    ...ACCOUNT_FIELDS,
    AllowedToAct: 'objects',
    DumpSMSAPassword: 'objects',
    Sessions: 'object',
    PrivilegedSessions: 'object',
    RegistrySessions: 'object',
    LocalGroups: 'objects',
    UserRights: 'objects',
    DCRegistryData: 'object',
    NTLMRegistryData: 'object',
    Status: 'any',
    IsDC: 'flag',
    IsWebClientRunning: 'any',
    SmbInfo: 'any',
    MachineType: 'text',
  },
  nodes: [
    node({ kind: 'ServiceAccount', about: 'its account' }),
    {
      kind: 'Resource',
      about: 'the machine: `domain-controller` or `computer`',
      id: MACHINE,
      name: '{Properties.name}',
      resourceType: '{MachineType}',
      attributes: {
        named: {
          operatingSystem: 'Properties.operatingsystem',
          highvalue: 'Properties.highvalue',
          system_tags: 'Properties.system_tags',
          hasLaps: 'Properties.haslaps',
        },
      },
    },
  ],
  edges: [
    PRIMARY_GROUP,
    {
      kind: 'GRANTS',
      about: 'the account rules its machine',
      from: SELF,
      to: MACHINE,
      actions: ['AdminTo'],
      key: 'own machine',
      evidence: 'account of the machine',
    },
    grantsOn(MACHINE),
    ...ACCOUNT_TAKEN,
    DELEGATION,
    {
      kind: 'CONTROLS',
      about: 'accounts that may act as anyone to it (resource-based delegation)',
      each: 'AllowedToAct',
      from: principal('item.ObjectIdentifier'),
      to: SELF,
      technique: 'AllowedToAct',
      key: 'AllowedToAct',
    },
    {
      kind: 'CONTROLS',
      about: 'managed service accounts whose password it holds',
      each: 'DumpSMSAPassword',
      from: SELF,
      to: principal('item.ObjectIdentifier'),
      technique: 'DumpSMSAPassword',
      key: 'DumpSMSAPassword',
    },
    ...SID_HISTORY,
    ...['Sessions', 'PrivilegedSessions', 'RegistrySessions'].map(session),
  ],
};

const LOCAL_GROUPS: EntityDescription = {
  record: 'local-groups',
  about:
    'Groups of one machine, from `LocalGroups` of its computer. On a domain controller they are those of the domain.',
  fields: {},
  nodes: [
    {
      kind: 'Group',
      about: 'the group of the machine',
      when: { path: 'OfMachine', oneOf: [true] },
      id: SELF,
      name: '{Name}',
    },
  ],
  edges: [
    {
      kind: 'MEMBER_OF',
      about: 'its members',
      each: 'Results',
      from: principal('item.ObjectIdentifier'),
      to: group('ObjectIdentifier'),
      evidence: 'local groups of {Computer}',
    },
    {
      kind: 'GRANTS',
      about: 'administrators, remote desktop users, DCOM users and remote management users',
      when: { path: 'Right' },
      from: group('ObjectIdentifier'),
      to: '{ComputerId|id}/machine',
      actions: ['{Right}'],
      key: '{Right}',
      evidence: 'local groups of {Computer}',
    },
    {
      kind: 'CONTROLS',
      about: 'administrators of a machine can act as its account',
      when: { path: 'Right', oneOf: ['AdminTo'] },
      from: group('ObjectIdentifier'),
      to: '{ComputerId|id}',
      technique: 'AdminTo',
      evidence: 'local groups of {Computer}',
    },
    {
      kind: 'CONTROLS',
      about: 'DCOM users may be able to',
      when: { path: 'Right', oneOf: ['ExecuteDCOM'] },
      from: group('ObjectIdentifier'),
      to: '{ComputerId|id}',
      technique: 'ExecuteDCOM',
      condition: 'a DCOM application of the machine runs programs for its users',
      evidence: 'local groups of {Computer}',
    },
  ],
};

const USER_RIGHTS: EntityDescription = {
  record: 'user-rights',
  about: 'Rights that the policy of a machine assigns, from `UserRights` of its computer.',
  fields: {},
  nodes: [],
  edges: [
    {
      kind: 'GRANTS',
      about: 'who has the right; the right is the action',
      each: 'Results',
      from: principal('item.ObjectIdentifier'),
      to: '{ComputerId|id}/machine',
      actions: ['{Privilege}'],
      key: '{Privilege}',
      evidence: 'user rights of {Computer}',
    },
  ],
};

const thing = (record: string, resourceType: string, about: string, fields: Readonly<Record<string, Form>> = {}) => ({
  record,
  about,
  fields: { ...EVERY_OBJECT, ...fields },
  nodes: [node({ kind: 'Resource', about, resourceType })],
  edges: [grantsOn(SELF)],
});

const certificates = (
  record: string,
  resourceType: string,
  about: string,
  fields: Readonly<Record<string, Form>> = {},
): EntityDescription => {
  const plain = thing(record, resourceType, about, fields);
  return { ...plain, edges: [...plain.edges, takes(TAKES_CERTIFICATES, 'entries by which it can be rewritten')] };
};

const CHILDREN = { ChildObjects: 'objects' } as const;
const POLICIES = {
  Links: 'objects',
  GPOChanges: 'object',
  InheritanceHashes: 'any',
  ForestRootIdentifier: 'text',
} as const;

/** Local groups that policies fill, by field of `GPOChanges`. */
const BY_POLICY = [
  ['LocalAdmins', 'AdminTo'],
  ['RemoteDesktopUsers', 'CanRDP'],
  ['DcomUsers', 'ExecuteDCOM'],
  ['PSRemoteUsers', 'CanPSRemote'],
] as const;

/** A unit or domain whose policies fill local groups of its machines: one role for each right, so that edges do not multiply. */
function withPolicyRoles(entity: EntityDescription): EntityDescription {
  const roles = BY_POLICY.map(([field, right]) => ({ field, right, id: `${SELF}/${right}` }));
  return {
    ...entity,
    nodes: [
      ...entity.nodes,
      ...roles.map(({ field, right, id }) => ({
        kind: 'Role' as const,
        about: `who gets ${right} on its machines by policy`,
        when: { path: `GPOChanges.${field}.0` },
        each: 'ObjectIdentifier',
        id,
        name: `${right} by policy of {Properties.name}`,
      })),
    ],
    edges: [...entity.edges, ...roles.flatMap(({ field, right, id }) => policyEdges(field, right, id))],
  };
}

function policyEdges(field: string, right: string, role: string): readonly EdgeDescription[] {
  const when = { path: `GPOChanges.${field}.0` };
  const evidence = `GPOChanges.${field} of {Properties.name}`;
  const each = 'GPOChanges.AffectedComputers';
  const holders: EdgeDescription = {
    kind: 'HAS_ROLE',
    about: `who gets ${right} on its machines by policy`,
    each: `GPOChanges.${field}`,
    from: principal('item.ObjectIdentifier'),
    to: role,
    evidence,
  };
  const grant: EdgeDescription = {
    kind: 'GRANTS',
    about: `${right} on each machine that the policies apply to`,
    each,
    when,
    from: role,
    to: '{item.ObjectIdentifier|id}/machine',
    actions: [right],
    key: right,
    evidence,
  };
  if (right !== 'AdminTo') return [holders, grant];
  const control: EdgeDescription = {
    kind: 'CONTROLS',
    about: 'administrators of a machine can act as its account',
    each,
    when,
    from: role,
    to: '{item.ObjectIdentifier|id}',
    technique: right,
    evidence,
  };
  return [holders, grant, control];
}

/** Active Directory as SharpHound collects it: versions 5 and 6 of its files. */
export const sharphound: SourceDescription = {
  format: 'sharphound',
  title: 'Active Directory by SharpHound',
  summary: 'Active Directory: a SharpHound collection (version 5 or 6), zip, folder or JSON files',
  spellings: { id: identifierOf, upper: (text) => text.trim().toUpperCase() },
  entities: [
    USERS,
    GROUPS,
    COMPUTERS,
    LOCAL_GROUPS,
    USER_RIGHTS,
    withPolicyRoles(thing('domains', 'domain', 'A domain.', { ...CHILDREN, ...POLICIES, Trusts: 'objects' })),
    withPolicyRoles(thing('ous', 'ou', 'An organisational unit.', { ...CHILDREN, ...POLICIES })),
    thing('containers', 'container', 'A container.', CHILDREN),
    thing('gpos', 'gpo', 'A group policy object.'),
    certificates('certtemplates', 'certificate-template', 'A template of certificates.'),
    certificates('enterprisecas', 'enterprise-ca', 'An authority that issues certificates.', {
      CARegistryData: 'object',
      EnabledCertTemplates: 'objects',
      HostingComputer: 'text',
      HttpEnrollmentEndpoints: 'any',
    }),
    certificates('rootcas', 'root-ca', 'A root authority.'),
    certificates('aiacas', 'aia-ca', 'An authority whose certificates clients fetch.'),
    certificates('ntauthstores', 'ntauth-store', 'The authorities whose certificates may log in.'),
    certificates('issuancepolicies', 'issuance-policy', 'A policy of issuance.', { GroupLink: 'any' }),
  ],
};
