import type {
  AttributesDescription,
  EdgeDescription,
  NodeDescription,
  SourceDescription,
} from '../declared/description.ts';
import { comparableName } from './distinguished-name.ts';

const ATTRIBUTES: AttributesDescription = {
  named: { distinguishedName: 'dn', email: 'mail' },
  rest: '',
  except: ['dn', 'objectclass', 'member', 'uniquemember', 'memberuid', 'memberof', 'roleoccupant', 'mail'],
  instants: {
    accountexpires: 'filetime',
    lastlogon: 'filetime',
    lastlogontimestamp: 'filetime',
    pwdlastset: 'filetime',
    badpasswordtime: 'filetime',
    whencreated: 'generalized',
    whenchanged: 'generalized',
    createtimestamp: 'generalized',
    modifytimestamp: 'generalized',
    authtimestamp: 'generalized',
  },
};

const BY_NAME = { list: 'distinguished name', name: '{dn|dn}' };
const BY_SID = { list: 'SID', name: '{objectsid}' };

const node = (more: Pick<NodeDescription, 'kind' | 'about'> & Partial<NodeDescription>): NodeDescription => ({
  id: '{dn}',
  name: '{cn}',
  attributes: ATTRIBUTES,
  ...more,
});

const named = (path: string) => ({ id: `{${path}|dn}`, list: 'distinguished name' });

const account = (about: string, kind: 'User' | 'ServiceAccount'): NodeDescription =>
  node({
    kind,
    about,
    aka: [BY_NAME, BY_SID, { list: 'uid', name: '{item}', each: 'uid' }],
  });

const ACCOUNT_EDGES: readonly EdgeDescription[] = [
  {
    kind: 'MEMBER_OF',
    about: 'groups that it names itself a member of',
    each: 'memberof',
    from: '{self}',
    to: named('item'),
    evidence: '{item}',
  },
  {
    kind: 'MEMBER_OF',
    about: 'its primary group in POSIX, which does not list it; one that no entry describes is passed over',
    from: '{self}',
    to: { id: '{gidnumber}', list: 'gidNumber', unknown: 'pass' },
    key: 'primary group',
    evidence: 'gidNumber of {dn}',
  },
  {
    kind: 'MEMBER_OF',
    about: 'its primary group in Active Directory, which does not list it',
    from: '{self}',
    to: { id: '{primarygroupsid}', list: 'SID' },
    key: 'primary group',
    evidence: 'primaryGroupID of {dn}',
  },
];

const members = (field: string, path: string): EdgeDescription => ({
  kind: 'MEMBER_OF',
  about: `its members by distinguished name (\`${field}\`), groups among them`,
  each: field,
  from: named(path),
  to: '{self}',
  evidence: '{dn}',
});

const owners = (field: string): EdgeDescription => ({
  kind: 'OWNS',
  about: `who answers for it (\`${field}\`)`,
  each: field,
  from: { ...named('item'), unknown: 'pass' },
  to: '{self}',
  key: field,
  evidence: '{dn}',
});

/** What any LDAP directory exports. */
export const ldif: SourceDescription = {
  format: 'ldif',
  title: 'LDAP directories',
  summary: 'LDIF: the export of an LDAP directory (OpenLDAP, 389, Active Directory, …), files or folders',
  spellings: {
    dn: comparableName,
    // `uniqueMember` may have a number behind the name, as a string of bits.
    unique: (text) => comparableName(text.replace(/#'[01]*'B$/, '')),
  },
  entities: [
    {
      record: 'users',
      about:
        'Entries of the object class `person` and its kinds (`inetOrgPerson`, `user`), `posixAccount`, `account`, `shadowAccount`.',
      fields: {},
      nodes: [account('the account', 'User')],
      edges: ACCOUNT_EDGES,
    },
    {
      record: 'service-accounts',
      about:
        'Entries of the object class `computer`, managed service accounts, `applicationProcess`, and `simpleSecurityObject` that is nothing else.',
      fields: {},
      nodes: [account('the account', 'ServiceAccount')],
      edges: ACCOUNT_EDGES,
    },
    {
      record: 'groups',
      about:
        'Entries of the object class `group`, `groupOfNames`, `groupOfUniqueNames`, `groupOfMembers`, `posixGroup`.',
      fields: {},
      nodes: [
        node({ kind: 'Group', about: 'the group', aka: [BY_NAME, BY_SID, { list: 'gidNumber', name: '{gidnumber}' }] }),
      ],
      edges: [
        members('member', 'item'),
        { ...members('uniquemember', 'item'), from: { id: '{item|unique}', list: 'distinguished name' } },
        {
          kind: 'MEMBER_OF',
          about: 'its members by `uid`',
          each: 'memberuid',
          from: { id: '{item}', list: 'uid' },
          to: '{self}',
          evidence: '{dn}',
        },
        ACCOUNT_EDGES[0]!,
        owners('owner'),
        owners('managedby'),
      ],
    },
    {
      record: 'roles',
      about: 'Entries of the object class `organizationalRole`.',
      fields: {},
      nodes: [node({ kind: 'Role', about: 'the role', aka: [BY_NAME] })],
      edges: [
        {
          kind: 'HAS_ROLE',
          about: 'who fills it',
          each: 'roleoccupant',
          from: named('item'),
          to: '{self}',
          evidence: '{dn}',
        },
      ],
    },
    {
      record: 'others',
      about: 'Everything else: units, domains, policies. Passed over, and counted.',
      passedOver: 'neither account nor group nor role',
      fields: {},
      nodes: [],
      edges: [],
    },
  ],
};
