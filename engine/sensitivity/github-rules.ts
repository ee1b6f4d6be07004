/** Permissions in GitHub, on its organizations, repositories, secrets and environments. */
import type { SensitivityRule } from './rule.ts';
import { type RuleLine, rulesOfLines } from './rule-lines.ts';

const REWRITING = [
  'write_organization_custom_org_role',
  'write_organization_custom_repo_role',
  'administration:write',
  'organization_administration:write',
  'members:write',
];

const LINES: readonly RuleLine[] = [
  ['rule the organization', 'github-organization', REWRITING, 1, 'Who has access to which repository.'],
  [
    'push to all of it',
    'github-organization',
    ['push', 'admin', 'maintain', 'contents:write', 'workflows:write'],
    0.9,
    'Every repository, and what it deploys.',
  ],
  ['read all of it', 'github-organization', ['pull', 'contents:read'], 0.6, 'The code of every repository.'],
  ['look at the organization', 'github-organization', ['*:read', 'read_*'], 0.2, 'Names, settings and logs.'],
  ['the rest of the organization', 'github-organization', undefined, 0.5, 'What no rule above names.'],
  [
    'rule a repository',
    'github-repository',
    ['admin', 'edit_repo_protections', 'manage_deploy_keys', 'manage_webhooks', 'administration:write'],
    0.8,
    'Who has access to it, and what stands between a change and what is deployed.',
  ],
  [
    'push to a repository',
    'github-repository',
    ['push', 'maintain', 'contents:write', 'workflows:write'],
    0.6,
    'What it deploys, and the secrets of its workflows.',
  ],
  [
    'see found secrets',
    'github-repository',
    ['view_secret_scanning_alerts', 'secret_scanning_alerts:*'],
    0.7,
    'Secrets that lie in the code.',
  ],
  ['read a repository', 'github-repository', ['pull', 'contents:read'], 0.3, 'Its code.'],
  ['the rest of a repository', 'github-repository', undefined, 0.2, 'Issues, labels and settings.'],
  [
    'read a secret',
    'github-secret',
    ['push', 'maintain', 'admin', 'secrets:write'],
    0.8,
    'A workflow that is pushed reads it.',
  ],
  ['see that a secret is there', 'github-secret', undefined, 0.1, 'Its name.'],
  [
    'let deployments pass',
    'github-environment',
    ['review', 'push', 'admin'],
    0.7,
    'What is deployed, with the secrets of the environment.',
  ],
];

export const GITHUB_RULES: readonly SensitivityRule[] = rulesOfLines('GitHub', LINES);
