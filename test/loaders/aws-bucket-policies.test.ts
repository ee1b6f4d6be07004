/** Policies of S3 buckets: by hand, and on random accounts against the rules of AWS worked out plainly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrantlensError } from '../../engine/model/index.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import type { Json } from './aws-support/iam-evaluator.ts';
import { type LoadedGraph, loadAws } from './aws-support/loaded-graph.ts';
import {
  ACCOUNT,
  allow,
  arn,
  deny,
  detailsOf,
  type Estate,
  loadEstate,
  policy,
  role,
  user,
} from './aws-support/small-estate.ts';

announceSeed();

const AWAY = '444455556666';
const BUCKET = 'arn:aws:s3:::papers';
const OBJECT = `${BUCKET}/a.txt`;
const SECRET = `${BUCKET}/secret/k`;
const EC2 = { Service: 'ec2.amazonaws.com' };

const lineOf = (Statement: readonly Json[] | undefined, account = ACCOUNT): Json => ({
  resource: BUCKET,
  account,
  ...(Statement && { policy: { Version: '2012-10-17', Statement } }),
});
const gives = (Principal: unknown, Action: unknown, Resource: unknown = `${BUCKET}/*`): Json => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource,
});
const takes = (Principal: unknown, Action: unknown, Resource: unknown = `${BUCKET}/*`): Json => ({
  ...gives(Principal, Action, Resource),
  Effect: 'Deny',
});

/** Names the objects that are asked about, and gives nobody anything. */
const NAMES = policy('names', [allow('s3:GetObject', [BUCKET, OBJECT, SECRET])]);

const load = (estate: Estate, ...statements: readonly Json[]): Promise<LoadedGraph> =>
  loadEstate(
    { ...estate, policies: [...(estate.policies ?? []), NAMES] },
    { 'resource-policies.jsonl': `${JSON.stringify(lineOf(statements))}\n` },
  );
const askedOf = (graph: LoadedGraph, who: string, action = 's3:GetObject', resource = OBJECT): string =>
  graph.check(who, action, resource, 'ENTITLED');

const [ADA, FAR] = [arn('user/ada'), arn('user/far', AWAY)];

