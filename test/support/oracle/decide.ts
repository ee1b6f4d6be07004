/** The decision, sentence by sentence as the access model has it. Slow and plain on purpose: the engine is held to it. */
import type { Decision, EdgeKind, EdgeRecord, Instant, Reach } from '../../../engine/model/index.ts';
import { matches } from './glob.ts';
import {
  closure,
  edgesOfKinds,
  isIdentity,
  isResource,
  type OracleGraph,
  type Reached,
  type World,
  worldAt,
} from './world.ts';

export interface Asked {
  readonly identity: string;
  readonly resource: string;
  readonly action: string;
  /** Default ASSUMABLE. */
  readonly reach?: Reach | undefined;
  /** Default: now. */
  readonly at?: Instant | undefined;
}

/** One question to one context. */
export interface Matter {
  readonly world: World;
  readonly reach: Reach;
  readonly action: string;
  readonly resource: string;
}

const STRENGTH: readonly Decision[] = ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'];
export const stronger = (a: Decision, b: Decision): Decision => (STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b);
export const weaker = (a: Decision, b: Decision): Decision => (STRENGTH.indexOf(a) < STRENGTH.indexOf(b) ? a : b);
export const isAllowing = (decision: Decision): boolean => decision === 'ALLOWED' || decision === 'CONDITIONAL';

export const MEMBERSHIP: readonly EdgeKind[] = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS'];

/** What the rule answers for one identity, action and resource. */
export function decide(graph: OracleGraph, asked: Asked): Decision {
  return decideIn(worldAt(graph, asked.at ?? Date.now()), asked);
}

/** The same on a graph that is already taken at its instant. */
export function decideIn(world: World, asked: Omit<Asked, 'at'>): Decision {
  const { matter, contexts } = opened(world, asked);
  let decision: Decision = 'NONE';
  for (const [context, certain] of contexts) {
    decision = stronger(decision, decisionOfContext(matter, context, certain));
  }
  return decision;
}

export function opened(world: World, asked: Omit<Asked, 'at'>): { matter: Matter; contexts: Reached } {
  if (!isIdentity(world, asked.identity)) throw new Error(`${asked.identity} is no identity`);
  if (!isResource(world, asked.resource)) throw new Error(`${asked.resource} is no resource`);
  const reach = asked.reach ?? 'ASSUMABLE';
  const matter = { world, reach, action: asked.action, resource: asked.resource };
  return { matter, contexts: contextsOf(world, asked.identity, reach) };
}

/** Rule 1. */
export const membersOf = (world: World, context: string): Reached => closure(context, edgesOfKinds(world, MEMBERSHIP));

/** The edges by which one becomes another, within a reach. */
export function switches(world: World, reach: Reach): readonly EdgeRecord[] {
  if (reach === 'ENTITLED') return [];
  return world.edges.filter(
    (edge) =>
      edge.kind === 'CAN_ASSUME' || (reach === 'ESCALATION' && edge.kind === 'CONTROLS' && !isResource(world, edge.to)),
  );
}

/** Rule 2. */
export function contextsOf(world: World, identity: string, reach: Reach): Reached {
  const contexts = new Map([[identity, true]]);
  const leaps = switches(world, reach);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [context, contextCertain] of [...contexts]) {
      const members = membersOf(world, context);
      for (const leap of leaps) {
        const member = members.get(leap.from);
        if (member === undefined) continue;
        const certain = contextCertain && member && leap.condition === undefined;
        const known = contexts.get(leap.to);
        if (known === undefined || (certain && !known)) {
          contexts.set(leap.to, certain);
          grown = true;
        }
      }
    }
  }
  return contexts;
}

/** Rule 3. */
export function up(world: World, resource: string): ReadonlySet<string> {
  const holders = new Set([resource]);
  for (let size = 0; size < holders.size; ) {
    size = holders.size;
    for (const edge of edgesOfKinds(world, ['CONTAINS'])) if (holders.has(edge.to)) holders.add(edge.from);
  }
  return holders;
}

/** A grant, or a take-over of a resource, that applies; `certain` when no condition stands on it or on the way to its holder. */
export interface Applying {
  readonly edge: EdgeRecord;
  readonly effect: 'ALLOW' | 'DENY';
  readonly certain: boolean;
}

/** Does the grant convey the action, wherever it is? */
export function conveys(grant: EdgeRecord, action: string): boolean {
  return (
    (grant.actions ?? []).some((pattern) => matches(pattern, action)) &&
    !(grant.exceptActions ?? []).some((pattern) => matches(pattern, action))
  );
}

/** Rule 4, and the take-overs of resources of rule 2. */
export function applying(matter: Matter, context: string): readonly Applying[] {
  const { world, reach, action, resource } = matter;
  const members = membersOf(world, context);
  const scope = up(world, resource);
  const found: Applying[] = [];
  for (const edge of world.edges) {
    const holder = members.get(edge.from);
    if (holder === undefined) continue;
    const certain = holder && edge.condition === undefined;
    if (edge.kind === 'GRANTS') {
      const arrives = edge.inherit === false ? edge.to === resource : scope.has(edge.to);
      if (arrives && conveys(edge, action)) found.push({ edge, effect: edge.effect ?? 'ALLOW', certain });
    } else if (edge.kind === 'CONTROLS' && reach === 'ESCALATION' && scope.has(edge.to)) {
      found.push({ edge, effect: 'ALLOW', certain });
    }
  }
  return found;
}

/** Rule 5, its first paragraph. */
export function decisionOfGrants(grants: readonly Applying[]): Decision {
  const allows = grants.filter((grant) => grant.effect === 'ALLOW');
  const denies = grants.filter((grant) => grant.effect === 'DENY');
  if (denies.some((deny) => deny.certain)) return 'DENIED';
  if (allows.some((allow) => allow.certain) && denies.length === 0) return 'ALLOWED';
  return allows.length > 0 ? 'CONDITIONAL' : 'NONE';
}

export const boundsOf = (world: World, context: string): readonly string[] =>
  edgesOfKinds(world, ['BOUNDED_BY'])
    .filter((edge) => edge.from === context)
    .map((edge) => edge.to);

/** What is left of a decision within the bounds of a context. A bound that says nothing denies. */
export function withinBounds(matter: Matter, context: string, decision: Decision): Decision {
  let left = decision;
  for (const bound of boundsOf(matter.world, context)) {
    left = weaker(left, stronger('DENIED', decisionOfGrants(applying(matter, bound))));
  }
  return left;
}

/** Rule 5, all of it. */
export function decisionOfContext(matter: Matter, context: string, certain: boolean): Decision {
  const own = withinBounds(matter, context, decisionOfGrants(applying(matter, context)));
  return certain ? own : weaker(own, 'CONDITIONAL');
}
