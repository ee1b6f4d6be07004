/** Turns an estate into nodes and edges. */
import { type Change, MANAGED_BY_VENDOR, type Problems } from '../../engine/model/index.ts';
import type { LoadReport } from '../loader.ts';
import type { IamGroup, IamRole, IamUser } from './account-details.ts';
import { type AccountResources, resourcesOf } from './account-resources.ts';
import { AssumeCheck } from './assume-check.ts';
import { type BucketGrant, bucketGrants, type Holder } from './buckets/bucket-grants.ts';
import { isAnothers } from './buckets/bucket-policies.ts';
import { drawEscalations } from './escalations/escalations.ts';
import type { Estate, Identity } from './estate.ts';
import { putGrants } from './grants.ts';
import { GraphDraft } from './graph-draft.ts';
import { controlsOf, unknownBoundaryText } from './identity-bounds.ts';
import { type ControlLevel, controlNodeId } from './organization.ts';
import type { PatternScope } from './pattern-scope.ts';
import {
  hasRequesterPart,
  namedPatterns,
  type Placement,
  type PolicyUse,
  placementsOf,
  policyUses,
} from './placements.ts';
import { boundaryNodeId, isVendorsPolicy, policyNodeId, unknownBoundaryId } from './principal-ids.ts';
import { groupNode, instanceProfileNode, outsiderNode, policyNode, roleNode, userNode } from './principal-nodes.ts';
import { defaultSensitivity, resourceTypeOf } from './sensitivity.ts';
import { type Assumption, TrustMap } from './trust.ts';
import { TrustReader } from './trusted.ts';

/**
 * @param sourceOf the source that vouches for what is read of an account
 * @param problems contradictions are reported there
 * @param more draws what is not of one account
 */
export function changesOf(
  estate: Estate,
  sourceOf: (account: string) => string,
  problems: Problems,
  report: LoadReport,
  more: (draft: GraphDraft, missed: (id: string) => void) => void = () => {},
): Iterable<Change> {
  const graph = new AccountGraph(estate, sourceOf, problems, report);
  return graph.build(more);
}

class AccountGraph {
  readonly #estate: Estate;
  readonly #sourceOf: (account: string) => string;
  readonly #draft: GraphDraft;
  readonly #report: LoadReport;
  readonly #problems: Problems;
  readonly #unresolved = new Set<string>();
  /** ARNs of identities whose boundary lets through what bears on them alone. */
  readonly #boundedAlone = new Set<string>();
  /** Accounts whose users and roles have a group; false where there are none. */
  readonly #everyoneOf = new Map<string, boolean>();
  #resources: ReadonlyMap<string, AccountResources> = new Map();

  constructor(estate: Estate, sourceOf: (account: string) => string, problems: Problems, report: LoadReport) {
    this.#estate = estate;
    this.#sourceOf = sourceOf;
    this.#draft = new GraphDraft(problems);
    this.#problems = problems;
    this.#report = report;
  }

