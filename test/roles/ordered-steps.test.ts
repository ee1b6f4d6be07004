/** Whatever roles are wanted, after every step of the way everybody can do what he could do: by the engine and by the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, type Instant, REACHES } from '../../engine/model/index.ts';
import { type PlanStep, plannedSteps } from '../../engine/roles/plan-steps.ts';
import { scheduleOf } from '../../engine/roles/schedule.ts';
import { checkTarget } from '../../engine/roles/target.ts';
import { changed } from '../support/changed-graph.ts';
import { accessible, actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { identitiesOf, linesOf } from '../support/random-graph.ts';
import { randomTarget } from '../support/random-target.ts';
import { numbersFrom, roleGraph } from '../support/role-graph.ts';
import { roleStateOf } from '../support/role-state.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const LATER: readonly Instant[] = [10, 15, 20, 25, 30, 35];

/** All that anybody can do, at an instant and later. */
function decisions(graph: OracleGraph, actions: readonly string[], at: Instant): string {
  const all = REACHES.flatMap((reach) =>
    [at, ...LATER.filter((later) => later > at)].flatMap((when) =>
      identitiesOf(graph).map((identity) => [
        reach,
        when,
        identity,
        [...accessible(graph, identity, actions, { reach, at: when })].map(([resource, can]) => [resource, [...can]]),
      ]),
    ),
  );
  return JSON.stringify(all);
}

function expectSteps(graph: OracleGraph, steps: readonly PlanStep[], at: Instant): void {
  const actions = actionsToldApart(patternsOf(graph));
  const before = decisions(graph, actions, at);
  let now = graph;
  for (const { title, changes } of steps) {
    now = changed(now, changes);
    expect(decisions(now, actions, at), title).toBe(before);
  }
  const undoing = [...steps].reverse().flatMap(({ inverse }): readonly Change[] => inverse);
  expect(sorted(changed(now, undoing))).toEqual(sorted(graph));
}

const sorted = ({ nodes, edges }: OracleGraph) => ({
  nodes: [...nodes].map((one) => JSON.stringify(one)).sort(),
  edges: [...edges].map((one) => JSON.stringify(one)).sort(),
});

const cases = fc
  .record({ seed: fc.nat(), choice: fc.nat(), at: fc.constantFrom(5, 15, 20), scoped: fc.boolean() })
  .map((drawn) => ({
    ...drawn,
    [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
  }));

describe('the steps of a plan', () => {
  it(
    'change no decision, one by one, in any reach, now or later, and can be undone',
    async () => {
      const seen = { plans: 0, steps: 0, broken: 0, nested: 0 };
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice, at, scoped }) => {
          const graph = roleGraph(seed);
          const next = numbersFrom(choice);
          const known = new Set(graph.nodes.map(({ id }) => id));
          const scope = ['User/0', 'User/1', 'Group/0'].filter((id) => known.has(id) && next() < 0.6);
          const state = await roleStateOf(graph, at, scoped && scope.length > 0 ? { scope } : {});
          if (state === undefined) return;
          const target = randomTarget(state, next);
          checkTarget(state, target);
          const schedule = scheduleOf(state, target);
          const { steps } = await plannedSteps(state, schedule);
          seen.plans += 1;
          seen.steps += steps.length;
          seen.broken += schedule.brokenCircles;
          seen.nested += target.roles.filter(({ juniors }) => juniors.length > 0).length > 0 ? 1 : 0;
          expectSteps(graph, steps, at);
        }),
        runs(150),
      );
      // What is tried is what is meant: plans of many steps, roles that include others, circles.
      expect(seen.steps).toBeGreaterThan(3 * seen.plans);
      expect(seen.nested).toBeGreaterThan(seen.plans / 10);
      process.stderr.write(`${JSON.stringify(seen)}\n`);
    },
    LONG,
  );
});
