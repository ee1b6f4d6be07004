/** Roles of administrators and their permissions in Okta, on its organization, sets of resources and applications. */
import type { SensitivityRule } from './rule.ts';
import { type RuleLine, rulesOfLines } from './rule-lines.ts';

const CREDENTIALS = [
  'okta.users.manage',
  'okta.users.credentials.*',
  'okta.users.lifecycle.*',
  'okta.groups.members.manage',
];
const READING = ['*.read', 'READ_ONLY_ADMIN', 'REPORT_ADMIN'];

const LINES: readonly RuleLine[] = [
  [
    'rule the organization',
    'okta-organization',
    ['SUPER_ADMIN', 'ORG_ADMIN', 'okta.roles.manage'],
    1,
    'Every account.',
  ],
  [
    'rule users and groups',
    'okta-organization',
    ['USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN', 'APP_ADMIN', ...CREDENTIALS],
    0.9,
    'Who can log in as whom, and to what.',
  ],
  ['read the organization', 'okta-organization', READING, 0.2, 'Who there is.'],
  ['the rest of the organization', 'okta-organization', undefined, 0.5, 'Settings, policies and logs.'],
  [
    'rule a set',
    'okta-resource-set',
    [...CREDENTIALS, 'okta.apps.manage', 'okta.apps.assignment.manage'],
    0.8,
    'All in it.',
  ],
  ['read a set', 'okta-resource-set', ['*.read'], 0.2, 'Who there is in it.'],
  ['the rest of a set', 'okta-resource-set', undefined, 0.4, 'What no rule above names.'],
  [
    'use an application',
    'okta-application',
    ['access'],
    0.3,
    'What it is for, no file tells: raise it for those that matter.',
  ],
];

export const OKTA_RULES: readonly SensitivityRule[] = rulesOfLines('Okta', LINES);
