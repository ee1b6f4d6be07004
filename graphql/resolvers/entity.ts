import { type Entity as EntityRecord, isDisabled, type NodeKind } from '../../engine/index.ts';
import type {
  EntityResolvers,
  GroupResolvers,
  NodeResolvers,
  ResourceResolvers,
  RoleResolvers,
  ServiceAccountResolvers,
  UserResolvers,
} from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import { pageOf } from './arguments.ts';

type EdgesOf = NonNullable<UserResolvers['outgoing']>;
const outgoing: EdgesOf = (entity, args, { ask }) => ask((view) => view.edgesOf(entity.id, 'out', pageOf(args)));
const incoming: EdgesOf = (entity, args, { ask }) => ask((view) => view.edgesOf(entity.id, 'in', pageOf(args)));
const shared = { outgoing, incoming };

const enabled = (entity: EntityRecord): boolean => !isDisabled(entity);

/** An attribute that is a text; null for any other. */
const textOf =
  (name: string) =>
  ({ attributes }: EntityRecord): string | null => {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : null;
    return typeof value === 'string' ? value : null;
  };

/** The node whose id is in an attribute; null where there is none or it is of another kind. */
const named =
  (name: string, kind: NodeKind) =>
  async (entity: EntityRecord, _: unknown, { entities }: RequestContext): Promise<EntityRecord | null> => {
    const id = textOf(name)(entity);
    const found = id === null ? null : await entities.load(id);
    return found?.kind === kind ? found : null;
  };

const typeOf = (entity: EntityRecord): NodeKind => entity.kind;
export const Node: NodeResolvers = { __resolveType: typeOf };
export const Entity: EntityResolvers = { __resolveType: typeOf };

export const User: UserResolvers = {
  ...shared,
  enabled,
  department: textOf('department'),
  title: textOf('title'),
  employeeType: textOf('employeeType'),
  manager: named('manager', 'User'),
};

export const ServiceAccount: ServiceAccountResolvers = { ...shared, enabled, owner: textOf('owner') };

export const Group: GroupResolvers = {
  ...shared,
  distinguishedName: textOf('distinguishedName'),
  email: textOf('email'),
};

export const Role: RoleResolvers = { ...shared, definition: named('definition', 'Role') };

export const Resource: ResourceResolvers = shared;
