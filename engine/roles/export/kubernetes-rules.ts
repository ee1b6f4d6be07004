/** Entitlements of a cluster as rules of RBAC: what docs/loaders/kubernetes.md makes of rules, backwards. */
import { GrantlensError } from '../../model/index.ts';
import { type Atom, atomText } from '../atom.ts';

export interface RbacRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

interface Parsed {
  /** A namespace, or undefined for the whole cluster. */
  readonly scope: string | undefined;
  readonly about: Omit<RbacRule, 'verbs'>;
  readonly name: string | undefined;
}

/** Verbs that name no object, or do so by a field selector alone: a rule of all verbs on a named object is two grants. */
const SELECTING = ['list', 'watch'];
const NOT_OF_NAMED = ['create', 'deletecollection', ...SELECTING];

/** @throws GrantlensError EXPORT_UNSUPPORTED for what is no resource of the cluster */
export function parsedResource(atom: Atom, cluster: string): Parsed {
  const path = atom.resource.startsWith(`${cluster}/`) ? atom.resource.slice(cluster.length + 1) : '';
  if (path === 'urls') return { scope: undefined, about: { nonResourceURLs: ['*'] }, name: undefined };
  if (path.startsWith('urls/'))
    return { scope: undefined, about: { nonResourceURLs: [path.slice('urls'.length)] }, name: undefined };
  const [, inNamespace, rest] = /^(?:resources|namespaces\/([^/]+))(?:\/(.+))?$/.exec(path) ?? refuse(atom);
  const colon = rest?.indexOf(':') ?? -1;
  const name = colon < 0 ? undefined : rest!.slice(colon + 1);
  const about =
    rest === undefined ? { apiGroups: ['*'], resources: ['*'] } : typeOf(colon < 0 ? rest : rest.slice(0, colon));
  return { scope: inNamespace, about: { ...about, ...(name === undefined ? {} : { resourceNames: [name] }) }, name };
}

/** `deployments.apps/scale`: a resource, its group unless it is the core group, a subresource. */
function typeOf(type: string): Pick<RbacRule, 'apiGroups' | 'resources'> {
  const slash = type.indexOf('/');
  const [main, sub] = slash < 0 ? [type, undefined] : [type.slice(0, slash), type.slice(slash + 1)];
  const dot = main.indexOf('.');
  const [resource, group] = dot < 0 ? [main, ''] : [main.slice(0, dot), main.slice(dot + 1)];
  const whole = decodeURIComponent(resource) + (sub === undefined ? '' : `/${decodeURIComponent(sub)}`);
  return { apiGroups: [decodeURIComponent(group)], resources: [whole] };
}

/**
 * @param beside all that the role grants: one rule may be two grants
 * @throws GrantlensError EXPORT_UNSUPPORTED
 */
export function ruleOf(atom: Atom, beside: readonly Atom[], cluster: string): RbacRule {
  const { actions, exceptActions, inherit, condition, validFrom, validTo } = atom;
  const { about, name } = parsedResource(atom, cluster);
  if (!inherit || validFrom !== undefined || validTo !== undefined) refuse(atom);
  const isSelecting = isBySelector(atom, name);
  if (condition !== undefined && !isSelecting) refuse(atom);
  if (exceptActions.length > 0) {
    const isAllOfNamed = name !== undefined && [...exceptActions].sort().join() === [...NOT_OF_NAMED].sort().join();
    const both = beside.some(
      (one) => one.resource === atom.resource && isBySelector(one, name) && one.actions.length === 2,
    );
    if (!isAllOfNamed || !both) refuse(atom);
  }
  return { ...about, verbs: actions };
}

const isBySelector = ({ actions, condition }: Atom, name: string | undefined): boolean =>
  name !== undefined &&
  condition === `only in requests with the field selector metadata.name=${name}` &&
  actions.every((action) => SELECTING.includes(action));

function refuse(atom: Atom): never {
  throw new GrantlensError(
    'EXPORT_UNSUPPORTED',
    `The plan cannot be told in manifests of Kubernetes: no rule says ${atomText(atom)}.`,
    { format: 'kubernetes', resource: atom.resource },
  );
}
