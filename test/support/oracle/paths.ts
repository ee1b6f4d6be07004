/** Every way from an identity to a resource, found by trying all of them. */
import type { Decision, EdgeRecord, Instant, Reach } from '../../../engine/model/index.ts';
import { actionsToldApart, patternsOf } from './actions.ts';
import {
  applying,
  conveys,
  isAllowing,
  type Matter,
  MEMBERSHIP,
  stronger,
  switches,
  weaker,
  withinBounds,
} from './decide.ts';
import { edgesOfKinds, isResource, type OracleGraph, type World, worldAt } from './world.ts';

export interface PathsAsked {
  readonly identity: string;
  readonly resource: string;
  /** Default: any. */
  readonly action?: string | undefined;
  readonly reach?: Reach | undefined;
  readonly at?: Instant | undefined;
}

export interface Way {
  readonly edges: readonly EdgeRecord[];
  readonly nodes: readonly string[];
  readonly decision: Decision;
}

/** More ways than a test can wait for. */
export class TooManyWays extends Error {}
const MOST_STEPS = 200_000;

/** A point of a way: where it has come to, and as whom. */
interface Point {
  readonly node: string;
  readonly context: string;
}

/** The shortest first; among equally long ones by the ids of their edges. */
export function allPaths(graph: OracleGraph, asked: PathsAsked): readonly Way[] {
  const search = new Search(graph, asked);
  search.run();
  return search.found.sort((a, b) => a.edges.length - b.edges.length || (idsOf(a) < idsOf(b) ? -1 : 1));
}

export const idsOf = (way: { readonly edges: readonly EdgeRecord[] }): string =>
  way.edges.map((edge) => edge.id).join(' ');

class Search {
  readonly found: Way[] = [];
  readonly #world: World;
  readonly #reach: Reach;
  readonly #asked: PathsAsked;
  readonly #actions: readonly string[];
  readonly #steps: readonly EdgeRecord[];
  readonly #leaps: readonly EdgeRecord[];
  readonly #ceilings = new Map<string, Decision>();
  #count = 0;

  constructor(graph: OracleGraph, asked: PathsAsked) {
    this.#world = worldAt(graph, asked.at ?? Date.now());
    this.#reach = asked.reach ?? 'ASSUMABLE';
    this.#asked = asked;
    this.#actions = asked.action === undefined ? actionsToldApart(patternsOf(graph)) : [asked.action];
    this.#steps = edgesOfKinds(this.#world, MEMBERSHIP);
    this.#leaps = switches(this.#world, this.#reach);
  }

  run(): void {
    const { identity } = this.#asked;
    this.#walk([], [{ node: identity, context: identity }]);
  }

