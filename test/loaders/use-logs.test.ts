import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { NodeKind } from '../../engine/model/index.ts';
import { compileGlob } from '../../loaders/aws/glob.ts';
import { covers } from '../../loaders/aws/glob-cover.ts';
import type { Loader } from '../../loaders/loader.ts';
import { actionOfEvent } from '../../loaders/use/aws-action.ts';
import { cloudtrailLoader } from '../../loaders/use/cloudtrail.ts';
import { kubernetesAuditLoader } from '../../loaders/use/kubernetes-audit.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
announceSeed();

type Known = Readonly<Record<string, NodeKind>>;

async function load(loader: Loader, text: string | Uint8Array, known?: Known, name = 'log.json'): Promise<Collected> {
  const loaded = await loader.load({ paths: [folder.file(name, text)], source: 'prod', options: {} });
  if (known !== undefined)
    loaded.match!({
      kindsOf: async (ids) => ids.map((id) => known[id]),
      // As the loader of accounts draws it within one account.
      containersOf: async (id) =>
        Object.keys(known).filter(
          (one) => one !== id && covers(compileGlob(one.replace(/^aws:111122223333:(?=arn)/, '')), compileGlob(id)),
        ),
      async *resources() {
        yield* Object.keys(known).filter((id) => known[id] === 'Resource');
      },
    });
  return collect(loaded);
}

const told = ({ uses }: Collected): string[] =>
  uses.map(({ identity, action, resource, useCount }) => `${identity} ${action} ${resource} ${useCount}`);
const whys = ({ report }: Collected): string[] => report.skipped.map(({ why }) => why.replace(/ \(\d+ events.*/, ''));

const ADA = 'arn:aws:iam::111122223333:user/ada';
const ROLE = 'arn:aws:iam::111122223333:role/app';
const byAda = { type: 'IAMUser', arn: ADA };
const bySession = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/app/s1',
  accessKeyId: 'ASIA1',
  sessionContext: { sessionIssuer: { type: 'Role', arn: ROLE } },
};
const get = (key: string, userIdentity: object, eventTime: string, more: object = {}) => ({
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  eventTime,
  userIdentity,
  requestParameters: { bucketName: 'b', key },
  ...more,
});
const ASSUMED = {
  eventSource: 'sts.amazonaws.com',
  eventName: 'AssumeRole',
  eventTime: '2026-01-01T00:00:00Z',
  userIdentity: byAda,
  requestParameters: { roleArn: ROLE, roleSessionName: 's1' },
  responseElements: { credentials: { accessKeyId: 'ASIA1', sessionToken: 'never-kept' } },
};
const EVENTS = [
  get('x/1', byAda, '2026-01-02T00:00:00Z'),
  get('x/1', byAda, '2026-01-01T00:00:00Z'),
  get('x/2', byAda, '2026-01-03T00:00:00Z'),
  get('y', byAda, '2026-01-04T00:00:00Z', { errorCode: 'AccessDenied' }),
  get('y', { type: 'AWSService', invokedBy: 'config.amazonaws.com' }, '2026-01-04T00:00:00Z'),
  ASSUMED,
  get('z', bySession, '2026-01-05T00:00:00Z'),
  {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    eventTime: '2026-01-05T00:00:00Z',
    userIdentity: byAda,
  },
  {
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventTime: '2026-01-05T00:00:00Z',
    userIdentity: byAda,
  },
];
const DOCUMENT = JSON.stringify({ Records: EVENTS });

