/** Nodes that were written about, against a plain list of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Touched } from '../../engine/access/touched.ts';
import type { NodeKind, NodeRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { type Edits, extended } from '../../engine/snapshot/extend.ts';
import { compareNodes } from '../../engine/snapshot/order.ts';
import { isIdentity } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { runs } from '../support/seed.ts';

const USERS = 300;
const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const nodes = [
  ...Array.from({ length: USERS }, (_, i) => node('User', `u${i}`)),
  ...Array.from({ length: 7 }, (_, i) => node('ServiceAccount', `a${i}`)),
  ...Array.from({ length: 20 }, (_, i) => node('Group', `g${i}`)),
];
const LATER = ['u150x', 'a', 'zz', 'u0a'];

/** Some users and a group that came after compiling, so that identities are not in the order of their numbers. */
async function laterOnes() {
  const compiled = await compileSnapshot(memoryReader(nodes, []), () => ({ nodes: 10, edges: 10 }));
  const edits: Edits = {
    version: 2,
    nodes: [...LATER.map((id) => ({ id, kind: 0 })), { id: 'g9x', kind: 2 }].map((each) => ({
      ...each,
      disabled: false,
      ref: 0,
      text: '',
    })),
    nodesGone: [],
    edges: [],
    edgesGone: [],
  };
  return extended(compiled, edits);
}

describe('nodes that were touched', () => {
  it('are all told, identities in the order of nodes, be they few or many', async () => {
    const snapshot = await laterOnes();
    const array = new Uint8Array(snapshot.space.nodeRoom);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(snapshot.nodeSpace - 1), { maxLength: snapshot.nodeSpace }), (chosen) => {
        const touched = new Touched(snapshot, array);
        for (const each of chosen) {
          touched.add(each);
          array[each] = 1 + (each % 15);
        }
        expect(touched.count).toBe(chosen.length);
        const inOrder = (list: readonly number[]) => [...list].sort((a, b) => compareNodes(snapshot, a, b));
        expect(inOrder(Array.from(touched.all()))).toEqual(inOrder(chosen));
        expect([...touched.identities()]).toEqual(inOrder(chosen.filter((each) => isIdentity(snapshot, each))));
        touched.clear();
        expect(array.every((value) => value === 0)).toBe(true);
      }),
      runs(300),
    );
  });
});
