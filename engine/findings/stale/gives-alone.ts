/** Whether an edge gives something that is not there without it; what gives nothing alone is redundant, not stale. */
import { collectContexts } from '../../access/contexts.ts';
import { collectUpward } from '../../access/decide.ts';
import { counts, type Frame, withoutEdge } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { covers, overlap } from '../../snapshot/action-pattern.ts';
import type { Terms } from '../../snapshot/action-terms.ts';
import { CONDITIONAL_EDGE, classOf, DENY, GRANT, NO_INHERIT } from '../../snapshot/snapshot.ts';

/**
 * True when whoever the edge leaves has a grant through it that none of the other grants it has covers. Grants that cover another
 * only together are not seen to. O(edges and grants of what it attains).
 */
export function givesAlone(frame: Frame, work: Workspace, edge: number): boolean {
  const { snapshot } = frame;
  const holder = snapshot.source[edge]!;
  const lost: Held[] = [];
  if (classOf(snapshot, edge) === GRANT) lost.push({ edge, sure: true });
  else {
    const all = attained(frame, work, holder);
    const left = attained(withoutEdge(frame, edge), work, holder);
    for (const [node, sure] of all)
      if (!left.has(node)) for (const grant of grantsOf(frame, node)) lost.push({ edge: grant, sure });
  }
  if (lost.length === 0) return false;
  const left = remaining(withoutEdge(frame, edge), work, holder);
  return lost.some((one) => !isCovered(frame, work, one, left));
}

interface Held {
  readonly edge: number;
  /** False where its holder is come to under a condition only. */
  readonly sure: boolean;
}

function attained(frame: Frame, work: Workspace, node: number): ReadonlyMap<number, boolean> {
  collectContexts(frame, node, work);
  return new Map(work.attained.nodes.map((each) => [each, work.attained.isCertain(each)]));
}

function grantsOf(frame: Frame, node: number): readonly number[] {
  const { snapshot } = frame;
  return [...snapshot.adjacency[GRANT]!.out.of(node)].filter(
    (edge) => (snapshot.flags[edge]! & DENY) === 0 && counts(frame, edge),
  );
}

/** The grants that somebody has, by what they name. */
function remaining(frame: Frame, work: Workspace, holder: number): ReadonlyMap<number, readonly Held[]> {
  const byTarget = new Map<number, Held[]>();
  for (const [node, sure] of attained(frame, work, holder)) {
    for (const edge of grantsOf(frame, node)) {
      const resource = frame.snapshot.target[edge]!;
      const there = byTarget.get(resource);
      if (there === undefined) byTarget.set(resource, [{ edge, sure }]);
      else there.push({ edge, sure });
    }
  }
  return byTarget;
}

function isCovered(frame: Frame, work: Workspace, lost: Held, left: ReadonlyMap<number, readonly Held[]>): boolean {
  const { target, flags, termsOf, terms } = frame.snapshot;
  const resource = target[lost.edge]!;
  const isSure = ({ edge, sure }: Held): boolean => sure && (flags[edge]! & CONDITIONAL_EDGE) === 0;
  const inherits = (edge: number): boolean => (flags[edge]! & NO_INHERIT) === 0;
  collectUpward(frame, resource, work.upward);
  return work.upward.nodes.some((container) =>
    left.get(container)?.some((other) => {
      if (isSure(lost) && !isSure(other)) return false;
      if (!inherits(other.edge) && (container !== resource || inherits(lost.edge))) return false;
      return coversTerms(terms.all[termsOf[other.edge]!]!, terms.all[termsOf[lost.edge]!]!);
    }),
  );
}

/** True when terms convey all that others do. May be false without need, where patterns do it only together. */
export function coversTerms(outer: Terms, inner: Terms): boolean {
  return inner.foldedActions.every(
    (action) =>
      inner.foldedExcept.some((except) => covers(except, action)) ||
      (outer.foldedActions.some((pattern) => covers(pattern, action)) &&
        outer.foldedExcept.every(
          (except) => !overlap(except, action) || inner.foldedExcept.some((other) => covers(other, except)),
        )),
  );
}
