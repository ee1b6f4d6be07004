/** A plan as calls of AWS IAM: carried out on the account that was loaded, step by step, every decision is as before. */
import { describe, expect, it } from 'vitest';
import { REACHES } from '../../engine/model/index.ts';
import { exportPlan, makePlan, presentTarget, type RolePlan, tidyTarget } from '../../engine/roles/index.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { accessible, actionsToldApart, graphOf, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { identitiesOf } from '../support/random-graph.ts';
import { roleStateOf } from '../support/role-state.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const AT = 5;
const ACCOUNT = '111122223333';
const arnOf = (type: string, name: string): string => `arn:aws:iam::${ACCOUNT}:${type}/${name}`;

interface Holder {
  readonly type: 'user' | 'group' | 'role';
  readonly attached: readonly string[];
}

/** Policies and who has them: what calls change. */
interface Account {
  readonly policies: ReadonlyMap<string, object>;
  readonly holders: ReadonlyMap<string, Holder>;
}

const allow = (actions: readonly string[], resources: readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...more,
});
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const READ = [allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*'])];
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const BEGUN: Account = {
  policies: new Map([
    ['reader', document(...READ)],
    ['auditor', document(...READ)],
    [
      'all-logs',
      document(allow(['logs:Get*'], ['*'], MFA), {
        Effect: 'Allow',
        NotAction: ['iam:*'],
        Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
      }),
    ],
    ['logs', document(allow(['logs:Get*'], ['*'], MFA))],
    ['nobodys', document(allow(['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:news']))],
  ]),
  holders: new Map([
    ['ann', { type: 'user', attached: ['reader', 'auditor'] }],
    ['bob', { type: 'user', attached: ['auditor', 'all-logs', 'logs'] }],
    ['kim', { type: 'user', attached: ['all-logs', 'reader'] }],
    ['staff', { type: 'group', attached: ['auditor', 'logs'] }],
    ['worker', { type: 'role', attached: ['auditor'] }],
  ]),
};

function detailsOf({ policies, holders }: Account): string {
  const described = (type: string, name: string) => ({
    Path: '/',
    Arn: arnOf(type, name),
    CreateDate: '2024-01-01T00:00:00Z',
  });
  const attached = (names: readonly string[]) =>
    names.map((name) => ({ PolicyName: name, PolicyArn: arnOf('policy', name) }));
  const of = (type: string) => [...holders].filter(([, holder]) => holder.type === type);
  return JSON.stringify({
    UserDetailList: of('user').map(([name, holder]) => ({
      ...described('user', name),
      UserName: name,
      UserId: `AIDA${name}`,
      GroupList: name === 'ann' ? ['staff'] : [],
      AttachedManagedPolicies: attached(holder.attached),
    })),
    GroupDetailList: of('group').map(([name, holder]) => ({
      ...described('group', name),
      GroupName: name,
      GroupId: `AGPA${name}`,
      GroupPolicyList: [],
      AttachedManagedPolicies: attached(holder.attached),
    })),
    RoleDetailList: of('role').map(([name, holder]) => ({
      ...described('role', name),
      RoleName: name,
      RoleId: `AROA${name}`,
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      InstanceProfileList: [],
      RolePolicyList: [],
      AttachedManagedPolicies: attached(holder.attached),
      Tags: [],
    })),
    Policies: [...policies].map(([name, text]) => ({
      ...described('policy', name),
      PolicyName: name,
      PolicyId: `ANPA${name}`,
      DefaultVersionId: 'v1',
      PolicyVersionList: [
        { Document: text, VersionId: 'v1', IsDefaultVersion: true, CreateDate: '2024-01-01T00:00:00Z' },
      ],
    })),
    IsTruncated: false,
  });
}

let count = 0;
async function loaded(account: Account): Promise<OracleGraph> {
  const file = folder.file(`account-${count++}.json`, detailsOf(account));
  return graphOf((await awsLoader.load({ paths: [file], options: {} })).changes);
}

interface Call {
  readonly step: number;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

function called({ policies, holders }: Account, { action, parameters }: Call): Account {
  const name = (parameters['PolicyArn'] ?? parameters['PolicyName']!).split('/').at(-1)!;
  const changed = new Map(policies);
  if (action === 'DeletePolicy') changed.delete(name);
  else if (parameters['PolicyDocument'] !== undefined) changed.set(name, JSON.parse(parameters['PolicyDocument']));
  const [, does, type] = /^(Attach|Detach)(User|Group|Role)Policy$/.exec(action) ?? [];
  if (does === undefined) return { policies: changed, holders };
  const who = parameters[`${type}Name`]!;
  const holder = holders.get(who)!;
  const others = holder.attached.filter((one) => one !== name);
  const attached = does === 'Attach' ? [...others, name] : others;
  expect(attached.length).not.toBe(holder.attached.length);
  return { policies: changed, holders: new Map([...holders, [who, { ...holder, attached }]]) };
}

/** On what both have: a policy is a resource too, and a pattern that no policy names any more is none. */
function decisions(graph: OracleGraph, of: OracleGraph, other: OracleGraph): readonly string[] {
  const actions = actionsToldApart(patternsOf(of));
  const there = new Set(other.nodes.map(({ id }) => id));
  const known = new Set(of.nodes.map(({ id }) => id).filter((id) => there.has(id)));
  return REACHES.flatMap((reach) =>
    identitiesOf(of).flatMap((identity) =>
      [...accessible(graph, identity, actions, { reach, at: AT })]
        .filter(([resource]) => known.has(resource))
        .flatMap(([resource, can]) => [...can].map((one) => JSON.stringify([reach, identity, resource, one])))
        .sort(),
    ),
  );
}

async function mustGiveTheSame(plan: RolePlan): Promise<readonly Call[]> {
  const before = await loaded(BEGUN);
  expect(decisions(before, before, before).length).toBeGreaterThan(30);
  const calls: readonly Call[] = exportPlan(plan, 'aws')[0]!
    .text.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  let account = BEGUN;
  for (const [i, call] of calls.entries()) {
    account = called(account, call);
    if (calls[i + 1]?.step === call.step) continue;
    const after = await loaded(account);
    expect(decisions(after, before, after), `step ${call.step}`).toEqual(decisions(before, before, after));
  }
  return calls;
}

describe('a plan as calls of AWS IAM', () => {
  it('takes away what is plainly too much, and nobody gains or loses anything after any step', async () => {
    const state = (await roleStateOf(await loaded(BEGUN), AT))!;
    const calls = await mustGiveTheSame(await makePlan(state, tidyTarget(state), {}, new Pace()));
    const actions = new Set(calls.map(({ action }) => action));
    for (const action of ['AttachUserPolicy', 'DetachUserPolicy', 'DeletePolicy']) expect(actions).toContain(action);
  });

  it('makes all policies anew', async () => {
    const state = (await roleStateOf(await loaded(BEGUN), AT))!;
    const target = presentTarget(state);
    const fresh = { ...target, roles: target.roles.map(({ basedOn: _, ...each }) => each) };
    const calls = await mustGiveTheSame(await makePlan(state, fresh, {}, new Pace()));
    expect(calls.map(({ action }) => action)).toContain('CreatePolicy');
  });

  it('refuses what no policy can say, and names it', async () => {
    const state = (await roleStateOf(await loaded(BEGUN), AT))!;
    const plan = await makePlan(state, tidyTarget(state), {}, new Pace());
    const put = plan.steps.flatMap(({ changes }) => changes).find((change) => change.op === 'PUT_EDGE')!;
    const refused = (edge: object) => () =>
      exportPlan(
        { ...plan, steps: [{ ...plan.steps[0]!, changes: [{ ...put, edge: { ...put.edge, ...edge } }] }] },
        'aws',
      );
    expect(refused({ validTo: 100 })).toThrow(/under a condition or for a time/);
    expect(refused({ from: 'user:ada' })).toThrow(/"user:ada" is no user, group or role of the account/);
    expect(refused({ kind: 'GRANTS', from: arnOf('user', 'ann') })).toThrow(/otherwise than by a managed policy/);
  });
});
