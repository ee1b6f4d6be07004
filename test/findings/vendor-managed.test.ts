/** What a vendor manages is never part of a remedy; who has it is told as anything else. */
import { describe, expect, it } from 'vitest';
import { FINDING_KINDS, type Finding } from '../../engine/findings/questions.ts';
import {
  type Attributes,
  type EdgeKind,
  type EdgeRecord,
  isManagedByVendor,
  MANAGED_BY_VENDOR,
  makeEdge,
  type NodeKind,
  type NodeRecord,
} from '../../engine/model/index.ts';
import { findingsOf, proposedOf, type Records } from '../support/findings-of.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

const AT = 400 * 86_400_000;
const VENDORS = { [MANAGED_BY_VENDOR]: true };
const node = (kind: NodeKind, id: string, attributes: Attributes = {}): NodeRecord => ({
  kind,
  id,
  source: 's',
  attributes,
});
const edge = (kind: EdgeKind, from: string, to: string, more: Partial<EdgeRecord> = {}): EdgeRecord =>
  makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}), ...more });

const found = async (graph: Records): Promise<readonly Finding[]> => (await findingsOf(graph, { at: AT })).findings;
const told = (findings: readonly Finding[], kind: string): string[] =>
  findings.filter((one) => one.kind === kind).map(({ entities }) => entities.join(' '));

describe('a role that a vendor manages', () => {
  it('is not told as unused, and of two that are alike it stays', async () => {
    const findings = await found({
      nodes: [
        node('User', 'u'),
        node('User', 'v'),
        node('Role', 'view', VENDORS),
        node('Role', 'readers'),
        node('Role', 'unused', VENDORS),
        node('Role', 'forgotten'),
        node('Resource', 'r'),
        node('Resource', 'q'),
        node('Resource', 'o'),
      ],
      edges: [
        edge('GRANTS', 'view', 'r'),
        edge('GRANTS', 'readers', 'r'),
        edge('GRANTS', 'unused', 'q'),
        edge('GRANTS', 'forgotten', 'o'),
        edge('HAS_ROLE', 'u', 'view'),
        edge('HAS_ROLE', 'u', 'readers'),
        edge('HAS_ROLE', 'v', 'readers'),
      ],
    });
    expect(told(findings, 'UNUSED_ROLE')).toEqual(['forgotten']);
    expect(told(findings, 'DUPLICATE_ROLE')).toEqual(['readers view']);
  });

  it('is not told where both are its vendor’s', async () => {
    const findings = await found({
      nodes: [node('User', 'u'), node('Role', 'a', VENDORS), node('Role', 'b', VENDORS), node('Resource', 'r')],
      edges: [
        edge('GRANTS', 'a', 'r'),
        edge('GRANTS', 'b', 'r'),
        edge('HAS_ROLE', 'u', 'a'),
        edge('HAS_ROLE', 'u', 'b'),
      ],
    });
    expect(told(findings, 'DUPLICATE_ROLE')).toEqual([]);
  });

  it('keeps its redundant lines, and a grant that one of them covers is told', async () => {
    const findings = await found({
      nodes: [node('User', 'u'), node('Role', 'policy', VENDORS), node('Resource', 'r')],
      edges: [
        edge('GRANTS', 'policy', 'r'),
        edge('GRANTS', 'policy', 'r', { key: 'again' }),
        edge('HAS_ROLE', 'u', 'policy'),
        edge('GRANTS', 'u', 'r'),
      ],
    });
    expect(told(findings, 'REDUNDANT_GRANT')).toEqual(['u r']);
  });

  it('that gives nothing is taken from those who have it, and stays', async () => {
    const findings = await found({
      nodes: [node('User', 'u'), node('Role', 'empty', VENDORS)],
      edges: [edge('HAS_ROLE', 'u', 'empty')],
    });
    const [one] = findings.filter(({ kind }) => kind === 'EMPTY_ROLE');
    expect(one!.remedy).toEqual([expect.objectContaining({ op: 'REMOVE_EDGE' })]);
  });

  it('is told as stale by who has it, not by what it grants', async () => {
    const use = { action: 'read', source: 's', lastUsedAt: AT - 1, useCount: 1 };
    const findings = await found({
      nodes: [
        node('User', 'u'),
        node('User', 'v'),
        node('Role', 'policy', VENDORS),
        node('Resource', 'r'),
        node('Resource', 'q'),
      ],
      edges: [
        edge('HAS_ROLE', 'u', 'policy'),
        edge('HAS_ROLE', 'v', 'policy'),
        edge('GRANTS', 'policy', 'r'),
        edge('GRANTS', 'policy', 'q', { lastUsedAt: 1 }),
      ],
      uses: [
        { ...use, identity: 'u', resource: 'r' },
        { ...use, identity: 'v', resource: 'q', action: 'write' },
      ],
    });
    expect(told(findings, 'STALE_ACCESS')).toEqual(['policy v']);
  });
});

