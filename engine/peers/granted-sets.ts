/**
 * What grants give, in sets: entitlements that the same principals are granted are held by the same identities, whoever these
 * are, so that walks are over sets and not over entitlements.
 */
import { counts, type Frame } from '../access/frame.ts';
import { nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { DENY, GRANT, isResource, NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import { type Limits, NO_LIMIT } from './limits.ts';

/** Entitlements by the set of principals that are granted them: equal sets are held by the same identities, whoever these are. */
export interface Granted {
  readonly sets: number;
  /** Sets that a principal is in. */
  readonly setsOf: ReadonlyMap<number, readonly number[]>;
  /** By entitlement. */
  readonly setOf: readonly number[];
  readonly terms: readonly number[];
  readonly resources: readonly number[];
  readonly inherits: readonly number[];
  readonly limits: readonly number[];
}

/** Time: grants, and the principals of each pair of resource and terms in order. */
export async function grantedTogether(frame: Frame, limits: Limits | undefined, pace: Pace): Promise<Granted> {
  const { snapshot } = frame;
  const { into } = snapshot.adjacency[GRANT]!;
  const termsAs = firstOfEqualTerms(snapshot);
  const numbers = new Map<string, number>();
  const setsOf = new Map<number, number[]>();
  const setOf: number[] = [];
  const terms: number[] = [];
  const resources: number[] = [];
  const inherits: number[] = [];
  const limitOf: number[] = [];
  for (const resource of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    if (!isResource(snapshot, resource)) continue;
    for (const [what, granted] of grantsOn(frame, into.of(resource), termsAs, limits)) {
      const principals = [...granted].sort((a, b) => a - b);
      const key = principals.join();
      let set = numbers.get(key);
      if (set === undefined) {
        set = numbers.size;
        numbers.set(key, set);
        for (const principal of principals) {
          const known = setsOf.get(principal);
          if (known === undefined) setsOf.set(principal, [set]);
          else known.push(set);
        }
      }
      setOf.push(set);
      const plain = what % (2 * snapshot.terms.all.length);
      terms.push(plain >>> 1);
      resources.push(resource);
      inherits.push(plain & 1);
      limitOf.push(Math.floor(what / (2 * snapshot.terms.all.length)));
    }
  }
  return { sets: numbers.size, setsOf, setOf, terms, resources, inherits, limits: limitOf };
}

/** By number of terms, the least number of equal ones: "every action" has one of its own for take-overs, and one as granted. */
function firstOfEqualTerms({ terms }: Snapshot): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(terms.all, ({ key }, number) => {
    const known = numbers.get(key) ?? number;
    numbers.set(key, known);
    return known;
  });
}

/** Principals that are granted something on a resource, by terms, whether it inherits (in the lowest bit) and limit (the highest part). */
function grantsOn(
  frame: Frame,
  edges: Uint32Array,
  termsAs: Uint32Array,
  limits: Limits | undefined,
): ReadonlyMap<number, ReadonlySet<number>> {
  const { snapshot } = frame;
  const found = new Map<number, Set<number>>();
  for (const edge of edges) {
    const flags = snapshot.flags[edge]!;
    if ((flags & DENY) !== 0 || !counts(frame, edge)) continue;
    const limit = limits?.ofEdge(edge) ?? NO_LIMIT;
    const plain = termsAs[snapshot.termsOf[edge]!]! * 2 + ((flags & NO_INHERIT) === 0 ? 1 : 0);
    const what = limit * 2 * snapshot.terms.all.length + plain;
    const known = found.get(what);
    if (known === undefined) found.set(what, new Set([snapshot.source[edge]!]));
    else known.add(snapshot.source[edge]!);
  }
  return found;
}
