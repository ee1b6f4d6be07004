import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayJoin } from '../../engine/model/index.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { matchesGlob } from '../../loaders/aws/glob.ts';
import { decideIn } from '../support/oracle/decide.ts';
import { graphOf, type OracleGraph, worldAt } from '../support/oracle/index.ts';
import { runs, SEED } from '../support/seed.ts';
import { type Decision, IamEvaluator, type Json } from './aws-support/iam-evaluator.ts';
import { KnownResources } from './aws-support/known-resources.ts';
import { ACTIONS, AWAY, HOME, PLAIN_RESOURCES, twoAccounts } from './aws-support/random-accounts.ts';

const RUNS = 40;
/** Milliseconds for a property, at the usual effort. */
const PATIENCE = 120_000 * Math.max(1, Number(process.env['PROPERTY_EFFORT'] ?? 1));
const ACCOUNTS = [HOME, AWAY];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantlens-aws-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

/** Each in a file of its own: a test that ran out of time may still be at work beside the next. */
async function loadDetails(details: Json): Promise<OracleGraph> {
  written += 1;
  const file = join(folder, `details-${written}.json`);
  writeFileSync(file, JSON.stringify(details));
  const loaded = await awsLoader.load({ paths: [file], options: {} });
  rmSync(file);
  return graphOf(loaded.changes);
}

const accountOf = (arn: string): string => arn.split(':')[4]!;

/** All single resources that the graph has a node for. */
function resourcesOf(graph: OracleGraph): readonly { readonly arn: string; readonly id: string }[] {
  const ids = graph.nodes.filter((node) => node.kind === 'Resource').map((node) => node.id);
  const objects = ids
    .filter((id) => id.startsWith('resource:'))
    .map((id) => ({ id, arn: id.slice('resource:'.length) }));
  return [...objects, ...PLAIN_RESOURCES.filter((arn) => ids.includes(arn)).map((arn) => ({ id: arn, arn }))];
}

/** Calls back for every identity, action and single resource. */
function forEachQuestion(
  graph: OracleGraph,
  evaluator: IamEvaluator,
  ask: (identity: string, action: string, resource: { readonly arn: string; readonly id: string }) => void,
): void {
  for (const { arn: identity } of evaluator.principals) {
    for (const resource of resourcesOf(graph)) for (const action of ACTIONS) ask(identity, action, resource);
  }
}

/**
 * Whether an account's principals can be asked about a resource: where the details say so, and where two of its patterns
 * overlap in just that resource.
 */
function knowing(details: Json, graph: OracleGraph): (account: string, arn: string) => boolean {
  const known = new KnownResources(details, ACCOUNTS);
  const overlaps = graph.nodes
    .filter((node) => node.attributes['overlap'] === true)
    .map(({ id, source }) => `${source} ${id}`);
  return (account, arn) => known.has(account, arn) || overlaps.includes(`aws:${account} ${arn}`);
}

const isAllowing = (decision: Decision): boolean => decision === 'ALLOWED' || decision === 'CONDITIONAL';

