import type { Change as ChangeRecord, GrantOption } from '../../engine/index.ts';
import type { ChangeResolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';

/** What a change is about, as the API tells it. */
interface Subject {
  readonly kind?: string;
  readonly id?: string;
  readonly from?: string;
  readonly to?: string;
}

function subjectOf(change: ChangeRecord): Subject {
  switch (change.op) {
    case 'PUT_NODE':
      return { kind: change.node.kind, id: change.node.id };
    case 'PUT_EDGE':
      return change.edge;
    case 'PUT_USE':
      return { kind: 'Use', from: change.use.identity, to: change.use.resource };
    default:
      return { id: change.id };
  }
}

/** A removal names an id only: its kind is that of what the graph has under it. */
async function removedKind({ change }: GrantOption, { ask, entities }: RequestContext): Promise<string> {
  const { id } = subjectOf(change);
  if (change.op === 'REMOVE_EDGE') return (await ask((view) => view.edgeById(id!)))?.kind ?? 'UNKNOWN';
  return (await entities.load(id!))?.kind ?? 'UNKNOWN';
}

export const Change: ChangeResolvers = {
  op: ({ change }) => change.op,
  kind: (option, _, context) => subjectOf(option.change).kind ?? removedKind(option, context),
  id: ({ change }) => subjectOf(change).id ?? null,
  from: ({ change }) => subjectOf(change).from ?? null,
  to: ({ change }) => subjectOf(change).to ?? null,
};
