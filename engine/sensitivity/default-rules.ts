/**
 * The rules that hold without a file, for the sources that there are loaders for. They refine the sensitivities that
 * loaders write by action: to read the names of pods is not to run commands in them. The page docs/sensitivity.md lists them.
 */
import { AWS_RULES } from './aws-rules.ts';
import { AZURE_RULES } from './azure-rules.ts';
import { DIRECTORY_RULES } from './directory-rules.ts';
import { GCP_RULES } from './gcp-rules.ts';
import { GITHUB_RULES } from './github-rules.ts';
import { KUBERNETES_RULES } from './kubernetes-rules.ts';
import { OKTA_RULES } from './okta-rules.ts';
import { POSTGRES_RULES } from './postgres-rules.ts';
import type { SensitivityRule } from './rule.ts';

export const DEFAULT_RULES: readonly SensitivityRule[] = [
  ...KUBERNETES_RULES,
  ...AWS_RULES,
  ...DIRECTORY_RULES,
  ...GCP_RULES,
  ...OKTA_RULES,
  ...POSTGRES_RULES,
  ...AZURE_RULES,
  ...GITHUB_RULES,
];
