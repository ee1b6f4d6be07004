/** The engine follows what it applies and what others apply, and folds now and then: the answers are those of a fresh engine. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { type Change, type Engine, makeEdge, openEngine } from '../../engine/index.ts';
import { randomOf } from '../support/mutate.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const newFolder = (): string => mkdtempSync(join(folder.path, 'store-'));

const USERS = 300;
const GROUPS = 40;
const RESOURCES = 20;
const node = (kind: 'User' | 'Group' | 'Resource', id: string): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source: 's', attributes: {} },
});
const edge = (from: string, to: string, actions?: readonly string[]): Change => ({
  op: 'PUT_EDGE',
  edge: makeEdge({ kind: actions === undefined ? 'MEMBER_OF' : 'GRANTS', from, to, source: 's', actions }),
});
const gone = (from: string, to: string): Change => ({
  op: 'REMOVE_EDGE',
  id: makeEdge({ kind: 'MEMBER_OF', from, to, source: 's' }).id,
  source: 's',
});

const ground: readonly Change[] = [
  ...Array.from({ length: USERS }, (_, i) => node('User', `u${i}`)),
  ...Array.from({ length: GROUPS }, (_, i) => node('Group', `g${i}`)),
  ...Array.from({ length: RESOURCES }, (_, i) => node('Resource', `r${i}`)),
  ...Array.from({ length: GROUPS }, (_, i) => edge(`g${i}`, `r${i % RESOURCES}`, ['read'])),
];

let batches = 0;
const apply = (engine: Engine, changes: readonly Change[]) =>
  engine.apply({ id: `batch-${++batches}`, source: 's', complete: [], changes });

/** Changes of one step of a history: memberships that come and go, now and then a new user, a user that goes. */
function step(random: (below: number) => number, i: number): readonly Change[] {
  const changes: Change[] = [];
  for (let k = 0; k < 220; k++) {
    const [from, to] = [`u${random(USERS)}`, `g${random(GROUPS)}`];
    changes.push(random(3) === 0 ? gone(from, to) : edge(from, to));
  }
  changes.push(edge(`g${random(GROUPS)}`, `g${random(GROUPS)}`));
  changes.push(node('User', `new${i}`), edge(`new${i}`, `g${random(GROUPS)}`));
  return changes;
}

async function everyList(view: GraphView): Promise<unknown> {
  const lists = [];
  for (let r = 0; r < RESOURCES; r++) {
    const { items, totalCount } = await view.whoCan({ action: 'read', resource: `r${r}`, first: 10_000 });
    lists.push([totalCount, items.map(({ identity, decision }) => [identity, decision])]);
  }
  const { nodeCounts, edgeCounts, membershipCycles } = await view.summary();
  return { lists, nodeCounts, edgeCounts, membershipCycles };
}

async function listsOf(engine: Engine): Promise<unknown> {
  const view = await engine.view();
  const lists = await everyList(view);
  view.release();
  return lists;
}

describe('an engine that follows', () => {
  it('answers as a fresh one after every batch, and folds as it goes', async () => {
    const data = newFolder();
    const engine = await openEngine({ data, mode: 'write' });
    await apply(engine, ground);
    const random = randomOf(7);
    const held: { readonly view: GraphView; readonly lists: unknown }[] = [];
    for (let i = 0; i < 64; i++) {
      await apply(engine, step(random, i));
      const view = await engine.view();
      const lists = await everyList(view);
      if (i % 8 === 0) held.push({ view, lists });
      else view.release();
      if (i % 10 !== 9) continue;
      const fresh = await openEngine({ data, mode: 'read', followEvery: 0 });
      expect(lists).toEqual(await listsOf(fresh));
      await fresh.close();
    }
    // Whatever was changed and folded since: a view keeps its version.
    for (const { view, lists } of held) {
      expect(await everyList(view)).toEqual(lists);
      view.release();
    }
    await engine.close();
  });

  it('sees what another process applies', async () => {
    const data = newFolder();
    const writer = await openEngine({ data, mode: 'write' });
    await apply(writer, ground);
    const reader = await openEngine({ data, mode: 'read', followEvery: 5 });
    await listsOf(reader);
    const random = randomOf(11);
    for (let i = 0; i < 10; i++) {
      const { version } = await apply(writer, step(random, i));
      while (reader.version < version) await new Promise((resolve) => setTimeout(resolve, 5));
      const view = await reader.view();
      expect(view.version).toBe(version);
      expect(await everyList(view)).toEqual(await listsOf(writer));
      view.release();
    }
    await reader.close();
    await writer.close();
  });

  it('compiles where there is too much to follow', async () => {
    const data = newFolder();
    const engine = await openEngine({ data, mode: 'write' });
    await apply(engine, ground);
    await listsOf(engine);
    const many = Array.from({ length: USERS }, (_, i) => [edge(`u${i}`, `g${i % GROUPS}`), edge(`u${i}`, 'g0')]).flat();
    await apply(engine, many);
    const fresh = await openEngine({ data, mode: 'read', followEvery: 0 });
    expect(await listsOf(engine)).toEqual(await listsOf(fresh));
    await fresh.close();
    await engine.close();
  });

  it('closes while it folds', async () => {
    const engine = await openEngine({ data: newFolder(), mode: 'write' });
    await apply(engine, ground);
    const random = randomOf(13);
    for (let i = 0; i < 12; i++) {
      await apply(engine, step(random, i));
      (await engine.view()).release();
    }
    await engine.close();
    await expect(engine.view()).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
