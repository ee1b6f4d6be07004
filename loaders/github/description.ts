import type { EdgeDescription, EndDescription, NodeDescription, SourceDescription } from '../declared/description.ts';

const organization = (id: string): EndDescription => ({
  id,
  unknown: { kind: 'Resource', resourceType: 'github-organization' },
});

/** A place of roles: an organization may be told in passing, a repository that no answer describes is reported. */
const scope: EndDescription = {
  id: '{scope}',
  unknown: { kind: (id) => (id.includes('/org/') ? 'Resource' : undefined), resourceType: 'github-organization' },
};

const people: readonly NodeDescription[] = (['User', 'ServiceAccount'] as const).map((kind) => ({
  kind,
  about: kind === 'User' ? 'the account' : 'the account of a bot',
  each: 'people',
  when: { path: 'item.kind', oneOf: [kind] },
  id: '{item.id}',
  name: '{item.login}',
  attributes: {
    named: { login: 'item.login', email: 'item.email', nodeId: 'item.node_id', siteAdmin: 'item.site_admin' },
  },
}));

const everyone: readonly [NodeDescription, EdgeDescription] = [
  { kind: 'Group', about: 'everybody, for public repositories', each: 'everyone', id: '{item}', name: 'everyone' },
  {
    kind: 'MEMBER_OF',
    about: 'everybody',
    each: 'people',
    from: '{item.id}',
    to: { id: '{item.everyone}', unknown: 'pass' },
  },
];

const roles: NodeDescription = {
  kind: 'Role',
  about: 'the role there, and those below it',
  each: 'roles',
  id: '{item.id}',
  name: '{item.name}',
  attributes: { named: { definition: 'item.definition' } },
};

const ofRoles: readonly EdgeDescription[] = [
  {
    kind: 'INHERITS',
    about: 'a role has what the one below has',
    each: 'inherits',
    from: '{item.from}',
    to: '{item.to}',
  },
  {
    kind: 'GRANTS',
    about: 'what it adds',
    each: 'roles',
    when: { path: 'item.actions' },
    from: '{item.id}',
    to: scope,
    actionsIn: 'item.actions',
    condition: '{item.condition}',
  },
  {
    kind: 'GRANTS',
    about: 'a custom role of which no definition was given may have any permission',
    each: 'roles',
    when: { path: 'item.unknown' },
    from: '{item.id}',
    to: scope,
    actions: ['*'],
    condition: '{item.unknown}',
  },
];