describe('CloudTrail', () => {
  it('is summed up by who, what and on what, whatever the form of the file', async () => {
    const lines = EVENTS.map((event) => JSON.stringify(event)).join('\n');
    const whole = await load(cloudtrailLoader, DOCUMENT);
    expect(told(whole)).toEqual([
      `${ADA} s3:GetObject arn:aws:s3:::b/x/1 2`,
      `${ADA} s3:GetObject arn:aws:s3:::b/x/2 1`,
      `${ADA} sts:AssumeRole resource:${ROLE} 1`,
      // Its session is the role's, and was started by ada.
      `${ROLE} s3:GetObject arn:aws:s3:::b/z 1`,
      `${ADA} s3:GetObject arn:aws:s3:::b/z 1`,
    ]);
    expect(whole.uses[0]!.lastUsedAt).toBe(Date.UTC(2026, 0, 2));
    expect([whole.source, whole.complete]).toEqual(['cloudtrail:prod', ['cloudtrail:prod']]);
    expect(JSON.stringify(whole)).not.toContain('never-kept');
    for (const [text, name] of [
      [lines, 'lines.json'],
      [gzipSync(DOCUMENT), 'log.json.gz'],
    ] as const)
      expect(told(await load(cloudtrailLoader, text, undefined, name))).toEqual(told(whole));
  });

  it('is matched with the graph, and what is not there is counted', async () => {
    const known: Known = { [ADA]: 'User', 'arn:aws:s3:::b/x/*': 'Resource', [ROLE]: 'Role' };
    const matched = await load(cloudtrailLoader, DOCUMENT, known);
    expect(told(matched)).toEqual([`${ADA} s3:GetObject arn:aws:s3:::b/x/* 3`]);
    expect(matched.uses[0]!.lastUsedAt).toBe(Date.UTC(2026, 0, 3));
    expect(whys(matched).sort()).toEqual([
      'a call that failed or was denied: no use',
      'a use by a Role: who used it is not told',
      'a use on a resource that the graph does not know',
      'an event that names no resource',
      'an event that no policy is about, such as signing in',
      'by AWSService: not an identity of the account',
    ]);
  });

  it('is told of the nearest patterns that hold what was used, those of the account whose policies count', async () => {
    const known = (...ids: string[]): Known =>
      Object.fromEntries([[ADA, 'User'], [ROLE, 'Role'], ...ids.map((id) => [id, 'Resource'])]);
    const usesOf = async (key: string, ...ids: string[]) =>
      told(
        await load(
          cloudtrailLoader,
          JSON.stringify({ Records: [get(key, byAda, '2026-01-02T00:00:00Z')] }),
          known(...ids),
        ),
      ).map((line) => line.split(' ')[2]);
    const b = 'arn:aws:s3:::b';
    expect(await usesOf('x1', `${b}/*`, `${b}/x*`, `${b}/y*`)).toEqual([`${b}/x*`]);
    expect(await usesOf('x1', `${b}/x1`, `${b}/x*`)).toEqual([`${b}/x1`]);
    expect(await usesOf('x/1.csv', `${b}/*`, `${b}/*.csv`, `${b}/x/*`)).toEqual([`${b}/*.csv`, `${b}/x/*`]);
    expect(await usesOf('x1', `${b}/x?`, `${b}/x*`)).toEqual([`${b}/x?`]);
    const [own, others] = ['aws:111122223333:arn:aws:s3:::*', 'aws:444455556666:arn:aws:s3:::b*'];
    expect(await usesOf('x1', own, others)).toEqual([own]);
    // That something in the account was used says of nothing in it that its use would be told.
    expect(await usesOf('x1', 'aws:111122223333:*', 'aws:111122223333:arn:aws:*')).toEqual([]);
    // A key is no pattern, whatever is in it.
    expect(await usesOf('what?.txt', `${b}/what*`, `${b}/w*.pdf`)).toEqual([`${b}/what*`]);
  });

  it('is told of what lies in another account by the patterns that bear on others', async () => {
    const call = {
      eventSource: 'lambda.amazonaws.com',
      eventName: 'Invoke',
      eventTime: '2026-01-02T00:00:00Z',
      userIdentity: byAda,
      resources: [{ ARN: 'arn:aws:lambda:eu-west-1:444455556666:function:pay-out' }],
    };
    const known: Known = {
      [ADA]: 'User',
      'arn:aws:lambda:*:444455556666:function:*': 'Resource',
      'aws:111122223333:arn:aws:lambda:*:*:function:pay-*': 'Resource',
      'aws:111122223333:other-accounts:arn:aws:lambda:*:*:function:pay-*': 'Resource',
    };
    expect(told(await load(cloudtrailLoader, JSON.stringify({ Records: [call] }), known))).toEqual([
      `${ADA} lambda:InvokeFunction arn:aws:lambda:*:444455556666:function:* 1`,
      `${ADA} lambda:InvokeFunction aws:111122223333:other-accounts:arn:aws:lambda:*:*:function:pay-* 1`,
    ]);
  });

  it.each([
    ['monitoring.amazonaws.com', 'GetMetricData', 'cloudwatch:GetMetricData'],
    ['s3.amazonaws.com', 'ListBuckets', 's3:ListAllMyBuckets'],
    ['lambda.amazonaws.com', 'GetFunction20150331v2', 'lambda:GetFunction'],
    ['lambda.amazonaws.com', 'Invoke', 'lambda:InvokeFunction'],
    ['apigateway.amazonaws.com', 'UpdateStage', 'apigateway:PATCH'],
    ['iam.amazonaws.com', 'constructor', 'iam:constructor'],
    ['signin.amazonaws.com', 'ConsoleLogin', undefined],
  ])('%s %s is %s', (source, name, action) => expect(actionOfEvent(source, name)).toBe(action));
});

