/** Which options are told and what each opens besides, against counting all that each opens and sorting all of them. */
import { describe, expect, it } from 'vitest';
import { membersOf } from '../../engine/access/contexts.ts';
import { Question } from '../../engine/access/decide.ts';
import { counts, type Frame, makeFrame } from '../../engine/access/frame.ts';
import { type Addition, allows, bundles, grantOptions, type Option } from '../../engine/access/grant-options.ts';
import { workspaceOf } from '../../engine/access/workspace.ts';
import { ALLOWED } from '../../engine/model/index.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { CONTAINMENT, DENY, GRANT, isIdentity, isResource } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { middlingGraph } from '../support/middling-graph.ts';

/** All resources that an assignment opens. */
function openedBy(frame: Frame, [addition]: readonly Addition[]): ReadonlySet<number> {
  const { snapshot } = frame;
  const found = new Set<number>();
  if (addition!.kind === 'GRANTS') return found;
  const { members } = workspaceOf(snapshot);
  membersOf(frame, addition!.to, members);
  for (const member of members.nodes)
    for (const edge of snapshot.adjacency[GRANT]!.out.of(member))
      if ((snapshot.flags[edge]! & DENY) === 0 && counts(frame, edge)) found.add(snapshot.target[edge]!);
  for (const node of found)
    for (const edge of snapshot.adjacency[CONTAINMENT]!.out.of(node))
      if (counts(frame, edge)) found.add(snapshot.target[edge]!);
  return found;
}

describe('what could be granted', () => {
  it.each([1, 2, 3, 4, 5, 6])('is what opens least of all, in graph %i', async (seed) => {
    const { nodes, edges } = middlingGraph(seed);
    const snapshot = await compileSnapshot(memoryReader(nodes, edges), roomForChanges);
    const work = workspaceOf(snapshot);
    const all = Array.from({ length: snapshot.space.nodes }, (_, node) => node);
    const identities = all.filter((node) => isIdentity(snapshot, node)).slice(0, 12);
    const resources = all.filter((node) => isResource(snapshot, node)).slice(0, 40);
    const frame = makeFrame(snapshot, 'ASSUMABLE', 15);
    const matcher = snapshot.terms.matcher('ab');
    let told = 0;
    for (const identity of identities)
      for (const resource of resources) {
        if (new Question(frame, work, matcher, resource).decide(identity) === ALLOWED) continue;
        const direct: Addition[] = [{ kind: 'GRANTS', from: identity, to: resource }];
        const good = [direct, ...bundles(frame, work, identity, resource, matcher)].filter((additions) =>
          allows(frame, work, identity, resource, matcher, additions),
        );
        for (const most of [1, 3, 10, 10_000]) {
          const expected: Option[] = good.map((additions) => {
            const opened = openedBy(frame, additions);
            const others = opened.size - (opened.has(resource) ? 1 : 0);
            return { additions, otherResources: opened.size >= most ? most : others };
          });
          expected.sort((a, b) => a.otherResources - b.otherResources);
          const options = grantOptions(frame, work, identity, resource, matcher, most);
          if (good.length > 0) expect(options).toEqual(expected.slice(0, 5));
          told += options.length;
        }
      }
    expect(told).toBeGreaterThan(100);
  });
});
