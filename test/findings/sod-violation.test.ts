/** Duties in one hand against an obvious search, and remedies tried out, on random graphs and in a generated company. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RevocationAnswer } from '../../engine/access/questions.ts';
import type { Finding } from '../../engine/findings/questions.ts';
import { plantedProblems } from '../../engine/generate/index.ts';
import { type EdgeRecord, GrantlensError, makeEdge, REACHES } from '../../engine/model/index.ts';
import { estateRecords } from '../support/estate-records.ts';
import { findingsOf } from '../support/findings-of.ts';
import {
  actionsToldApart,
  decide,
  fold,
  isAllowing,
  matches,
  type OracleGraph,
  patternsOf,
  stronger,
} from '../support/oracle/index.ts';
import {
  crowdedGraph,
  INSTANTS,
  identitiesOf,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

type Reach = 'ENTITLED' | 'ASSUMABLE';

interface Side {
  readonly action?: string;
  readonly node: string;
  readonly is: 'entitlement' | 'role' | 'group';
}

interface Rule {
  readonly reach: Reach;
  readonly left: readonly Side[];
  readonly right: readonly Side[];
}

const inDates = ({ validFrom = -Infinity, validTo = Infinity }: EdgeRecord, at: number): boolean =>
  validFrom <= at && at < validTo;

function isMember(graph: OracleGraph, identity: string, principal: string, at: number, reach: Reach): boolean {
  const kinds = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', ...(reach === 'ENTITLED' ? [] : ['CAN_ASSUME'])];
  const there = new Set(graph.nodes.map(({ id }) => id));
  const reached = new Set([identity]);
  for (const node of reached)
    for (const edge of graph.edges)
      if (edge.from === node && kinds.includes(edge.kind) && inDates(edge, at) && there.has(edge.to))
        reached.add(edge.to);
  return reached.has(principal);
}

function has(graph: OracleGraph, identity: string, side: Side, at: number, reach: Reach, actions: readonly string[]) {
  if (side.is !== 'entitlement') return isMember(graph, identity, side.node, at, reach);
  return actions.some(
    (action) =>
      matches(side.action!, action) && isAllowing(decide(graph, { identity, action, resource: side.node, at, reach })),
  );
}

function violators(graph: OracleGraph, { reach, left, right }: Rule, at: number): string[] {
  const patterns = [...left, ...right].flatMap(({ action }) => (action === undefined ? [] : [action]));
  const actions = actionsToldApart([...patternsOf(graph), ...patterns]);
  return identitiesOf(graph).filter((identity) =>
    [left, right].every((side) => side.some((each) => has(graph, identity, each, at, reach, actions))),
  );
}

const written = ({ is, action, node }: Side): object =>
  is === 'entitlement' ? { action, resource: node } : { [is]: node };
const fileOf = (rule: Rule): string =>
  JSON.stringify({
    version: 1,
    rules: [{ name: 'both', reach: rule.reach, left: rule.left.map(written), right: rule.right.map(written) }],
  });

const drawn = fc.record({
  graph: fc.oneof(randomGraph(), crowdedGraph(), returningGraph()),
  at: fc.constantFrom(...INSTANTS),
  reach: fc.constantFrom<Reach>('ENTITLED', 'ASSUMABLE'),
  sides: fc.array(
    fc.record({
      node: fc.nat(),
      isLeft: fc.boolean(),
      action: fc.constantFrom('a', 'ab', 'b', 'ba', 'c', 'b*', '*b', '*'),
    }),
    { minLength: 2, maxLength: 5 },
  ),
});

/** A rule on what is there; undefined where the sides would share something. */
function ruleOf({ graph, reach, sides }: typeof drawn extends fc.Arbitrary<infer T> ? T : never): Rule | undefined {
  const nodes = graph.nodes.filter(({ kind }) => ['Group', 'Role', 'Resource'].includes(kind));
  if (nodes.length === 0) return undefined;
  const made = sides.map(({ node, isLeft, action }) => {
    const { kind, id } = nodes[node % nodes.length]!;
    if (kind !== 'Resource') return { isLeft, side: { is: kind === 'Role' ? 'role' : 'group', node: id } as const };
    // A star in an id makes it a pattern: what it then matches is tried elsewhere.
    return { isLeft, side: { is: 'entitlement', node: id.includes('*') ? 'r' : id, action: fold(action) } as const };
  });
  const [left, right] = [true, false].map((wanted) =>
    made.filter(({ isLeft }) => isLeft === wanted).map(({ side }) => side),
  );
  const rule = { reach, left: left!, right: right! };
  if (rule.left.length === 0 || rule.right.length === 0) return undefined;
  const shared = rule.left.some((a) => rule.right.some((b) => a.node === b.node));
  const known = made.every(({ side }) => graph.nodes.some(({ id }) => id === side.node));
  return shared || !known ? undefined : rule;
}

