/**
 * What each analyst's query says about the estate in test/fixtures/analyst/estate.jsonl on 2026-01-01, worked out by hand.
 * Paths are written as `a -KIND-> b`, instants as the server writes them.
 */
export interface AnalystAnswer {
  /** Where the query's own standards are not asked with. */
  readonly parameters?: Readonly<Record<string, number | string>>;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const NIGHT_TO_CLERKS =
  'user:ann -MEMBER_OF-> group:night-shift -MEMBER_OF-> group:ledger-team -MEMBER_OF-> group:clerks';
const NIGHT_TO_ALL =
  'group:night-shift -MEMBER_OF-> group:ledger-team -MEMBER_OF-> group:clerks -MEMBER_OF-> group:finance -MEMBER_OF-> group:all';
const RING_TO_ADMIN =
  'user:eve -MEMBER_OF-> group:ring-b -MEMBER_OF-> group:ring-c -CONTROLS:edit-members-> role:admin -GRANTS-> folder:bank';

export const ANALYST_ANSWERS: Readonly<Record<string, AnalystAnswer>> = {
  'sensitive-reach': {
    columns: ['identity', 'resource', 'sensitivity', 'grants', 'shortest', 'conditional', 'denials', 'bounds'],
    rows: [
      ['svc:backup', 'db:vault', 1, 1, 1, false, 0, 1],
      // Her own, the clerk's, and the reader's as two sources tell it.
      ['user:ann', 'app:ledger', 0.9, 4, 1, false, 0, 0],
      ['user:ben', 'app:ledger', 0.9, 3, 3, false, 0, 0],
      ['user:dee', 'app:ledger', 0.9, 1, 3, true, 0, 0],
      ['user:ann', 'app:ledger/payments', 0.8, 4, 2, false, 1, 0],
      ['user:ben', 'app:ledger/payments', 0.8, 3, 4, false, 1, 0],
      ['user:dee', 'app:ledger/payments', 0.8, 1, 4, true, 0, 0],
    ],
  },
  'sensitive-reach-drawn': {
    columns: ['way'],
    rows: [['svc:backup -GRANTS-> db:vault']],
  },
  'ways-between': {
    columns: ['way'],
    rows: [
      ['user:ann -GRANTS-> app:ledger'],
      [`${NIGHT_TO_CLERKS} -HAS_ROLE-> role:clerk -GRANTS-> app:ledger`],
      ...['apps', 'main'].map(() => [
        `${NIGHT_TO_CLERKS} -MEMBER_OF-> group:finance -HAS_ROLE-> role:reader -GRANTS-> folder:bank -CONTAINS-> app:ledger`,
      ]),
    ],
  },
  'many-ways': {
    columns: ['identity', 'resource', 'ways', 'grants', 'first'],
    rows: [
      // Two edges to the clerks, from there one grant of the clerk and two of the reader; and two of the reader as an auditor.
      ['user:ben', 'app:ledger', 8, 3, 3],
      ['user:ben', 'app:ledger/payments', 8, 3, 3],
      ['user:ann', 'app:ledger', 4, 4, 2],
      ['user:ann', 'app:ledger/payments', 4, 4, 2],
    ],
  },
  'direct-grants': {
    columns: ['user', 'resource', 'actions', 'covered', 'sensitivity', 'lastUsed', 'until', 'evidence'],
    rows: [
      ['user:ann', 'app:ledger', ['read'], true, 0.9, '2025-12-20T00:00:00Z', null, 'request 1'],
      ['user:eve', 'app:wiki', ['edit'], false, 0.1, null, '2026-01-20T00:00:00Z', 'ticket 7'],
    ],
  },
  'wildcard-grants': {
    columns: ['holder', 'resource', 'patterns', 'everything', 'exceptions', 'condition', 'sensitive', 'identities'],
    rows: [
      ['role:admin', 'folder:bank', ['*'], true, null, 'mfa = true', 2, 1],
      ['svc:backup', 'db:vault', ['read*'], false, null, null, 1, 1],
    ],
  },
  denials: {
    columns: ['holder', 'resource', 'actions', 'condition', 'identities', 'stopped', 'evidence'],
    rows: [
      ['group:finance', 'app:ledger/payments', ['post'], null, 3, 3, 'policy 3'],
      ['user:eve', 'db:old', ['*'], null, 1, 0, 'on leave'],
    ],
  },
  'ending-soon': {
    columns: ['from', 'kind', 'to', 'actions', 'ends', 'then', 'evidence'],
    rows: [
      ['user:eve', 'BOUNDED_BY', 'role:boundary', null, '2026-01-10T00:00:00Z', 'access opens', null],
      ['user:ben', 'HAS_ROLE', 'role:auditor', null, '2026-01-15T00:00:00Z', 'access closes', null],
      ['user:eve', 'GRANTS', 'app:wiki', ['edit'], '2026-01-20T00:00:00Z', 'access closes', 'ticket 7'],
    ],
  },
  'stale-grants': {
    columns: ['from', 'kind', 'to', 'lastUsed', 'uses', 'sensitivity', 'evidence'],
    rows: [
      ['svc:report', 'GRANTS', 'app:wiki', '2020-02-02T00:00:00Z', 1, 0.1, null],
      ['user:cid', 'MEMBER_OF', 'group:finance', '2024-06-01T00:00:00Z', 3, null, null],
    ],
  },
  'unused-roles': {
    columns: ['role', 'verdict', 'lastUse', 'holders', 'usesTold'],
    rows: [
      ['role:auditor', 'not used for 361 days', '2025-01-05T00:00:00Z', 1, 4],
      ['role:nothing', 'no use is known', null, 1, 4],
      ['role:boundary', 'no use is known', null, 0, 4],
      ['role:clerk-copy', 'no use is known', null, 0, 4],
      ['role:migration', 'no use is known', null, 0, 4],
    ],
  },
  'roles-without-members': {
    columns: ['role', 'name', 'groups', 'bounds', 'grants', 'sources'],
    rows: [
      ['role:clerk-copy', 'Clerk (copy)', 0, 0, 1, ['main']],
      ['role:migration', 'Migration', 1, 0, 1, ['main']],
      ['role:boundary', 'Boundary', 0, 2, 1, ['main']],
    ],
  },
  'roles-without-grants': {
    columns: ['role', 'name', 'holders', 'bounds', 'sources'],
    rows: [['role:nothing', 'Nothing', 1, 0, ['main']]],
  },
  'roles-by-department': {
    parameters: { people: 2, share: 0.5 },
    columns: ['department', 'people', 'role', 'held', 'share', 'direct'],
    rows: [
      // Cid is of Finance too, and disabled.
      ['Finance', 2, 'role:clerk', 2, 1, 0],
      ['Finance', 2, 'role:reader', 2, 1, 0],
      ['Finance', 2, 'role:auditor', 1, 0.5, 1],
      ['Finance', 2, 'role:nothing', 1, 0.5, 1],
      ['IT', 2, 'role:admin', 1, 0.5, 1],
    ],
  },
  'roles-with-equal-grants': {
    columns: ['roles', 'edges', 'holders'],
    rows: [[['role:clerk', 'role:clerk-copy'], 1, [1, 0]]],
  },
  'deeply-nested-groups': {
    columns: ['group', 'levels', 'chain', 'identities'],
    rows: [
      ['group:all', 4, ['group:night-shift', 'group:ledger-team', 'group:clerks', 'group:finance', 'group:all'], 1],
    ],
  },
  'deeply-nested-groups-drawn': { columns: ['chain'], rows: [[NIGHT_TO_ALL]] },
  'membership-cycles': {
    columns: ['circle'],
    rows: [['group:ring-a -MEMBER_OF-> group:ring-b -MEMBER_OF-> group:ring-c -MEMBER_OF-> group:ring-a']],
  },
  'groups-without-members': {
    columns: ['group', 'name', 'gives', 'inner', 'sources'],
    rows: [['group:empty', 'Empty', 2, 0, ['main']]],
  },
  'disabled-with-access': {
    columns: ['identity', 'grants', 'resources', 'sensitivity', 'actAs'],
    rows: [['user:cid', 2, 1, null, 1]],
  },
  'widest-service-accounts': {
    columns: ['account', 'resources', 'sensitivity', 'everything', 'actAs', 'owner'],
    rows: [
      // The bank itself and not what is in it: that grant does not go down.
      ['svc:backup', 2, 1, true, 1, 'user:dee'],
      ['svc:report', 1, 0.1, false, 0, 'user:cid'],
    ],
  },
  'orphaned-service-accounts': {
    columns: ['account', 'why', 'owner', 'disabled', 'grants', 'lastUse'],
    rows: [
      ['svc:report', 'its owner is disabled', 'user:cid', false, 1, null],
      ['svc:legacy', 'no owner is named', null, false, 0, '2025-03-01T00:00:00Z'],
      ['svc:sync', 'its owner is in no source', 'user:gone', false, 0, null],
    ],
  },
  'bounded-identities': {
    columns: ['bounded', 'bound', 'lets', 'held', 'outside'],
    rows: [
      ['svc:backup', 'role:boundary', 1, 2, 1],
      ['user:eve', 'role:boundary', 1, 1, 0],
    ],
  },
  owners: {
    columns: ['owner', 'gone', 'owned', 'resources', 'serviceAccounts', 'groupsAndRoles', 'sensitivity'],
    rows: [
      ['user:cid', true, 1, 1, 0, 0, 0.1],
      ['user:dee', false, 3, 1, 1, 1, 0.9],
    ],
  },
  'escalation-paths': {
    columns: ['identity', 'resource', 'steps', 'takeOvers', 'conditional', 'route'],
    rows: [
      ['user:dee', 'db:vault', 2, 1, false, 'user:dee -CAN_ASSUME:impersonate-> svc:backup -GRANTS-> db:vault'],
      ['user:eve', 'app:ledger', 5, 1, true, `${RING_TO_ADMIN} -CONTAINS-> app:ledger`],
      [
        'user:eve',
        'app:ledger/payments',
        6,
        1,
        true,
        `${RING_TO_ADMIN} -CONTAINS-> app:ledger -CONTAINS-> app:ledger/payments`,
      ],
    ],
  },
  'escalation-paths-drawn': {
    columns: ['way'],
    rows: [['user:dee -CAN_ASSUME-> svc:backup -GRANTS-> db:vault']],
  },
  'widest-take-overs': {
    columns: ['target', 'sensitive', 'identities', 'kinds', 'techniques'],
    rows: [
      ['role:admin', 2, 1, ['CONTROLS'], ['edit-members']],
      ['user:ann', 2, 1, ['CONTROLS'], ['reset-password']],
      ['user:cid', 2, 1, ['CONTROLS'], ['reset-password']],
      ['svc:backup', 1, 1, ['CAN_ASSUME'], ['impersonate']],
    ],
  },
  'edges-without-effect': {
    columns: ['kind', 'from', 'to', 'source', 'missing'],
    rows: [['MEMBER_OF', 'user:gone', 'group:finance', 'main', ['user:gone']]],
  },
  'cross-source-overlaps': {
    columns: ['from', 'kind', 'to', 'key', 'sources', 'differ'],
    rows: [
      ['role:reader', 'GRANTS', 'folder:bank', null, ['apps', 'main'], true],
      ['user:ben', 'MEMBER_OF', 'group:clerks', null, ['hr', 'main'], false],
    ],
  },
  'state-of-the-graph': {
    columns: ['version', 'loading', 'source', 'nodes', 'edges'],
    rows: [
      [2, false, 'apps', 0, 1],
      [2, false, 'hr', 0, 1],
      [2, false, 'main', 33, 48],
    ],
  },
};
