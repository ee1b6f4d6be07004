/** What the second computation finds from the records that changes may concern is what it finds from all records. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, makeEdge } from '../../engine/model/index.ts';
import { allRecords, concernedRecords } from '../../engine/roles/proof/concerned-records.ts';
import { compareSides } from '../../engine/roles/twin/compare.ts';
import { followHoldings } from '../../engine/roles/twin/holdings.ts';
import type { Records } from '../../engine/roles/twin/plain-graph.ts';
import { memoryReader } from '../support/memory-reader.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { linesOf } from '../support/random-graph.ts';
import { numbersFrom, picker, roleGraph } from '../support/role-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();
const AT = 5;
const rest = async (): Promise<void> => {};

/** Roles that come and go, with edges of all kinds; some of what is put is there already, some edges wait for a node. */
function changesOf({ nodes, edges }: OracleGraph, next: () => number): readonly Change[] {
  const pick = picker(next);
  const ids = (...kinds: readonly string[]) => nodes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const roles = [...ids('Role'), 'role:new'];
  const changes: Change[] = [];
  if (next() < 0.5)
    changes.push({ op: 'PUT_NODE', node: { kind: 'Role', id: 'role:new', source: 'main', attributes: {} } });
  for (let i = Math.floor(next() * 4); i >= 0; i--) {
    const dice = next();
    const to = pick(roles);
    if (dice < 0.35 && edges.length > 0) {
      const { id, source } = pick(edges);
      changes.push({ op: 'REMOVE_EDGE', id, source });
    } else if (dice < 0.6) {
      const from = pick(ids('User', 'ServiceAccount', 'Group'));
      const validTo = next() < 0.3 ? 15 : undefined;
      changes.push({ op: 'PUT_EDGE', edge: makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main', validTo }) });
    } else if (dice < 0.8) {
      const edge = makeEdge({ kind: 'INHERITS', from: pick(roles), to, source: 'main', key: 'more' });
      changes.push({ op: 'PUT_EDGE', edge });
    } else if (dice < 0.9) {
      const grant = { kind: 'GRANTS', to: pick(ids('Resource')), source: 'main', actions: ['use'] } as const;
      changes.push({ op: 'PUT_EDGE', edge: makeEdge({ ...grant, from: to, effect: 'ALLOW' }) });
    } else {
      const { id, source } = pick(nodes.filter(({ kind }) => kind === 'Role'));
      changes.push({ op: 'REMOVE_NODE', id, source });
    }
  }
  return changes;
}

/** Some edges lead to what is not there, among it a role that a plan may make. */
function withWaiting(graph: OracleGraph, next: () => number): OracleGraph {
  const pick = picker(next);
  const waiting = Array.from({ length: Math.floor(next() * 3) }, (_, i) => {
    const from = pick(graph.nodes.filter(({ kind }) => kind === 'User')).id;
    const to = next() < 0.5 ? 'role:new' : 'role:gone';
    return makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main', key: `waiting ${i}` });
  });
  return { ...graph, edges: [...graph.edges, ...waiting] };
}

async function found(records: Records, changes: readonly Change[]) {
  const told = async <T>(work: Promise<T>): Promise<T | string> =>
    work.catch((error: Error & { code?: string }) => {
      if (error.code !== 'PLAN_REFUSED') throw error;
      return error.message;
    });
  const half = Math.ceil(changes.length / 2);
  return {
    holdings: sorted(await told(followHoldings(records, [changes.slice(0, half), changes.slice(half)], AT, { rest }))),
    twin: await told(compareSides(records, changes, [AT, 15, 20], { rest })),
  };
}

/** In which order holders are told of is nobody's business. */
function sorted(proof: Awaited<ReturnType<typeof followHoldings>> | string) {
  if (typeof proof === 'string') return proof;
  const key = ({ step, holder }: { step: number; holder: string }): string => `${step} ${holder}`;
  return { ...proof, differences: [...proof.differences].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

const cases = fc.record({ seed: fc.nat(), choice: fc.nat() }).map((drawn) => ({
  ...drawn,
  [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
}));

/** Of several reasons to refuse it makes no difference which is told. */
const refusalsAlike = <T extends { readonly holdings: unknown; readonly twin: unknown }>({ holdings, twin }: T) => ({
  holdings: typeof holdings === 'string' ? 'refused' : holdings,
  twin: typeof twin === 'string' ? 'refused' : twin,
});

describe('records that changes may concern', () => {
  it(
    'prove the same as all records',
    async () => {
      const seen = { refused: 0, differing: 0, alike: 0 };
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice }) => {
          const next = numbersFrom(choice);
          const graph = withWaiting(roleGraph(seed), next);
          const changes = changesOf(graph, next);
          const reader = memoryReader(graph.nodes, graph.edges);
          const few = await concernedRecords(reader, changes, rest);
          const here = await found(few, changes);
          expect(refusalsAlike(here)).toEqual(refusalsAlike(await found(allRecords(reader), changes)));
          if (typeof here.twin === 'string') seen.refused += 1;
          else if (here.twin.differenceCount > 0) seen.differing += 1;
          else seen.alike += 1;
        }),
        runs(400),
      );
      expect(Object.values(seen).every((count) => count > 0)).toBe(true);
    },
    LONG,
  );

  it('show who has a role that goes though nobody says that he loses it', async () => {
    const nodes = [
      { kind: 'User', id: 'ann', source: 'main', attributes: {} },
      { kind: 'Role', id: 'clerk', source: 'main', attributes: {} },
      { kind: 'Resource', id: 'mail', source: 'main', attributes: {} },
    ] as const;
    const grant = { kind: 'GRANTS', from: 'clerk', to: 'mail', source: 'main', actions: ['use'] } as const;
    const has = makeEdge({ kind: 'HAS_ROLE', from: 'ann', to: 'clerk', source: 'main' });
    const reader = memoryReader(nodes, [has, makeEdge({ ...grant, effect: 'ALLOW' })]);
    const changes: readonly Change[] = [{ op: 'REMOVE_NODE', id: 'clerk', source: 'main' }];
    const { holdings, twin } = await found(await concernedRecords(reader, changes, rest), changes);
    expect(twin).toMatchObject({ identities: 1, differenceCount: 1, differences: [{ identity: 'ann' }] });
    expect(holdings).toContain('removes "clerk" before its last edges');
  });

  it('are few where few are concerned', async () => {
    const person = (i: number) => ({ kind: 'User', id: `u${i}`, source: 'main', attributes: {} }) as const;
    const role = (i: number) => ({ kind: 'Role', id: `r${i}`, source: 'main', attributes: {} }) as const;
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const has = (from: number, to: number) =>
      makeEdge({ kind: 'HAS_ROLE', from: `u${from}`, to: `r${to}`, source: 'main' });
    const edges = [...numbers.map((i) => has(i, i)), ...numbers.map((i) => has(i, 0)).slice(1)];
    const reader = memoryReader([...numbers.map(person), ...numbers.map(role)], edges);
    const { nodes, edges: told } = await concernedRecords(reader, [{ op: 'PUT_EDGE', edge: has(7, 8) }], rest);
    // His two roles, and the new one; of those who have one of them too nothing is asked.
    expect([...(told() as Iterable<object>)]).toHaveLength(2);
    expect([...(nodes() as Iterable<{ id: string }>)].map(({ id }) => id).sort()).toEqual(['r0', 'r7', 'r8', 'u7']);
  });
});