const request = (verb: string, username: string, objectRef: object | undefined, more: object = {}) => ({
  kind: 'Event',
  stage: 'ResponseComplete',
  verb,
  user: { username },
  requestReceivedTimestamp: '2026-01-02T00:00:00.123456Z',
  responseStatus: { code: 200 },
  ...(objectRef === undefined ? {} : { objectRef }),
  ...more,
});
const SECRET = { resource: 'secrets', namespace: 'shop', name: 'pay' };
const REQUESTS = [
  request('get', 'ada', SECRET),
  request('get', 'ada', { ...SECRET, name: 'other' }),
  request('get', 'ada', SECRET, { stage: 'RequestReceived' }),
  request('delete', 'ada', SECRET, { responseStatus: { code: 403 } }),
  request('patch', 'system:serviceaccount:shop:web', {
    resource: 'deployments',
    subresource: 'scale',
    apiGroup: 'apps',
    namespace: 'shop',
    name: 'web',
  }),
  request('list', 'ken', { resource: 'nodes' }, { impersonatedUser: { username: 'ada' } }),
  request('get', 'ada', undefined, { requestURI: '/metrics?x=1' }),
];
const LINES = REQUESTS.map((one) => JSON.stringify(one)).join('\n');
const C = 'k8s://prod';

describe('the audit log of Kubernetes', () => {
  it('is summed up by who, what and on what', async () => {
    const log = await load(kubernetesAuditLoader, LINES, undefined, 'audit.log');
    expect(told(log)).toEqual([
      `${C}/users/ada get ${C}/namespaces/shop/secrets:pay 1`,
      `${C}/users/ada get ${C}/namespaces/shop/secrets:other 1`,
      `${C}/serviceaccounts/shop/web patch ${C}/namespaces/shop/deployments.apps/scale:web 1`,
      `${C}/users/ada list ${C}/resources/nodes 1`,
      `${C}/users/ken impersonate ${C}/resources/users:ada 1`,
      `${C}/users/ada get ${C}/urls/metrics 1`,
    ]);
    expect(whys(log)).toEqual([
      'a stage before the response was complete: counted once at its end',
      'a request that failed or was denied: no use',
    ]);
    const list = await load(kubernetesAuditLoader, JSON.stringify({ kind: 'EventList', items: REQUESTS }));
    expect(told(list)).toEqual(told(log));
  });

  it('is matched with what the graph knows, from the object to the cluster', async () => {
    const known: Known = {
      [`${C}/users/ada`]: 'User',
      [`${C}/namespaces/shop/secrets`]: 'Resource',
      [`${C}/namespaces/shop/secrets:pay`]: 'Resource',
      [`${C}/serviceaccounts/shop/web`]: 'ServiceAccount',
      [`${C}/namespaces/shop`]: 'Resource',
      [`${C}/resources`]: 'Resource',
    };
    const log = await load(kubernetesAuditLoader, LINES, known, 'audit.log');
    expect(told(log)).toEqual([
      `${C}/users/ada get ${C}/namespaces/shop/secrets:pay 1`,
      `${C}/users/ada get ${C}/namespaces/shop/secrets 1`,
      `${C}/serviceaccounts/shop/web patch ${C}/namespaces/shop 1`,
      `${C}/users/ada list ${C}/resources 1`,
    ]);
    expect(whys(log)).toEqual(
      expect.arrayContaining([
        'a use by an identity that the graph does not know',
        'a use on a resource that the graph does not know',
      ]),
    );
  });
});

