/** Every scenario file, asked of the engine and of the plain oracle. */
import { beforeAll, describe, expect } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { askEngine, each, sortedTexts } from '../support/ask-scenario.ts';
import { type By, forEachExecution } from '../support/executions.ts';
import {
  accessible,
  actionsToldApart,
  allPaths,
  chokeEdges,
  conditionsOf,
  decide,
  denialsInForce,
  graphOf,
  isAllowing,
  type OracleGraph,
  patternsOf,
  speaksFor,
  whoCan,
} from '../support/oracle/index.ts';
import { edgeText, type Scenario, scenariosIn, wayText } from '../support/scenario.ts';

for (const scenario of scenariosIn(import.meta.dirname)) {
  describe(`${scenario.title} (${scenario.file})`, () => {
    let graph: OracleGraph;
    beforeAll(async () => {
      graph = await graphOf(scenario.changes);
    });
    forEachExecution((by) => byEngine(scenario, by, () => graph));
    describe('by the oracle', () => askOracle(scenario, () => graph));
  });
}

function byEngine(scenario: Scenario, { viewOf }: By, graph: () => OracleGraph): void {
  let view: GraphView;
  beforeAll(async () => {
    view = await viewOf(graph().nodes, graph().edges);
  });
  askEngine(scenario, () => view);
}

function askOracle(scenario: Scenario, graph: () => OracleGraph): void {
  each('check', scenario.check, (asked) => {
    expect(decide(graph(), asked)).toBe(asked.is);
    if (asked.conditions !== undefined) expect(conditionsOf(graph(), asked)).toEqual(asked.conditions);
  });
  each('accessOf', scenario.accessOf, (asked) => {
    const patterns = asked.rows.flatMap((row) => [...row.actions, ...row.exceptions]);
    const actions = actionsToldApart([...new Set([...patternsOf(graph()), ...patterns])]);
    const table = accessible(graph(), asked.identity, actions, asked);
    const named = [...new Set(asked.rows.map((row) => row.resource))];
    if (asked.action === undefined && asked.expand !== false) expect(named).toEqual([...table.keys()]);
    for (const resource of named) {
      const rows = asked.rows.filter((row) => row.resource === resource);
      for (const action of asked.action === undefined ? actions : [asked.action]) {
        const answer = decide(graph(), { ...asked, resource, action });
        expect([action, speaksFor(rows, action)]).toEqual([action, isAllowing(answer) ? answer : 'NONE']);
      }
    }
  });
  each('whoCan', scenario.whoCan, (asked) => {
    expect(Object.fromEntries(whoCan(graph(), asked.action, asked.resource, asked))).toEqual(asked.are);
  });
  each('paths', scenario.paths, (asked) => {
    const ways = allPaths(graph(), asked).filter((way) => way.edges.length <= (asked.maxLength ?? Infinity));
    expect(sortedTexts(ways.map(wayText))).toEqual(sortedTexts(asked.ways));
  });
  each('why', scenario.why, (asked) => {
    expect(decide(graph(), asked)).toBe(asked.is);
    expect(conditionsOf(graph(), asked)).toEqual(asked.conditions ?? []);
    expect(allPaths(graph(), asked).length).toBe(asked.pathCount);
    expect(sortedTexts(chokeEdges(graph(), asked).map(edgeText))).toEqual(sortedTexts(asked.chokeEdges));
    expect(sortedTexts(denialsInForce(graph(), asked).map(edgeText))).toEqual(sortedTexts(asked.denials));
  });
}