  /** @param more draws what is not of one account */
  build(more: (draft: GraphDraft, missed: (id: string) => void) => void): Iterable<Change> {
    const uses = policyUses(this.#estate);
    const buckets = this.#bucketGrants();
    const placements = [...placementsOf(this.#estate, uses)].flatMap((one) => this.#withoutAnothers(one));
    const named = [...namedPatterns(this.#estate, uses)].filter(
      ({ account, pattern }) => !this.#isAnothers(pattern, account),
    );
    const ofBuckets = [...this.#estate.buckets.values()].flatMap(({ account, arn }) =>
      [arn, `${arn}/*`].map((pattern) => ({ account, pattern })),
    );
    this.#resources = resourcesOf(this.#estate, placements, [...named, ...ofBuckets, ...buckets]);
    this.#putPrincipals(uses);
    for (const [account, { own, others }] of this.#resources) {
      this.#putResources(account, own);
      this.#putResources(account, others);
    }
    for (const placement of placements) {
      putGrants(this.#draft, this.#sourceOf(placement.account), placement, this.#resources.get(placement.account)!);
    }
    for (const [account, { own, others }] of this.#resources) {
      this.#tellBounds(account, own);
      this.#tellBounds(account, others);
    }
    this.#putAssumptions();
    for (const grant of buckets) this.#putBucketGrant(grant);
    more(this.#draft, (id) => void this.#unresolved.add(id));
    this.#report.unresolved.push(...[...this.#unresolved].sort());
    return this.#draft.changes();
  }

  #bucketGrants(): readonly BucketGrant[] {
    const notes = {
      nobody: (name: string): void => void this.#unresolved.add(name),
      unreadable: (where: string, why: string): void => void this.#report.skipped.push({ where, why }),
    };
    const grants = bucketGrants(this.#estate, notes);
    if (grants === undefined) this.#problems.add({ message: TOO_MANY_BUCKET_GRANTS });
    for (const { from } of grants ?? []) if (from.is === 'boundary') this.#boundedAlone.add(from.of.arn);
    return grants ?? [];
  }

  /** What is said of another account's bucket is put together with that bucket's policy. */
  #withoutAnothers(placement: Placement): readonly Placement[] {
    const patterns = placement.patterns.filter(({ pattern }) => !this.#isAnothers(pattern, placement.account));
    return patterns.length === 0 && !placement.not ? [] : [{ ...placement, patterns }];
  }

  #isAnothers(pattern: string, account: string): boolean {
    return isAnothers(pattern, account, this.#estate.buckets);
  }

  #putBucketGrant({ account, from: holder, pattern, key, effect, terms, condition, evidence }: BucketGrant): void {
    // Of a key in an account of which nothing is described there is nobody to hold back.
    if (!this.#resources.has(account)) return;
    const from = this.#holderId(holder, account);
    if (from === undefined) return;
    const { actions, exceptActions } = terms;
    const [to, source] = [this.#resources.get(account)!.own.idOf(pattern), this.#sourceOf(account)];
    this.#draft.putEdge({ kind: 'GRANTS', from, to, source, key, actions, exceptActions, effect, condition, evidence });
  }

  /** @returns undefined where there is nobody */
  #holderId(holder: Holder, owner: string): string | undefined {
    if (holder.is === 'identity') return holder.arn;
    if (holder.is === 'everyone') return this.#everyone(holder.account);
    if (holder.is === 'outsider') {
      this.#draft.putNode(outsiderNode(holder.id, this.#sourceOf(owner), holder));
      return holder.id;
    }
    if (holder.is === 'level')
      return controlNodeId(holder.of.account, controlsOf(holder.of, this.#estate)[holder.at]!.target);
    return this.#boundaryId(holder.of, holder.of.entity.boundary!);
  }

  /** The group of all users and roles of an account: what is given or denied to everybody is one edge. */
  #everyone(account: string): string | undefined {
    const id = `aws:${account}:everyone`;
    const known = this.#everyoneOf.get(account);
    if (known !== undefined) return known ? id : undefined;
    const mine = this.#estate.identities.filter((identity) => identity.account === account);
    this.#everyoneOf.set(account, mine.length > 0);
    if (mine.length === 0) return undefined;
    const source = this.#sourceOf(account);
    const attributes = { awsType: 'everyone', account, [MANAGED_BY_VENDOR]: true };
    const name = `all users and roles of account ${account}`;
    this.#draft.putNode({ kind: 'Group', id, source, name, attributes });
    const evidence = 'policies of buckets that name everybody';
    for (const { arn } of mine) this.#draft.putEdge({ kind: 'MEMBER_OF', from: arn, to: id, source, evidence });
    return id;
  }

  #putPrincipals(uses: readonly PolicyUse[]): void {
    const { users, groups, roles, policies, identities } = this.#estate;
    for (const { account, arn } of uses) {
      this.#draft.putNode(policyNode(policies.get(arn)!, account, this.#sourceOf(account)));
    }
    this.#skipUnused(uses);
    for (const group of groups.values()) this.#putGroup(group);
    for (const user of users.values()) this.#putUser(user);
    for (const role of roles.values()) this.#putRole(role);
    for (const identity of identities) this.#putBoundary(identity);
  }

  #skipUnused(uses: readonly PolicyUse[]): void {
    const used = new Set(uses.map(({ arn }) => arn));
    const unused = [...this.#estate.policies.values()].filter(({ arn }) => !used.has(arn));
    if (unused.length === 0) return;
    const names = unused.map(({ name }) => name).sort();
    const where = unused[0]!.cursor.origin.file;
    const why = `policies of AWS that nothing here has (${names.length}): ${names.join(', ')}`;
    this.#report.skipped.push({ where, why });
  }

  #putGroup(group: IamGroup): void {
    this.#draft.putNode(groupNode(group, this.#sourceOf(group.account)));
    this.#putAttachments(group);
  }

  #putUser(user: IamUser): void {
    const source = this.#sourceOf(user.account);
    this.#draft.putNode(userNode(user, source));
    this.#putAttachments(user);
    for (const name of user.groups) {
      const group = this.#estate.groupsByName.get(`${user.account}/${name}`);
      if (group === undefined) this.#unresolved.add(`arn:aws:iam::${user.account}:group/${name}`);
      else {
        const evidence = `groups of ${user.arn}`;
        this.#draft.putEdge({ kind: 'MEMBER_OF', from: user.arn, to: group.arn, source, evidence });
      }
    }
  }

  #putRole(role: IamRole): void {
    const source = this.#sourceOf(role.account);
    this.#draft.putNode(roleNode(role, source));
    for (const profile of role.instanceProfiles) this.#draft.putNode(instanceProfileNode(profile, source));
    this.#putAttachments(role);
    const { arn, unknown } = role.ofPermissionSet ?? { arn: '', unknown: [] };
    if (unknown.length > 0)
      this.#putUnknown(role.account, role.arn, unknown.join(' or '), `policies of the permission set ${arn}`);
  }

  #putAttachments(holder: IamGroup): void {
    for (const arn of holder.attached) {
      if (!this.#estate.policies.has(arn)) {
        this.#unresolved.add(arn);
        continue;
      }
      this.#draft.putEdge({
        kind: 'HAS_ROLE',
        from: holder.arn,
        to: policyNodeId(holder.account, arn),
        source: this.#sourceOf(holder.account),
        evidence: `managed policies attached to ${holder.arn}`,
      });
    }
  }

