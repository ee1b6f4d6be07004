import type { EdgeDescription, SourceDescription } from '../declared/description.ts';

const is = (path: string, ...oneOf: readonly (string | boolean)[]) => ({ path, oneOf });

const grant = (reaches: boolean, about: string): EdgeDescription => ({
  kind: 'GRANTS',
  about,
  when: is('reaches', reaches),
  from: '{holder}',
  to: '{object}',
  actionsIn: 'actions',
  exceptionsIn: 'exceptActions',
  ...(reaches ? {} : { inherit: false }),
  condition: '{condition}',
  key: '{key}',
  evidence: '{through}',
});

const attribute = (field: string, action: string, about: string): EdgeDescription => ({
  kind: 'GRANTS',
  about,
  when: is(field, true),
  from: '{holder}',
  to: '{cluster}',
  actions: [action],
  inherit: false,
  key: action,
});

/** Roles, objects and privileges of a PostgreSQL server. */
export const postgres: SourceDescription = {
  format: 'postgres',
  title: 'PostgreSQL',
  summary: 'roles and privileges of a PostgreSQL server: pg_dumpall and pg_dump as SQL, or catalog queries as CSV',
  entities: [
    {
      record: 'clusters',
      about: 'The server with all of its databases.',
      fields: { cluster: 'text', name: 'text', version: 'number' },
      nodes: [
        {
          kind: 'Resource',
          about: 'the server; what it contains are its databases',
          id: '{cluster}',
          name: '{name}',
          resourceType: 'postgres-cluster',
          attributes: { named: { version: 'version' } },
        },
        { kind: 'Role', about: 'everyone: PUBLIC', id: '{cluster}/public', name: 'PUBLIC' },
      ],
      edges: [],
    },
    {
      record: 'logins',
      about: 'Roles with LOGIN.',
      fields: {
        cluster: 'text',
        name: 'text',
        id: 'text',
        isService: 'flag',
        enabled: 'flag',
        bundle: 'text',
        comment: 'text',
        validUntil: 'text',
        connectionLimit: 'number',
      },
      nodes: (['User', 'ServiceAccount'] as const).map((kind) => ({
        kind,
        about:
          kind === 'User' ? 'a person who logs in' : 'a program that logs in, by its name or because it may replicate',
        when: is('isService', kind === 'ServiceAccount'),
        id: '{id}',
        name: '{name}',
        attributes: {
          named: {
            enabled: 'enabled',
            description: 'comment',
            passwordValidUntil: 'validUntil',
            connectionLimit: 'connectionLimit',
          },
        },
      })),
      edges: [
        { kind: 'HAS_ROLE', about: 'everyone has what PUBLIC has', from: '{id}', to: '{cluster}/public' },
        {
          kind: 'HAS_ROLE',
          about: 'its own privileges, where others are members of it and have them too',
          from: '{id}',
          to: '{bundle}',
        },
      ],
    },
    {
      record: 'roles',
      about: 'Roles without LOGIN, and the privileges of roles with LOGIN that others are members of.',
      fields: {
        cluster: 'text',
        name: 'text',
        id: 'text',
        isPredefined: 'flag',
        database: 'text',
        comment: 'text',
        validUntil: 'text',
        connectionLimit: 'number',
      },
      nodes: [
        {
          kind: 'Role',
          about: 'the privileges of the role',
          id: '{id}',
          name: '{name}',
          attributes: { named: { predefined: 'isPredefined', database: 'database', description: 'comment' } },
        },
      ],
      edges: [],
    },
    {
      record: 'sessions',
      about:
        'What a role without LOGIN is after `SET ROLE`, where it has attributes such as SUPERUSER, which members do not inherit.',
      fields: { cluster: 'text', name: 'text', id: 'text', role: 'text' },
      nodes: [{ kind: 'Role', about: 'the role that was set', id: '{id}', name: '{name} after SET ROLE' }],
      edges: [{ kind: 'INHERITS', about: 'its privileges', from: '{id}', to: '{role}' }],
    },
    {
      record: 'attributes',
      about: 'Attributes of a role, which hold for whoever logs in or does `SET ROLE` as it.',
      fields: {
        cluster: 'text',
        holder: 'text',
        superuser: 'flag',
        createDb: 'flag',
        createRole: 'flag',
        replication: 'flag',
        bypassRls: 'flag',
      },
      nodes: [],
      edges: [
        {
          kind: 'GRANTS',
          about: 'a superuser may everything',
          when: is('superuser', true),
          from: '{holder}',
          to: '{cluster}',
          actions: ['*'],
          key: 'SUPERUSER',
        },
        attribute('createDb', 'CREATEDB', 'makes databases'),
        attribute('createRole', 'CREATEROLE', 'makes roles'),
        attribute('replication', 'REPLICATION', 'copies the server'),
        attribute('bypassRls', 'BYPASSRLS', 'row security does not hold for it'),
        {
          kind: 'GRANTS',
          about: 'a copy of the server holds the rows of every table',
          when: is('replication', true),
          from: '{holder}',
          to: '{cluster}',
          actions: ['SELECT'],
          key: 'base backup',
          condition: 'pg_hba.conf lets it in for replication, and the copy is read',
        },
      ],
    },
    {
      record: 'memberships',
      about: 'Who has which role: with its privileges at once (`has`, `inherits`), or after `SET ROLE` (`sets`).',
      fields: { cluster: 'text', from: 'text', to: 'text', is: 'text' },
      nodes: [],
      edges: [
        { kind: 'HAS_ROLE', about: 'a login has the role', when: is('is', 'has'), from: '{from}', to: '{to}' },
        { kind: 'INHERITS', about: 'a role has the role', when: is('is', 'inherits'), from: '{from}', to: '{to}' },
        {
          kind: 'CAN_ASSUME',
          about: 'has it only after `SET ROLE`, or has attributes only then',
          when: is('is', 'sets'),
          from: '{from}',
          to: '{to}',
          technique: 'SET ROLE',
        },
      ],
    },
    {
      record: 'objects',
      about:
        'Databases, schemas, tables, views, sequences, functions, types and what else has privileges; columns that have some of their own.',
      fields: {
        cluster: 'text',
        id: 'text',
        container: 'text',
        name: 'text',
        kind: 'text',
        rowSecurity: 'text',
        policies: 'texts',
        securityDefiner: 'flag',
        defaultPrivileges: 'texts',
      },
      nodes: [
        {
          kind: 'Resource',
          about: 'the object',
          id: '{id}',
          name: '{name}',
          resourceType: 'postgres-{kind}',
          attributes: {
            named: {
              rowSecurity: 'rowSecurity',
              policies: 'policies',
              securityDefiner: 'securityDefiner',
              defaultPrivileges: 'defaultPrivileges',
            },
          },
        },
      ],
      edges: [{ kind: 'CONTAINS', about: 'what it lies in', from: '{container}', to: '{id}' }],
    },
    {
      record: 'ownerships',
      about: 'Who owns an object. That the owner may do everything is among the grants.',
      fields: { cluster: 'text', from: 'text', to: 'text' },
      nodes: [],
      edges: [{ kind: 'OWNS', about: 'its owner', from: '{from}', to: '{to}' }],
    },
    {
      record: 'grants',
      about:
        'What a role can make use of: the privilege itself, with USAGE on the schema and CONNECT on the database that it needs.',
      fields: {
        cluster: 'text',
        holder: 'text',
        object: 'text',
        actions: 'texts',
        exceptActions: 'texts',
        reaches: 'flag',
        condition: 'text',
        key: 'text',
        through: 'text',
      },
      nodes: [],
      edges: [
        grant(true, 'a privilege on an object, which is one on its columns too'),
        grant(false, 'a privilege on a database or schema alone'),
      ],
    },
    {
      record: 'takeovers',
      about: 'What a role can make itself by the rules of the server, though nobody granted it.',
      fields: { cluster: 'text', from: 'text', to: 'text', technique: 'text', condition: 'text', key: 'text' },
      nodes: [],
      edges: [
        {
          kind: 'CONTROLS',
          about:
            'ADMIN OPTION, CREATEROLE, an owner without a privilege, programs and files of the server, functions that run as their owner',
          from: '{from}',
          to: '{to}',
          technique: '{technique}',
          condition: '{condition}',
          key: '{key}',
        },
      ],
    },
  ],
};
