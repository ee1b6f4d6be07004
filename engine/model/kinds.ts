/** The five kinds of node. `User` and `ServiceAccount` are identities; all but `Resource` are principals. */
export const NODE_KINDS = ['User', 'ServiceAccount', 'Group', 'Role', 'Resource'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** The nine kinds of edge. Their meaning is on the page docs/model.md. */
export const EDGE_KINDS = [
  'MEMBER_OF',
  'HAS_ROLE',
  'INHERITS',
  'GRANTS',
  'CONTAINS',
  'CAN_ASSUME',
  'CONTROLS',
  'BOUNDED_BY',
  'OWNS',
] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

export type Effect = 'ALLOW' | 'DENY';

const IDENTITIES: readonly NodeKind[] = ['User', 'ServiceAccount'];
const PRINCIPALS: readonly NodeKind[] = ['User', 'ServiceAccount', 'Group', 'Role'];

/** Which kinds of node each kind of edge may join. The only place where this is written down. */
export const EDGE_ENDS: Readonly<
  Record<EdgeKind, { readonly from: readonly NodeKind[]; readonly to: readonly NodeKind[] }>
> = Object.freeze({
  MEMBER_OF: { from: [...IDENTITIES, 'Group'], to: ['Group'] },
  HAS_ROLE: { from: [...IDENTITIES, 'Group'], to: ['Role'] },
  INHERITS: { from: ['Role'], to: ['Role'] },
  GRANTS: { from: PRINCIPALS, to: ['Resource'] },
  CONTAINS: { from: ['Resource'], to: ['Resource'] },
  CAN_ASSUME: { from: PRINCIPALS, to: [...IDENTITIES, 'Role'] },
  CONTROLS: { from: PRINCIPALS, to: NODE_KINDS },
  BOUNDED_BY: { from: [...IDENTITIES, 'Role'], to: ['Role'] },
  OWNS: { from: PRINCIPALS, to: NODE_KINDS },
});

/** True for the kinds that can be asked "what can it do": a person's account or a non-human one. */
export const isIdentityKind = (kind: NodeKind): boolean => IDENTITIES.includes(kind);

/** True for every kind that can hold a grant. */
export const isPrincipalKind = (kind: NodeKind): boolean => PRINCIPALS.includes(kind);

/** True when the model lets an edge of this kind join these two kinds of node. */
export const mayJoin = (edge: EdgeKind, from: NodeKind, to: NodeKind): boolean =>
  EDGE_ENDS[edge].from.includes(from) && EDGE_ENDS[edge].to.includes(to);

/** The technique of a `CAN_ASSUME` edge that leads from a person to an account of hers. */
export const SAME_PERSON = 'same person';
