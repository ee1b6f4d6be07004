/** A proof holds for plans, and finds whatever else changes who can do what: by each of its two parts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, GrantlensError, type Instant, makeEdge, REACHES } from '../../engine/model/index.ts';
import { plannedSteps } from '../../engine/roles/plan-steps.ts';
import { faultOf, mustHold, type Proof, prove } from '../../engine/roles/proof/prove.ts';
import { scheduleOf } from '../../engine/roles/schedule.ts';
import { merkleRoot } from '../../engine/roles/twin/compare.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { changed } from '../support/changed-graph.ts';
import { accessible, actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { identitiesOf, linesOf } from '../support/random-graph.ts';
import { randomTarget } from '../support/random-target.ts';
import { numbersFrom, picker, roleGraph } from '../support/role-graph.ts';
import { groundOfGraph, roleStateOf } from '../support/role-state.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const proofOf = async (graph: OracleGraph, steps: readonly (readonly Change[])[], at: Instant): Promise<Proof> =>
  prove({ ...(await groundOfGraph(graph)), at }, steps, { mostInstants: 50 }, new Pace());

/** Some edges gone and some come. */
function someChanges(graph: OracleGraph, next: () => number): readonly Change[] {
  const pick = picker(next);
  const ids = (kind: string): readonly string[] => graph.nodes.filter((node) => node.kind === kind).map(({ id }) => id);
  const there = new Set(graph.nodes.map(({ id }) => id));
  const effective = graph.edges.filter(({ from, to }) => there.has(from) && there.has(to));
  const usual = effective.filter(({ kind }) => kind === 'HAS_ROLE' || kind === 'GRANTS' || kind === 'INHERITS');
  const changes: Change[] = [];
  for (let i = Math.floor(next() * 3); i >= 0; i--) {
    const { id, source } = pick(next() < 0.9 && usual.length > 0 ? usual : effective);
    if (!changes.some((change) => change.op === 'REMOVE_EDGE' && change.id === id))
      changes.push({ op: 'REMOVE_EDGE', id, source });
  }
  if (next() < 0.5)
    changes.push({
      op: 'PUT_EDGE',
      edge: makeEdge({ kind: 'HAS_ROLE', from: pick(ids('User')), to: pick(ids('Role')), source: 'main', key: 'more' }),
    });
  return changes;
}

/** What anybody can do at the instants of a proof. */
function decisions(graph: OracleGraph, actions: readonly string[], { instants }: Proof): string {
  return JSON.stringify(
    REACHES.flatMap((reach) =>
      instants.map((at) =>
        identitiesOf(graph).map((identity) =>
          [...accessible(graph, identity, actions, { reach, at })].map(([resource, can]) => [resource, [...can]]),
        ),
      ),
    ),
  );
}

const cases = fc.record({ seed: fc.nat(), choice: fc.nat(), at: fc.constantFrom(5, 15, 20) }).map((drawn) => ({
  ...drawn,
  [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
}));

describe('a proof', () => {
  it(
    'holds for what is planned, at every instant at which something begins or ends',
    () =>
      fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice, at }) => {
          const graph = roleGraph(seed);
          const state = await roleStateOf(graph, at);
          if (state === undefined) return;
          const { steps } = await plannedSteps(state, scheduleOf(state, randomTarget(state, numbersFrom(choice))));
          const proof = await proofOf(
            graph,
            steps.map(({ changes }) => changes),
            at,
          );
          expect(faultOf(proof)).toBeUndefined();
          expect(proof.twin.before).toEqual(proof.twin.after);
          expect(proof.holdings).toMatchObject({ steps: steps.length, differenceCount: 0 });
          expect(proof.stepsLookedAt).toBe(steps.length);
          expect(proof.instantsInAll).toBe(proof.instants.length);
          mustHold(proof);
        }),
        runs(60),
      ),
    LONG,
  );

  it(
    'finds whatever changes a decision, by the engine and by its twin',
    async () => {
      let [differing, refused] = [0, 0];
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice, at }) => {
          const graph = roleGraph(seed);
          const changes = someChanges(graph, numbersFrom(choice));
          const proof = await proofOf(graph, [changes], at).catch((error: GrantlensError) => error);
          if (proof instanceof GrantlensError) {
            expect(proof.code).toBe('PLAN_REFUSED');
            refused += 1;
            return;
          }
          const after = changed(graph, changes);
          const actions = actionsToldApart(patternsOf(graph));
          const differs = decisions(graph, actions, proof) !== decisions(after, actions, proof);
          const byEngine = proof.engine.some(({ gained, lost, altered }) => gained + lost + altered > 0);
          const byTwin = proof.twin.differenceCount > 0;
          const byHoldings = proof.holdings.differenceCount > 0;
          if (differs)
            expect({ byEngine, byTwin, byHoldings }).toEqual({ byEngine: true, byTwin: true, byHoldings: true });
          expect(byTwin).toBe(proof.twin.before.root !== proof.twin.after.root);
          if (!byEngine && !byTwin && !byHoldings) return mustHold(proof);
          differing += 1;
          expect(() => mustHold(proof)).toThrow(/The plan is refused: .*would (gain|lose|have)/);
        }),
        runs(150),
      );
      expect(differing).toBeGreaterThan(20);
      expect(refused).toBeLessThan(7 * differing);
    },
    LONG,
  );

  it('has a root that every leaf has a part in', () => {
    const leaves = ['a', 'b', 'c', 'd', 'e'];
    const root = merkleRoot(leaves);
    for (const i of leaves.keys()) expect(merkleRoot(leaves.with(i, 'x'))).not.toBe(root);
    expect(merkleRoot(leaves.slice(0, 4))).not.toBe(root);
    expect(merkleRoot([])).toMatch(/^[0-9a-f]{64}$/);
  });
});