describe('a rule of Kubernetes', () => {
  const standing = async (object: object | undefined, ...ids: string[]) => {
    const known = Object.fromEntries([[`${C}/users/ada`, 'User'], ...ids.map((id) => [`${C}/${id}`, 'Resource'])]);
    const more = object === undefined ? { requestURI: '/healthz/ready?x=1' } : {};
    const log = await load(kubernetesAuditLoader, JSON.stringify(request('get', 'ada', object, more)), known, 'a.log');
    return told(log).map((line) => line.split(' ')[2]!.slice(C.length + 1));
  };
  const MAP = { resource: 'configmaps', namespace: 'shop', name: 'web' };
  const SCALE = { resource: 'deployments', apiGroup: 'apps', subresource: 'scale', namespace: 'shop', name: 'web' };

  it.each<[what: string, object: object | undefined, known: string[], stands: string[]]>([
    [
      'of the cluster counts beside the namespace',
      MAP,
      ['namespaces/shop', 'resources', 'resources/configmaps'],
      ['namespaces/shop', 'resources/configmaps'],
    ],
    [
      'on the type there comes before both',
      MAP,
      ['namespaces/shop', 'resources/configmaps', 'namespaces/shop/configmaps'],
      ['namespaces/shop/configmaps'],
    ],
    ['on all of a group counts', SCALE, ['resources', 'resources/*.apps', 'resources/pods'], ['resources/*.apps']],
    [
      'on a subresource of any type counts',
      SCALE,
      ['namespaces/shop', 'namespaces/shop/*.*/scale'],
      ['namespaces/shop/*.*/scale'],
    ],
    [
      'on paths that begin alike counts',
      undefined,
      ['urls', 'urls/healthz*', 'urls/h*', 'urls/metrics'],
      ['urls/healthz*'],
    ],
  ])('%s', async (_, object, known, stands) => {
    expect(await standing(object, ...known)).toEqual(stands);
  });
});

describe('bad input', () => {
  it.each([
    ['no events', '{"Records": []}', /holds no events/],
    ['no JSON', 'hello\n', /document must be a JSON object or list/],
    ['a cut line', `${JSON.stringify(EVENTS[0])}\n{"eventName":\n`, /log\.json:2: is not JSON/],
  ])('%s is refused', async (_, text, message) => {
    expect((await refusalOf(() => load(cloudtrailLoader, text))).message).toMatch(message);
  });

  it('events of any form are counted', async () => {
    const odd = await load(
      cloudtrailLoader,
      '[1, null, [], {"eventSource": {}}, {"eventSource":"s3.amazonaws.com","eventName":"GetObject"}]',
    );
    expect([odd.uses, whys(odd).length]).toEqual([[], 2]);
  });

  it('that is damaged is loaded or refused in words', async () => {
    for (const [loader, name, text] of [
      [cloudtrailLoader, 'trail.json', DOCUMENT],
      [kubernetesAuditLoader, 'audit.log', LINES],
    ] as const) {
      const rounds = runs(150).numRuns!;
      const outcome = await fuzz({
        originals: [folder.file(name, text)],
        seed: SEED,
        rounds,
        load: (path) => loader.load({ paths: [path], source: 'prod', options: {} }),
      });
      expect(outcome.loaded + outcome.refused).toBe(rounds);
    }
  }, 120_000);
});
