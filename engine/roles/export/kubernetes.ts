/**
 * A plan as manifests of Kubernetes RBAC: for each step the roles and bindings that it changes, whole, as they are after it. Ids
 * and what they stand for: docs/loaders/kubernetes.md.
 */
import { GrantlensError } from '../../model/index.ts';
import { digestOf } from '../../runs/canonical.ts';
import type { PlannedMember, PlannedRole, RolePlan } from '../plan.ts';
import type { ExportedFile, Exporter } from './exporter.ts';
import { parsedResource, type RbacRule, ruleOf } from './kubernetes-rules.ts';
import { givesSame, type RoleThen, rolesAfterSteps, type StepThen, sameMembers } from './roles-after-steps.ts';

const API = 'rbac.authorization.k8s.io';
/** A namespace, or undefined for the whole cluster. */
type Scope = string | undefined;

interface Manifest {
  readonly kind: string;
  readonly name: string;
  readonly scope: Scope;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What goes is emptied, not deleted: a role without rules and a binding without subjects give nothing, so that one
 * `kubectl apply` a file is all it takes, and what is emptied may be deleted later. A ClusterRole that is there may apply where
 * the plan does not look, so its rules stay; nobody is bound to one that goes.
 */
export const planKubernetes: Exporter = {
  format: 'kubernetes',
  about: 'Manifests of RBAC to be applied one after the other, a file for each step.',
  write: (plan) => new ClusterExport(plan).files(),
};

class ClusterExport {
  readonly #plan: RolePlan;
  readonly #roles: ReadonlyMap<string, PlannedRole>;
  readonly #cluster: string;
  /** Roles whose rules change somewhere in the plan. */
  readonly #rewritten = new Set<string>();
  readonly #steps: readonly StepThen[];

