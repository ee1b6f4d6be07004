/** Every scenario file, asked of the engine and of the plain oracle. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
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
import { whole } from '../support/paged.ts';
import { edgeText, type Scenario, scenariosIn, wayText } from '../support/scenario.ts';
import { viewOf } from '../support/view-of.ts';

for (const scenario of scenariosIn(import.meta.dirname)) {
  describe(`${scenario.title} (${scenario.file})`, () => {
    let graph: OracleGraph;
    let view: GraphView;
    beforeAll(async () => {
      graph = await graphOf(scenario.changes);
      view = await viewOf(graph.nodes, graph.edges);
    });
    describe('by the engine', () => askEngine(scenario, () => view));
    describe('by the oracle', () => askOracle(scenario, () => graph));
  });
}

/** One test for each case of a kind of question. */
function each<T extends object>(kind: string, cases: readonly T[], ask: (asked: T) => void | Promise<void>): void {
  it.each(cases.map((asked) => [JSON.stringify(asked).slice(0, 120), asked] as const))(`${kind} %s`, (_, asked) =>
    ask(asked),
  );
}

const sortedTexts = (texts: readonly string[]): readonly string[] => [...texts].sort();

function askEngine(scenario: Scenario, view: () => GraphView): void {
  each('check', scenario.check, async (asked) => {
    const answer = await view().check(asked);
    expect(answer.decision).toBe(asked.is);
    if (asked.conditions !== undefined) expect(answer.conditions).toEqual(asked.conditions);
  });
  each('accessOf', scenario.accessOf, async (asked) => {
    const rows = await whole((page) => view().accessOf({ ...asked, ...page }));
    expect(rows).toEqual(asked.rows.map((row) => ({ identity: asked.identity, ...row })));
  });
  each('whoCan', scenario.whoCan, async (asked) => {
    const rows = await whole((page) => view().whoCan({ ...asked, ...page }));
    expect(Object.fromEntries(rows.map((row) => [row.identity, row.decision]))).toEqual(asked.are);
  });
  each('paths', scenario.paths, async (asked) => {
    const paths = await whole((page) => view().accessPaths({ ...asked, ...page }));
    expect(sortedTexts(paths.map(wayText))).toEqual(sortedTexts(asked.ways));
  });
  each('why', scenario.why, async (asked) => {
    const why = await view().whyHasAccess(asked);
    expect(why.decision).toBe(asked.is);
    expect(why.conditions).toEqual(asked.conditions ?? []);
    expect(why.pathCount).toBe(asked.pathCount);
    expect(sortedTexts(why.chokeEdges.map(edgeText))).toEqual(sortedTexts(asked.chokeEdges));
    expect(sortedTexts(why.denials.map(edgeText))).toEqual(sortedTexts(asked.denials));
  });
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
