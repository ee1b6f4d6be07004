/**
 * Logs end to end: an estate is loaded, then its log, and the engine says which edges were used and which access is stale. Each
 * answer was worked out by hand from test/fixtures; where it follows from stands beside it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../engine/index.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { AWS, KUBERNETES, loadInto, staleIn, type UseEstate, usedEdges } from '../support/use-estates.ts';

const folder = temporaryFolder();

interface Told {
  readonly engine: Engine;
  readonly before: readonly string[];
  readonly uses: number;
  readonly used: Readonly<Record<string, string>>;
  readonly stale: readonly string[];
}

async function tell(estate: UseEstate): Promise<Told> {
  const engine = await openEngine({ data: join(folder.path, estate.source), mode: 'write' });
  await loadInto(engine, estate.graph, estate.source);
  const before = await staleIn(engine);
  const { uses } = await loadInto(engine, estate.log, estate.source);
  return { engine, before, uses, used: await usedEdges(engine, folder), stale: await staleIn(engine) };
}

describe('the log of an AWS account', () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell(AWS);
  });
  afterAll(() => told.engine.close());

  // use/trail.jsonl:1 and 2: GetObject of lake/x-17.csv and lake/x-18.csv by ada, whose only grant on them is that of her
  // policy "own" on lake/x* (use/account.json). eve's grant on lake/* makes that a node too, and lake/x* is within it.
  it('tells a grant on a pattern that does not end at a folder as used', () => {
    expect(told.used['user/ada GRANTS lake/x*']).toBe('10-09, 2 times');
    expect(told.stale).not.toContain('user/ada GRANTS lake/x*');
  });

  // Lines 3 and 4: eve reads lake/x-17.csv, which is within both patterns, and writes lake/raw/1, within lake/* alone. She has a
  // grant on lake/*, and that holds lake/x*.
  it('tells a grant on a wider pattern as used by what lies within a narrower one', () => {
    expect(told.used['user/eve GRANTS lake/*']).toBe('10-04, 2 times');
  });

  // Lines 6 and 7: bob reads reports/2026/q3.pdf through readers, which has the policy. dora is in readers and has the policy
  // herself: hers may have gone either way, but over the grant of the policy in any case.
  it('tells every edge of the one way as used, and of two ways what they share', () => {
    expect(told.used['user/bob MEMBER_OF group/readers']).toBe('10-06, 1 times');
    expect(told.used['group/readers HAS_ROLE policy/reports']).toBe('10-06, 1 times');
    expect(told.used['policy/reports GRANTS reports/*']).toBe('10-07, 2 times');
    expect(told.used).not.toHaveProperty('user/dora MEMBER_OF group/readers');
    expect(told.used).not.toHaveProperty('user/dora HAS_ROLE policy/reports');
    // Neither is of use beside the other: redundant, not stale.
    expect(told.stale.filter((edge) => edge.startsWith('user/dora'))).toEqual([]);
  });

  // Line 8: ada assumes the role app and is given the key ...A1; line 9: with that key, pay-out is invoked, a function that only
  // the pattern function:pay-* of the role's policy knows. Told of the role and of ada, so the grant counts two.
  it('tells the assumption of a role as used by what its session did', () => {
    expect(told.used['user/ada CAN_ASSUME role/app']).toBe('10-08, 1 times');
    expect(told.used['role/app GRANTS arn:aws:lambda:*:111122223333:function:pay-*']).toBe('10-08, 2 times');
  });

  // Line 5: what carl asked for was denied, and he did nothing else. Others used all that he has: lake/x* (lines 1 to 3), reports/*
  // (6, 7), the function (9).
  it('tells nothing of what was denied, and what is then stale', () => {
    expect(told.before).toEqual([]);
    expect(Object.keys(told.used).filter((edge) => edge.startsWith('user/carl'))).toEqual([]);
    expect(told.stale).toEqual([
      'user/carl CAN_ASSUME role/app',
      'user/carl GRANTS lake/x*',
      'user/carl MEMBER_OF group/readers',
    ]);
  });

  it('leaves nothing else, and a log that tells of use takes back what was stale', async () => {
    expect(Object.keys(told.used)).toHaveLength(7);
    expect(told.uses).toBe(8);
    const [, path] = AWS.log;
    const succeeded = readFileSync(path, 'utf8').replace(/"errorCode": "AccessDenied"/, '"errorCode": null');
    await loadInto(told.engine, ['cloudtrail', folder.file('later.jsonl', succeeded)], AWS.source);
    expect((await usedEdges(told.engine, folder))['user/carl GRANTS lake/x*']).toBe('10-05, 1 times');
    expect(await staleIn(told.engine)).toEqual(['user/carl CAN_ASSUME role/app', 'user/carl MEMBER_OF group/readers']);
  });
});

describe('patterns of several accounts', () => {
  const user = (account: string, name: string, ...resources: string[]) => ({
    Path: '/',
    UserName: name,
    UserId: `AIDA${name.toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:user/${name}`,
    CreateDate: '2024-01-01T08:00:00Z',
    UserPolicyList: resources.map((Resource, at) => ({
      PolicyName: `p${at}`,
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] },
    })),
    GroupList: [],
    AttachedManagedPolicies: [],
  });
  const account = (...UserDetailList: object[]) =>
    JSON.stringify({ UserDetailList, GroupDetailList: [], RoleDetailList: [], Policies: [], IsTruncated: false });
  const [ARN, ADA] = ['arn:aws:s3:::', 'arn:aws:iam::111122223333:user/ada'];
  const LOG = JSON.stringify({
    eventTime: '2026-10-02T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    userIdentity: { type: 'IAMUser', arn: ADA },
    requestParameters: { bucketName: 'lake', key: 'x1' },
  });

  // ada may read all buckets. lake/x* is a node because of another's policy: of her account, whose pattern contains it then, or of
  // another, which says nothing of what her account has.
  it.each([
    ['her own', '111122223333', 'lake/x*'],
    ['another', '444455556666', `aws:111122223333:${ARN}*`],
  ])('lead to the grant that was used, where %s account names a nearer one', async (which, owner, resource) => {
    const place = join(folder.path, `accounts of ${which}`);
    const [ada, bob] = [user('111122223333', 'ada', `${ARN}*`), user(owner, 'bob', `${ARN}lake/x*`)];
    const files = owner === '111122223333' ? [account(ada, bob)] : [account(ada), account(bob)];
    for (const [at, text] of files.entries()) folder.file(join(`accounts of ${which}`, `${at}.json`), text);
    const engine = await openEngine({ data: join(folder.path, `store of ${which}`), mode: 'write' });
    await loadInto(engine, ['aws', place], 'aws');
    await loadInto(engine, ['cloudtrail', folder.file(`log of ${which}.json`, LOG)], 'aws');
    expect(await usedEdges(engine, folder)).toEqual({ 'user/ada GRANTS aws:111122223333:*': '10-02, 1 times' });
    const view = await engine.view();
    const used: string[] = [];
    for await (const line of view.exportLines()) if (line.startsWith('{"usage"')) used.push(JSON.parse(line).resource);
    expect(used).toContain(resource.startsWith('lake') ? `${ARN}${resource}` : resource);
    view.release();
    await engine.close();
  });
});

describe('the audit log of a cluster', () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell(KUBERNETES);
  });
  afterAll(() => told.engine.close());

  // use/audit.log:1 and 2; kubernetes/shop/roles.yaml: read-payment names the secret, bindings.yaml gives it to checkout.
  it('tells the use of one named object', () => {
    expect(told.used['serviceaccounts/shop/checkout HAS_ROLE roles/shop/read-payment']).toBe('10-02, 2 times');
    expect(told.used['roles/shop/read-payment GRANTS namespaces/shop/secrets:payment']).toBe('10-02, 2 times');
  });

  // Lines 3 and 4: ada lists the secrets and gets payment. roles.yaml: edit takes edit-secrets in, which gives both; the named
  // object is within its type.
  it('tells the use of a role that another takes in', () => {
    expect(told.used['users/ada@example.com HAS_ROLE clusterroles/shop/edit']).toBe('10-04, 2 times');
    expect(told.used['clusterroles/shop/edit INHERITS clusterroles/shop/edit-secrets']).toBe('10-04, 2 times');
    expect(told.used['clusterroles/shop/edit-secrets GRANTS namespaces/shop/secrets']).toBe('10-04, 2 times');
  });

  // Line 6: deployer patched a deployment in June, more than 90 days before November; nobody has since.
  it('tells as stale what was used long ago', () => {
    expect(told.before).toEqual([]);
    expect(told.used['serviceaccounts/shop/deployer HAS_ROLE roles/shop/deploy']).toBe('06-01, 1 times');
    expect(told.stale).toEqual([
      'roles/shop/deploy GRANTS namespaces/shop/deployments.apps',
      'serviceaccounts/shop/deployer HAS_ROLE roles/shop/deploy',
    ]);
  });

  // Line 7: scanner gets /metrics. tools.json gives it nodes as well, of which nobody's use is told: not stale.
  it('tells the use of a path, and nothing of what nobody is told to use', () => {
    expect(told.used['clusterroles/scanner GRANTS urls/metrics']).toBe('10-06, 1 times');
    expect(told.used['serviceaccounts/tools/scanner HAS_ROLE clusterroles/scanner']).toBe('10-06, 1 times');
    expect(told.used).not.toHaveProperty('clusterroles/scanner GRANTS resources/nodes');
  });

  // Line 5: a patch by ada was refused (403); the role deploy is not hers anyway.
  it('tells nothing of what was refused', () => {
    expect(told.uses).toBe(5);
    expect(told.used['roles/shop/deploy GRANTS namespaces/shop/deployments.apps']).toBe('06-01, 1 times');
    expect(Object.keys(told.used)).toHaveLength(9);
  });
});