  constructor(plan: RolePlan) {
    this.#plan = plan;
    this.#roles = new Map(plan.roles.map((role) => [role.id, role]));
    this.#steps = rolesAfterSteps(plan);
    this.#cluster = clusterOf(plan, this.#steps);
    for (const { changed } of this.#steps)
      for (const [id, { before, after }] of changed) if (!givesSame(before, after)) this.#rewritten.add(id);
    for (const { changes } of this.#steps) for (const change of changes) this.#mustBeSaid(change);
    for (const id of this.#rewritten) this.#mustStandAlone(this.#roles.get(id)!);
  }

  files(): readonly ExportedFile[] {
    const digits = String(this.#steps.length).length;
    return this.#steps.flatMap((step, i): readonly ExportedFile[] => {
      const manifests = this.#manifestsOf(step);
      if (manifests.length === 0) return [];
      const { title } = this.#plan.steps[i]!;
      const head = `# ${this.#plan.id}, step ${i + 1}: ${title.replaceAll(/[\r\n]+/g, ' ')}\n`;
      // JSON is YAML; a document a line keeps it plain what is applied.
      const text = manifests.map((manifest) => `---\n${JSON.stringify(objectOf(manifest, this.#plan.id))}\n`).join('');
      return [{ name: `${this.#plan.id}-${String(i + 1).padStart(digits, '0')}.yaml`, text: head + text }];
    });
  }

  #mustBeSaid({ edge, node }: StepThen['changes'][number]): void {
    if (node !== undefined || edge.kind === 'OWNS') return;
    const { kind, from, to, condition, validFrom, validTo } = edge;
    if (!this.#roles.has(from) && (kind === 'GRANTS' || !this.#roles.has(to)))
      refuse(`${JSON.stringify(from)} is granted something directly, or loses it, which only a role can give`);
    if (kind !== 'GRANTS' && (condition !== undefined || validFrom !== undefined || validTo !== undefined))
      refuse(`${JSON.stringify(from)} has ${JSON.stringify(to)} under a condition or for a time`);
  }

  /** An aggregated role has its rules from others, which the control plane writes into it. */
  #mustStandAlone({ id, fate, members, juniors }: PlannedRole): void {
    const senior = members.find(({ kind }) => kind === 'Role');
    if (senior !== undefined)
      refuse(`the rules of ${JSON.stringify(id)} change, and ${JSON.stringify(senior.id)} is aggregated from it`);
    const above = [...this.#roles.values()].find((role) => role.fate !== 'NEW' && role.juniors.includes(id));
    if (above !== undefined && fate !== 'NEW')
      refuse(`the rules of ${JSON.stringify(id)} change, and ${JSON.stringify(above.id)} is aggregated from it`);
    if (fate !== 'NEW' && fate !== 'RETIRED' && placeOf(id, this.#cluster)?.kind === 'ClusterRole')
      refuse(`the rules of ${JSON.stringify(id)} change, and a ClusterRole may apply elsewhere too`);
    if (fate !== 'NEW' && juniors.length > 0) refuse(`${JSON.stringify(id)} is aggregated, and what it has changes`);
  }

  /** New rules, then who has them, then what is emptied. */
  #manifestsOf({ changes, changed }: StepThen): readonly Manifest[] {
    const [rules, bindings, emptied] = [[], [], []] as [Manifest[], Manifest[], Manifest[]];
    const removed = new Set<string>();
    for (const { does, edge } of changes)
      if (does === 'REMOVE' && edge?.kind === 'HAS_ROLE' && edge.key !== undefined)
        removed.add(`${edge.key ?? ''}\n${edge.to}`);
    for (const [id, { before, after }] of changed) {
      const role = this.#roles.get(id)!;
      const objects = this.#objectsOf(role, before, after);
      const isRuled = !givesSame(before, after);
      if (isRuled) rules.push(...objects.flatMap((object) => ruledManifest(object)));
      if (isRuled || !sameMembers(before, after)) {
        const subjects = after.members.map((member) => this.#subjectOf(member, id));
        const isMoved = !sameMembers(before, after);
        bindings.push(
          ...objects.filter(({ isThere }) => isMoved || !isThere).map((each) => boundManifest(each, subjects)),
        );
      }
    }
    for (const one of [...removed].sort())
      emptied.push(...this.#emptied(one).filter((each) => !bindings.some((other) => isSame(each, other))));
    return [...rules, ...bindings, ...emptied];
  }

  /** A role of the plan as roles of Kubernetes: one for each namespace that it reaches, and one for the cluster. */
  #objectsOf(role: PlannedRole, before: RoleThen, after: RoleThen): readonly ScopedObject[] {
    const { id, fate, name } = role;
    const place = fate === 'NEW' ? undefined : placeOf(id, this.#cluster);
    if (fate !== 'NEW' && place === undefined) refuse(`${JSON.stringify(id)} is no role of the cluster`);
    const own = place ?? { kind: 'ClusterRole' as const, scope: undefined, name: `${slug(name)}-${shortOf(id)}` };
    const scopes = new Map<Scope, RbacRule[]>(place === undefined ? [] : [[place.scope, []]]);
    for (const atom of before.gives) scopes.set(parsedResource(atom, this.#cluster).scope, []);
    for (const atom of after.gives) {
      const { scope } = parsedResource(atom, this.#cluster);
      const known = scopes.get(scope) ?? [];
      scopes.set(scope, known);
      known.push(ruleOf(atom, after.gives, this.#cluster));
    }
    return [...scopes].map(([scope, ruled]): ScopedObject => {
      if (place !== undefined && scope === place.scope) return { ...place, rules: ruled, isThere: true };
      return {
        kind: scope === undefined ? 'ClusterRole' : 'Role',
        scope,
        name: place === undefined ? own.name : `${own.name}-${shortOf(id)}`,
        rules: ruled,
        isThere: false,
      };
    });
  }

  #subjectOf({ id, condition, validFrom, validTo }: PlannedMember, role: string): Subject {
    if (condition !== undefined || validFrom !== undefined || validTo !== undefined)
      refuse(`${JSON.stringify(id)} has ${JSON.stringify(role)} under a condition or for a time`);
    const [kind, ...names] = id.startsWith(`${this.#cluster}/`) ? id.slice(this.#cluster.length + 1).split('/') : [];
    const name = names.join('/');
    if (kind === 'users') return { kind: 'User', name, apiGroup: API };
    if (kind === 'groups') return { kind: 'Group', name, apiGroup: API };
    if (kind === 'serviceaccounts')
      return { kind: 'ServiceAccount', namespace: names[0]!, name: names.slice(1).join('/') };
    return refuse(`${JSON.stringify(id)}, who has ${JSON.stringify(role)}, is nobody of the cluster`);
  }

  /** The binding by which somebody had a role who does not have it any more: whoever keeps the role is in the plan's own. */
  #emptied(one: string): readonly Manifest[] {
    const [title = '', role = ''] = one.split('\n');
    const [kind = '', path = ''] = title.split(' ');
    // What a plan assigned is in the binding by plan, which is told whole.
    if (kind === 'plan') return [];
    if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')
      refuse(`nobody says by which binding ${JSON.stringify(role)} was assigned`);
    const at = path.indexOf('/');
    const scope = kind === 'RoleBinding' ? path.slice(0, at) : undefined;
    const place = placeOf(role, this.#cluster);
    if (place === undefined) return [];
    return [{ kind, name: path.slice(at + 1), scope, body: { roleRef: roleRefOf(place), subjects: [] } }];
  }
}

interface Place {
  readonly kind: 'Role' | 'ClusterRole';
  readonly scope: Scope;
  readonly name: string;
}

interface ScopedObject extends Place {
  readonly rules: readonly RbacRule[];
  /** True for what the cluster has. */
  readonly isThere: boolean;
}

type Subject = Readonly<Record<string, string>>;

const roleRefOf = ({ kind, name }: Place) => ({ apiGroup: API, kind, name });

/** Rules of a ClusterRole that is there stay, whoever goes. */
function ruledManifest({ kind, name, scope, rules, isThere }: ScopedObject): readonly Manifest[] {
  return isThere && kind === 'ClusterRole' ? [] : [{ kind, name, scope, body: { rules: merged(rules) } }];
}

const isSame = (a: Manifest, b: Manifest): boolean => a.kind === b.kind && a.scope === b.scope && a.name === b.name;

function boundManifest(object: ScopedObject, subjects: readonly Subject[]): Manifest {
  const kind = object.scope === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  const name = `${object.name}-by-plan`;
  return { kind, name, scope: object.scope, body: { roleRef: roleRefOf(object), subjects } };
}

/** Rules that differ in their verbs alone are one; the order is that of the atoms. */
function merged(rules: readonly RbacRule[]): readonly RbacRule[] {
  const found = new Map<string, RbacRule>();
  for (const { verbs, ...about } of rules) {
    const key = JSON.stringify(about);
    const known = found.get(key);
    found.set(key, { ...about, verbs: [...new Set([...(known?.verbs ?? []), ...verbs])].sort() });
  }
  return [...found.values()];
}

function objectOf({ kind, name, scope, body }: Manifest, plan: string) {
  const labels = { 'grantlens/plan': plan };
  return {
    apiVersion: `${API}/v1`,
    kind,
    metadata: { name, ...(scope === undefined ? {} : { namespace: scope }), labels },
    ...body,
  };
}

function placeOf(id: string, cluster: string): Place | undefined {
  if (!id.startsWith(`${cluster}/`)) return undefined;
  const [what, ...parts] = id.slice(cluster.length + 1).split('/');
  if (what === 'roles' && parts.length === 2) return { kind: 'Role', scope: parts[0]!, name: parts[1]! };
  if (what !== 'clusterroles' || parts.length > 2) return undefined;
  return { kind: 'ClusterRole', scope: parts.length === 2 ? parts[0]! : undefined, name: parts.at(-1)! };
}

/** Of all that the plan touches; more than one is more than one `kubectl apply` reaches. */
function clusterOf({ roles }: RolePlan, steps: readonly StepThen[]): string {
  const touched = new Set(steps.flatMap(({ changed }) => [...changed.keys()]));
  const clusters = new Set<string>();
  for (const { id, fate, sources } of roles) {
    if (!touched.has(id)) continue;
    const cluster = fate === 'NEW' ? `k8s://${encodeURIComponent(sources[0]!)}` : /^k8s:\/\/[^/]+/.exec(id)?.[0];
    if (cluster === undefined) refuse(`${JSON.stringify(id)} is no role of a cluster`);
    clusters.add(cluster);
  }
  if (clusters.size > 1) refuse(`it touches several clusters: ${[...clusters].sort().join(', ')}`);
  return [...clusters][0] ?? 'k8s://';
}

const shortOf = (id: string): string => digestOf([id]).slice(0, 8);

/** A name that Kubernetes takes, of a name for people. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40) || 'role';

function refuse(why: string): never {
  throw new GrantlensError('EXPORT_UNSUPPORTED', `The plan cannot be told in manifests of Kubernetes: ${why}.`, {
    format: 'kubernetes',
  });
}
