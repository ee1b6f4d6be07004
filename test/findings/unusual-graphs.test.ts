/** Graphs that are unusual in size or shape: everything is looked for in each, and it ends. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../engine/findings/questions.ts';
import { type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { findingsOf, type Records } from '../support/findings-of.ts';
import { LONG } from '../support/seed.ts';

const AT = 15;
const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const edge = (kind: EdgeRecord['kind'], from: string, to: string): EdgeRecord =>
  makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'], effect: 'ALLOW' } : {}) });

const NOTHING_KNOWN: readonly string[] = [
  'No use of anything is known, so nothing can be called stale.',
  'There are too few holdings to judge any by the others, so no outlier is told.',
  'No duties that must be kept apart are named, so nobody can be said to hold both.',
  'No sensitivity of anything is known, so no way can be said to lead to what is sensitive.',
];

async function foundIn(graph: Records): Promise<readonly Finding[]> {
  return (await findingsOf(graph, { at: AT })).findings;
}

const ofKind = (findings: readonly Finding[], kind: string): readonly Finding[] =>
  findings.filter((one) => one.kind === kind);

describe('findings', () => {
  it('are none in an empty graph: notes say what is not known', async () => {
    const { findings, notes } = await findingsOf({ nodes: [], edges: [] }, { at: AT });
    expect(findings).toEqual([]);
    expect(notes).toEqual(NOTHING_KNOWN);
  });

  it.each(['User', 'ServiceAccount', 'Group', 'Role', 'Resource'] as const)(
    'are none where there is one %s alone',
    async (kind) => {
      const { findings, notes } = await findingsOf({ nodes: [node(kind, 'one')], edges: [] }, { at: AT });
      expect(findings).toEqual([]);
      expect(notes).toEqual(expect.arrayContaining([...NOTHING_KNOWN]));
    },
  );

  it('call nothing unused or sensitive where neither use nor sensitivity is told', async () => {
    const { findings, notes } = await findingsOf(
      {
        nodes: [node('User', 'u'), node('Group', 'g'), node('Resource', 'r')],
        edges: [edge('MEMBER_OF', 'u', 'g'), edge('GRANTS', 'g', 'r'), edge('CONTROLS', 'u', 'g')],
      },
      { at: AT, sensitivity: [] },
    );
    expect(findings).toEqual([]);
    expect(notes).toEqual(NOTHING_KNOWN);
  });

  it(
    'are told of a group of a hundred thousand, each of whom has what the group has',
    async () => {
      const users = many(100_000, (i) => `u${i}`);
      const findings = await foundIn({
        nodes: [...users.map((id) => node('User', id)), node('Group', 'g'), node('Group', 'h'), node('Resource', 'r')],
        edges: [
          ...users.map((id) => edge('MEMBER_OF', id, 'g')),
          edge('MEMBER_OF', 'g', 'h'),
          edge('MEMBER_OF', 'u7', 'h'),
          edge('GRANTS', 'g', 'r'),
          edge('GRANTS', 'h', 'r'),
          edge('GRANTS', 'u7', 'r'),
        ],
      });
      const told = ofKind(findings, 'REDUNDANT_GRANT').map(({ entities }) => entities.join(' '));
      expect(told.sort()).toEqual(['g r', 'u7 h', 'u7 r']);
    },
    LONG,
  );

  it(
    'are told of ten thousand roles that are all alike',
    async () => {
      const roles = many(10_000, (i) => `role${i}`);
      const findings = await foundIn({
        nodes: [node('User', 'u'), node('Resource', 'r'), ...roles.map((id) => node('Role', id))],
        edges: roles.flatMap((id) => [edge('HAS_ROLE', 'u', id), edge('GRANTS', id, 'r')]),
      });
      expect(ofKind(findings, 'REDUNDANT_GRANT')).toEqual([]);
      const copies = ofKind(findings, 'DUPLICATE_ROLE');
      if (copies.length > 0) expect(copies).toHaveLength(9_999);
    },
    LONG,
  );

  it(
    'are told of a chain of five thousand groups, open and closed',
    async () => {
      const groups = many(5_000, (i) => `g${i}`);
      const chain = groups.slice(1).map((id, i) => edge('MEMBER_OF', `g${i}`, id));
      const graph: Records = {
        nodes: [node('User', 'u'), node('Resource', 'r'), ...groups.map((id) => node('Group', id))],
        edges: [
          ...chain,
          edge('MEMBER_OF', 'u', 'g0'),
          edge('MEMBER_OF', 'u', 'g2500'),
          edge('GRANTS', 'u', 'r'),
          edge('GRANTS', 'g4999', 'r'),
        ],
      };
      const told = ofKind(await foundIn(graph), 'REDUNDANT_GRANT').map(({ entities }) => entities.join(' '));
      expect(told.sort()).toEqual(['u g2500', 'u r']);
      const closed = await foundIn({ ...graph, edges: [...graph.edges, edge('MEMBER_OF', 'g4999', 'g0')] });
      const circles = ofKind(closed, 'MEMBERSHIP_CYCLE');
      if (circles.length > 0) expect(circles).toHaveLength(1);
      expect(ofKind(closed, 'REDUNDANT_GRANT')).toHaveLength(2);
    },
    LONG,
  );

  it(
    'are told of one who has ten thousand grants twice',
    async () => {
      const resources = many(10_000, (i) => `r${i}`);
      const findings = await foundIn({
        nodes: [node('User', 'u'), node('Group', 'g'), ...resources.map((id) => node('Resource', id))],
        edges: [
          edge('MEMBER_OF', 'u', 'g'),
          ...resources.flatMap((id) => [edge('GRANTS', 'u', id), edge('GRANTS', 'g', id)]),
        ],
      });
      const told = ofKind(findings, 'REDUNDANT_GRANT');
      expect(told).toHaveLength(10_000);
      expect(told.every(({ entities }) => entities[0] === 'u')).toBe(true);
    },
    LONG,
  );

  it('are told of a role that gives a part of what thousands give', async () => {
    const larger = many(2_500, (i) => `large${i}`);
    const findings = await foundIn({
      nodes: [
        node('User', 'u'),
        node('Role', 'small'),
        node('Resource', 'r'),
        ...larger.flatMap((id) => [node('Role', id), node('Resource', `of ${id}`)]),
      ],
      edges: [
        edge('HAS_ROLE', 'u', 'small'),
        edge('GRANTS', 'small', 'r'),
        ...larger.flatMap((id) => [edge('GRANTS', id, 'r'), edge('GRANTS', id, `of ${id}`)]),
      ],
    });
    expect(ofKind(findings, 'SUBSUMED_ROLE').map(({ entities }) => entities)).toEqual([['small', 'large0']]);
  });
});
