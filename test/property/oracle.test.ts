/** The oracle is itself held to what must be true of any reading of the model, so that the engine is not held to a mistake. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision, EdgeRecord } from '../../engine/model/index.ts';
import {
  actionsToldApart,
  allPaths,
  conditionsOf,
  decide,
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
  PATTERNS,
  randomGraph,
  resourcesOf,
  returningGraph,
} from '../support/random-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const reach = fc.constantFrom('ENTITLED', 'ASSUMABLE', 'ESCALATION');
const at = fc.constantFrom(...INSTANTS);

describe('patterns', () => {
  it.each([
    ['*', 'a', true],
    ['**', 'a', true],
    ['a*', 'A', true],
    ['A*C', 'abbc', true],
    ['a*c', 'ab', false],
    ['*b*', 'b', true],
    ['a', 'ab', false],
    ['a?', 'ab', false],
    ['a.*', 'ab', false],
    ['a*\n', 'a\n\n', true],
    ['STRASSE', 'straße', false],
    ['İ*', 'i', true],
    ['ΣΑΣ', 'σασ', true],
    ['σας', 'ΣΑΣ', false],
    ['*\u{10428}', '\u{10400}', true],
    ['', '', true],
  ])('%s and %s: %s', (pattern, action, expected) => expect(matches(pattern, action)).toBe(expected));

  it('are matched as an expression built from them matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '*', '.'), maxLength: 7 });
    fc.assert(
      fc.property(text, text, (pattern, action) => {
        const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
        expect(matches(pattern, action)).toBe(new RegExp(`^${parts.join('.*')}$`, 'is').test(action));
      }),
      runs(2000),
    );
  });

  it('tell no more actions apart than are listed', () => {
    const signature = (action: string): string => PATTERNS.map((pattern) => +matches(pattern, action)).join('');
    const listed = actionsToldApart(PATTERNS).map(signature);
    expect(new Set(listed).size).toBe(listed.length);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'x', 'A'), minLength: 1, maxLength: 12 }), (action) => {
        expect(listed).toContain(signature(action));
      }),
      runs(2000),
    );
  });
});

/** Every question about a graph, at one instant and reach. */
function* questions(graph: OracleGraph): Generator<{ identity: string; resource: string; action: string }> {
  const actions = actionsToldApart(patternsOf(graph));
  for (const identity of identitiesOf(graph))
    for (const resource of resourcesOf(graph)) for (const action of actions) yield { identity, resource, action };
}

describe('conditions', () => {
  // Each way in which the conditions can hold or not hold is a graph without conditions, in which an answer is certain.
  const worldsOf = (graph: OracleGraph): ReadonlyMap<string, OracleGraph> => {
    const worlds = new Map<string, OracleGraph>();
    for (const holding of [[], ['c1'], ['c2'], ['c3'], ['c1', 'c2'], ['c1', 'c3'], ['c2', 'c3'], ['c1', 'c2', 'c3']]) {
      worlds.set(holding.join(), {
        nodes: graph.nodes,
        edges: graph.edges.filter((edge) => stands(edge, holding)).map(({ condition: _, ...edge }) => edge),
      });
    }
    return worlds;
  };
  const stands = (edge: EdgeRecord, holding: readonly string[]): boolean =>
    edge.condition === undefined ||
    edge.kind === 'CONTAINS' ||
    edge.kind === 'BOUNDED_BY' ||
    holding.includes(edge.condition);

  it('ALLOWED holds whatever they turn out to be, DENIED and NONE too, and CONDITIONAL tells which it depends on', () => {
    fc.assert(
      fc.property(randomGraph(), reach, at, (graph, reach, at) => {
        const worlds = worldsOf(graph);
        for (const question of questions(graph)) {
          const asked = { ...question, reach, at };
          const answer = decide(graph, asked);
          const outcomes = [...worlds].map(
            ([holding, world]) => [holding, decide(world, asked) === 'ALLOWED'] as const,
          );
          if (answer === 'ALLOWED') expect(outcomes.every(([, allowed]) => allowed)).toBe(true);
          if (!isAllowing(answer)) expect(outcomes.some(([, allowed]) => allowed)).toBe(false);
          if (answer === 'CONDITIONAL') {
            const told = conditionsOf(graph, asked);
            expect(told).not.toEqual([]);
            const byTold = new Map<string, boolean>();
            for (const [holding, allowed] of outcomes) {
              const relevant = told.filter((condition) => holding.includes(condition)).join();
              expect(byTold.get(relevant) ?? allowed).toBe(allowed);
              byTold.set(relevant, allowed);
            }
          }
        }
      }),
      runs(400),
    );
  });
});

describe('paths', () => {
  const strongestOf = (graph: OracleGraph, asked: Parameters<typeof allPaths>[1]): Decision =>
    allPaths(graph, asked).reduce<Decision>((best, way) => stronger(best, way.decision), 'NONE');

  it.each([
    ['random', randomGraph()],
    ['crowded', crowdedGraph()],
    ['returning', returningGraph()],
  ])('the strongest is the decision where that allows: %s graphs', (_, graphs) => {
    fc.assert(
      fc.property(graphs, reach, at, (graph, reach, at) => {
        for (const question of questions(graph)) {
          const answer = decide(graph, { ...question, reach, at });
          const strongest = strongestOf(graph, { ...question, reach, at });
          expect([question, isAllowing(strongest) ? strongest : 'no']).toEqual([
            question,
            isAllowing(answer) ? answer : 'no',
          ]);
        }
      }),
      runs(150),
    );
  });

  it('are the ways of single actions taken together, each with the strongest decision it has for one', () => {
    fc.assert(
      fc.property(fc.oneof(crowdedGraph(), returningGraph()), reach, at, (graph, reach, at) => {
        const actions = actionsToldApart(patternsOf(graph));
        for (const identity of identitiesOf(graph)) {
          for (const resource of resourcesOf(graph)) {
            const scope = { identity, resource, reach, at };
            const single = new Map<string, Decision>();
            for (const action of actions)
              for (const way of allPaths(graph, { ...scope, action })) {
                const key = way.edges.map((edge) => edge.id).join();
                single.set(key, stronger(single.get(key) ?? 'NONE', way.decision));
              }
            for (const way of allPaths(graph, scope))
              expect(single.get(way.edges.map((edge) => edge.id).join())).toBe(way.decision);
          }
        }
      }),
      runs(150),
    );
  });
});
