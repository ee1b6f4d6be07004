/** What has moved under a plan, in words: an id of an edge says nothing to anybody. */
import type { EdgeRecord } from '../model/index.ts';
import type { StoreReader } from '../store/port.ts';
import type { RolePlan } from './plan.ts';
import type { Moved } from './plan-ground.ts';

export interface ToldMove extends Moved {
  /** Such as `HAS_ROLE from "ann" to "clerk" is gone`. */
  readonly text: string;
}

const HOW: Readonly<Record<Moved['how'], string>> = {
  CAME: 'has come',
  GONE: 'is gone',
  CHANGED: 'says something else',
};

/** O(moves, and the changes of the plan where an edge is gone). */
export async function toldMoves(
  reader: StoreReader,
  plan: RolePlan,
  moves: readonly Moved[],
): Promise<readonly ToldMove[]> {
  const planned = moves.some(({ how }) => how === 'GONE') ? plannedEdges(plan) : new Map<string, EdgeRecord>();
  return Promise.all(
    moves.map(async (move) => {
      const edge = (await reader.edgeById(move.what)) ?? planned.get(move.what);
      const what =
        edge === undefined
          ? move.what
          : `${edge.kind} from ${JSON.stringify(edge.from)} to ${JSON.stringify(edge.to)} (${edge.source}, ${edge.id})`;
      return { ...move, text: `${what} ${HOW[move.how]}` };
    }),
  );
}

function plannedEdges({ steps }: RolePlan): Map<string, EdgeRecord> {
  const edges = new Map<string, EdgeRecord>();
  for (const { changes, inverse } of steps)
    for (const change of [...changes, ...inverse]) if (change.op === 'PUT_EDGE') edges.set(change.edge.id, change.edge);
  return edges;
}
