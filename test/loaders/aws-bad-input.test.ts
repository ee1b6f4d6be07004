import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrantlensError, InputError } from '../../engine/model/index.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { fixture } from './aws-support/loaded-graph.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The error of a load, with our folder left out of its message. */
async function failureOf(content: string | Uint8Array, name = 'iam.json'): Promise<GrantlensError> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const failure = await loadFailure(path);
  expect(failure.message).not.toMatch(/\n\s+at /);
  return failure;
}

async function loadFailure(path: string): Promise<GrantlensError> {
  try {
    for await (const _ of (await awsLoader.load({ paths: [path], options: {} })).changes);
  } catch (error) {
    if (error instanceof GrantlensError) return error;
    throw error;
  }
  throw new Error('the input was taken');
}

const text = (failure: GrantlensError): string => failure.message.replaceAll(`${folder}/`, '');

const WHOLE = readFileSync(fixture('bluefin.json'), 'utf8');

/** The fixture with one piece of text changed. */
const changed = (from: string, to: string): string => {
  expect(WHOLE).toContain(from);
  return WHOLE.replace(from, () => to);
};

/** The line that the piece of text starts in, and some lines on. */
const lineOf = (content: string, piece: string): number => content.slice(0, content.indexOf(piece)).split('\n').length;

/** A page with one user whose only inline policy is the given document. */
const withPolicy = (document: unknown): string =>
  JSON.stringify(
    {
      UserDetailList: [
        {
          UserName: 'u',
          UserId: 'AIDAU',
          Arn: 'arn:aws:iam::111122223333:user/u',
          UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }],
        },
      ],
    },
    null,
    1,
  );

const FIELD = 'UserDetailList[0].UserPolicyList[0].PolicyDocument';
const statement = (more: object): unknown => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more }],
});

describe('files that cannot be read', () => {
  it('names a path that is not there', async () => {
    const failure = await loadFailure(join(folder, 'nowhere.json'));
    expect(failure.code).toBe('INPUT_NOT_FOUND');
    expect(text(failure)).toContain('nowhere.json');
  });

  it('refuses an empty file, a cut-off one, one that is no JSON, one in another encoding', async () => {
    expect(text(await failureOf(''))).toContain('iam.json: the file is empty');
    expect(text(await failureOf(WHOLE.slice(0, 5000)))).toMatch(/^iam\.json:\d+: column \d+: .*cut off/);
    expect(text(await failureOf('Users: 3\n'))).toMatch(/^iam\.json:1: column 1:/);
    expect((await failureOf(Buffer.from(WHOLE, 'utf16le'))).code).toBe('INPUT_UNREADABLE');
    expect((await failureOf(new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'iam.json.gz')).code).toBe('INPUT_UNREADABLE');
  });

  it('refuses a line of 50 MB, and says why', async () => {
    expect((await failureOf(`{"UserDetailList": "${'x'.repeat(50_000_000)}`)).code).toBe('INPUT_INVALID');
    const tags = [{ Key: 'note', Value: 'x'.repeat(50_000_000) }];
    const user = { UserName: 'u', UserId: 'AIDAU', Arn: 'arn:aws:iam::111122223333:user/u', Tags: tags };
    expect(text(await failureOf(JSON.stringify({ UserDetailList: [user] })))).toMatch(
      /Tags\[0\]\.Value: is 50000000 char/,
    );
  });

  it('refuses a folder without JSON files', async () => {
    expect((await loadFailure(mkdtempSync(join(folder, 'none-')))).code).toBe('INPUT_INVALID');
  });

  it('refuses what is JSON, but not of this kind', async () => {
    expect(text(await failureOf('{"kind": "List"}'))).toContain('get-account-authorization-details');
    expect(text(await failureOf('"UserDetailList"'))).toContain('must be an object, is a string');
    expect(text(await failureOf('{"UserDetailList": []}'))).toContain('describes no user, group, role or policy');
  });
});

