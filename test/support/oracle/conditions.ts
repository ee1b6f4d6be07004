/** The conditions that a CONDITIONAL answer depends on, as docs/model.md defines them. */
import type { EdgeRecord } from '../../../engine/model/index.ts';
import {
  type Asked,
  applying,
  boundsOf,
  decideIn,
  decisionOfContext,
  decisionOfGrants,
  type Matter,
  MEMBERSHIP,
  membersOf,
  opened,
  switches,
} from './decide.ts';
import { closure, edgesOfKinds, type OracleGraph, type Reached, worldAt } from './world.ts';

/** Source texts, each once, sorted; empty unless the answer is CONDITIONAL. */
export function conditionsOf(graph: OracleGraph, asked: Asked): readonly string[] {
  const world = worldAt(graph, asked.at ?? Date.now());
  if (decideIn(world, asked) !== 'CONDITIONAL') return [];
  const { matter, contexts } = opened(world, asked);
  const found = new Set<string>();
  for (const [context, certain] of contexts) {
    if (decisionOfContext(matter, context, certain) !== 'CONDITIONAL') continue;
    if (!certain) addWaysIn(matter, asked.identity, context, found);
    for (const place of [context, ...boundsOf(world, context)]) addOfGrants(matter, place, found);
  }
  return [...found].sort();
}

/** What a context or a bound depends on when its own grants give CONDITIONAL. */
function addOfGrants(matter: Matter, context: string, found: Set<string>): void {
  const grants = applying(matter, context);
  if (decisionOfGrants(grants) !== 'CONDITIONAL') return;
  const members = membersOf(matter.world, context);
  const memberships = edgesOfKinds(matter.world, MEMBERSHIP);
  const surelyAllowed = grants.some((grant) => grant.effect === 'ALLOW' && grant.certain);
  for (const grant of grants) {
    if (grant.effect === 'ALLOW' && surelyAllowed) continue;
    addOfEdge(grant.edge, found);
    addOfWays(memberships, members, grant.edge.from, found);
  }
}

/** The ways on which the identity becomes the context: the last step, and whatever leads to its start. */
function addWaysIn(matter: Matter, identity: string, context: string, found: Set<string>): void {
  const leaps = switches(matter.world, matter.reach);
  const steps = [...edgesOfKinds(matter.world, MEMBERSHIP), ...leaps];
  const reached = closure(identity, steps);
  for (const leap of leaps) {
    if (leap.to !== context || !reached.has(leap.from)) continue;
    addOfEdge(leap, found);
    addOfWays(steps, reached, leap.from, found);
  }
}

/** Back from a node that is reached only under conditions, up to nodes that are reached without any. */
function addOfWays(edges: readonly EdgeRecord[], reached: Reached, target: string, found: Set<string>): void {
  const behind = new Set([target]);
  for (const node of behind) {
    if (reached.get(node) === true) continue;
    for (const edge of edges) {
      if (edge.to !== node || !reached.has(edge.from)) continue;
      addOfEdge(edge, found);
      behind.add(edge.from);
    }
  }
}

function addOfEdge(edge: EdgeRecord, found: Set<string>): void {
  if (edge.condition !== undefined) found.add(edge.condition);
}
