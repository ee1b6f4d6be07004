import type { EdgeDescription, NodeDescription, SourceDescription } from '../declared/description.ts';

const USER = '{host}/user/{name}';
const GROUP = '{host}/group/{name}';
const ROOT = '{host}/user/{root}';

const account = (kind: 'User' | 'ServiceAccount', isPerson: boolean, about: string): NodeDescription => ({
  kind,
  about,
  when: { path: 'isPerson', oneOf: [isPerson] },
  id: USER,
  name: '{name}',
  attributes: { named: { uid: 'uid', gid: 'gid', fullName: 'fullName', home: 'home', shell: 'shell', login: 'login' } },
});

/** Groups whose members are as good as root where the program that they are for runs. */
const AS_GOOD_AS_ROOT: Readonly<Record<string, string>> = {
  docker: 'the Docker daemon runs',
  lxd: 'LXD runs',
  incus: 'Incus runs',
  'incus-admin': 'Incus runs',
  libvirt: 'the virtualisation daemon runs',
  disk: 'the disks are devices of this machine',
};

const takeovers: readonly EdgeDescription[] = Object.entries(AS_GOOD_AS_ROOT).map(([group, condition]) => ({
  kind: 'CONTROLS',
  about: `members of \`${group}\` can become root`,
  when: { path: 'name', oneOf: [group] },
  from: GROUP,
  to: ROOT,
  technique: group,
  condition,
}));

const RULE = { from: '{principal}', key: '{key}', condition: '{condition}' } as const;

/** Accounts, groups and sudo of one machine. */
export const posix: SourceDescription = {
  format: 'posix',
  title: 'A POSIX machine',
  summary: 'POSIX: passwd, group and sudoers of a machine, by its root: "load posix /"',
  entities: [
    {
      record: 'machines',
      about: 'The machine itself.',
      fields: {},
      nodes: [
        { kind: 'Resource', about: 'the machine', id: '{host}', name: '{host}', resourceType: 'host' },
        {
          kind: 'Group',
          about: 'all accounts of it: ALL in sudoers',
          id: '{host}/everyone',
          name: 'everyone on {host}',
        },
      ],
      edges: [],
    },
    {
      record: 'accounts',
      about: 'Lines of `etc/passwd`.',
      fields: {},
      nodes: [
        account('User', true, 'an account with a number from 1000 to 59999'),
        account('ServiceAccount', false, 'any other account'),
      ],
      edges: [
        { kind: 'MEMBER_OF', about: 'all accounts', from: USER, to: '{host}/everyone' },
        {
          kind: 'MEMBER_OF',
          about: 'its primary group, which does not list it',
          from: USER,
          to: { id: '{gid}', list: 'group number' },
          key: 'primary group',
        },
        {
          kind: 'GRANTS',
          about: 'it has a shell to log in with',
          when: { path: 'login', oneOf: [true] },
          from: USER,
          to: '{host}',
          actions: ['login'],
          key: 'login',
        },
        {
          kind: 'GRANTS',
          about: 'the number 0 may do everything',
          when: { path: 'isRoot', oneOf: [true] },
          from: USER,
          to: '{host}',
          actions: ['*'],
          key: 'root',
        },
        {
          kind: 'CAN_ASSUME',
          about: 'and be everyone',
          when: { path: 'isRoot', oneOf: [false] },
          from: ROOT,
          to: USER,
          technique: 'root',
        },
      ],
    },
    {
      record: 'groups',
      about: 'Lines of `etc/group`.',
      fields: {},
      nodes: [
        {
          kind: 'Group',
          about: 'the group',
          id: GROUP,
          name: '{name}',
          aka: [{ list: 'group number', name: '{gid}' }],
          attributes: { named: { gid: 'gid' } },
        },
      ],
      edges: [
        { kind: 'MEMBER_OF', about: 'its members', each: 'members', from: '{host}/user/{item}', to: GROUP },
        ...takeovers,
      ],
    },
    {
      record: 'rules',
      about:
        'What a rule of sudoers lets one user or group do as one account, aliases filled in. `commands` are patterns: one without arguments allows any.',
      fields: {},
      nodes: [
        {
          kind: 'Resource',
          about: 'commands as an account, in the machine',
          each: 'as',
          id: '{host}/as/{as}',
          name: 'commands as {as} on {host}',
          resourceType: 'commands',
        },
      ],
      edges: [
        { kind: 'CONTAINS', about: 'commands run on the machine', from: '{host}', to: '{host}/as/{as}' },
        {
          ...RULE,
          kind: 'GRANTS',
          about: 'the commands of the rule',
          to: '{host}/as/{as}',
          actionsIn: 'commands',
          exceptionsIn: 'denied',
        },
        {
          ...RULE,
          kind: 'CAN_ASSUME',
          about: 'all commands without exception: it may be the account',
          when: { path: 'isFree', oneOf: [true] },
          to: '{host}/user/{as}',
          technique: '{technique}',
        },
        {
          ...RULE,
          kind: 'CONTROLS',
          about: 'all commands but some: what is taken out can be run in another way',
          when: [
            { path: 'isAll', oneOf: [true] },
            { path: 'isFree', oneOf: [false] },
          ],
          to: '{host}/user/{as}',
          technique: '{technique}',
        },
      ],
    },
  ],
};