describe('faults in what a file says', () => {
  it('names line and field of an unknown field, everywhere', async () => {
    const content = changed('"UserName": "bob"', '"Usrname": "bob"');
    const failure = await failureOf(content);
    const line = lineOf(content, '"Usrname"');
    expect(text(failure)).toContain(`iam.json:${line}: UserDetailList[1].Usrname: "Usrname" is not known here`);
    expect(text(failure)).toContain(`iam.json:${line - 2}: UserDetailList[1]: "UserName" is missing`);
  });

  it('names a key that stands twice', async () => {
    const failure = await failureOf(changed('"Effect": "Deny",', '"Effect": "Deny", "Effect": "Allow",'));
    expect(text(failure)).toMatch(/^iam\.json:\d+: \S+Effect: column \d+: the key "Effect" stands twice/);
  });

  it('names what is wrong with a statement', async () => {
    const wrong: readonly (readonly [unknown, string, string])[] = [
      [statement({ Effect: 'allow' }), '.Statement[0].Effect', 'must be "Allow" or "Deny"'],
      [statement({ Action: undefined }), '.Statement[0]', 'has neither "Action" nor "NotAction"'],
      [statement({ NotAction: 's3:*' }), '.Statement[0].NotAction', 'stands beside "Action"'],
      [statement({ Resource: [] }), '.Statement[0].Resource', 'is an empty list'],
      [statement({ Action: ['s3:*', 7] }), '.Statement[0].Action[1]', 'must be text, is a number'],
      [statement({ Principal: '*' }), '.Statement[0].Principal', 'is not known here'],
      [statement({ condition: {} }), '.Statement[0].condition', 'is not known here'],
      [statement({ Condition: { Bool: { 'aws:X': { a: 1 } } } }), '.Statement[0].Condition.Bool.aws:X', 'must be text'],
      [statement({ Resource: `arn:aws:s3:::${'x'.repeat(3000)}` }), '.Statement[0].Resource', 'at most 2048'],
      [{ Version: '2012-10-17' }, '', '"Statement" is missing'],
      [{ Version: '2012-10-18', Statement: [] }, '.Version', 'must be one of 2012-10-17, 2008-10-17'],
      [['Allow'], '', 'must be an object, is a list'],
    ];
    for (const [document, field, message] of wrong) {
      const failure = await failureOf(withPolicy(document));
      expect(failure).toBeInstanceOf(InputError);
      expect(text(failure)).toMatch(/^iam\.json:\d+: /);
      expect(text(failure)).toContain(`: ${FIELD}${field}: `);
      expect(text(failure)).toContain(message);
    }
  });

  it('looks into packed documents', async () => {
    const packed = encodeURIComponent(JSON.stringify(statement({ Effect: 'Maybe' })));
    const failure = await failureOf(withPolicy(packed));
    expect(text(failure)).toBe(`iam.json:10: ${FIELD}.Statement[0].Effect: must be "Allow" or "Deny"`);
    expect(text(await failureOf(withPolicy('%7B%22Statement%22')))).toContain(
      `${FIELD}: the policy document in this text`,
    );
    expect(text(await failureOf(withPolicy('%7B%ZZ')))).toContain('neither JSON nor percent-encoded JSON');
    const twice = '{"Statement": [], "Statement": []}';
    expect(text(await failureOf(withPolicy(twice)))).toContain('the key "Statement" stands twice');
  });

  it('names what is wrong with trust policies, versions, ARNs, dates and tags', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [
        '"arn:aws:iam::111122223333:user/ada"',
        '"arn:aws:iam::1111:user/ada"',
        'UserDetailList[0].Arn: must be the ARN of a user',
      ],
      ['"2025-01-01T08:00:00+00:00"', '"yesterday"', 'UserDetailList[0].CreateDate: must be a date and time'],
      ['"IsDefaultVersion": true', '"IsDefaultVersion": false', 'has 0 versions with "IsDefaultVersion": true'],
      ['"Federated"', '"Federal"', 'Principal.Federal: "Federal" is no type of principal'],
      ['"Service": [', '"Service": 3, "AWS": [', 'Principal.Service: must be text, is a number'],
      ['"Value": "payments"', '"Value": 3', 'Tags[0].Value: must be text, is a number'],
      ['"UserName": "bob"', '"UserName": "ada"', 'the name ada stands twice in account 111122223333'],
    ];
    for (const [from, to, message] of cases) {
      const failure = await failureOf(changed(from, to));
      expect(failure).toBeInstanceOf(InputError);
      expect(text(failure)).toContain(message);
      expect(text(failure)).toMatch(/^iam\.json:\d+: /);
    }
  });

  it('refuses two descriptions of one object, and takes the same one twice', async () => {
    const again = join(folder, 'again');
    const other = changed('"Read the reports"', '"Read all reports"');
    rmSync(again, { recursive: true, force: true });
    const paths = ['one.json', 'two.json'].map((name) => join(folder, name));
    writeFileSync(paths[0]!, WHOLE);
    writeFileSync(paths[1]!, WHOLE);
    const loaded = await awsLoader.load({ paths, options: {} });
    expect([...(loaded.changes as Iterable<unknown>)].length).toBeGreaterThan(50);
    writeFileSync(paths[1]!, other);
    await expect(awsLoader.load({ paths, options: {} })).rejects.toThrow(
      /reports-read is described twice and differently/,
    );
  });

  it('tells the first hundred faults and counts the rest', async () => {
    const users = Array.from({ length: 150 }, () => ({}));
    const failure = await failureOf(JSON.stringify({ UserDetailList: users }));
    expect((failure as InputError).total).toBe(450);
    expect((failure as InputError).problems).toHaveLength(100);
  });
});
