/** The cases of a scenario file as tests of a view. */
import { expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { whole } from './paged.ts';
import { edgeText, type Scenario, wayText } from './scenario.ts';

/** One test for each case of a kind of question. */
export function each<T extends object>(
  kind: string,
  cases: readonly T[],
  ask: (asked: T) => void | Promise<void>,
): void {
  it.each(cases.map((asked) => [JSON.stringify(asked).slice(0, 120), asked] as const))(`${kind} %s`, (_, asked) =>
    ask(asked),
  );
}

export const sortedTexts = (texts: readonly string[]): readonly string[] => [...texts].sort();

/** Every case of a scenario, asked of a view. */
export function askEngine(scenario: Scenario, view: () => GraphView): void {
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
