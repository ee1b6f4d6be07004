import { describe, expect, it } from 'vitest';
import { makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { BeforeImages, nameOfUse } from '../../engine/store/neo4j/before-images.ts';
import { OpenReaders } from '../../engine/store/neo4j/open-readers.ts';
import { RefSet } from '../../engine/store/neo4j/ref-set.ts';

const ada = (name: string): NodeRecord => ({ kind: 'User', id: 'u:ada', source: 'hr', name, attributes: {} });
const edge = makeEdge({ kind: 'MEMBER_OF', from: 'u:ada', to: 'g:fin', source: 'hr' });
const use = { identity: 'u:ada', action: 'read', resource: 'r', source: 'hr', lastUsedAt: 1, useCount: 1 };

describe('before-images', () => {
  it('are those of the earliest later batch', () => {
    const images = new BeforeImages();
    images.add({
      nodes: [{ before: [ada('A')], after: [ada('B')], ref: 7 }],
      edges: [{ before: edge, ref: 3 }],
      uses: [{ after: use }],
    });
    images.add({
      nodes: [{ before: [ada('B')], after: [], ref: 7 }],
      edges: [{ after: edge }],
      uses: [{ before: use }],
    });
    expect(images.nodes.get('u:ada')).toEqual({ id: 'u:ada', versions: [ada('A')], ref: 7 });
    expect(images.nodesByRef.get(7)?.versions).toEqual([ada('A')]);
    expect(images.edges.get(edge.id)).toEqual({ edge, ref: 3 });
    expect(images.edgesByRef.get(3)).toEqual(edge);
    expect(images.uses.get(nameOfUse(use))).toEqual({});
  });

  it('tell an edge without effect from one with', () => {
    const images = new BeforeImages();
    images.add({ nodes: [], edges: [{ before: edge, after: edge }], uses: [] });
    expect(images.edges.get(edge.id)).toEqual({ edge });
    expect(images.edgesByRef.size).toBe(0);
  });
});

describe('open readers', () => {
  it('hold the oldest of their versions until the last of it is closed', () => {
    const readers = new OpenReaders();
    expect(readers.oldest()).toBeUndefined();
    const leaves = [readers.hold(5), readers.hold(3), readers.hold(3)];
    leaves[1]!();
    leaves[1]!();
    expect(readers.oldest()).toBe(3);
    leaves[2]!();
    expect(readers.oldest()).toBe(5);
    leaves[0]!();
    expect(readers.oldest()).toBeUndefined();
  });
});

describe('a set of refs', () => {
  it('knows those that were added and no others', () => {
    const set = new RefSet();
    const added = [0, 31, 32, 65_535, 65_536, 2 ** 40];
    for (const value of added) set.add(value);
    for (const value of added) expect([set.has(value), set.has(value + 2)]).toEqual([true, false]);
  });
});
