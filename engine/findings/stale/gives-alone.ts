/** Whether an edge gives something that is not there without it; what gives nothing alone is redundant, not stale. */
import { collectContexts } from '../../access/contexts.ts';
import { collectUpward } from '../../access/decide.ts';
import { counts, type Frame, withoutEdge } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { CONDITIONAL_EDGE, classOf, DENY, GRANT, NO_INHERIT, type Snapshot } from '../../snapshot/snapshot.ts';
import { coversTerms } from '../covers-terms.ts';

/** Answers for edges of one snapshot, quickest when those that leave one holder come one after the other. */
export class GivesAlone {
  readonly #frame: Frame;
  readonly #work: Workspace;
  /** What the last holder attains with all its edges. */
  #last: { readonly holder: number; readonly all: Attained } | undefined;

  /** @param work must not be used by others between two answers */
  constructor(frame: Frame, work: Workspace) {
    this.#frame = frame;
    this.#work = work;
  }

  /**
   * True when whoever the edge leaves has a grant through it that none of the other grants it has covers. Grants that cover
   * another only together are not seen to. O(edges and grants of what it attains).
   */
  of(edge: number): boolean {
    const { snapshot } = this.#frame;
    const holder = snapshot.source[edge]!;
    const less = withoutEdge(this.#frame, edge);
    if (classOf(snapshot, edge) === GRANT) {
      const left = attained(less, this.#work, holder);
      return this.#isAnyUncovered([{ edge, sure: true }], less, left);
    }
    if (this.#last?.holder !== holder) this.#last = { holder, all: attained(this.#frame, this.#work, holder) };
    const left = attained(less, this.#work, holder);
    const isLeft = new Set(left.nodes);
    const lost: Held[] = [];
    this.#last.all.nodes.forEach((node, i) => {
      if (isLeft.has(node)) return;
      const { sure } = this.#last!.all;
      eachGrant(this.#frame, node, (grant) => lost.push({ edge: grant, sure: sure[i]! }));
    });
    return lost.length > 0 && this.#isAnyUncovered(lost, less, left);
  }

  #isAnyUncovered(lost: readonly Held[], less: Frame, left: Attained): boolean {
    const { target } = this.#frame.snapshot;
    const upward = new Map(lost.map(({ edge }) => [target[edge]!, this.#upward(target[edge]!)]));
    const wanted = new Map<number, Held[]>([...upward.values()].flat().map((container) => [container, []]));
    left.nodes.forEach((node, i) => {
      eachGrant(less, node, (edge) => wanted.get(target[edge]!)?.push({ edge, sure: left.sure[i]! }));
    });
    return lost.some(
      (one) =>
        !upward
          .get(target[one.edge]!)!
          .some((container) => wanted.get(container)!.some((other) => coversGrant(this.#frame.snapshot, other, one))),
    );
  }

  #upward(resource: number): readonly number[] {
    collectUpward(this.#frame, resource, this.#work.upward);
    return [...this.#work.upward.nodes];
  }
}

/** A grant that somebody comes to. */
interface Held {
  readonly edge: number;
  /** False where its holder is come to under a condition only. */
  readonly sure: boolean;
}

interface Attained {
  readonly nodes: readonly number[];
  /** By place: whether it is come to without a condition. */
  readonly sure: readonly boolean[];
}

function attained(frame: Frame, work: Workspace, node: number): Attained {
  collectContexts(frame, node, work);
  const nodes = [...work.attained.nodes];
  return { nodes, sure: nodes.map((each) => work.attained.isCertain(each)) };
}

/** The allowing grants in force that leave a node. */
function eachGrant(frame: Frame, node: number, visit: (edge: number) => void): void {
  const { adjacency, flags } = frame.snapshot;
  const { out } = adjacency[GRANT]!;
  const patch = out.patchOf(node);
  for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
    const edge = out.edge(i, patch);
    if ((flags[edge]! & DENY) === 0 && counts(frame, edge)) visit(edge);
  }
}

/** True when a grant on a resource or on what contains it gives there all that another on the resource does. */
function coversGrant({ target, flags, termsOf, terms }: Snapshot, outer: Held, inner: Held): boolean {
  const isSure = ({ edge, sure }: Held): boolean => sure && (flags[edge]! & CONDITIONAL_EDGE) === 0;
  const inherits = (edge: number): boolean => (flags[edge]! & NO_INHERIT) === 0;
  if (isSure(inner) && !isSure(outer)) return false;
  if (!inherits(outer.edge) && (target[outer.edge] !== target[inner.edge] || inherits(inner.edge))) return false;
  return coversTerms(terms.all[termsOf[outer.edge]!]!, terms.all[termsOf[inner.edge]!]!);
}
