import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { type Collected, collect } from '../support/collect.ts';
import { randomOf } from '../support/mutate.ts';
import { SEED } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';
import { IamEvaluator } from './aws-support/iam-evaluator.ts';

const REAL = fileURLToPath(new URL('../../../shared/data/aws/account-authorization-details.json', import.meta.url));
const A = 'arn:aws:iam::200611803367';
const B = 'arn:aws:iam::012345678901';

/** Actions that policies of these accounts name, and one that none does. */
const ACTIONS = [
  'iam:CreatePolicyVersion',
  'iam:PassRole',
  'iam:CreateAccessKey',
  'iam:AttachUserPolicy',
  'iam:GetRole',
  'sts:AssumeRole',
  's3:GetObject',
  's3:CreateBucket',
  'ec2:RunInstances',
  'lambda:UpdateFunctionCode',
  'ssm:SendCommand',
  'nosuch:Thing',
];

describe.skipIf(!existsSync(REAL))(`two real accounts (PROPERTY_SEED=${SEED})`, () => {
  let told: Collected;
  let view: GraphView;
  let evaluator: IamEvaluator;
  beforeAll(async () => {
    told = await collect(await awsLoader.load({ paths: [REAL], options: {} }));
    view = await viewOf(told.nodes, told.edges);
    evaluator = new IamEvaluator(JSON.parse(readFileSync(REAL, 'utf8')));
  });

  it('have all their users, groups, roles and policies', () => {
    const count = (type: string): number => told.nodes.filter((node) => node.attributes['awsType'] === type).length;
    expect([count('user'), count('group'), count('role')]).toEqual([44, 5, 78 + 1]);
    const policies = new Set(
      told.nodes
        .filter((node) => node.attributes['awsType'] === 'policy')
        .map((node) => node.attributes['definition'] ?? node.id),
    );
    const [unused] = told.report.skipped;
    expect(unused?.why).toMatch(/^policies of AWS that nothing here has \(24\): /);
    expect(policies.size).toBe(84 - 24);
    expect(told.report.unresolved).toEqual([]);
    expect(told.complete).toEqual(['aws:012345678901', 'aws:200611803367']);
  });

  it('answer as IAM would for random questions about their own resources', async () => {
    const random = randomOf(SEED);
    const resources = told.nodes
      .filter((node) => node.kind === 'Resource' && !/[*?]/.test(node.id))
      .map(({ id, source }) => ({ id, account: source.slice('aws:'.length), arn: id.replace(/^resource:/, '') }));
    for (let round = 0; round < 4000; round++) {
      const principal = evaluator.principals[random(evaluator.principals.length)]!;
      const own = resources.filter(({ account }) => account === principal.arn.split(':')[4]);
      const { id, arn } = own[random(own.length)]!;
      const action = ACTIONS[random(ACTIONS.length)]!;
      const { decision } = await view.check({ identity: principal.arn, action, resource: id, reach: 'ENTITLED' });
      const question = { identity: principal.arn, action, arn };
      expect({ ...question, decision }).toEqual({
        ...question,
        decision: evaluator.decideAs(principal, action, arn),
      });
    }
  }, 60_000);

  it('let the same assume the same roles', () => {
    const assumed = new Map(
      told.edges
        .filter(({ kind }) => kind === 'CAN_ASSUME')
        .map((edge) => [`${edge.from} ${edge.to}`, edge.condition === undefined ? 'yes' : 'maybe']),
    );
    for (const who of evaluator.principals) {
      for (const role of evaluator.principals.filter(({ kind }) => kind === 'role')) {
        if (who.arn === role.arn) continue;
        expect([who.arn, role.arn, assumed.get(`${who.arn} ${role.arn}`) ?? 'no']).toEqual([
          who.arn,
          role.arn,
          evaluator.mayAssume(who, role.detail),
        ]);
      }
    }
  });

  const people = async (action: string, resource: string): Promise<Record<string, string>> => {
    const { items } = await view.whoCan({ action, resource, first: 1000 });
    const named = items.filter(({ identity }) => identity.includes(':user/'));
    return Object.fromEntries(named.map(({ identity, decision }) => [identity.split(':user/')[1]!, decision]));
  };

  it('name the people who can do what, as worked out by hand', async () => {
    expect(await people('iam:CreateAccessKey', `resource:${A}:user/privesc-sre-user`)).toEqual({
      'privesc-sre-user': 'ALLOWED',
      'privesc4-CreateAccessKey-user': 'ALLOWED',
    });
    expect(await people('iam:CreatePolicyVersion', `resource:${A}:policy/fn2-exploitableResourceConstraint`)).toEqual({
      'fn2-exploitableResourceConstraint-user': 'ALLOWED',
      'fn3-exploitableConditionConstraint-user': 'CONDITIONAL',
      'fp5-nonExploitableConditionConstraint-user': 'CONDITIONAL',
      'privesc-sre-user': 'ALLOWED',
      'privesc1-CreateNewPolicyVersion-user': 'ALLOWED',
    });
    expect(await people('s3:PutObjectAcl', 'aws:012345678901:*')).toEqual({
      biden: 'ALLOWED',
      obama: 'ALLOWED',
      userwithlotsofpermissions: 'ALLOWED',
    });
    expect(await people('iam:CreateUser', `resource:${B}:user/obama`)).toEqual({
      obama: 'ALLOWED',
      userwithlotsofpermissions: 'ALLOWED',
    });
  });

  it('deny what is denied beside an allow', async () => {
    for (const name of ['fp1-allow-and-deny', 'fp2-allow-and-deny-multiple-policies', 'fp3-deny-iam']) {
      const identity = `${A}:user/${name}-user`;
      const answer = await view.check({ identity, action: 'iam:CreateUser', resource: 'aws:200611803367:*' });
      expect([name, answer.decision]).toEqual([name, 'DENIED']);
    }
  });

  it('follow roles from one to the next', async () => {
    const why = await view.whyHasAccess({
      identity: `${A}:role/privesc-AssumeRole-starting-role`,
      action: 's3:DeleteBucket',
      resource: 'aws:200611803367:*',
    });
    expect(why.decision).toBe('ALLOWED');
    expect(why.paths[0]!.nodes).toEqual([
      `${A}:role/privesc-AssumeRole-starting-role`,
      `${A}:role/privesc-AssumeRole-intermediate-role`,
      `${A}:role/privesc-AssumeRole-ending-role`,
      `${A}:policy/privesc-AssumeRole-high-priv-policy`,
      'aws:200611803367:*',
    ]);
  });
});
