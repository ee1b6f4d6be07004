import { describe, expect, it } from 'vitest';
import { type EdgeRecord, makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { findingsOf } from '../support/findings-of.ts';

const node = (kind: NodeRecord['kind'], id: string, attributes: NodeRecord['attributes'] = {}): NodeRecord => ({
  kind,
  id,
  source: 's',
  attributes,
});
const grant = (from: string) =>
  makeEdge({ kind: 'GRANTS', from, to: 'r', source: 's', actions: ['read'], effect: 'ALLOW' });

const SERVICE_ACCOUNTS = { at: 0, kinds: ['ORPHANED_ACCOUNT'] } as const;

const told = async (
  attributes: NodeRecord['attributes'],
  more: readonly NodeRecord[] = [],
  edges: EdgeRecord[] = [],
) => {
  const nodes = [
    node('User', 'u'),
    node('ServiceAccount', 'a', attributes),
    node('ServiceAccount', 'b'),
    node('Resource', 'r'),
    ...more,
  ];
  const all = [grant('a'), grant('b'), ...edges];
  const { findings, notes } = await findingsOf({ nodes, edges: all }, SERVICE_ACCOUNTS);
  return { ids: findings.map(({ entities }) => entities[0]), notes, findings };
};

describe('a service account without an owner', () => {
  it('is told where owners are told', async () => {
    expect(await told({ owner: 'u' })).toMatchObject({ ids: ['b'], notes: [] });
  });

  it('is not told where no owner is told of any: a note says so', async () => {
    const { ids, notes } = await told({});
    expect(ids).toEqual([]);
    expect(notes).toEqual(['No source tells who owns a service account, so none is said to have no owner.']);
  });

  it('is not told of a source that tells no owner of any: a note names it', async () => {
    const other = { ...node('ServiceAccount', 'c'), source: 'silent' };
    const { ids, notes } = await told({ owner: 'u' }, [other], [grant('c')]);
    expect(ids).toEqual(['b']);
    expect(notes).toEqual([
      'Nobody tells who owns any service account of silent, so none of these is said to have no owner.',
    ]);
  });

  it('is told of two sources when one of them tells owners', async () => {
    const both = ['silent', 's'].map((source) => ({ ...node('ServiceAccount', 'c'), source }));
    expect((await told({ owner: 'u' }, both, [grant('c')])).ids).toEqual(['b', 'c']);
  });

  it('is told until the day on which somebody begins to own it', async () => {
    const owns = (validFrom: number) => makeEdge({ kind: 'OWNS', from: 'u', to: 'b', source: 's', validFrom });
    expect((await told({ owner: 'u' }, [], [owns(0)])).ids).toEqual([]);
    const { ids, findings } = await told({ owner: 'u' }, [], [owns(86_400_000)]);
    expect(ids).toEqual(['b']);
    expect(findings[0]).toMatchObject({ title: 'Nobody owns b yet', remedy: [], remedyEffect: 'NO_REMEDY' });
    expect(findings[0]!.rationale).toContain('u will from 1970-01-02 on.');
  });

  it('is told when all who own it by an edge have left', async () => {
    const left = node('User', 'left', { enabled: false });
    const owns = makeEdge({ kind: 'OWNS', from: 'left', to: 'b', source: 's' });
    const { findings } = await told({ owner: 'u' }, [left], [owns]);
    expect(findings.map(({ title }) => title)).toEqual(['The owner of b has left']);
  });

  it('is its vendor’s affair where a vendor manages it', async () => {
    const linked = node('ServiceAccount', 'c', { managedByVendor: true });
    expect((await told({ owner: 'u' }, [linked], [grant('c')])).ids).toEqual(['b']);
  });
});

describe('an account whose owner or manager has left', () => {
  const gone = (manager: string) => node('User', 'gone', { enabled: false, manager });
  const boss = node('User', 'boss');

  it('goes to the manager of that one: all else that is told of it stays', async () => {
    const account = node('ServiceAccount', 'c', { owner: 'gone', purpose: 'backup' });
    const { findings } = await told({ owner: 'u' }, [gone('boss'), boss, account], [grant('c')]);
    const finding = findings.find(({ entities }) => entities[0] === 'c')!;
    expect(finding.remedyEffect).toBe('NOTHING_CHANGES');
    expect(finding.remedy).toEqual([
      {
        op: 'PUT_NODE',
        node: { kind: 'ServiceAccount', id: 'c', source: 's', attributes: { owner: 'boss', purpose: 'backup' } },
      },
    ]);
  });

  it('so does a person', async () => {
    const person = node('User', 'p', { manager: 'gone' });
    const { findings } = await told({ owner: 'u' }, [gone('boss'), boss, person]);
    expect(findings.find(({ entities }) => entities[0] === 'p')).toMatchObject({
      remedy: [{ op: 'PUT_NODE', node: { id: 'p', attributes: { manager: 'boss' } } }],
    });
  });

  it.each([
    ['is unknown', 'nobody', []],
    ['has left too', 'boss', [node('User', 'boss', { enabled: false })]],
    ['is the account itself', 'p', []],
  ])('has no remedy where that manager %s', async (_, manager, more) => {
    const person = node('User', 'p', { manager: 'gone' });
    const { findings } = await told({ owner: 'u' }, [gone(manager), person, ...more]);
    expect(findings.find(({ entities }) => entities[0] === 'p')).toMatchObject({ remedyEffect: 'NO_REMEDY' });
  });

  it('has no remedy where two sources tell of it, for each may name the owner', async () => {
    const both = ['s', 't'].map((source) => ({ ...node('ServiceAccount', 'c', { owner: 'gone' }), source }));
    const { findings } = await told({ owner: 'u' }, [gone('boss'), boss, ...both], [grant('c')]);
    expect(findings.find(({ entities }) => entities[0] === 'c')).toMatchObject({ remedyEffect: 'NO_REMEDY' });
  });
});
