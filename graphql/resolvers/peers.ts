import { entityOf } from '../entity-loader.ts';
import type {
  ClusterDifferenceResolvers,
  EntitlementResolvers,
  GrantedEntitlementResolvers,
  MapPlaceResolvers,
  OutlierResolvers,
  OutliersResolvers,
  QueryResolvers,
  RoleClusteringResolvers,
  RoleClusterResolvers,
  SimilarNodeResolvers,
  SimilarNodesResolvers,
} from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';
import { given, kindsOf } from './arguments.ts';

export const peerQueries: Pick<QueryResolvers, 'roleClusters' | 'similar' | 'accessMap' | 'outliers' | 'models'> = {
  roleClusters: (_, { resolution, seed }, { ask }) =>
    ask((view, signal) => view.analysis.roleClusters({ resolution: given(resolution), seed: given(seed), signal })),

  similar: (_, { id, first, includeDisabled, seed }, { ask }) => {
    const question = { first: given(first), includeDisabled: given(includeDisabled), seed: given(seed) };
    return ask((view, signal) => view.analysis.similar(id, { ...question, signal }));
  },

  accessMap: (_, { kinds, first, seed }, { ask }) => {
    const question = { kinds: kindsOf(kinds), first: given(first), seed: given(seed) };
    return ask((view, signal) => view.analysis.accessMap({ ...question, signal }));
  },

  outliers: (_, { first, method, seed }, { ask }) => {
    const question = { first: given(first), method: given(method), seed: given(seed) };
    return ask((view, signal) => view.analysis.outliers({ ...question, signal }));
  },

  models: (_, __, { kept }) => kept.runs.models(),
};

export const RoleClustering: RoleClusteringResolvers = {
  consensus: ({ isConsensus }) => isConsensus,
  because: ({ because }) => because ?? null,
};

export const RoleCluster: RoleClusterResolvers = {
  members: ({ members }, _, { entities }) => members.map((id) => entityOf(entities, id)),
  size: ({ members }) => members.length,
  signature: ({ signature }) =>
    signature.flatMap(({ entitlement, ...shares }) =>
      entitlement.actions.map((action) => ({ entitlement: { action, of: entitlement }, ...shares })),
    ),
  lackingCount: ({ lackingCount }) => countOf(lackingCount),
  beyondCount: ({ beyondCount }) => countOf(beyondCount),
};

export const Entitlement: EntitlementResolvers = {
  resource: ({ of }, _, { entities }) => entityOf(entities, of.resource),
  exceptActions: ({ of }) => of.exceptActions,
  inherit: ({ of }) => of.inherits,
};

export const GrantedEntitlement: GrantedEntitlementResolvers = {
  resource: ({ resource }, _, { entities }) => entityOf(entities, resource),
  inherit: ({ inherits }) => inherits,
};

export const ClusterDifference: ClusterDifferenceResolvers = {
  identity: ({ identity }, _, { entities }) => entityOf(entities, identity),
};

export const SimilarNodes: SimilarNodesResolvers = {
  nodes: ({ similar }) => similar,
  because: ({ because }) => because ?? null,
};

export const SimilarNode: SimilarNodeResolvers = {
  entity: ({ id }, _, { entities }) => entityOf(entities, id),
  shared: ({ shared }, _, { entities }) => shared.map((id) => entityOf(entities, id)),
};

export const MapPlace: MapPlaceResolvers = {
  entity: ({ id }, _, { entities }) => entityOf(entities, id),
};

export const Outliers: OutliersResolvers = {
  judged: ({ judged }) => countOf(judged),
  undecided: ({ undecided }) => countOf(undecided),
};

export const Outlier: OutlierResolvers = {
  identity: ({ identity }, _, { entities }) => entityOf(entities, identity),
};