describe('policies of buckets', () => {
  it('answer 1: in the account of the bucket its policy alone is enough', async () => {
    const graph = await load({ users: [user('ada'), user('bob')] }, gives({ AWS: ADA }, 's3:GetObject'));
    expect([askedOf(graph, ADA), askedOf(graph, arn('user/bob'))]).toEqual(['ALLOWED', 'NONE']);
    expect(graph.edges('GRANTS', { from: ADA }).map(({ evidence }) => evidence)).toEqual([
      `policy of ${BUCKET}, statement 1`,
    ]);
  });

  it('answer 2: from another account both sides must allow', async () => {
    const estate = (...statements: readonly Json[]): Estate => ({
      users: [user('ada'), user('far', { account: AWAY, statements })],
    });
    const read = gives({ AWS: arn('root', AWAY) }, 's3:Get*');
    expect(askedOf(await load(estate(allow('s3:*')), read), FAR)).toBe('ALLOWED');
    expect(askedOf(await load(estate(allow('s3:*')), read), FAR, 's3:PutObject')).toBe('NONE');
    expect(askedOf(await load(estate(allow('ec2:*')), read), FAR)).toBe('NONE');
    expect(askedOf(await load(estate(allow('s3:GetObject', `${BUCKET}/secret/*`)), read), FAR)).toBe('NONE');
    expect(
      askedOf(await load(estate(allow('s3:GetObject', `${BUCKET}/secret/*`)), read), FAR, 's3:GetObject', SECRET),
    ).toBe('ALLOWED');
    // Without a policy, or with none for them, what their own policies name is nothing.
    expect(askedOf(await load(estate(allow('s3:*', `${BUCKET}/*`))), FAR)).toBe('NONE');
  });

  it('answer 3: a denial of either side denies, and so does a bound', async () => {
    const read = gives({ AWS: FAR }, 's3:*');
    const far = (held: Parameters<typeof user>[1]): Estate => ({
      users: [user('ada'), user('far', { account: AWAY, ...held })],
      policies: [policy('bound', [allow('s3:GetObject')], AWAY)],
    });
    const both = [allow('s3:*'), deny('s3:GetObject', 'arn:aws:s3:::*/secret/*')];
    const own = await load(far({ statements: both }), read);
    expect([askedOf(own, FAR), askedOf(own, FAR, 's3:GetObject', SECRET)]).toEqual(['ALLOWED', 'DENIED']);
    const theirs = await load(far({ statements: [allow('s3:*')] }), read, takes('*', 's3:Put*'));
    expect([askedOf(theirs, FAR), askedOf(theirs, FAR, 's3:PutObject')]).toEqual(['ALLOWED', 'DENIED']);
    const bounded = await load(far({ statements: [allow('s3:*')], boundary: arn('policy/bound', AWAY) }), read);
    expect([askedOf(bounded, FAR), askedOf(bounded, FAR, 's3:PutObject')]).toEqual(['ALLOWED', 'DENIED']);
  });

  it('answer 4: a denial for everybody reaches who has it by a policy of its own', async () => {
    const estate: Estate = { users: [user('ada', { statements: [allow('s3:*')] })] };
    const graph = await load(estate, takes('*', 's3:*', [BUCKET, `${BUCKET}/secret/*`]));
    expect([askedOf(graph, ADA), askedOf(graph, ADA, 's3:GetObject', SECRET)]).toEqual(['ALLOWED', 'DENIED']);
    const insecure = { ...takes('*', 's3:*'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(askedOf(await load(estate, insecure), ADA)).toBe('CONDITIONAL');
    const spared = { ...takes('*', 's3:*'), Principal: undefined, NotPrincipal: { AWS: ADA } };
    const others: Estate = { users: [...estate.users!, user('bob', { statements: [allow('s3:*')] })] };
    const locked = await load(others, spared);
    expect([askedOf(locked, ADA), askedOf(locked, arn('user/bob'))]).toEqual(['ALLOWED', 'DENIED']);
  });

  it('answer 5: public buckets, services, and accounts that no file describes', async () => {
    const graph = await load(
      { users: [user('ada')] },
      gives('*', 's3:GetObject'),
      gives({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject'),
      gives({ AWS: `arn:aws:iam::777788889999:user/eve` }, 's3:PutObject'),
      gives({ AWS: '777788889999' }, 's3:DeleteObject'),
    );
    expect(askedOf(graph, ADA)).toBe('ALLOWED');
    expect(askedOf(graph, 'aws:anyone')).toBe('CONDITIONAL');
    expect(askedOf(graph, 'logging.s3.amazonaws.com', 's3:PutObject')).toBe('ALLOWED');
    expect(askedOf(graph, 'arn:aws:iam::777788889999:user/eve', 's3:PutObject')).toBe('CONDITIONAL');
    expect(askedOf(graph, 'arn:aws:iam::777788889999:root', 's3:DeleteObject')).toBe('ALLOWED');
  });

  it('name a user past its boundary, and a role within it', async () => {
    const held = { boundary: arn('policy/bound') };
    const estate: Estate = {
      users: [user('ada', held), user('bob', { ...held, statements: [allow('s3:*')] })],
      roles: [role('worker', EC2, held)],
      policies: [policy('bound', [allow('ec2:*')])],
    };
    const worker = arn('role/worker');
    const named = await load(estate, gives({ AWS: [ADA, worker] }, 's3:GetObject'));
    const all = [ADA, arn('user/bob'), worker];
    expect(all.map((who) => askedOf(named, who))).toEqual(['ALLOWED', 'DENIED', 'DENIED']);
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/i-1`;
    expect(askedOf(await load(estate, gives({ AWS: session }, 's3:GetObject')), worker)).toBe('CONDITIONAL');
    const everyone = await load(estate, gives('*', 's3:GetObject'));
    expect(all.map((who) => askedOf(everyone, who))).toEqual(['CONDITIONAL', 'CONDITIONAL', 'DENIED']);
    const itself = await load(estate, gives({ AWS: ACCOUNT }, 's3:GetObject'));
    expect(all.map((who) => askedOf(itself, who))).toEqual(['NONE', 'DENIED', 'NONE']);
  });

  it('are also read from lists and single files, and of an account of which there is nothing else', async () => {
    const statements = [gives({ AWS: FAR }, 's3:*')];
    const estate: Estate = { users: [user('far', { account: AWAY, statements: [allow('s3:*', `${BUCKET}/*`)] })] };
    for (const files of [
      { 'prod-resource-policies.json': [lineOf(statements)] },
      { 'resource-policy-papers.json': lineOf(statements) },
      { 'resource-policy-papers.json': { ...lineOf([]), policy: JSON.stringify({ Statement: statements }) } },
    ]) {
      const graph = await loadEstate(estate, files);
      expect(graph.check(FAR, 's3:PutObject', `${BUCKET}/*`)).toBe('ALLOWED');
      expect(graph.loaded.complete).toEqual([`aws:${AWAY}`]);
      expect(graph.node(`${BUCKET}/*`)?.source).toBe(`aws:${ACCOUNT}`);
    }
  });

  it('of other services are counted and left aside', async () => {
    const lines = [
      { resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`, account: ACCOUNT, policy: { Statement: [] } },
      { resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`, account: ACCOUNT, policy: { Statement: [] } },
      { resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/2`, account: ACCOUNT },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    const graph = await loadEstate({ users: [user('ada')] }, { 'resource-policies.jsonl': text });
    expect(graph.loaded.report.skipped.map(({ where }) => where)).toEqual([
      'policies of resources of kms (2)',
      'policies of resources of sqs (1)',
    ]);
  });

  it('make what identity policies allow on a key conditional, unless the policy of the key leaves all to them', async () => {
    const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
    const root = { ...gives({ AWS: arn('root') }, 'kms:*', '*') };
    const decisionOf = async (policyOfKey: readonly Json[] | undefined): Promise<string> => {
      const line = { ...lineOf(policyOfKey), resource: key };
      const estate = { users: [user('ada', { statements: [allow('kms:Decrypt', key), allow('s3:*')] })] };
      const graph = await loadEstate(estate, { 'resource-policies.jsonl': JSON.stringify(line) });
      expect(askedOf(graph, ADA, 's3:GetObject', `aws:${ACCOUNT}:*`)).toBe('ALLOWED');
      return askedOf(graph, ADA, 'kms:Decrypt', key);
    };
    expect(await decisionOf([root])).toBe('ALLOWED');
    expect(await decisionOf(undefined)).toBe('CONDITIONAL');
    expect(await decisionOf([gives({ AWS: arn('user/bob') }, 'kms:*', '*')])).toBe('CONDITIONAL');
    expect(await decisionOf([{ ...root, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }])).toBe(
      'CONDITIONAL',
    );
    expect(await decisionOf([root, takes({ AWS: ADA }, 'kms:Decrypt', '*')])).toBe('CONDITIONAL');
    const alone = { ...lineOf(undefined, AWAY), resource: `arn:aws:kms:eu-west-1:${AWAY}:key/1` };
    await loadEstate({ users: [user('ada')] }, { 'resource-policies.jsonl': JSON.stringify(alone) });
  });

  it.each([
    [{ ...lineOf([]), resource: 'papers' }, /jsonl:2: resource: must be the ARN of one resource/],
    [{ ...lineOf([]), account: '12' }, /twelve digits/],
    [{ resource: `arn:aws:sqs:eu-west-1:${AWAY}:q`, account: ACCOUNT }, /another account than the ARN says/],
    [{ ...lineOf([]), policies: [] }, /"policies" is not known/],
    [lineOf([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]), /neither "Principal" nor "NotPrincipal"/],
    [lineOf([{ Effect: 'Allow', Action: 's3:*', Principal: '*' }]), /neither "Resource" nor "NotResource"/],
    [lineOf([]), /stands twice/],
    ['{', /jsonl:2: column 2/],
  ])('that are at fault are refused with their line: %j', async (line, message) => {
    const text = [JSON.stringify(lineOf([])), typeof line === 'string' ? line : JSON.stringify(line)].join('\n');
    await expect(loadEstate({ users: [user('ada')] }, { 'resource-policies.jsonl': text })).rejects.toThrow(message);
  });

  it('in damaged files are read or refused in words', async () => {
    const whole = `${JSON.stringify(lineOf([gives({ AWS: ADA }, ['s3:Get*', 's3:Put?bject']), takes('*', 's3:Put*')]))}\n`;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.string({ maxLength: 3 }), async (at, text) => {
        const cut = at % whole.length;
        const damaged = whole.slice(0, cut) + text + whole.slice(cut + 1);
        try {
          await loadEstate({ users: [user('ada')] }, { 'resource-policies.jsonl': damaged });
        } catch (error) {
          expect(error).toBeInstanceOf(GrantlensError);
        }
      }),
      runs(100),
    );
  });
});

// From here on: the rules of AWS, in no / maybe / yes.
const [NO, MAYBE, YES] = [0, 1, 2];
const both = Math.min;
const either = (...all: readonly number[]): number => Math.max(NO, ...all);

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text);

function says(statement: Json, action: string, resource: string): number {
  const isAction = statement['Action']
    ? list<string>(statement['Action']).some((one) => fits(one, action))
    : !list<string>(statement['NotAction']).some((one) => fits(one, action));
  const isResource = statement['Resource']
    ? list<string>(statement['Resource']).some((one) => fits(one, resource))
    : !list<string>(statement['NotResource']).some((one) => fits(one, resource));
  if (!isAction || !isResource) return NO;
  return statement['Condition'] ? MAYBE : YES;
}

interface Who {
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly account: string;
  readonly statements: readonly Json[];
  readonly boundary: readonly Json[] | undefined;
}

const arnOf = ({ kind, name, account }: Who): string => arn(`${kind}/${name}`, account);

function expected(who: Who, bucket: readonly Json[], action: string, resource: string): number {
  const of = (statements: readonly Json[], effect: string): number =>
    either(...statements.filter((one) => one['Effect'] === effect).map((one) => says(one, action, resource)));
  const isNamed = (one: Json, name: string): boolean =>
    list<string>(one['Principal'] === '*' ? '*' : one['Principal']?.['AWS']).includes(name);
  const isSpared = (one: Json): boolean =>
    list<string>(one['NotPrincipal']?.['AWS']).some((name) => name === arnOf(who) || name === arn('root', who.account));
  const named = (name: string): number =>
    of(
      bucket.filter((one) => isNamed(one, name)),
      'Allow',
    );
  const [direct, account, everyone] = [named(arnOf(who)), named(arn('root', who.account)), named('*')];
  const own = of(who.statements, 'Allow');
  const bound = who.boundary === undefined ? YES : of(who.boundary, 'Allow');
  const denying = bucket.filter((one) =>
    one['NotPrincipal']
      ? who.boundary !== undefined || !isSpared(one)
      : [arnOf(who), arn('root', who.account), '*'].some((name) => isNamed(one, name)),
  );
  const denied = either(of(who.statements, 'Deny'), of(who.boundary ?? [], 'Deny'), of(denying, 'Deny'));
  const isHome = who.account === ACCOUNT;
  const allowed = isHome
    ? either(
        both(own, bound),
        who.kind === 'user' ? direct : both(direct, bound),
        both(everyone, who.kind === 'user' ? either(bound, MAYBE) : bound),
      )
    : both(own, bound, either(direct, account, both(everyone, MAYBE)));
  return denied === YES ? NO : both(allowed, denied === MAYBE ? MAYBE : YES);
}

const action = fc.constantFrom('s3:*', 's3:Get*', 's3:GetObject', 's3:PutObject', '*', 's3:*Object');
/** In the model a question mark in an action is widened and conditional. */
const anyAction = fc.oneof({ weight: 6, arbitrary: action }, { weight: 1, arbitrary: fc.constant('s3:Put?bject') });
const place = fc.constantFrom(
  '*',
  `${BUCKET}/*`,
  `${BUCKET}/secret/*`,
  'arn:aws:s3:::*',
  OBJECT,
  BUCKET,
  'arn:aws:s3:::*/k',
  `${BUCKET}*`,
);
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 2 });
const condition = fc.option(fc.constant({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), {
  nil: undefined,
  freq: 2,
});
const statement = (isLoose: boolean): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.nat(2), fc.nat(4), some(isLoose ? anyAction : action), fc.nat(3), some(place), condition)
    .map(([isDeny, not, actions, notPlace, places, Condition]) => ({
      Effect: isDeny === 0 ? 'Deny' : 'Allow',
      [not === 0 ? 'NotAction' : 'Action']: actions,
      [isLoose && notPlace === 0 ? 'NotResource' : 'Resource']: places,
      ...(Condition && { Condition }),
    }));

const PEOPLE = [
  ['user', 'ada', ACCOUNT],
  ['role', 'worker', ACCOUNT],
  ['user', 'far', AWAY],
  ['role', 'distant', AWAY],
] as const;
const names = fc.constantFrom(
  ...PEOPLE.map(([kind, name, account]) => arn(`${kind}/${name}`, account)),
  arn('root', ACCOUNT),
  arn('root', AWAY),
);
const cases = (isLoose: boolean) =>
  fc.record({
    people: fc.tuple(
      ...PEOPLE.map(([kind, name, account]) =>
        fc
          .record({
            statements: fc.array(statement(isLoose), { maxLength: 3 }),
            boundary: fc.option(some(statement(isLoose)), { nil: undefined, freq: 2 }),
          })
          .map((held): Who => ({ kind, name, account, ...held })),
      ),
    ),
    bucket: fc.array(
      fc.tuple(statement(isLoose), fc.nat(5), some(names)).map(([body, which, AWS]) => ({
        ...body,
        ...(which === 0
          ? { Principal: '*' }
          : which === 1 && body['Effect'] === 'Deny'
            ? { NotPrincipal: { AWS } }
            : { Principal: { AWS } }),
      })),
      { maxLength: 3 },
    ),
  });

async function loadCase(people: readonly Who[], bucket: readonly Json[]): Promise<LoadedGraph> {
  const held = (who: Who) => ({
    account: who.account,
    statements: who.statements,
    ...(who.boundary && { boundary: arn(`policy/bound-${who.name}`, who.account) }),
  });
  const of = (kind: string) => people.filter((who) => who.kind === kind);
  const details = detailsOf({
    users: of('user').map((who) => user(who.name, held(who))),
    roles: of('role').map((who) => role(who.name, EC2, held(who))),
    policies: [
      ...people.flatMap((who) =>
        who.boundary === undefined ? [] : [policy(`bound-${who.name}`, who.boundary, who.account)],
      ),
      NAMES,
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'grantlens-bucket-'));
  try {
    writeFileSync(join(folder, 'iam.json'), JSON.stringify(details));
    writeFileSync(join(folder, 'resource-policies.jsonl'), JSON.stringify(lineOf(bucket)));
    return await loadAws([folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const RANK = { NONE: NO, DENIED: NO, CONDITIONAL: MAYBE, ALLOWED: YES };

describe('policies of buckets on random accounts', () => {
  for (const isLoose of [false, true]) {
    it(
      isLoose ? 'are never surer than AWS where the model says less than a policy does' : 'are answered as AWS does',
      async () => {
        // No, maybe and yes: in the account of the bucket, and from the other.
        const met = [0, 0, 0, 0, 0, 0];
        await fc.assert(
          fc.asyncProperty(cases(isLoose), async ({ people, bucket }) => {
            const graph = await loadCase(people, bucket);
            for (const who of people) {
              for (const asked of ['s3:GetObject', 's3:PutObject', 's3:ListBucket']) {
                for (const resource of [BUCKET, OBJECT, SECRET]) {
                  const truth = expected(who, bucket, asked, resource);
                  const told = RANK[graph.check(arnOf(who), asked, resource, 'ENTITLED')];
                  met[truth + (who.account === ACCOUNT ? 0 : 3)]!++;
                  if (isLoose && told === MAYBE) continue;
                  expect([who.name, asked, resource, told]).toEqual([who.name, asked, resource, truth]);
                }
              }
            }
          }),
          runs(250),
        );
        process.stderr.write(`${met.join(' / ')} no, maybe, yes at home and from the other account\n`);
        expect(Math.min(...met)).toBeGreaterThan(2);
      },
      LONG,
    );
  }
});
