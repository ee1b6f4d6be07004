/** Accounts for tests, written in few words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from './iam-evaluator.ts';
import { type LoadedGraph, loadAws } from './loaded-graph.ts';

export const ACCOUNT = '111122223333';
export const arn = (rest: string, account = ACCOUNT): string => `arn:aws:iam::${account}:${rest}`;

export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const deny = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): Json => ({
  ...allow(Action, Resource),
  Effect: 'Deny',
});

const document = (Statement: readonly Json[]): Json => ({ Version: '2012-10-17', Statement });

export interface Held {
  readonly statements?: readonly Json[];
  readonly attached?: readonly string[];
  readonly groups?: readonly string[];
  readonly boundary?: string;
  readonly account?: string;
  readonly path?: string;
}

const inline = (statements: readonly Json[] | undefined): readonly Json[] =>
  statements === undefined ? [] : [{ PolicyName: 'inline', PolicyDocument: document(statements) }];
const attached = (arns: readonly string[] | undefined): readonly Json[] =>
  (arns ?? []).map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1)! }));
const bounded = (boundary: string | undefined): Json =>
  boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary } };

export const user = (name: string, held: Held = {}): Json => ({
  Arn: arn(`user/${name}`, held.account),
  UserName: name,
  UserId: `AIDA${name.toUpperCase().replace(/\W/g, '')}`,
  GroupList: held.groups ?? [],
  UserPolicyList: inline(held.statements),
  AttachedManagedPolicies: attached(held.attached),
  ...bounded(held.boundary),
});

export const group = (name: string, held: Held = {}): Json => ({
  Arn: arn(`group/${name}`, held.account),
  GroupName: name,
  GroupId: `AGPA${name.toUpperCase().replace(/\W/g, '')}`,
  GroupPolicyList: inline(held.statements),
  AttachedManagedPolicies: attached(held.attached),
});

export const role = (name: string, trusts: Json, held: Held & { readonly profile?: boolean } = {}): Json => ({
  Arn: arn(`role${held.path ?? '/'}${name}`, held.account),
  RoleName: name,
  Path: held.path ?? '/',
  RoleId: `AROA${name.toUpperCase().replace(/\W/g, '')}`,
  AssumeRolePolicyDocument: document([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusts }]),
  InstanceProfileList:
    held.profile === true
      ? [
          {
            Arn: arn(`instance-profile/${name}`, held.account),
            InstanceProfileName: name,
            InstanceProfileId: `AIPA${name.toUpperCase().replace(/\W/g, '')}`,
            Roles: [],
          },
        ]
      : [],
  RolePolicyList: inline(held.statements),
  AttachedManagedPolicies: attached(held.attached),
  ...bounded(held.boundary),
});

export const policy = (name: string, statements: readonly Json[], account?: string): Json => ({
  Arn: arn(`policy/${name}`, account),
  PolicyName: name,
  PolicyId: `ANPA${name.toUpperCase().replace(/\W/g, '')}`,
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document(statements) }],
});

export interface Estate {
  readonly users?: readonly Json[];
  readonly groups?: readonly Json[];
  readonly roles?: readonly Json[];
  readonly policies?: readonly Json[];
}

export const detailsOf = ({ users = [], groups = [], roles = [], policies = [] }: Estate): Json => ({
  UserDetailList: users,
  GroupDetailList: groups,
  RoleDetailList: roles,
  Policies: policies,
});

/** Loads details, and other files beside them by name. */
export async function loadEstate(estate: Estate, others: Readonly<Record<string, unknown>> = {}): Promise<LoadedGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
  try {
    writeFileSync(join(folder, 'iam.json'), JSON.stringify(detailsOf(estate)));
    for (const [name, value] of Object.entries(others)) {
      writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    }
    return await loadAws([folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
