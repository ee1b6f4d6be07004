import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { type Collected, collect } from '../support/collect.ts';
import type { Json } from './aws-support/iam-evaluator.ts';
import { largeAccount } from './aws-support/large-account.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function load(details: Json): Promise<Collected> {
  const file = join(folder, 'iam.json');
  writeFileSync(file, JSON.stringify(details));
  return collect(await awsLoader.load({ paths: [file], options: {} }));
}

const count = (told: Collected, kind: string): number => told.edges.filter((edge) => edge.kind === kind).length;

describe('a large account', () => {
  it('of 5,000 users, 1,000 roles and 1,500 policies is loaded with few scopes a resource', async () => {
    const start = performance.now();
    const told = await load(largeAccount(5000, 1000, 1500));
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(
      `aws: 5,000 users, ${told.nodes.length} nodes, ${told.edges.length} edges, ${seconds.toFixed(1)} s\n`,
    );
    const resources = told.nodes.filter(({ kind }) => kind === 'Resource').length;
    expect(resources).toBeGreaterThan(15_000);
    expect(count(told, 'CONTAINS')).toBeLessThan(1.2 * resources);
    expect(count(told, 'CAN_ASSUME')).toBe(1000);
    expect(told.report.skipped).toEqual([]);
    expect(seconds).toBeLessThan(90);
  }, 120_000);

  it('with a NotResource that follows from the user stays within bounds, says so, and is never surer than IAM', async () => {
    const details = largeAccount(3000, 10, 100);
    const own = (details['Policies'] as readonly Json[]).find((policy) => policy['PolicyName'] === 'own-keys')!;
    const other = 'arn:aws:iam::*:user/${aws:username}';
    own['PolicyVersionList'][0]['Document']['Statement'] = [
      { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:*', NotResource: other },
    ];
    const told = await load(details);
    expect(count(told, 'GRANTS')).toBeLessThan(300_000);
    expect(told.report.skipped.map(({ why }) => why)).toEqual([expect.stringMatching(/statements with NotResource/)]);
    const denials = told.edges.filter(
      ({ kind, effect, from }) => kind === 'GRANTS' && effect === 'DENY' && from.includes(':user/'),
    );
    const denied = new Set(denials.map(({ from }) => from));
    expect(denied.size).toBe(3000);
    const widened = denials.filter(({ key }) => key?.includes('anywhere'));
    expect(widened.length).toBeGreaterThan(1000);
    expect(widened.every(({ condition }) => condition !== undefined)).toBe(true);
  }, 120_000);
});