/** Every decision there is, before and after. */
function expectNothingStronger(graph: OracleGraph, left: OracleGraph, at: number): void {
  for (const identity of identitiesOf(graph))
    for (const resource of resourcesOf(graph))
      for (const action of ['a', 'ab', 'b', 'ba'])
        for (const reach of REACHES)
          for (const then of [at, 20, 30]) {
            const asked = { identity, resource, action, reach, at: then };
            const [was, is] = [decide(graph, asked), decide(left, asked)];
            expect(stronger(was, is)).toBe(was);
          }
}

const afterRemedy = (graph: OracleGraph, { remedy }: Finding): OracleGraph => ({
  nodes: graph.nodes,
  edges: graph.edges.filter(({ id }) => !remedy.some((change) => change.op === 'REMOVE_EDGE' && change.id === id)),
});

/** A pattern may stand for several. */
const isOneAction = (side: readonly Side[]): boolean =>
  side.every(({ is, action = '' }) => is === 'entitlement' && action === side[0]!.action && !action.includes('*'));

/** Returns how many cuts there were. A side that is no one action on resources is no access that could be cut. */
async function expectCutsToEnd(
  graph: OracleGraph,
  rule: Rule,
  at: number,
  { entities: [who] }: Finding,
  revocation: () => Promise<RevocationAnswer>,
): Promise<number> {
  const answer = await revocation().catch((error: unknown) => error);
  if (answer instanceof GrantlensError) {
    expect([answer.code, [rule.left, rule.right].some(isOneAction)]).toEqual(['FINDING_WITHOUT_ACCESS', false]);
    return 0;
  }
  const { alternatives } = answer as RevocationAnswer;
  const costs = alternatives.map(({ cost }) => cost);
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  for (const { edges, collateral } of alternatives) {
    const gone = new Set(edges.map(({ id }) => id));
    const left = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => !gone.has(id)) };
    // Where a denial goes with the cut something else of the same side may be open: then it says so.
    if (collateral.gainedCount === 0) expect(violators(left, rule, at)).not.toContain(who);
  }
  return alternatives.length;
}

