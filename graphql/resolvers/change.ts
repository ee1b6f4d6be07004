import { type Change as ChangeRecord, lineOfEdge, lineOfNode } from '../../engine/index.ts';
import type { ChangeResolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import type { ProposedStep } from '../shapes.ts';

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
async function removedKind({ change }: ProposedStep, { ask, entities }: RequestContext): Promise<string> {
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
  detail: ({ change, detail }) => detail ?? putWith(change),
};

/** What `ChangeInput` wants besides, of something that is put; null for what is removed. */
function putWith(change: ChangeRecord): Readonly<Record<string, unknown>> | null {
  if (change.op === 'PUT_NODE') {
    const { node: _, id: __, ...properties } = lineOfNode(change.node);
    return { properties };
  }
  if (change.op !== 'PUT_EDGE') return null;
  const { edge: _, from: __, to: ___, key, ...properties } = lineOfEdge(change.edge);
  return { ...(key === undefined ? {} : { key }), properties };
}
