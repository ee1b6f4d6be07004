import { type Change, type JsonValue, lineOfEdge, lineOfNode } from '../../model/index.ts';
import type { RolePlan } from '../plan.ts';
import type { Exporter } from './exporter.ts';

/** One line for each step: title, changes and what undoes them, in the words of the exchange form. */
export const changesJson: Exporter = {
  format: 'changes',
  about: 'JSON Lines, a step each: its title, its changes, and the changes that undo it.',
  write: ({ id, steps, proof: { holdings } }) => [
    {
      name: `${id}.jsonl`,
      text: steps
        .map(({ title, changes, inverse }, i) =>
          JSON.stringify({
            step: i + 1,
            title,
            ...agreedAt(i + 1, holdings.agreed),
            changes: changes.map(shown),
            inverse: inverse.map(shown),
          }),
        )
        .map((line) => `${line}\n`)
        .join(''),
    },
  ],
};

/** Who loses and gains what by a step because it was agreed; nothing where nobody does. */
function agreedAt(step: number, all: RolePlan['proof']['holdings']['agreed'] = []): { readonly agreed?: JsonValue } {
  const own = all.filter((one) => one.step === step);
  return own.length === 0 ? {} : { agreed: own.map(({ holder, lost, gained }) => ({ holder, lost, gained })) };
}

/** A change with its node or edge as the exchange form has it, and the id of the edge. */
function shown(change: Change): JsonValue {
  switch (change.op) {
    case 'PUT_NODE':
      return { op: change.op, ...lineOfNode(change.node) };
    case 'PUT_EDGE':
      return { op: change.op, id: change.edge.id, ...lineOfEdge(change.edge) };
    case 'REMOVE_NODE':
    case 'REMOVE_EDGE':
      return { op: change.op, id: change.id, source: change.source };
    case 'PUT_USE':
      return { op: change.op };
  }
}
