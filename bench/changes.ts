/** What is timed of changes: applying one, seeing it, and supposing some. The store is left as it was found. */
import type { Change, EdgeRecord, Engine, EstateOptions, GraphView } from '../engine/index.ts';
import { type Timing, timeCalls } from './measure.ts';
import { productEngine } from './product.ts';
import { drawSubjects } from './subjects.ts';

const CHANGES = 100;
const WARM = 20;
const ROLES_LOOKED_AT = 400;
const ROLES = 20;

export async function timeChanges(engine: Engine, options: EstateOptions): Promise<readonly Timing[]> {
  const view = await engine.view();
  const { identities } = await drawSubjects(options, view, (CHANGES + WARM) * 4);
  const memberships = await membershipsOf(view, identities, CHANGES + WARM);
  const timings = [
    ...(await oneByOne(engine, memberships)),
    await supposeMemberships(view, memberships),
    await supposeRoles(view),
  ];
  view.release();
  return timings;
}

async function membershipsOf(
  view: GraphView,
  identities: readonly string[],
  most: number,
): Promise<readonly EdgeRecord[]> {
  const found: EdgeRecord[] = [];
  for (const identity of new Set(identities)) {
    if (found.length === most) break;
    const { items } = await view.edgesOf(identity, 'out');
    const membership = items.find(({ kind }) => kind === 'MEMBER_OF');
    if (membership !== undefined) found.push(membership);
  }
  return found;
}

/** Memberships that are put a second time, by another source, and taken back. */
async function oneByOne(engine: Engine, memberships: readonly EdgeRecord[]): Promise<readonly Timing[]> {
  const { makeEdge } = await productEngine();
  let batches = 0;
  const apply = async (change: Change): Promise<string> => {
    const id = `bench-change-${process.pid}-${++batches}`;
    await engine.apply({ id, source: 'bench', complete: [], changes: [change] });
    return 'applied';
  };
  const edges = memberships.map(({ kind, from, to }) => makeEdge({ kind, from, to, source: 'bench' }));
  const [timed, warm] = [edges.slice(WARM), edges.slice(0, WARM)];
  const see = async (): Promise<string> => {
    (await engine.view()).release();
    return 'seen';
  };
  const changes = [
    ...edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ...edges.map((edge): Change => ({ op: 'REMOVE_EDGE', id: edge.id, source: edge.source })),
  ];
  const applied = await timeCalls(
    'apply one edge to durable',
    { timed: changes.slice(0, timed.length), warm: [] },
    apply,
  );
  for (const change of changes.slice(timed.length)) await apply(change);
  await see();
  // Seen by a view that is asked for when the change has been applied.
  const seen = await timeCalls('see one edge after it was applied', { timed, warm }, async (edge) => {
    const batch = apply({ op: 'PUT_EDGE', edge });
    await batch;
    return see();
  });
  for (const edge of edges) await apply({ op: 'REMOVE_EDGE', id: edge.id, source: edge.source });
  await see();
  return [applied, seen];
}

function supposeMemberships(view: GraphView, memberships: readonly EdgeRecord[]): Promise<Timing> {
  const [timed, warm] = [memberships.slice(WARM), memberships.slice(0, WARM)];
  return timeCalls('whatIf, a membership goes', { timed, warm }, async ({ id }) =>
    outcome(await view.whatIf({ changes: [{ op: 'REMOVE_EDGE', id }] })),
  );
}

const outcome = (delta: {
  readonly lostCount: number;
  readonly gainedCount: number;
  readonly complete: boolean;
}): string => (!delta.complete ? 'not complete' : delta.lostCount + delta.gainedCount > 0 ? 'some' : 'none');

/** The roles that the most edges lead to, among some. */
export async function mostAssigned(view: GraphView, most: number): Promise<readonly string[]> {
  const { items } = await view.search({ text: 'role', kinds: ['Role'], first: ROLES_LOOKED_AT });
  const sized: { readonly id: string; readonly members: number }[] = [];
  for (const { id } of items) sized.push({ id, members: (await view.edgesOf(id, 'in', { first: 0 })).totalCount });
  sized.sort((a, b) => b.members - a.members);
  return sized.slice(0, most).map(({ id }) => id);
}

async function supposeRoles(view: GraphView): Promise<Timing> {
  const ids = await mostAssigned(view, ROLES);
  return timeCalls(
    `whatIf, a role goes (${ROLES} of the most assigned)`,
    { timed: ids, warm: ids.slice(0, 2) },
    async (id) => outcome(await view.whatIf({ changes: [{ op: 'REMOVE_NODE', id }] })),
  );
}