/** GitHub: answers of its API, saved as JSON. */
export const github: SourceDescription = {
  format: 'github',
  title: 'GitHub',
  summary: 'GitHub: saved answers of its API (organizations, teams, repositories, roles, apps), JSON files or folders',
  entities: [
    {
      record: 'organizations',
      about: 'Organizations. Owners have all, members the base permission on each repository.',
      fields: {
        id: 'text',
        login: 'text',
        name: 'text',
        members: 'text',
        owners: 'text',
        base: 'text',
        data: 'object',
      },
      nodes: [
        {
          kind: 'Resource',
          about: 'the organization',
          id: '{id}',
          name: '{login}',
          resourceType: 'github-organization',
          attributes: {
            named: {
              displayName: 'name',
              email: 'data.email',
              basePermission: 'data.default_repository_permission',
              twoFactorRequired: 'data.two_factor_requirement_enabled',
              membersCanInviteOutside: 'data.members_can_invite_outside_collaborators',
            },
          },
        },
        { kind: 'Group', about: 'its members', each: 'members', id: '{item}', name: 'members of {login}' },
        { kind: 'Role', about: 'its owners', each: 'owners', id: '{item}', name: 'owners of {login}' },
      ],
      edges: [
        { kind: 'GRANTS', about: 'owners have all on it and in it', from: '{owners}', to: '{id}', actions: ['*'] },
        { kind: 'HAS_ROLE', about: 'the base permission', when: { path: 'base' }, from: '{members}', to: '{base}' },
      ],
    },
    {
      record: 'roles',
      about: 'Roles at a repository, or at an organization for all of its repositories.',
      fields: { scope: 'text', roles: 'objects', inherits: 'objects' },
      nodes: [roles],
      edges: ofRoles,
    },
    {
      record: 'repositories',
      about:
        'Repositories. A public one gives everybody the role `read`, an internal one the members of its organization.',
      fields: {
        id: 'text',
        name: 'text',
        owner: 'text',
        organization: 'text',
        reader: 'text',
        people: 'objects',
        everyone: 'texts',
        secrets: 'texts',
        data: 'object',
      },
      nodes: [
        {
          kind: 'Resource',
          about: 'the repository',
          id: '{id}',
          name: '{name}',
          resourceType: 'github-repository',
          attributes: {
            named: {
              visibility: 'data.visibility',
              archived: 'data.archived',
              defaultBranch: 'data.default_branch',
              topics: 'data.topics',
              nodeId: 'data.node_id',
            },
          },
        },
        ...people,
        everyone[0],
      ],
      edges: [
        { kind: 'CONTAINS', about: 'it is of its organization', from: organization('{organization}'), to: '{id}' },
        { kind: 'HAS_ROLE', about: 'who may read it', from: { id: '{reader}', unknown: 'pass' }, to: '{id}/role/read' },
        {
          kind: 'HAS_ROLE',
          about: 'the person that it is of',
          from: { id: '{owner}', unknown: 'pass' },
          to: '{id}/role/admin',
        },
        { kind: 'OWNS', about: 'the person that it is of', from: { id: '{owner}', unknown: 'pass' }, to: '{id}' },
        {
          kind: 'CONTAINS',
          about: 'secrets of the organization that it takes: whoever may push to it can run a workflow that reads them',
          each: 'secrets',
          from: '{id}',
          to: { id: '{item}', unknown: 'pass' },
        },
        everyone[1],
      ],
    },
    {
      record: 'teams',
      about: 'Teams. A team inside of another has what that has.',
      fields: { id: 'text', name: 'text', parent: 'text', data: 'object' },
      nodes: [
        {
          kind: 'Group',
          about: 'the team',
          id: '{id}',
          name: '{name}',
          attributes: { named: { slug: 'data.slug', description: 'data.description', privacy: 'data.privacy' } },
        },
      ],
      edges: [
        {
          kind: 'MEMBER_OF',
          about: 'the team that it is in',
          from: '{id}',
          to: { id: '{parent}', unknown: { kind: 'Group' } },
        },
      ],
    },
    {
      record: 'people',
      about: 'Accounts, wherever an answer names one.',
      fields: { people: 'objects', everyone: 'texts' },
      nodes: [...people, everyone[0]],
      edges: [everyone[1]],
    },
    {
      record: 'memberships',
      about: 'Members of a team or an organization. Maintainers of a team add whom they like.',
      fields: { group: 'text', member: 'text', maintains: 'flag' },
      nodes: [],
      edges: [
        { kind: 'MEMBER_OF', about: 'the membership', from: '{member}', to: '{group}' },
        {
          kind: 'CONTROLS',
          about: 'a maintainer of the team',
          when: { path: 'maintains', oneOf: [true] },
          from: '{member}',
          to: '{group}',
          technique: 'AddMember',
        },
      ],
    },
    {
      record: 'role-holders',
      about: 'Who has a role at a repository or in an organization.',
      fields: { holder: 'text', role: 'text' },
      nodes: [],
      edges: [{ kind: 'HAS_ROLE', about: 'the assignment', from: '{holder}', to: '{role}' }],
    },
    {
      record: 'organization-roles',
      about: 'Roles of an organization, custom and given.',
      fields: {
        id: 'text',
        name: 'text',
        organization: 'text',
        permissions: 'texts',
        base: 'text',
        rewrites: 'flag',
        data: 'object',
      },
      nodes: [
        {
          kind: 'Role',
          about: 'the role',
          id: '{id}',
          name: '{name}',
          attributes: { named: { description: 'data.description', definition: 'data.id' } },
        },
      ],
      edges: [
        {
          kind: 'GRANTS',
          about: 'its permissions, on the organization alone',
          when: { path: 'permissions' },
          from: '{id}',
          to: organization('{organization}'),
          actionsIn: 'permissions',
          inherit: false,
        },
        {
          kind: 'INHERITS',
          about: 'the role that it gives at each repository',
          from: '{id}',
          to: { id: '{base}', unknown: 'pass' },
        },
        {
          kind: 'CONTROLS',
          about: 'who writes roles of the organization can write more into one',
          when: { path: 'rewrites', oneOf: [true] },
          from: '{id}',
          to: organization('{organization}'),
          technique: 'write_organization_custom_org_role',
          condition: 'it writes the permission into a role that it holds',
        },
      ],
    },
    {
      record: 'installations',
      about: 'Apps where they are installed.',
      fields: {
        id: 'text',
        app: 'text',
        name: 'text',
        enabled: 'flag',
        targets: 'texts',
        actions: 'texts',
        condition: 'text',
        data: 'object',
      },
      nodes: [
        {
          kind: 'ServiceAccount',
          about: 'the installation',
          id: '{id}',
          name: '{name}',
          attributes: {
            named: { enabled: 'enabled', selection: 'data.repository_selection', permissions: 'data.permissions' },
          },
        },
      ],
      edges: [
        {
          kind: 'GRANTS',
          about: 'its permissions: on the organization for all repositories, else on the selected ones',
          each: 'targets',
          when: { path: 'actions' },
          from: '{id}',
          to: organization('{item}'),
          actionsIn: 'actions',
          condition: '{condition}',
        },
        {
          kind: 'CAN_ASSUME',
          about: 'whoever has the key of the app gets tokens of each installation',
          from: { id: '{app}', unknown: { kind: 'ServiceAccount' } },
          to: '{id}',
          technique: 'app key',
        },
      ],
    },
    {
      record: 'apps',
      about: 'Apps.',
      fields: { id: 'text', name: 'text', owner: 'text', people: 'objects', everyone: 'texts', data: 'object' },
      nodes: [
        {
          kind: 'ServiceAccount',
          about: 'the app',
          id: '{id}',
          name: '{name}',
          attributes: { named: { slug: 'data.slug', clientId: 'data.client_id' } },
        },
        ...people,
        everyone[0],
      ],
      edges: [
        { kind: 'CONTROLS', about: 'its owner makes keys for it', from: '{owner}', to: '{id}', technique: 'app key' },
        everyone[1],
      ],
    },
    {
      record: 'tokens',
      about: 'Fine-grained tokens: at most what their owner has, so on that condition.',
      fields: {
        id: 'text',
        name: 'text',
        owner: 'text',
        people: 'objects',
        everyone: 'texts',
        targets: 'texts',
        actions: 'texts',
        condition: 'text',
        validTo: 'text',
        data: 'object',
      },
      nodes: [
        {
          kind: 'ServiceAccount',
          about: 'the token',
          id: '{id}',
          name: '{name}',
          attributes: {
            named: {
              owner: 'owner',
              selection: 'data.repository_selection',
              permissions: 'data.permissions',
              reason: 'data.reason',
            },
          },
        },
        ...people,
        everyone[0],
      ],
      edges: [
        {
          kind: 'GRANTS',
          about: 'its permissions, until it expires',
          each: 'targets',
          when: { path: 'actions' },
          from: '{id}',
          to: organization('{item}'),
          actionsIn: 'actions',
          condition: '{condition}',
          validTo: '{validTo}',
        },
        { kind: 'OWNS', about: 'its owner', from: '{owner}', to: '{id}' },
        everyone[1],
      ],
    },
    {
      record: 'secrets',
      about: 'Secrets of workflows, by name: no answer has their values.',
      fields: { id: 'text', name: 'text', within: 'text', bundle: 'texts', organization: 'text', data: 'object' },
      nodes: [
        {
          kind: 'Resource',
          about: 'the secret',
          id: '{id}',
          name: '{name}',
          resourceType: 'github-secret',
          attributes: { named: { visibility: 'data.visibility', updated: 'data.updated_at' } },
        },
        {
          kind: 'Resource',
          about: 'all secrets of an organization that the same repositories take',
          each: 'bundle',
          id: '{item}',
          resourceType: 'github-secrets',
        },
      ],
      edges: [
        {
          kind: 'CONTAINS',
          about: 'the repository that it is of, or those that take it',
          from: { id: '{within}', unknown: 'report' },
          to: '{id}',
        },
        { kind: 'CONTAINS', about: 'its organization', from: organization('{organization}'), to: '{id}' },
      ],
    },
    {
      record: 'environments',
      about:
        'Environments that workflows deploy to. One without rules is in its repository; the others only administrators and reviewers rule.',
      fields: {
        id: 'text',
        name: 'text',
        repository: 'text',
        within: 'text',
        people: 'objects',
        everyone: 'texts',
        reviewers: 'texts',
        groups: 'objects',
        data: 'object',
      },
      nodes: [
        {
          kind: 'Resource',
          about: 'the environment',
          id: '{id}',
          name: '{name}',
          resourceType: 'github-environment',
          attributes: { named: { created: 'data.created_at' } },
        },
        ...people,
        everyone[0],
        { kind: 'Group', about: 'a team that reviews', each: 'groups', id: '{item.id}', name: '{item.name}' },
      ],
      edges: [
        { kind: 'CONTAINS', about: 'its repository', from: { id: '{within}', unknown: 'report' }, to: '{id}' },
        {
          kind: 'GRANTS',
          about: 'administrators of the repository change its rules',
          from: { id: '{repository}/role/admin', unknown: 'pass' },
          to: '{id}',
          actions: ['admin'],
        },
        {
          kind: 'GRANTS',
          about: 'reviewers let deployments pass',
          each: 'reviewers',
          from: '{item}',
          to: '{id}',
          actions: ['review'],
        },
        everyone[1],
      ],
    },
    {
      record: 'scim-users',
      about:
        'Identities that an identity provider provisions. They are accounts of their own, by which others are joined.',
      fields: { id: 'text', name: 'text', email: 'text', enabled: 'flag', data: 'object' },
      nodes: [
        {
          kind: 'User',
          about: 'the identity',
          id: '{id}',
          name: '{name}',
          attributes: {
            named: {
              enabled: 'enabled',
              email: 'email',
              userName: 'data.userName',
              externalId: 'data.externalId',
              displayName: 'data.displayName',
            },
          },
        },
      ],
      edges: [],
    },
    {
      record: 'unattributed',
      about: 'Lists that do not say what they belong to, in a file that does not either. Passed over, and counted.',
      passedOver:
        'a list that does not say of what it is, and the file does not either: save it as the path of the API, such as repos/OWNER/NAME/collaborators.json, or with the id behind, repo-collaborators-ID.json',
      fields: {},
      nodes: [],
      edges: [],
    },
    {
      record: 'token-requests',
      about: 'Requests for tokens that nobody granted yet.',
      passedOver: 'a request for a token: it gives nothing until it is granted',
      fields: {},
      nodes: [],
      edges: [],
    },
    {
      record: 'others',
      about: 'Branches, rules, workflows, variables, alerts and anything else. Passed over, and counted.',
      passedOver: 'a branch, a rule, a workflow, an alert or something else that gives no access by itself',
      fields: {},
      nodes: [],
      edges: [],
    },
  ],
};
