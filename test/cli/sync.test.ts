/** A configuration of five sources, run as the command runs it. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourOf } from '../../cli/colour.ts';
import { readSyncConfig } from '../../cli/sync-config.ts';
import { partJson } from '../../cli/sync-report.ts';
import { chosenParts, type PartOutcome, runParts } from '../../cli/sync-run.ts';
import { whyLines } from '../../cli/why-report.ts';
import { type Engine, type InputError, openEngine } from '../../engine/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

const temporary = temporaryFolder();
let made = 0;

/** A copy of the estate of our own. */
function estate(): string {
  const folder = join(temporary.path, `estate-${made++}`);
  cpSync('test/fixtures/joined', folder, { recursive: true });
  return folder;
}

async function synced<T>(
  folder: string,
  use: (
    engine: Engine,
    run: (only?: readonly string[], failFast?: boolean) => Promise<readonly PartOutcome[]>,
  ) => Promise<T>,
): Promise<T> {
  const engine = await openEngine({ data: join(folder, 'store'), mode: 'write' });
  const run = (only: readonly string[] = [], failFast = false) =>
    runParts(engine, chosenParts(readSyncConfig(join(folder, 'sync.yaml')), only), {
      stderr: process.stderr,
      signal: new AbortController().signal,
      failFast,
      tellTooMuch: false,
      onDone: async () => {},
    });
  try {
    return await use(engine, run);
  } finally {
    await engine.close();
  }
}

const ADA = 'person:1001';
const SECRETS = 'k8s://cluster/namespaces/payments/secrets';

describe('five sources that are joined', () => {
  it('give a person the way over three of them', () =>
    synced(estate(), async (engine, run) => {
      const outcomes = await run();
      expect(outcomes.map(({ name }) => name)).toEqual([
        'hr',
        'directory',
        'aws',
        'cluster',
        'crm',
        'people',
        'logins',
      ]);
      expect(outcomes.some((outcome) => 'failed' in outcome)).toBe(false);
      const view = await engine.view();
      try {
        const why = await view.whyHasAccess({ identity: ADA, action: 'get', resource: SECRETS });
        expect(why.decision).toBe('ALLOWED');
        const [path] = why.paths;
        expect(path!.edges.map(({ kind, source }) => `${kind} ${source}`)).toEqual([
          'CAN_ASSUME join:people',
          'CAN_ASSUME join:logins',
          'HAS_ROLE cluster',
          'GRANTS cluster',
        ]);
        expect(why.sentences[0]).toMatch(
          /^Ada Okafor has the account Ada Okafor, which has the account ada, which has the role/,
        );
        const lines = whyLines(why, new Map(), colourOf(false, {})).join('\n');
        expect(lines).toContain('has the account uid=ada,ou=people,dc=acme,dc=example');
        // A leaver is left out, the account that he left is not.
        const holders = async (includeDisabled: boolean) => {
          const asked = {
            action: 's3:GetObject',
            resource: 'arn:aws:s3:::acme-invoices/*',
            includeDisabled,
            first: 10,
          };
          return (await view.whoCan(asked)).items.map(({ identity }) => identity).sort();
        };
        expect(await holders(false)).toEqual(['arn:aws:iam::111122223333:user/mei']);
        expect(await holders(true)).toEqual(['arn:aws:iam::111122223333:user/mei', 'person:1003']);
      } finally {
        view.release();
      }
    }));

  it('lose a join with its key, and keep the others when one source fails', () => {
    const folder = estate();
    return synced(folder, async (engine, run) => {
      await run();
      const hr = join(folder, 'hr.csv');
      writeFileSync(hr, readFileSync(hr, 'utf8').replace('Ada.Okafor@', 'other@'));
      writeFileSync(join(folder, 'aws.json'), '{ "UserDetailList": [');
      const outcomes = (await run()).map(partJson);
      expect(outcomes[2]).toMatchObject({ name: 'aws', failed: { code: expect.any(String) } });
      expect(outcomes[0]).toMatchObject({ changed: 1, added: 0, removed: 0 });
      expect(outcomes[5]).toMatchObject({ name: 'people', removed: 2 });
      const view = await engine.view();
      expect((await view.check({ identity: ADA, action: 'get', resource: SECRETS })).decision).toBe('NONE');
      view.release();
      expect((await run([], true)).map(({ name }) => name)).toEqual(['hr', 'directory', 'aws']);
      expect((await run(['cluster'])).map(({ name }) => name)).toEqual(['cluster', 'logins']);
      await expect(async () => run(['nobody'])).rejects.toThrow('There is no source or join "nobody"');
    });
  });
});

describe('the file', () => {
  const problems = (text: string): readonly string[] => {
    try {
      readSyncConfig(temporary.file(`config-${made++}.yaml`, text));
      return [];
    } catch (error) {
      return (error as InputError).message.split('\n').map((line) => line.replace(/^.*config-\d+\.yaml:/, ''));
    }
  };

  it('is refused with line and column of everything that is wrong, and the nearest of the known words', () => {
    expect(
      problems(`version: 1
sources:
  - name: hr
    fromat: csv
    format: cvs
    paths: []
    maxWithdrawn: 20
  - { name: hr, format: ldif, paths: ["-"] }
joins:
  - name: people
    people: hr
    accounts: [{ source: ad, match: [{ account: mail, person: mail, as: phone }] }]
`),
    ).toEqual([
      expect.stringMatching(
        /^4:13: sources\[0\]\.fromat: unknown field; did you mean "format"\? known here are name, /,
      ),
      expect.stringMatching(/^5:13: sources\[0\]\.format: must be one of sharphound, azurehound, /),
      '6:12: sources[0].paths: is empty',
      '7:19: sources[0].maxWithdrawn: must be a number from 0 to 1',
      '8:13: sources[1].name: "hr" is the name of another one',
      '8:39: sources[1].paths[0]: standard input is for "load"; name a file',
      expect.stringMatching(/^12:\d+: joins\[0\]\.accounts\[0\]\.match\[0\]\.as: must be one of text, email/),
    ]);
  });

  it('is no way to make much of little', () => {
    expect(problems('version: &a 1\nsources: *a\n')[0]).toContain('must be a list');
    expect(problems(`version: 1\nsources: ${'['.repeat(5_000)}`)[0]).toMatch(/nests too deeply|flow/i);
    expect(problems(`version: 1\n#${'x'.repeat(1_000_001)}`)[0]).toContain('at most 1000000 are taken');
    expect(problems('')[0]).toContain('1:1');
  });
});
