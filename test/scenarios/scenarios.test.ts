/** Every scenario file, asked of the plain oracle. */
import { beforeAll, describe, expect, it } from 'vitest';
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
    describe('by the oracle', () => askOracle(scenario, () => graph));
  });
}

const named = (asked: object): string => JSON.stringify(asked).slice(0, 120);

function askOracle(scenario: Scenario, graph: () => OracleGraph): void {
  it.each(scenario.check.map((asked) => [named(asked), asked] as const))('check %s', (_, asked) => {
    expect(decide(graph(), asked)).toBe(asked.is);
    if (asked.conditions !== undefined) expect(conditionsOf(graph(), asked)).toEqual(asked.conditions);
  });
  it.each(scenario.accessOf.map((asked) => [named(asked), asked] as const))('accessOf %s', (_, asked) => {
    const patterns = asked.rows.flatMap((row) => [...row.actions, ...row.exceptions]);
    const actions = actionsToldApart([...new Set([...patternsOf(graph()), ...patterns])]);
    const table = accessible(graph(), asked.identity, actions, asked);
    if (asked.action === undefined && asked.expand !== false)
      expect([...new Set(asked.rows.map((row) => row.resource))]).toEqual([...table.keys()]);
    for (const resource of new Set(asked.rows.map((row) => row.resource))) {
      const rows = asked.rows.filter((row) => row.resource === resource);
      for (const action of asked.action === undefined ? actions : [asked.action]) {
        const answer = decide(graph(), { ...asked, resource, action });
        expect([action, speaksFor(rows, action)]).toEqual([action, isAllowing(answer) ? answer : 'NONE']);
      }
    }
  });
  it.each(scenario.whoCan.map((asked) => [named(asked), asked] as const))('whoCan %s', (_, asked) => {
    expect(Object.fromEntries(whoCan(graph(), asked.action, asked.resource, asked))).toEqual(asked.are);
  });
  it.each(scenario.paths.map((asked) => [named(asked), asked] as const))('paths %s', (_, asked) => {
    const ways = allPaths(graph(), asked).filter((way) => way.edges.length <= (asked.maxLength ?? Infinity));
    expect(ways.map(wayText).sort()).toEqual([...asked.ways].sort());
  });
  it.each(scenario.why.map((asked) => [named(asked), asked] as const))('why %s', (_, asked) => {
    expect(decide(graph(), asked)).toBe(asked.is);
    expect(conditionsOf(graph(), asked)).toEqual(asked.conditions ?? []);
    expect(allPaths(graph(), asked).length).toBe(asked.pathCount);
    expect(chokeEdges(graph(), asked).map(edgeText).sort()).toEqual([...asked.chokeEdges].sort());
    expect(denialsInForce(graph(), asked).map(edgeText).sort()).toEqual([...asked.denials].sort());
  });
}
