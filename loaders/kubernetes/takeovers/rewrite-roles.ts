/** Giving oneself more: binding roles, and rewriting them. */
import type { Scope } from '../map/ids.ts';
import { type Power, unlimited } from '../map/powers.ts';
import { type ScopedRole, withJuniors } from '../map/role-book.ts';
import type { Rule } from '../read/objects.ts';
import { RBAC_GROUP } from '../read/read-binding.ts';
import { controls, type Matter, needing, oneOf, powers, scopesOf, type Takeover } from './matter.ts';

const CHANGE = ['create', 'update', 'patch'] as const;

/** A binding that exists keeps its role, so whoever may not create any can only join those that are there. */
function lackingBindings(matter: Matter, type: 'rolebindings' | 'clusterrolebindings'): string | undefined {
  const kind = type === 'rolebindings' ? 'RoleBinding' : 'ClusterRoleBinding';
  if (powers(matter, ['create'], RBAC_GROUP, type).length > 0) return undefined;
  if (powers(matter, CHANGE, RBAC_GROUP, type).length > 0) return `there is a ${kind} of that role to add a subject to`;
  return `the same principal may also create a ${kind} of that role`;
}

/** `bind` on a ClusterRole, with the right to make bindings: of the cluster, or of namespaces. */
export function* bindClusterRole(matter: Matter): Generator<Takeover> {
  const everywhere = matter.scope === undefined ? lackingBindings(matter, 'clusterrolebindings') : 'not in a namespace';
  const here = lackingBindings(matter, 'rolebindings');
  for (const { rule, names } of powers(matter, ['bind'], RBAC_GROUP, 'clusterroles')) {
    if (matter.scope === undefined) yield* bound(matter, rule, names, undefined, everywhere);
    if (everywhere === undefined || (matter.scope === undefined && here !== undefined)) continue;
    if (names === undefined) yield controls('bind-cluster-role', scopeOrAll(matter), rule, here);
    else for (const namespace of scopesOf(matter)) yield* bound(matter, rule, names, namespace, here);
  }
}

/** Everything in the scope: its namespace, or all namespaces one by one. */
const scopeOrAll = ({ scope, ids, standIns }: Matter): string =>
  scope === undefined ? standIns.namespaces() : ids.scope(scope);

/** Every cluster has the ClusterRole cluster-admin, so whoever may bind any of them may have everything. */
function* bound(
  matter: Matter,
  rule: Rule,
  names: Power['names'],
  scope: Scope,
  condition: string | undefined,
): Generator<Takeover> {
  if (names === undefined) {
    const everything = scope === undefined ? matter.ids.cluster : matter.ids.scope(scope);
    yield controls('bind-cluster-role', everything, rule, condition);
    return;
  }
  for (const name of names) {
    const role = matter.book.clusterRole(name, scope);
    if (role === undefined) matter.unresolved(matter.ids.clusterRole(name, undefined));
    else yield controls('bind-cluster-role', role.id, rule, condition);
  }
}

/** `bind` on a Role, with the right to make bindings in its namespace. */
export function* bindRole(matter: Matter): Generator<Takeover> {
  const condition = lackingBindings(matter, 'rolebindings');
  for (const { rule, names } of powers(matter, ['bind'], RBAC_GROUP, 'roles')) {
    if (names === undefined) yield controls('bind-role', matter.standIns.roles(matter.scope), rule, condition);
    else yield* bindNamedRoles(matter, rule, names, condition);
  }
}

function* bindNamedRoles(
  matter: Matter,
  rule: Rule,
  names: ReadonlySet<string>,
  condition: string | undefined,
): Generator<Takeover> {
  for (const name of names) {
    const roles = scopesOf(matter).flatMap((namespace) => matter.book.role(namespace, name) ?? []);
    if (roles.length === 0 && matter.scope !== undefined) matter.unresolved(matter.ids.role(matter.scope, name));
    for (const role of roles) yield controls('bind-role', role.id, rule, condition);
  }
}

/** Whoever may put any rule into a ClusterRole that they hold cluster-wide may have everything. */
export function* escalateClusterRole(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const changing = powers(matter, ['update', 'patch'], RBAC_GROUP, 'clusterroles');
  for (const escalating of powers(matter, ['escalate'], RBAC_GROUP, 'clusterroles')) {
    const condition = needing(
      changing.length === 0 && 'the same principal may also update or patch ClusterRoles',
      !rewritesItself(matter, escalating, changing) &&
        `the same principal holds, cluster-wide, ${roleOf('ClusterRole', escalating)}`,
    );
    yield controls('escalate-cluster-role', matter.ids.cluster, escalating.rule, condition);
  }
}

/** Whoever may put any rule into a Role that they hold may have everything in its namespace. */
export function* escalateRole(matter: Matter): Generator<Takeover> {
  const changing = powers(matter, ['update', 'patch'], RBAC_GROUP, 'roles');
  for (const escalating of powers(matter, ['escalate'], RBAC_GROUP, 'roles')) {
    const itself = matter.role.object.kind === 'Role' && rewritesItself(matter, escalating, changing);
    const condition = givesItself(matter, escalating)
      ? undefined
      : needing(
          changing.length === 0 && 'the same principal may also update or patch Roles of the namespace',
          !itself && `the same principal holds ${roleOf('Role', escalating)} of the namespace`,
        );
    yield controls('escalate-role', scopeOrAll(matter), escalating.rule, condition);
  }
}

const roleOf = (kind: string, { names }: Power): string =>
  names === undefined ? `a ${kind}` : `the ${kind} ${oneOf(names)}`;

/** The rules reach a role whose rules count for this one; an aggregated role's own rules do not. */
function rewritesItself({ role }: Matter, escalating: Power, changing: readonly Power[]): boolean {
  const own = withJuniors(role).filter((one) => one.object.selectors === undefined);
  const reached = (power: Power, name: string): boolean => power.names?.has(name) ?? true;
  const fits = ({ object }: ScopedRole): boolean =>
    reached(escalating, object.name) &&
    (changing.length === 0 || changing.some((power) => reached(power, object.name)));
  return own.some(fits);
}

/** The rules allow to make a Role of any content and to bind oneself to it. */
function givesItself(matter: Matter, escalating: Power): boolean {
  const creates = powers(matter, ['create'], RBAC_GROUP, 'roles').length > 0;
  const binds = unlimited(powers(matter, ['bind'], RBAC_GROUP, 'roles'));
  const gives = lackingBindings(matter, 'rolebindings') === undefined;
  return escalating.names === undefined && creates && binds && gives;
}