describe('what is had from a vendor', () => {
  const SECRET = [{ name: 'secret', resource: { id: 'secret' }, weight: 1 }];
  const takenOver = async (more: readonly EdgeRecord[], role = VENDORS): Promise<number> => {
    const graph = {
      nodes: [
        node('ServiceAccount', 'controller', VENDORS),
        node('ServiceAccount', 'bot'),
        node('User', 'u'),
        node('Role', 'control', role),
        node('Role', 'admin'),
        node('Role', 'loop', VENDORS),
        node('Resource', 'secret'),
      ],
      edges: [
        edge('HAS_ROLE', 'controller', 'control'),
        edge('CONTROLS', 'control', 'admin'),
        edge('GRANTS', 'admin', 'secret'),
        edge('GRANTS', 'loop', 'secret'),
        ...more,
      ],
    };
    const { findings } = await findingsOf(graph, { at: AT, kinds: ['ESCALATION_PATH'], sensitivity: SECRET });
    expect(findings).toHaveLength(1);
    return findings[0]!.severity;
  };

  it('leads to what is sensitive at half the severity, unless the estate gave it to somebody too', async () => {
    expect(await takenOver([])).toBe(0.35);
    expect(await takenOver([], {} as typeof VENDORS)).toBe(0.7);
    for (const more of [
      [edge('HAS_ROLE', 'u', 'control')],
      [edge('CAN_ASSUME', 'bot', 'control')],
      [
        edge('INHERITS', 'admin', 'control'),
        edge('HAS_ROLE', 'bot', 'admin', { validTo: 5 }),
        edge('CAN_ASSUME', 'u', 'admin'),
      ],
    ])
      expect(await takenOver(more)).toBeGreaterThanOrEqual(0.7);
    // Who can act as what the vendor manages begins with that.
    expect(await takenOver([edge('CAN_ASSUME', 'u', 'controller')])).toBeLessThan(0.4);
  });

  it('is stale at half the severity where the vendor says who may act as it, and is not the estate’s to remove', async () => {
    const stale = async (vendors: Attributes) => {
      const findings = await found({
        nodes: [
          node('ServiceAccount', 'service'),
          node('ServiceAccount', 'linked', vendors),
          node('Role', 'policy'),
          node('Resource', 'r'),
        ],
        edges: [
          edge('CAN_ASSUME', 'service', 'linked', { lastUsedAt: 1, useCount: 3 }),
          edge('HAS_ROLE', 'linked', 'policy'),
          edge('GRANTS', 'policy', 'r'),
        ],
      });
      return findings.find(({ kind }) => kind === 'STALE_ACCESS')!;
    };
    const [vendors, own] = [await stale(VENDORS), await stale({})];
    expect(vendors.severity).toBeCloseTo(own.severity / 2, 2);
    expect([vendors.remedy.length, own.remedy.length]).toEqual([0, 1]);
    expect(vendors.remedyEffect).toBe('NO_REMEDY');
    expect(vendors.rationale).toMatch(/A vendor manages what is acted as, and says who may/);
    expect(vendors.rationale).not.toMatch(/denial/);
    expect(own.rationale).not.toMatch(/vendor/);
  });
});

describe('no remedy, on random graphs in which vendors manage a part,', () => {
  it.each(FINDING_KINDS)(
    'of %s changes anything of theirs',
    async (kind) => {
      for (let i = 0; i < runs(10).numRuns!; i++) {
        const graph = middlingGraph(SEED + i);
        const nodes = graph.nodes.map((each, place) =>
          (place + i) % 3 === 0 && each.kind !== 'Resource' && each.kind !== 'User'
            ? { ...each, attributes: { ...each.attributes, ...VENDORS } }
            : each,
        );
        const vendors = new Set(nodes.filter(({ attributes }) => isManagedByVendor(attributes)).map(({ id }) => id));
        const sourceOf = new Map(graph.edges.map(({ id, from }) => [id, from]));
        const { findings, view } = await findingsOf({ nodes, edges: graph.edges }, { at: 15, kinds: [kind] });
        for (const { title, remedy, remedyEffect } of findings) {
          for (const change of remedy) {
            if (change.op === 'PUT_USE') throw new Error('no remedy tells of a use');
            const of =
              change.op === 'PUT_EDGE'
                ? change.edge.from
                : change.op === 'PUT_NODE'
                  ? change.node.id
                  : (sourceOf.get(change.id) ?? change.id);
            expect({ title, of, isVendors: vendors.has(of) }).toEqual({ title, of, isVendors: false });
          }
          if (remedy.length === 0 || i > 2) continue;
          const { gainedCount, lostCount } = await view.whatIf({ changes: proposedOf(remedy), at: 15 });
          if (remedyEffect === 'NOTHING_CHANGES') expect([gainedCount, lostCount]).toEqual([0, 0]);
        }
      }
    },
    LONG,
  );
});
