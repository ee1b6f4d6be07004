import { type Change, MANAGED_BY_VENDOR } from '../../../engine/model/index.ts';
import type { LoadReport } from '../../loader.ts';
import type { Estate } from '../read/estate.ts';
import { type BindingObject, type Rule, titleOf } from '../read/objects.ts';
import { RoleTakeovers } from '../takeovers/role-takeovers.ts';
import { bootstrappedSubjects, isBootstrapped } from './bootstrapped.ts';
import { GraphDraft } from './graph-draft.ts';
import { ClusterIds, type Scope } from './ids.ts';
import { addHeldNames, addKnownTypes, knownTypes } from './known-types.ts';
import { Principals } from './principals.ts';
import { ResourceTree } from './resource-tree.ts';
import { TypeScopes } from './resource-types.ts';
import { RoleBook, type ScopedRole, withJuniors } from './role-book.ts';
import { grantsOf, type RuleGrant, type RuleReader } from './rule-grants.ts';
import { StandIns } from './stand-ins.ts';
import { UrlTree } from './urls.ts';

/** Turns what manifests define into the graph of one cluster. */
export class ClusterMap {
  readonly #estate: Estate;
  readonly #ids: ClusterIds;
  readonly #graph: GraphDraft;
  readonly #book: RoleBook;
  readonly #principals: Principals;
  readonly #standIns: StandIns;
  readonly #tree: ResourceTree;
  readonly #urls: UrlTree;
  readonly #namespaces: readonly string[];
  readonly #reader: RuleReader;
  readonly #report: LoadReport;
  readonly #unresolved = new Set<string>();
  readonly #takeovers: RoleTakeovers;
  /** ClusterRoles that somebody holds cluster-wide. */
  readonly #heldEverywhere = new Set<ScopedRole>();

