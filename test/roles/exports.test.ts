/** A plan in the forms in which others carry it out, and what they cannot say. */
import { describe, expect, it } from 'vitest';
import { makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { exportPlan, makePlan, type RolePlan, tidyTarget } from '../../engine/roles/index.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { roleStateOf } from '../support/role-state.ts';

const node = (kind: NodeRecord['kind'], id: string, name = id): NodeRecord => ({
  kind,
  id,
  name,
  source: 'main',
  attributes: {},
});
const has = (from: string, to: string, validTo?: number) =>
  makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main', validTo });
const grants = (from: string, to: string) =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: ['use'], effect: 'ALLOW' });

/** Two roles that give the same. */
const twins = (validTo?: number): OracleGraph => ({
  nodes: [
    ...['ann', 'bob', '=eve'].map((id) => node('User', id)),
    node('Role', 'a'),
    node('Role', 'b', 'B *bold* [x](y)'),
    node('Resource', 'mail'),
  ],
  edges: [has('ann', 'a'), has('bob', 'b', validTo), has('=eve', 'b'), grants('a', 'mail'), grants('b', 'mail')],
});

async function planOf(graph: OracleGraph): Promise<RolePlan> {
  const state = (await roleStateOf(graph, 5))!;
  return makePlan(state, tidyTarget(state), {}, new Pace());
}

describe('an export', () => {
  it('as changes tells each step with what undoes it', async () => {
    const plan = await planOf(twins());
    const [file] = exportPlan(plan, 'changes');
    const lines = file!.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ title }) => title)).toEqual(plan.steps.map(({ title }) => title));
    expect(lines[0].changes).toMatchObject([
      { op: 'PUT_EDGE', edge: 'HAS_ROLE', from: '=eve', to: 'a' },
      { op: 'PUT_EDGE', edge: 'HAS_ROLE', from: 'bob', to: 'a' },
    ]);
    expect(lines[0].inverse).toHaveLength(2);
  });

  it('as a table has a row for each change, and nothing that a spreadsheet computes', async () => {
    const plan = await planOf(twins());
    const lines = exportPlan(plan, 'csv')[0]!.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + plan.steps.reduce((sum, { changes }) => sum + changes.length, 0));
    expect(lines[1]).toMatch(/^1,.*,PUT,HAS_ROLE,'=eve,a,main,/);
  });

  it('as a page tells figures, proof, steps and roles, with names as text', async () => {
    const text = exportPlan(await planOf(twins()), 'markdown')[0]!.text;
    expect(text).toContain('| roles | 2 | 1 |');
    expect(text).toContain('B \\*bold\\* \\[x\\](y)');
    expect(text).toContain('### RETIRED (1)');
  });

  it('as SCIM changes members alone, and says what it cannot', async () => {
    const plan = await planOf(twins());
    const requests = exportPlan(plan, 'scim')[0]!
      .text.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(requests).toMatchObject([
      { step: 1, method: 'PATCH', path: '/Groups/a', body: { Operations: [{ op: 'add' }, { op: 'add' }] } },
      { step: 2, method: 'PATCH', path: '/Groups/b', body: { Operations: [{ op: 'remove' }, { op: 'remove' }] } },
      { method: 'DELETE', path: '/Groups/b' },
    ]);
    const covered = twins();
    const granted = await planOf({ ...covered, edges: [...covered.edges, grants('ann', 'mail')] });
    expect(() => exportPlan(granted, 'scim')).toThrow(/SCIM says who is a member/);
    const dated = await planOf(twins(100));
    expect(() => exportPlan({ ...dated, steps: dated.steps.slice(0, 1) }, 'scim')).toThrow(/for a time/);
  });

  it('of an unknown form is refused', async () => {
    const plan = await planOf(twins());
    expect(() => exportPlan(plan, 'papyrus')).toThrow('format must be one of changes, csv, markdown, scim');
  });
});
