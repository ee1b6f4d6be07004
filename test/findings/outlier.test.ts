/** Holdings that nothing explains, in a company whose departments hold what is theirs. */
import { describe, expect, it } from 'vitest';
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord, REACHES } from '../../engine/model/index.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';

const AT = Date.UTC(2026, 0, 1);
const source = 'test';
const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source, attributes: {} });
const edge = (kind: EdgeRecord['kind'], from: string, to: string): EdgeRecord => makeEdge({ kind, from, to, source });
const grant = (from: string, to: string): EdgeRecord =>
  makeEdge({ kind: 'GRANTS', from, to, source, actions: ['use'], effect: 'ALLOW' });

/** Departments of 40 people; each person holds most of the 12 applications of hers, by grants of her own. */
function company(departments: number) {
  const nodes: NodeRecord[] = [];
  const edges: EdgeRecord[] = [];
  for (let d = 0; d < departments; d++) {
    for (let a = 0; a < 12; a++) nodes.push(node('Resource', `app:${d}-${a}`));
    for (let p = 0; p < 40; p++) {
      nodes.push(node('User', `user:${d}-${p}`));
      for (let a = 0; a < 12; a++)
        if ((p * 7 + a * 5 + p * a) % 6 !== 0) edges.push(grant(`user:${d}-${p}`, `app:${d}-${a}`));
    }
  }
  return { nodes, edges };
}

describe('an outlier', () => {
  it('is told with who differs, and ends with what it came by', async () => {
    const { nodes, edges } = company(4);
    const wrong = grant('user:0-3', 'app:2-4');
    const { findings, view, notes } = await findingsOf(
      { nodes, edges: [...edges, wrong] },
      { at: AT, kinds: ['OUTLIER'] },
    );
    const [first] = findings;
    expect(first!.entities).toEqual(['user:0-3', 'app:2-4']);
    expect(first!.edges.map(({ id }) => id)).toEqual([wrong.id]);
    expect(first!.title).toBe('user:0-3 holds use on app:2-4, which nothing else they hold explains');
    expect(first!.rationale).toMatch(/of \d+ others who do, 0 hold use on app:2-4 too\..*AUC of (1|0\.9\d*)\./);
    expect(first!.remedy).toEqual([{ op: 'REMOVE_EDGE', id: wrong.id, source }]);
    for (const reach of REACHES) {
      const delta = await view.whatIf({ changes: proposedOf(first!.remedy), reach, at: AT });
      expect([delta.gainedCount, delta.lostCount]).toEqual([0, 1]);
    }
    expect(notes.join()).toMatch(/^Of \d+ holdings \d+ have too little evidence to be judged/);
  });

  it('that comes by a role with more in it is left to a person', async () => {
    const { nodes, edges } = company(4);
    const role = node('Role', 'role:wide');
    const { findings } = await findingsOf(
      {
        nodes: [...nodes, role],
        edges: [
          ...edges,
          grant(role.id, 'app:2-4'),
          ...Array.from({ length: 12 }, (_, a) => grant(role.id, `app:0-${a}`)),
          edge('HAS_ROLE', 'user:0-2', role.id),
        ],
      },
      { at: AT, kinds: ['OUTLIER'] },
    );
    const told = findings.find(({ entities }) => entities[1] === 'app:2-4')!;
    expect(told.entities[0]).toBe('user:0-2');
    expect(told.edges.map(({ kind }) => kind)).toEqual(['HAS_ROLE', 'GRANTS']);
    expect(told.remedy).toEqual([]);
    expect(told.rationale).toMatch(/It comes by HAS_ROLE role:wide.*for a person to say\.$/);
  });

  it('that comes by a role with nothing else ends with the assignment', async () => {
    const { nodes, edges } = company(4);
    const role = node('Role', 'role:narrow');
    const assignment = edge('HAS_ROLE', 'user:0-3', role.id);
    const { findings } = await findingsOf(
      { nodes: [...nodes, role], edges: [...edges, grant(role.id, 'app:2-4'), assignment] },
      { at: AT, kinds: ['OUTLIER'] },
    );
    expect(findings[0]!.remedy).toEqual([{ op: 'REMOVE_EDGE', id: assignment.id, source }]);
  });

  it('is not guessed at where there is too little evidence', async () => {
    const { nodes, edges } = company(1);
    const few = new Set(nodes.slice(0, 15).map(({ id }) => id));
    const { findings, notes } = await findingsOf(
      { nodes: nodes.slice(0, 15), edges: edges.filter(({ from, to }) => few.has(from) && few.has(to)) },
      { at: AT, kinds: ['OUTLIER'] },
    );
    expect(findings).toEqual([]);
    expect(notes).toContain('There are too few holdings to judge any by the others, so no outlier is told.');
  });

  it('is not told of where everybody holds the same', async () => {
    const nodes = [node('Resource', 'app'), ...Array.from({ length: 30 }, (_, i) => node('User', `user:${i}`))];
    const edges = nodes.slice(1).map(({ id }) => grant(id, 'app'));
    const { findings } = await findingsOf({ nodes, edges }, { at: AT, kinds: ['OUTLIER'] });
    expect(findings).toEqual([]);
  });
});