describe(`the loaded graph against IAM worked out on the policies (PROPERTY_SEED=${SEED})`, () => {
  it(
    'answers the same for what users and roles can do themselves, in their account and in the other',
    async () => {
      const seen = new Map<Decision, number>();
      await fc.assert(
        fc.asyncProperty(twoAccounts({ questionMarks: false }), async (details) => {
          const graph = await loadDetails(details);
          const world = worldAt(graph, 0);
          const evaluator = new IamEvaluator(details);
          const knows = knowing(details, graph);
          forEachQuestion(graph, evaluator, (identity, action, { arn, id }) => {
            const told = decideIn(world, { identity, action, resource: id, reach: 'ENTITLED' });
            const question = { identity, action, arn };
            if (knows(accountOf(identity), arn)) {
              const meant = evaluator.decideAs(evaluator.principal(identity), action, arn);
              seen.set(meant, (seen.get(meant) ?? 0) + 1);
              expect({ ...question, told }).toEqual({ ...question, told: meant });
            } else expect({ ...question, allows: isAllowing(told) }).toEqual({ ...question, allows: false });
          });
        }),
        runs(RUNS),
      );
      for (const decision of ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'] as const) {
        expect(seen.get(decision) ?? 0, `questions answered ${decision}`).toBeGreaterThan(RUNS);
      }
    },
    PATIENCE,
  );

  it(
    'answers the same for what they can do through roles that they may assume',
    async () => {
      await fc.assert(
        fc.asyncProperty(twoAccounts({ questionMarks: false }), async (details) => {
          const graph = await loadDetails(details);
          const world = worldAt(graph, 0);
          const evaluator = new IamEvaluator(details);
          const knows = knowing(details, graph);
          forEachQuestion(graph, evaluator, (identity, action, { arn, id }) => {
            const told = decideIn(world, { identity, action, resource: id, reach: 'ASSUMABLE' });
            const meant = evaluator.decide(identity, action, arn, (account) => knows(account, arn));
            const question = { identity, action, arn };
            if (isAllowing(meant) || isAllowing(told))
              expect({ ...question, told }).toEqual({ ...question, told: meant });
          });
        }),
        runs(Math.ceil(RUNS / 4)),
      );
    },
    PATIENCE,
  );

  it(
    'never answers more surely than IAM where action patterns have question marks',
    async () => {
      await fc.assert(
        fc.asyncProperty(twoAccounts({ questionMarks: true }), async (details) => {
          const graph = await loadDetails(details);
          const world = worldAt(graph, 0);
          const evaluator = new IamEvaluator(details);
          const knows = knowing(details, graph);
          forEachQuestion(graph, evaluator, (identity, action, { arn, id }) => {
            if (!knows(accountOf(identity), arn)) return;
            const told = decideIn(world, { identity, action, resource: id, reach: 'ENTITLED' });
            const meant = evaluator.decideAs(evaluator.principal(identity), action, arn);
            const question = { identity, action, arn, told };
            if (told === 'ALLOWED') expect({ ...question, meant }).toEqual({ ...question, meant: 'ALLOWED' });
            if (!isAllowing(told))
              expect({ ...question, allows: isAllowing(meant) }).toEqual({ ...question, allows: false });
          });
        }),
        runs(RUNS),
      );
    },
    PATIENCE,
  );

  it(
    'says of a whole pattern only what holds for everything in it',
    async () => {
      const samples = [
        ...['a', 'b', 'ab', 'aab', 'abb', 'acb', 'ab/x', 'ab/ab', 'u1b', 'b/ab'].map((name) => `arn:aws:s3:::${name}`),
        ...['role/r1', 'role/r9', 'role/x2', 'user/u1', 'user/zed'].map((name) => `arn:aws:iam::${HOME}:${name}`),
      ];
      await fc.assert(
        fc.asyncProperty(twoAccounts({ questionMarks: false }), async (details) => {
          const graph = await loadDetails(details);
          const world = worldAt(graph, 0);
          const evaluator = new IamEvaluator(details);
          const scoped = graph.nodes.filter(
            ({ id }) => id.startsWith(`aws:${HOME}:`) && !id.includes('other-accounts'),
          );
          for (const node of scoped.filter(({ kind }) => kind === 'Resource')) {
            const inside = samples.filter((sample) => matchesGlob(node.id.slice(`aws:${HOME}:`.length), sample));
            for (const principal of evaluator.principals.filter(({ arn }) => accountOf(arn) === HOME)) {
              for (const action of ACTIONS) {
                const told = decideIn(world, { identity: principal.arn, action, resource: node.id, reach: 'ENTITLED' });
                const meant = inside.map((sample) => evaluator.decideAs(principal, action, sample));
                const question = { identity: principal.arn, action, resource: node.id, told };
                if (told === 'ALLOWED')
                  expect({ ...question, none: meant.includes('NONE') }).toEqual({ ...question, none: false });
                if (told === 'DENIED' && principal.detail['PermissionsBoundary'] === undefined) {
                  expect({ ...question, meant: new Set(meant) }).toEqual({
                    ...question,
                    meant: new Set(meant.length > 0 ? ['DENIED'] : []),
                  });
                }
              }
            }
          }
        }),
        runs(Math.ceil(RUNS / 4)),
      );
    },
    PATIENCE,
  );

  it(
    'gives a graph that the model takes: ends that are there and may be joined, no circle of scopes',
    async () => {
      await fc.assert(
        fc.asyncProperty(twoAccounts({ questionMarks: true }), async (details) => {
          const { nodes, edges } = await loadDetails(details);
          const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
          for (const edge of edges) {
            const from = kinds.get(edge.from);
            const to = kinds.get(edge.to);
            expect(from !== undefined && to !== undefined && mayJoin(edge.kind, from, to), JSON.stringify(edge)).toBe(
              true,
            );
          }
          expect(hasCircle(edges.filter(({ kind }) => kind === 'CONTAINS'))).toBe(false);
        }),
        runs(RUNS),
      );
    },
    PATIENCE,
  );
});

/** Takes away what nothing holds until nothing is left, or only circles are. */
function hasCircle(edges: readonly { readonly from: string; readonly to: string }[]): boolean {
  let left = edges;
  for (;;) {
    const inner = new Set(left.map(({ to }) => to));
    const rest = left.filter(({ from }) => inner.has(from));
    if (rest.length === left.length) return left.length > 0;
    left = rest;
  }
}