  /** Goes on among principals from the last point. */
  #walk(edges: readonly EdgeRecord[], points: readonly Point[]): void {
    if ((this.#count += 1) > MOST_STEPS) throw new TooManyWays();
    const here = points.at(-1)!;
    for (const edge of this.#world.edges) if (edge.from === here.node) this.#arrive([...edges, edge], points);
    for (const edge of this.#steps) {
      if (edge.from !== here.node) continue;
      const next = { node: edge.to, context: here.context };
      if (!points.some((point) => same(point, next))) this.#walk([...edges, edge], [...points, next]);
    }
    // After a return to a node, a further change of identity would make that loop pointless: see `#isWorthTelling`.
    if (hasReturned(points)) return;
    for (const edge of this.#leaps) {
      if (edge.from !== here.node) continue;
      const next = { node: edge.to, context: edge.to };
      if (!points.some((point) => same(point, next))) this.#walk([...edges, edge], [...points, next]);
    }
  }

  /** The last edge leaves the principals, if it is a grant or a take-over of a resource. */
  #arrive(edges: readonly EdgeRecord[], points: readonly Point[]): void {
    const last = edges.at(-1)!;
    const grants = last.kind === 'GRANTS' && last.effect === 'ALLOW';
    const takes = last.kind === 'CONTROLS' && this.#reach === 'ESCALATION' && isResource(this.#world, last.to);
    if (grants || takes) this.#descend(edges, points, [last.to], last);
  }

  #descend(edges: readonly EdgeRecord[], points: readonly Point[], below: readonly string[], grant: EdgeRecord): void {
    if ((this.#count += 1) > MOST_STEPS) throw new TooManyWays();
    if (below.at(-1) === this.#asked.resource) {
      this.#tell(edges, points, below, grant);
      return;
    }
    if (grant.inherit === false) return;
    for (const edge of edgesOfKinds(this.#world, ['CONTAINS'])) {
      if (edge.from === below.at(-1) && !below.includes(edge.to))
        this.#descend([...edges, edge], points, [...below, edge.to], grant);
    }
  }

  #tell(edges: readonly EdgeRecord[], points: readonly Point[], below: readonly string[], grant: EdgeRecord): void {
    const decision = this.#decisionOf(edges, points.at(-1)!.context, grant);
    if (decision === 'NONE' || !this.#isWorthTelling(edges, points, grant, decision)) return;
    this.found.push({ edges, nodes: [...points.map((point) => point.node), ...below], decision });
  }

  /** True when each loop that the way makes is needed: without it the way would give less. */
  #isWorthTelling(
    edges: readonly EdgeRecord[],
    points: readonly Point[],
    grant: EdgeRecord,
    decision: Decision,
  ): boolean {
    for (let first = 0; first < points.length; first++) {
      for (let again = first + 1; again < points.length; again++) {
        if (points[first]!.node !== points[again]!.node) continue;
        const shorter = [...edges.slice(0, first), ...edges.slice(again)];
        const without = this.#decisionOf(shorter, this.#lastContext(shorter), grant);
        if (stronger(without, decision) === without) return false;
      }
    }
    return true;
  }

  #lastContext(edges: readonly EdgeRecord[]): string {
    return edges.findLast((edge) => this.#leaps.includes(edge))?.to ?? this.#asked.identity;
  }

  /** The most that the way gives for any action that its grant conveys; NONE when that is none. */
  #decisionOf(edges: readonly EdgeRecord[], context: string, grant: EdgeRecord): Decision {
    const conditional = edges.some((edge) => edge.condition !== undefined && edge.kind !== 'CONTAINS');
    let decision: Decision = 'NONE';
    for (const action of this.#actions) {
      if (grant.kind === 'GRANTS' && !conveys(grant, action)) continue;
      const ceiling = this.#ceilingOf(context, action);
      decision = stronger(decision, conditional ? weaker(ceiling, 'CONDITIONAL') : ceiling);
    }
    return decision;
  }

  /** What an unconditional ALLOW gives in a context, under the denials and bounds in force. */
  #ceilingOf(context: string, action: string): Decision {
    const key = JSON.stringify([context, action]);
    const known = this.#ceilings.get(key);
    if (known !== undefined) return known;
    const matter: Matter = { world: this.#world, reach: this.#reach, action, resource: this.#asked.resource };
    const denials = applying(matter, context).filter((grant) => grant.effect === 'DENY');
    const open: Decision = denials.length === 0 ? 'ALLOWED' : 'CONDITIONAL';
    const ceiling = withinBounds(matter, context, denials.some((denial) => denial.certain) ? 'DENIED' : open);
    this.#ceilings.set(key, ceiling);
    return ceiling;
  }
}

const same = (a: Point, b: Point): boolean => a.node === b.node && a.context === b.context;
const hasReturned = (points: readonly Point[]): boolean =>
  new Set(points.map((point) => point.node)).size < points.length;

/** Those that let the identity through, at least under a condition. */
export const allowingWays = (ways: readonly Way[]): readonly Way[] => ways.filter((way) => isAllowing(way.decision));
