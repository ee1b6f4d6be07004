import type { EndDescription, NodeDescription, SourceDescription } from '../declared/description.ts';
import { kindOfId } from './objects.ts';

/** Fields that the API documents and nothing is made of. */
const COMMON = { created: 'any', lastUpdated: 'any', _links: 'any', _embedded: 'any' } as const;

const byId = (id: string): EndDescription => ({ id, unknown: { kind: kindOfId } });
const application = (id: string): EndDescription => ({
  id,
  unknown: { kind: 'Resource', resourceType: 'okta-application' },
});

const roleOfAssignment: NodeDescription = {
  kind: 'Role',
  about: 'the role; one that is limited to some groups or applications is its own',
  each: 'roles',
  id: '{item.id}',
  name: '{item.name}',
  attributes: { named: { definition: 'item.definition' } },
};

/** Okta: answers of its API, saved as JSON. */
export const okta: SourceDescription = {
  format: 'okta',
  title: 'Okta',
  summary: 'Okta: saved answers of its API (users, groups, applications, administrators), JSON files or folders',
  entities: [
    {
      record: 'organization',
      about: 'The organization.',
      fields: { id: 'text', subdomain: 'text', companyName: 'text' },
      nodes: [
        {
          kind: 'Resource',
          about: 'the organization',
          id: '{id}',
          name: '{companyName}',
          resourceType: 'okta-organization',
          attributes: { rest: '', except: ['id', '_links'] },
        },
      ],
      edges: [],
    },
    {
      record: 'users',
      about: 'Users. One that is deprovisioned, suspended or only staged is disabled.',
      fields: {
        ...COMMON,
        id: 'text',
        status: 'text',
        profile: 'object',
        enabled: 'flag',
        activated: 'any',
        statusChanged: 'any',
        lastLogin: 'any',
        passwordChanged: 'any',
        type: 'any',
        transitioningToStatus: 'any',
        realmId: 'any',
        credentials: 'any',
      },
      nodes: [
        {
          kind: 'User',
          about: 'the account',
          id: '{id}',
          name: '{profile.login}',
          attributes: {
            named: {
              enabled: 'enabled',
              status: 'status',
              email: 'profile.email',
              department: 'profile.department',
              title: 'profile.title',
              employeeNumber: 'profile.employeeNumber',
              manager: 'profile.managerId',
              lastLogin: 'lastLogin',
              created: 'created',
            },
            rest: 'profile',
          },
        },
      ],
      edges: [],
    },
    {
      record: 'groups',
      about: 'Groups, those of applications and directories among them.',
      fields: {
        ...COMMON,
        id: 'text',
        type: 'text',
        profile: 'object',
        lastMembershipUpdated: 'any',
        objectClass: 'any',
      },
      nodes: [
        {
          kind: 'Group',
          about: 'the group',
          id: '{id}',
          name: '{profile.name}',
          attributes: {
            named: { type: 'type', distinguishedName: 'profile.dn' },
            rest: 'profile',
            except: ['name', 'dn'],
          },
        },
      ],
      edges: [],
    },
    {
      record: 'applications',
      about: 'Applications.',
      fields: {
        ...COMMON,
        id: 'text',
        name: 'text',
        label: 'text',
        status: 'text',
        signOnMode: 'text',
        orn: 'text',
        organization: 'text',
      },
      nodes: [
        {
          kind: 'Resource',
          about: 'the application',
          id: '{id}',
          name: '{label}',
          resourceType: 'okta-application',
          attributes: {
            named: { status: 'status', signOnMode: 'signOnMode', application: 'name', orn: 'orn', created: 'created' },
          },
        },
      ],
      edges: [
        {
          kind: 'CONTAINS',
          about: 'it lies in the organization',
          from: { id: '{organization}', unknown: { kind: 'Resource', resourceType: 'okta-organization' } },
          to: '{id}',
        },
      ],
    },
    {
      record: 'memberships',
      about: 'Users of a group, from a file that says of which.',
      fields: { group: 'text', id: 'text' },
      nodes: [],
      edges: [{ kind: 'MEMBER_OF', about: 'the membership', from: byId('{id}'), to: byId('{group}') }],
    },
    {
      record: 'application-users',
      about: 'Users of an application. Those of an inactive one have it on condition that it is activated.',
      fields: { user: 'text', application: 'text', scope: 'text', condition: 'text', embedded: 'objects' },
      nodes: [
        {
          kind: 'User',
          about: 'the user, where it is told in passing',
          each: 'embedded',
          id: '{item.id}',
          name: '{item.profile.login}',
          attributes: { named: { enabled: 'item.enabled', status: 'item.status', email: 'item.profile.email' } },
        },
      ],
      edges: [
        {
          kind: 'GRANTS',
          about: 'the assignment, be it by a group or by itself',
          from: byId('{user}'),
          to: application('{application}'),
          actions: ['access'],
          condition: '{condition}',
          evidence: 'assigned by {scope}',
        },
      ],
    },
    {
      record: 'application-groups',
      about: 'Groups of an application.',
      fields: { group: 'text', application: 'text', condition: 'text' },
      nodes: [],
      edges: [
        {
          kind: 'GRANTS',
          about: 'the assignment',
          from: byId('{group}'),
          to: application('{application}'),
          actions: ['access'],
          condition: '{condition}',
        },
      ],
    },
    {
      record: 'role-assignments',
      about: 'Roles of administrators.',
      fields: {
        assignee: 'text',
        role: 'text',
        roles: 'objects',
        condition: 'text',
        organization: 'text',
        type: 'text',
        targets: 'any',
      },
      nodes: [roleOfAssignment],
      edges: [
        { kind: 'HAS_ROLE', about: 'the assignment', from: byId('{assignee}'), to: '{role}', condition: '{condition}' },
        {
          kind: 'GRANTS',
          about: 'a standard role is an action on the organization',
          when: { path: 'type', noneOf: ['CUSTOM'] },
          from: '{role}',
          to: { id: '{organization}', unknown: { kind: 'Resource', resourceType: 'okta-organization' } },
          actions: ['{type}'],
          inherit: false,
        },
      ],
    },
    {
      record: 'resource-sets',
      about: 'Sets of resources that custom roles are bound at.',
      fields: { ...COMMON, id: 'text', label: 'text', description: 'text' },
      nodes: [
        {
          kind: 'Resource',
          about: 'the set',
          id: '{id}',
          name: '{label}',
          resourceType: 'okta-resource-set',
          attributes: { named: { description: 'description' } },
        },
      ],
      edges: [],
    },
    {
      record: 'resources',
      about: 'What is in a set. Applications are contained in it; users and groups are what its roles rule.',
      fields: { set: 'text', application: 'text', about: 'text' },
      nodes: [],
      edges: [
        {
          kind: 'CONTAINS',
          about: 'an application in the set',
          when: { path: 'application' },
          from: { id: '{set}', unknown: { kind: 'Resource', resourceType: 'okta-resource-set' } },
          to: application('{application}'),
        },
      ],
    },
    {
      record: 'bindings',
      about: 'Custom roles bound at a set, with their permissions.',
      fields: {
        role: 'text',
        set: 'text',
        roles: 'objects',
        permissions: 'objects',
        unknown: 'text',
        assignee: 'text',
      },
      nodes: [roleOfAssignment],
      edges: [
        {
          kind: 'HAS_ROLE',
          about: 'a member of the binding',
          when: { path: 'assignee' },
          from: byId('{assignee}'),
          to: '{role}',
        },
        {
          kind: 'GRANTS',
          about: 'each permission; a condition is kept',
          each: 'permissions',
          from: '{role}',
          to: { id: '{set}', unknown: { kind: 'Resource', resourceType: 'okta-resource-set' } },
          actions: ['{item.label}'],
          condition: '{item.condition}',
          key: '{item.label}',
        },
        {
          kind: 'GRANTS',
          about: 'a role of which no permissions were given may have any',
          when: { path: 'unknown' },
          from: '{role}',
          to: { id: '{set}', unknown: { kind: 'Resource', resourceType: 'okta-resource-set' } },
          actions: ['*'],
          condition: '{unknown}',
        },
      ],
    },
    {
      record: 'api-tokens',
      about: 'Tokens: whoever has one acts as its user.',
      fields: {
        ...COMMON,
        id: 'text',
        name: 'text',
        userId: 'text',
        expiresAt: 'text',
        tokenWindow: 'any',
        network: 'any',
        clientName: 'any',
      },
      nodes: [
        {
          kind: 'ServiceAccount',
          about: 'the token',
          id: '{id}',
          name: '{name}',
          attributes: {
            named: {
              owner: 'userId',
              expiresAt: 'expiresAt',
              created: 'created',
              network: 'network',
              client: 'clientName',
            },
          },
        },
      ],
      edges: [
        { kind: 'CAN_ASSUME', about: 'its user', from: '{id}', to: byId('{userId}'), technique: 'api token' },
        { kind: 'OWNS', about: 'the user', from: byId('{userId}'), to: '{id}' },
      ],
    },
    {
      record: 'api-services',
      about: 'Integrations that call the API by themselves.',
      fields: {
        ...COMMON,
        id: 'text',
        name: 'text',
        grantedScopes: 'texts',
        createdBy: 'text',
        type: 'any',
        createdAt: 'any',
        configGuideUrl: 'any',
        organization: 'text',
      },
      nodes: [
        {
          kind: 'ServiceAccount',
          about: 'the integration',
          id: '{id}',
          name: '{name}',
          attributes: { named: { integration: 'type', createdAt: 'createdAt', owner: 'createdBy' } },
        },
      ],
      edges: [
        {
          kind: 'GRANTS',
          about: 'its scopes, on the organization',
          from: '{id}',
          to: { id: '{organization}', unknown: { kind: 'Resource', resourceType: 'okta-organization' } },
          actionsIn: 'grantedScopes',
        },
      ],
    },
    {
      record: 'group-rules',
      about: 'Rules that fill groups.',
      passedOver: 'a group rule: whom it adds, the users of the group tell',
      fields: {},
      nodes: [],
      edges: [],
    },
    {
      record: 'custom-roles',
      about: 'Definitions of custom roles. They become roles where they are bound.',
      fields: {},
      nodes: [],
      edges: [],
    },
    {
      record: 'unattributed',
      about: 'Users or applications of a group, in a file that does not say of which. Passed over, and counted.',
      passedOver:
        'users or applications of a group, and the file does not say of which; name it group_members-ID.json, group_apps-ID.json, or groups/ID/users.json, groups/ID/apps.json',
      fields: {},
      nodes: [],
      edges: [],
    },
    {
      record: 'others',
      about:
        'Policies, identity providers, devices, realms, authorization servers, agents, keys and anything else. Passed over, and counted.',
      passedOver: 'a policy, an identity provider, a device or something else that gives no access by itself',
      fields: {},
      nodes: [],
      edges: [],
    },
  ],
};