describe('SOD_VIOLATION', () => {
  it(
    'finds all who have both and nobody else; what it would remove ends one and gives nobody anything',
    async () => {
      let [found, tried, cut] = [0, 0, 0];
      await fc.assert(
        fc.asyncProperty(drawn, async (each) => {
          const rule = ruleOf(each);
          if (rule === undefined) return;
          const { graph, at } = each;
          const { findings, revocation } = await findingsOf(graph, {
            at,
            kinds: ['SOD_VIOLATION'],
            sod: fileOf(rule),
          });
          expect(findings.map(({ entities }) => entities[0]).sort()).toEqual(violators(graph, rule, at));
          for (const finding of findings) {
            found++;
            expect(finding.edges.every((edge) => inDates(edge, at))).toBe(true);
            cut += await expectCutsToEnd(graph, rule, at, finding, () => revocation(finding.id));
            if (finding.remedy.length === 0) continue;
            tried++;
            const left = afterRemedy(graph, finding);
            expect(violators(left, rule, at)).not.toContain(finding.entities[0]);
            expectNothingStronger(graph, left, at);
          }
        }),
        runs(400),
      );
      process.stderr.write(`${found} violations, ${tried} remedies tried, ${cut} cuts\n`);
      expect(cut).toBeGreaterThan(20);
      expect(tried).toBeGreaterThan(20);
    },
    LONG,
  );

  it(
    'finds all that are planted, and no others',
    async () => {
      const [users, seed] = [2_000, 5];
      const estate = estateRecords(users, seed);
      const sod = readFileSync(new URL('../fixtures/findings/sod-payments.yaml', import.meta.url), 'utf8');
      const { findings, notes, view } = await findingsOf(estate, {
        at: Date.UTC(2026, 0, 1),
        kinds: ['SOD_VIOLATION'],
        sod,
      });
      const planted = [...plantedProblems({ users, seed })].filter(({ kind }) => kind === 'SOD_VIOLATION');
      expect(planted.length).toBe(2);
      expect(findings.map(({ entities }) => entities).sort()).toEqual(planted.map(({ ids }) => ids).sort());
      expect(notes).toEqual([]);
      for (const { remedy, edges, severity } of findings) {
        expect(severity).toBe(0.9);
        expect(edges.map(({ kind }) => kind)).toEqual(['HAS_ROLE', 'HAS_ROLE']);
        expect(remedy.length).toBe(1);
        const changes = remedy.map((change) => ({ op: 'REMOVE_EDGE' as const, id: (change as { id: string }).id }));
        const delta = await view.whatIf({ changes, at: Date.UTC(2026, 0, 1) });
        expect([delta.gainedCount, delta.complete]).toEqual([0, true]);
      }
    },
    LONG,
  );

  it('tells the dates on which both ways are there, and each rule once', async () => {
    const node = (kind: 'User' | 'Role' | 'Resource', id: string) =>
      ({ kind, id, source: 's', attributes: {} }) as const;
    const day = (text: string): number => Date.parse(text);
    const graph = {
      nodes: [node('User', 'u'), node('Role', 'a'), node('Role', 'b'), node('Resource', 'r')],
      edges: [
        makeEdge({ kind: 'HAS_ROLE', from: 'u', to: 'a', source: 's', validTo: day('2026-03-01') }),
        makeEdge({ kind: 'HAS_ROLE', from: 'u', to: 'b', source: 's', validFrom: day('2025-02-01'), condition: 'mfa' }),
        makeEdge({ kind: 'GRANTS', from: 'b', to: 'r', source: 's', actions: ['pay'] }),
      ],
    };
    const rule = (name: string, right: string) =>
      `  - { name: ${name}, because: Money., left: [{ role: a }], right: [${right}] }\n`;
    const sod = `version: 1\nrules:\n${rule('one', '{ role: b }')}${rule('two', '{ action: pay, resource: r }')}`;
    const { findings } = await findingsOf(graph, { at: day('2026-01-01'), kinds: ['SOD_VIOLATION'], sod });
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
    expect(findings.map(({ title }) => title)).toEqual(['u has a and b', 'u has a and pay on r']);
    expect(findings[1]!.rationale).toBe(
      'The rule “two” keeps them apart. Money. One is had by u HAS_ROLE a; the other by u HAS_ROLE b, b GRANTS r. ' +
        'Both ways are there together from 2025-02-01 until 2026-03-01. The remedy ends one of them.',
    );
    expect(findings[1]!.severity).toBeCloseTo(0.6);
    const later = await findingsOf(graph, { at: day('2026-03-01'), kinds: ['SOD_VIOLATION'], sod });
    expect(later.findings).toEqual([]);
  });

  it('says that nobody named duties', async () => {
    const { findings, notes } = await findingsOf({ nodes: [], edges: [] }, { at: 0, kinds: ['SOD_VIOLATION'] });
    expect(findings).toEqual([]);
    expect(notes).toEqual(['No duties that must be kept apart are named, so nobody can be said to hold both.']);
  });

  it(
    'takes a group of 100,000 that has both',
    async () => {
      const people = Array.from({ length: 100_000 }, (_, i) => `u${i}`);
      const node = (kind: 'User' | 'Group' | 'Role', id: string) =>
        ({ kind, id, source: 's', attributes: {} }) as const;
      const { findings } = await findingsOf(
        {
          nodes: [...people.map((id) => node('User', id)), node('Group', 'g'), node('Role', 'a'), node('Role', 'b')],
          edges: [
            ...people.map((id) => makeEdge({ kind: 'MEMBER_OF', from: id, to: 'g', source: 's' })),
            makeEdge({ kind: 'HAS_ROLE', from: 'g', to: 'a', source: 's' }),
            makeEdge({ kind: 'HAS_ROLE', from: 'g', to: 'b', source: 's' }),
          ],
        },
        {
          at: 0,
          kinds: ['SOD_VIOLATION'],
          sod: 'version: 1\nrules: [{ name: x, left: [{ role: a }], right: [{ role: b }] }]',
        },
      );
      expect(findings.length).toBe(100_000);
    },
    LONG,
  );
});