  constructor(cluster: string, estate: Estate, report: LoadReport) {
    this.#estate = estate;
    this.#report = report;
    this.#ids = new ClusterIds(cluster);
    this.#graph = new GraphDraft(cluster);
    this.#book = new RoleBook(this.#ids, estate.roles);
    this.#principals = new Principals(this.#graph, this.#ids, bootstrappedSubjects(estate));
    this.#namespaces = [...estate.namespaces()];
    this.#tree = new ResourceTree(this.#ids);
    this.#urls = new UrlTree(this.#ids);
    this.#standIns = new StandIns({
      graph: this.#graph,
      ids: this.#ids,
      estate,
      principals: this.#principals,
      book: this.#book,
      namespaces: this.#namespaces,
    });
    this.#takeovers = new RoleTakeovers(this.#graph, {
      ids: this.#ids,
      estate,
      book: this.#book,
      principals: this.#principals,
      standIns: this.#standIns,
      namespaces: this.#namespaces,
      unresolved: (id) => void this.#unresolved.add(id),
    });
    this.#reader = this.#ruleReader();
    this.#drawCluster(cluster);
  }

  changes(): Iterable<Change> {
    this.#drawAccounts();
    for (const binding of this.#estate.bindings) this.#drawBinding(binding);
    this.#book.all();
    for (const role of this.#book.made()) this.#drawRole(role);
    this.#standIns.draw();
    addKnownTypes(this.#tree, this.#reader, this.#namespaces);
    addHeldNames(this.#tree, this.#reader, this.#namespaces, this.#heldEverywhere);
    this.#tree.draw(this.#graph);
    this.#urls.draw(this.#graph);
    this.#report.unresolved.push(...this.#unresolved);
    this.#tellUndefined();
    return this.#graph.changes();
  }

  #drawCluster(name: string): void {
    const attributes = { cluster: name };
    this.#graph.node({
      kind: 'Resource',
      id: this.#ids.cluster,
      name,
      resourceType: 'cluster',
      sensitivity: 1,
      attributes,
    });
  }

  /** Service accounts that files define, and those that pods run as and Secrets hold tokens of. */
  #drawAccounts(): void {
    for (const account of this.#estate.serviceAccounts) this.#principals.define(account);
    for (const { namespace, serviceAccount, place } of this.#estate.workloads) {
      this.#principals.serviceAccount(namespace, serviceAccount, place.text);
    }
    for (const { namespace, tokenOf, place } of this.#estate.secrets) {
      if (tokenOf !== undefined) this.#principals.serviceAccount(namespace, tokenOf, place.text);
    }
  }

  #drawBinding(binding: BindingObject): void {
    const scope: Scope = binding.kind === 'RoleBinding' ? binding.namespace : undefined;
    const members = binding.subjects.map((subject) => ({ id: this.#principals.subject(subject), subject }));
    const role = this.#roleOf(binding, scope);
    if (role === undefined) return;
    if (scope === undefined) this.#heldEverywhere.add(role);
    for (const { id, subject } of members) {
      const edge = { kind: 'HAS_ROLE', from: id, to: role.id, key: titleOf(binding) } as const;
      this.#graph.edge({ ...edge, evidence: subject.evidence });
    }
  }

  #roleOf({ roleKind, roleName, namespace }: BindingObject, scope: Scope): ScopedRole | undefined {
    const isRole = roleKind === 'Role';
    const role = isRole ? this.#book.role(namespace, roleName) : this.#book.clusterRole(roleName, scope);
    if (role === undefined) {
      this.#unresolved.add(isRole ? this.#ids.role(namespace, roleName) : this.#ids.clusterRole(roleName, undefined));
    }
    return role;
  }

  #drawRole(role: ScopedRole): void {
    this.#drawRoleNode(role);
    for (const junior of role.juniors) {
      const evidence = `${role.object.place.text} ${titleOf(role.object)} aggregationRule`;
      this.#graph.edge({ kind: 'INHERITS', from: role.id, to: junior.id, evidence });
    }
    for (const rule of role.rules) this.#drawRule(role, rule);
    this.#takeovers.draw(role);
    this.#tellOverwritten(role);
  }

  #drawRoleNode({ id, object, scope }: ScopedRole): void {
    const isScopedClusterRole = object.kind === 'ClusterRole' && scope !== undefined;
    const name = object.kind === 'Role' ? `${object.namespace}/${object.name}` : object.name;
    this.#graph.node({
      kind: 'Role',
      id,
      name: isScopedClusterRole ? `${name} in ${scope}` : name,
      attributes: {
        roleKind: object.kind,
        ...(scope === undefined ? {} : { namespace: scope }),
        ...(isScopedClusterRole ? { definition: this.#ids.clusterRole(object.name, undefined) } : {}),
        ...(object.selectors === undefined ? {} : { aggregated: true }),
        ...(isBootstrapped(object) ? { [MANAGED_BY_VENDOR]: true } : {}),
        ...(Object.keys(object.labels).length === 0 ? {} : { labels: object.labels }),
      },
    });
  }

  #drawRule(role: ScopedRole, rule: Rule): void {
    for (const grant of grantsOf(rule, role.scope, this.#reader)) {
      this.#graph.edge({
        kind: 'GRANTS',
        from: role.id,
        to: this.#targetOf(grant),
        key: `rules[${rule.index}]${grant.condition === undefined ? '' : ' by field selector'}`,
        actions: grant.actions,
        exceptActions: grant.exceptActions,
        condition: grant.condition,
        evidence: rule.evidence,
      });
    }
  }

  #targetOf({ target }: RuleGrant): string {
    return 'url' in target ? this.#urls.add(target.url) : this.#tree.add(target);
  }

  #ruleReader(): RuleReader {
    const scopes = new TypeScopes(this.#estate.types);
    const told = new Set<string>();
    const dead = (rule: Rule, why: string): void => {
      const text = `${rule.evidence}\n${why}`;
      if (told.has(text)) return;
      told.add(text);
      this.#report.skipped.push({ where: rule.evidence, why: `matches nothing: ${why}` });
    };
    return { scopes, types: knownTypes(this.#estate), dead };
  }

  #tellOverwritten({ object, scope }: ScopedRole): void {
    if (object.selectors === undefined || scope !== undefined || object.rules.length === 0) return;
    const kept = new Set(
      withJuniors(this.#book.clusterRole(object.name, undefined)!).flatMap((role) => role.rules.map(contentOf)),
    );
    const lost = object.rules.filter((rule) => !kept.has(contentOf(rule)));
    if (lost.length === 0) return;
    const where = `${object.place.text} ${titleOf(object)}`;
    const why = `${lost.length} of its own rules are in none of the roles that its aggregationRule selects; the control plane overwrites them`;
    this.#report.skipped.push({ where, why });
  }

  #tellUndefined(): void {
    const names = this.#principals.accounts
      .filter((account) => account.object === undefined)
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .sort();
    if (names.length === 0) return;
    const where = `${names.length} service ${names.length === 1 ? 'account' : 'accounts'}`;
    const shown = names.slice(0, NAMES_TOLD).join(', ');
    const more = names.length > NAMES_TOLD ? ` and ${names.length - NAMES_TOLD} more (attribute defined: false)` : '';
    this.#report.skipped.push({ where, why: `known by name only, no file defines them: ${shown}${more}` });
  }
}

/** How many names of a long list are told. */
const NAMES_TOLD = 50;

const contentOf = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: Rule): string =>
  JSON.stringify([verbs, apiGroups, resources, resourceNames, nonResourceURLs]);
