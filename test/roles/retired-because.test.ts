/** A role that goes says what takes its place. */
import { describe, expect, it } from 'vitest';
import { type EdgeRecord, makeEdge } from '../../engine/model/index.ts';
import { makePlan } from '../../engine/roles/make-plan.ts';
import type { TargetRole } from '../../engine/roles/target.ts';
import { tidyTarget } from '../../engine/roles/tidy-target.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { roleStateOf } from '../support/role-state.ts';

const AT = 5;
const has = (from: string, to: string): EdgeRecord => makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main' });
const grants = (from: string, to: string): EdgeRecord =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: ['use'], effect: 'ALLOW' });
const nodes = (kind: 'User' | 'Role' | 'Resource', ids: readonly string[]) =>
  ids.map((id) => ({ kind, id, name: id.toUpperCase(), source: 'main', attributes: {} }));

async function stateOf(
  roles: Readonly<Record<string, readonly string[]>>,
  users: Readonly<Record<string, readonly string[]>>,
) {
  const resources = [...new Set(Object.values(roles).flat())];
  const state = await roleStateOf(
    {
      nodes: [
        ...nodes('User', Object.keys(users)),
        ...nodes('Role', Object.keys(roles)),
        ...nodes('Resource', resources),
      ],
      edges: [
        ...Object.entries(roles).flatMap(([role, gives]) => gives.map((resource) => grants(role, resource))),
        ...Object.entries(users).flatMap(([user, of]) => of.map((role) => has(user, role))),
      ],
    },
    AT,
  );
  return state!;
}

const retiredOf = async (state: Awaited<ReturnType<typeof stateOf>>, target = tidyTarget(state)) => {
  const { roles } = await makePlan(state, target, {}, new Pace());
  return Object.fromEntries(roles.flatMap(({ id, fate, rationale }) => (fate === 'RETIRED' ? [[id, rationale]] : [])));
};

describe('why a role goes', () => {
  it('names a twin, and whoever takes its holders in', async () => {
    const twins = await stateOf({ a: ['x', 'y'], b: ['x', 'y'] }, { ann: ['a', 'b'], bob: ['a', 'b'] });
    expect(await retiredOf(twins)).toEqual({ b: 'It gives the same as "A" to the same holders.' });
    const apart = await stateOf({ a: ['x', 'y'], b: ['x', 'y'] }, { ann: ['a'], bob: ['b'] });
    expect(await retiredOf(apart)).toEqual({ b: 'It gives the same as "A", which takes its holders in.' });
  });

  it('names the larger role, and those that share it out', async () => {
    const state = await stateOf(
      { all: ['x', 'y', 'z'], part: ['x', 'y'], left: ['p', 'q'], right: ['r', 's'], both: ['q', 'r'] },
      { ann: ['all', 'part'], bob: ['all', 'part'], eve: ['left', 'right', 'both'] },
    );
    expect(await retiredOf(state)).toEqual({
      part: 'Whoever has it has "ALL", which gives all of it and more.',
      both: 'What it gives its holder has by "LEFT", "RIGHT".',
    });
  });

  it('says plainly what nobody has, and what direct grants take over', async () => {
    const state = await stateOf({ bare: ['x'], used: ['y', 'z'] }, { ann: ['used'] });
    const target = { roles: [] as readonly TargetRole[], direct: [] as (readonly [number, number])[] };
    for (const [atom, { resource }] of state.atoms.entries()) if (resource !== 'x') target.direct.push([0, atom]);
    expect(await retiredOf(state, target)).toEqual({
      bare: 'Nobody is assigned it, and nothing that is left includes it.',
      used: 'Its holder has all that it gives by other roles or grants.',
    });
  });
});
