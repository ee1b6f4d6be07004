/**
 * What exceptions come to on one version of a graph: whose accesses may change, and which. An agreement about one identity is none
 * about those who act as it: what it loses they may lose too, so that it counts only where the same is agreed about all of them.
 */
import type { Instant } from '../../model/index.ts';
import { covers, foldCase } from '../../snapshot/action-pattern.ts';
import { isThere } from '../../snapshot/nodes.ts';
import {
  BOUND,
  CONTAINMENT,
  isIdentity,
  isResource,
  MEMBERSHIP,
  type Snapshot,
  TAKE,
  TIMED,
} from '../../snapshot/snapshot.ts';
import { type AgreedException, mayGain, mayLose } from './agreed-exception.ts';

const WAYS = ['LOSE', 'GAIN'] as const;
export type Way = (typeof WAYS)[number];

/** An exception whose identity and resource are there. */
export interface ResolvedException {
  /** Its place in the list. */
  readonly place: number;
  readonly identity: number;
  readonly folded: string;
  readonly resource: number;
  readonly lose: boolean;
  readonly gain: boolean;
}

/** Edges along which one comes to have what another has. */
const LEADING = [MEMBERSHIP, TAKE, BOUND] as const;

export class AgreedRegion {
  readonly snapshot: Snapshot;
  /** Those that count: what they name is there, and the same is agreed about everybody who acts as their identity. */
  readonly entries: readonly ResolvedException[];
  /** Those that do not, and somebody about whom the same is not agreed. */
  readonly alone: readonly { readonly entry: ResolvedException; readonly stranger: number }[];
  readonly #byIdentity = new Map<number, ResolvedException[]>();
  readonly #above = new Map<string, ReadonlySet<number>>();

  constructor(snapshot: Snapshot, exceptions: readonly AgreedException[]) {
    this.snapshot = snapshot;
    const there = exceptions.flatMap((exception, place) => resolved(snapshot, exception, place));
    this.#keep(there);
    const strangers = there.map(({ identity, folded, resource }) =>
      this.#behind(identity, (node) => !this.#isNamed(node, folded, resource)),
    );
    this.entries = there.filter((_, i) => strangers[i] === undefined);
    this.alone = there.flatMap((entry, i) => (strangers[i] === undefined ? [] : [{ entry, stranger: strangers[i] }]));
    this.#byIdentity.clear();
    this.#keep(this.entries);
  }

  #keep(entries: readonly ResolvedException[]): void {
    for (const entry of entries) {
      const known = this.#byIdentity.get(entry.identity);
      if (known === undefined) this.#byIdentity.set(entry.identity, [entry]);
      else known.push(entry);
    }
  }

  #isNamed(identity: number, pattern: string, resource: number): boolean {
    return WAYS.some((way) => this.covering(identity, pattern, resource, way).length > 0);
  }

  /** Numbers of the identities of whom something is agreed. */
  get identities(): ReadonlySet<number> {
    return new Set(this.#byIdentity.keys());
  }

  /**
   * Those of an identity's exceptions that all of a pattern on a resource is agreed by; a folded pattern.
   *
   * @param at when the resource is contained in what is agreed on; default: at all times
   */
  covering(identity: number, pattern: string, resource: number, way: Way, at?: Instant): readonly ResolvedException[] {
    const own = this.#byIdentity.get(identity);
    if (own === undefined) return [];
    const above = this.above(resource, at);
    return own.filter(
      (entry) =>
        (way === 'LOSE' ? entry.lose : entry.gain) && above.has(entry.resource) && covers(entry.folded, pattern),
    );
  }

  /** The first one behind a principal about whom the same is not agreed; undefined where all have. O(those who are behind). */
  strangerBehind(principal: number, patterns: readonly string[], resource: number, way: Way): number | undefined {
    return this.#behind(principal, (node) =>
      patterns.some((pattern) => this.covering(node, pattern, resource, way).length === 0),
    );
  }

  /** The first identity of which something is so, of those that have what a principal has. */
  #behind(principal: number, isIt: (identity: number) => boolean): number | undefined {
    const { adjacency, source } = this.snapshot;
    const met = new Set([principal]);
    for (const node of met) {
      if (isIdentity(this.snapshot, node) && isIt(node)) return node;
      for (const edgeClass of LEADING) for (const edge of adjacency[edgeClass]!.into.of(node)) met.add(source[edge]!);
    }
    return undefined;
  }

  /**
   * By exception that counts, the principals that somebody acts as in whose name nobody has it about whom it is not agreed: the
   * identity, and groups and roles that it can take over or assume.
   */
  *agreedPrincipals(): Iterable<readonly [entry: ResolvedException, principal: number]> {
    const { adjacency } = this.snapshot;
    for (const entry of this.entries) {
      yield [entry, entry.identity];
      for (const node of this.ahead(entry.identity)) {
        if (isIdentity(this.snapshot, node) || adjacency[TAKE]!.into.count(node) === 0) continue;
        const stranger = this.#behind(node, (one) => !this.#isNamed(one, entry.folded, entry.resource));
        if (stranger === undefined) yield [entry, node];
      }
    }
  }

  /** All that an identity may come to have something by: itself, its groups and roles, and whom it can act as. */
  ahead(identity: number): ReadonlySet<number> {
    const { adjacency, target } = this.snapshot;
    const met = new Set([identity]);
    for (const node of met)
      for (const edgeClass of LEADING) for (const edge of adjacency[edgeClass]!.out.of(node)) met.add(target[edge]!);
    return met;
  }

  /** A resource and all that contain it, at an instant or at all times. */
  above(resource: number, at?: Instant): ReadonlySet<number> {
    const key = `${resource} ${at ?? ''}`;
    const known = this.#above.get(key) ?? this.#along(resource, 'into', at);
    this.#above.set(key, known);
    return known;
  }

  /** A resource and all that it contains at all times. */
  below(resource: number): ReadonlySet<number> {
    return this.#along(resource, 'out');
  }

  #along(start: number, direction: 'into' | 'out', at?: Instant): ReadonlySet<number> {
    const { adjacency, source, target } = this.snapshot;
    const rows = adjacency[CONTAINMENT]![direction];
    const far = direction === 'into' ? source : target;
    const met = new Set([start]);
    for (const node of met) for (const edge of rows.of(node)) if (this.#isThere(edge, at)) met.add(far[edge]!);
    return met;
  }

  #isThere(edge: number, at: Instant | undefined): boolean {
    const { flags, windowOf, validFrom, validTo } = this.snapshot;
    if ((flags[edge]! & TIMED) === 0) return true;
    const window = windowOf[edge]!;
    return at !== undefined && at >= validFrom[window]! && at < validTo[window]!;
  }
}

function resolved(snapshot: Snapshot, exception: AgreedException, place: number): readonly ResolvedException[] {
  const [identity, resource] = [snapshot.index.find(exception.identity), snapshot.index.find(exception.resource)];
  const isKnown = [identity, resource].every((node) => node >= 0 && isThere(snapshot, node));
  if (!isKnown || !isIdentity(snapshot, identity) || !isResource(snapshot, resource)) return [];
  const folded = foldCase(exception.action);
  return [{ place, identity, folded, resource, lose: mayLose(exception), gain: mayGain(exception) }];
}
