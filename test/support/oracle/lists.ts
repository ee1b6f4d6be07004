/** What the lists must say, asked one pair at a time. */
import type { Decision, Instant, Reach } from '../../../engine/model/index.ts';
import { contextsOf, decideIn, isAllowing, membersOf, stronger } from './decide.ts';
import { matches } from './glob.ts';
import { isDisabled, isIdentity, isResource, type OracleGraph, worldAt } from './world.ts';

export interface Frame {
  readonly reach?: Reach | undefined;
  readonly at?: Instant | undefined;
}

/** What a row of a list says, whatever else it holds. */
export interface Row {
  readonly actions: readonly string[];
  readonly exceptions: readonly string[];
  readonly decision: Decision;
}

/** What an identity can do: resource → action → decision, only where something is allowed. */
export function accessible(
  graph: OracleGraph,
  identity: string,
  vocabulary: readonly string[],
  frame: Frame = {},
): ReadonlyMap<string, ReadonlyMap<string, Decision>> {
  const world = worldAt(graph, frame.at ?? Date.now());
  const table = new Map<string, Map<string, Decision>>();
  for (const resource of [...world.kinds.keys()].filter((id) => isResource(world, id)).sort()) {
    const allowed = new Map<string, Decision>();
    for (const action of vocabulary) {
      const decision = decideIn(world, { identity, action, resource, reach: frame.reach });
      if (isAllowing(decision)) allowed.set(action, decision);
    }
    if (allowed.size > 0) table.set(resource, allowed);
  }
  return table;
}

/** The identities that can do one thing to one resource, by id; the disabled ones only when asked for. */
export function whoCan(
  graph: OracleGraph,
  action: string,
  resource: string,
  frame: Frame & { readonly includeDisabled?: boolean | undefined } = {},
): ReadonlyMap<string, Decision> {
  const world = worldAt(graph, frame.at ?? Date.now());
  const found = new Map<string, Decision>();
  for (const identity of [...world.kinds.keys()].filter((id) => isIdentity(world, id)).sort()) {
    if (frame.includeDisabled !== true && isDisabled(graph, identity)) continue;
    const decision = decideIn(world, { identity, action, resource, reach: frame.reach });
    if (isAllowing(decision)) found.set(identity, decision);
  }
  return found;
}

/** Does a row speak for an action: one of its patterns matches, and none of its exceptions? */
export const speaks = (row: Row, action: string): boolean =>
  row.actions.some((pattern) => matches(pattern, action)) &&
  !row.exceptions.some((pattern) => matches(pattern, action));

/** What rows of one identity and one resource say for an action: the strongest that speaks for it; NONE when none does. */
export function speaksFor(rows: readonly Row[], action: string): Decision {
  return rows
    .filter((row) => speaks(row, action))
    .reduce<Decision>((best, row) => stronger(best, row.decision), 'NONE');
}

/** The resources at which an ALLOW of any of the identity's contexts, or a take-over within the reach, itself arrives. */
export function namedResources(graph: OracleGraph, identity: string, frame: Frame = {}): ReadonlySet<string> {
  const world = worldAt(graph, frame.at ?? Date.now());
  const reach = frame.reach ?? 'ASSUMABLE';
  const holders = new Set(
    [...contextsOf(world, identity, reach).keys()].flatMap((context) => [...membersOf(world, context).keys()]),
  );
  const naming = world.edges.filter(
    (edge) =>
      holders.has(edge.from) &&
      ((edge.kind === 'GRANTS' && edge.effect === 'ALLOW') || (edge.kind === 'CONTROLS' && reach === 'ESCALATION')),
  );
  return new Set(naming.map((edge) => edge.to));
}