  /** @param from the identity itself, or a node that is bounded as it is */
  #putBoundary(identity: Identity, from: string = identity.arn): void {
    for (const level of controlsOf(identity, this.#estate)) this.#putControl(identity, from, level);
    const arn = identity.entity.boundary;
    if (arn === undefined) return;
    const to = this.#boundaryId(identity, arn);
    const source = this.#sourceOf(identity.account);
    const evidence = `permissions boundary of ${identity.arn}`;
    this.#draft.putEdge({ kind: 'BOUNDED_BY', from, to, source, evidence });
  }

  #boundaryId(identity: Identity, arn: string): string {
    const isKnown = this.#estate.policies.has(arn);
    return isKnown ? this.#knownBoundary(identity, arn) : this.#unknownBoundary(identity, arn);
  }

  #putControl({ account }: Identity, from: string, { target, unknown }: ControlLevel): void {
    const source = this.#sourceOf(account);
    const to = controlNodeId(account, target);
    const evidence = `service control policies on ${target}`;
    this.#draft.putNode({
      kind: 'Role',
      id: to,
      source,
      name: `what the organization allows by ${target}`,
      attributes: { awsType: 'service-control', account, definition: target, [MANAGED_BY_VENDOR]: true },
    });
    this.#draft.putEdge({ kind: 'BOUNDED_BY', from, to, source, evidence });
    if (unknown !== undefined) this.#putUnknown(account, to, unknown, evidence);
  }

  #knownBoundary(identity: Identity, arn: string): string {
    const policy = this.#estate.policies.get(arn)!;
    const base = policyNodeId(identity.account, arn);
    if (!hasRequesterPart(policy.policy) && !this.#boundedAlone.has(identity.arn)) return base;
    const id = boundaryNodeId(identity, arn);
    const source = this.#sourceOf(identity.account);
    const managed = isVendorsPolicy(arn) ? { [MANAGED_BY_VENDOR]: true } : {};
    const attributes = { awsType: 'boundary', account: identity.account, definition: arn, ...managed };
    const name = `${policy.name} as the boundary of ${identity.entity.name}`;
    this.#draft.putNode({ kind: 'Role', id, source, name, attributes });
    this.#draft.putEdge({
      kind: 'INHERITS',
      from: id,
      to: base,
      source,
      evidence: `permissions boundary of ${identity.arn}`,
    });
    return id;
  }

  /** A boundary that no file describes may allow anything or nothing: whatever it bounds depends on it. */
  #unknownBoundary(identity: Identity, arn: string): string {
    const { account } = identity;
    this.#unresolved.add(arn);
    const id = unknownBoundaryId(account, arn);
    const source = this.#sourceOf(account);
    const attributes = { awsType: 'boundary', account, definition: arn, missing: true };
    this.#draft.putNode({ kind: 'Role', id, source, name: `unknown boundary ${arn}`, attributes });
    this.#putUnknown(account, id, unknownBoundaryText(arn), `${arn} is a permissions boundary that no file describes`);
    if (!this.#boundedAlone.has(identity.arn)) return id;
    const own = `${id}@${identity.arn}`;
    this.#draft.putNode({
      kind: 'Role',
      id: own,
      source,
      name: `unknown boundary ${arn} of ${identity.entity.name}`,
      attributes,
    });
    this.#draft.putEdge({
      kind: 'INHERITS',
      from: own,
      to: id,
      source,
      evidence: `permissions boundary of ${identity.arn}`,
    });
    return own;
  }

  /** Everything, under the condition that policies which no file describes allow it. */
  #putUnknown(account: string, from: string, condition: string, evidence: string): void {
    const source = this.#sourceOf(account);
    const { own, others } = this.#resources.get(account)!;
    for (const scope of [own, ...(others.size > 0 ? [others] : [])]) {
      const to = scope.idOf('*');
      this.#draft.putEdge({
        kind: 'GRANTS',
        from,
        to,
        source,
        actions: ['*'],
        effect: 'ALLOW',
        condition,
        evidence,
      });
    }
  }

  #putResources(account: string, scope: PatternScope): void {
    const source = this.#sourceOf(account);
    for (const { id, pattern, overlap } of scope.nodes()) {
      const everything = pattern === '*';
      this.#draft.putNode({
        kind: 'Resource',
        id,
        source,
        name: everything ? rootName(account, scope) : pattern,
        resourceType: resourceTypeOf(pattern),
        sensitivity: defaultSensitivity(pattern),
        attributes: { account, ...(pattern === id ? {} : { pattern }), ...(overlap ? { overlap: true } : {}) },
      });
    }
    for (const [from, to] of scope.contains()) this.#draft.putEdge({ kind: 'CONTAINS', from, to, source });
  }

  /** Where bounds were reached, it is said, with what it means for answers. */
  #tellBounds(account: string, scope: PatternScope): void {
    const where = `account ${account}`;
    if (scope.unspelled > 0) {
      const why = `${scope.unspelled} pairs of resource patterns overlap in too many ways, or are too many, to give each overlap a node; single resources in them are answered exactly, the patterns themselves without regard to the overlap`;
      this.#report.skipped.push({ where, why });
    }
    if (scope.widened > 0) {
      const why = `${scope.widened} statements with NotResource would take too many grants; each got one conditional grant on everything, so what they decide is answered CONDITIONAL`;
      this.#report.skipped.push({ where, why });
    }
  }

  #putAssumptions(): void {
    const notes = {
      nobody: (name: string): void => void this.#unresolved.add(name),
      unreadable: (where: string, why: string): void => void this.#report.skipped.push({ where, why }),
    };
    const check = new AssumeCheck(this.#estate);
    const trust = new TrustMap(check, new TrustReader(this.#estate), notes);
    const found: Assumption[] = [];
    for (const role of this.#estate.roles.values()) {
      const assumptions = [...trust.of(role)];
      found.push(...assumptions);
      const all = [...assumptions, ...trust.ofInstances(role)];
      const ways = new Set(all.map(({ from, statement }) => `${from} ${statement.label}`));
      for (const assumption of all) this.#putAssumption(assumption, ways.size === 1);
    }
    this.#putEscalations(check, found);
  }

  #putEscalations(check: AssumeCheck, assumptions: readonly Assumption[]): void {
    drawEscalations({
      estate: this.#estate,
      draft: this.#draft,
      assumptions,
      check,
      sourceOf: this.#sourceOf,
      everything: (account) => this.#resources.get(account)!.own.idOf('*'),
      bound: (node, identity) => this.#putBoundary(identity, node),
      widened: (account) => this.#report.skipped.push({ where: `account ${account}`, why: TOO_MANY_POWERS }),
    });
  }

  /** When a role was last used is told of an edge only where there is no other way to use it. */
  #putAssumption(assumption: Assumption, onlyOne: boolean): void {
    const { from, role, statement, condition, evidence, outsider } = assumption;
    const source = this.#sourceOf(role.account);
    const profile = role.instanceProfiles.some(({ arn }) => arn === from);
    if (outsider !== undefined && !profile) this.#draft.putNode(outsiderNode(from, source, outsider));
    this.#draft.putEdge({
      kind: 'CAN_ASSUME',
      from,
      to: role.arn,
      source,
      key: statement.label,
      technique: profile ? 'instance profile' : techniqueOf(assumption),
      condition,
      evidence,
      lastUsedAt: onlyOne ? role.lastUsedAt : undefined,
    });
  }
}

const TOO_MANY_BUCKET_GRANTS =
  'the policies of the buckets come to more than 1,000,000 grants; load fewer accounts or buckets in one command';

const TOO_MANY_POWERS =
  'there are too many policies and principals to work out who can take over whom; what is left is told as conditional';

const techniqueOf = ({ outsider, from }: Assumption): string =>
  outsider?.type !== 'federated'
    ? 'sts:AssumeRole'
    : from.includes(':saml-provider/')
      ? 'sts:AssumeRoleWithSAML'
      : 'sts:AssumeRoleWithWebIdentity';

const rootName = (account: string, scope: PatternScope): string =>
  scope.side === 'own'
    ? `everything in account ${account}`
    : `everything of other accounts that policies of account ${account} name`;
