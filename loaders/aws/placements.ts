/** Which node carries which statement, on which resources: the grants before the resources are put in order. */
import type { IamGroup } from './account-details.ts';
import type { Estate, Identity } from './estate.ts';
import { inlineTitle } from './estate.ts';
import { controlsOf } from './identity-bounds.ts';
import { controlNodeId } from './organization.ts';
import type { IdentityPolicy, Statement } from './policy-document.ts';
import { dependsOnRequester, type Requester, type ResolvedPattern, resolveVariables } from './policy-variables.ts';
import { boundaryNodeId, policyNodeId } from './principal-ids.ts';

export interface Placement {
  readonly account: string;
  /** Id of the node that carries the grant. */
  readonly from: string;
  readonly statement: Statement;
  /** Tells apart what one node carries from several policies; empty on the node of a policy. */
  readonly policyKey: string;
  readonly evidence: string;
  /** True for NotResource. */
  readonly not: boolean;
  readonly patterns: readonly ResolvedPattern[];
}

/** How one account uses a managed policy. */
export interface PolicyUse {
  readonly account: string;
  readonly arn: string;
}

/** The managed policies of each account: its own, and those of AWS that something in it has. */
export function policyUses(estate: Estate): readonly PolicyUse[] {
  const uses = new Map<string, PolicyUse>();
  const note = (account: string, arn: string): void => void uses.set(policyNodeId(account, arn), { account, arn });
  for (const { account, arn } of estate.policies.values()) if (account !== 'aws') note(account, arn);
  const holders = [...estate.users.values(), ...estate.groups.values(), ...estate.roles.values()];
  for (const { account, attached } of holders) for (const arn of attached) note(account, arn);
  for (const { account, entity } of estate.identities)
    if (entity.boundary !== undefined) note(account, entity.boundary);
  return [...uses.values()].filter(({ arn }) => estate.policies.has(arn));
}

/** True when some resource of the policy follows from who asks. */
export const hasRequesterPart = (policy: IdentityPolicy): boolean =>
  policy.variables && policy.statements.some(({ resources }) => resources.patterns.some(dependsOnRequester));

/** The nodes that carry what one identity is given, and those that bound it. */
export interface Carriers {
  readonly giving: readonly string[];
  readonly bounding: readonly string[];
}

export function carriersOf(identity: Identity, estate: Estate): Carriers {
  const { arn, account, entity } = identity;
  const groups = 'groups' in entity ? entity.groups.map((name) => estate.groupsByName.get(`${account}/${name}`)) : [];
  const holders: readonly IamGroup[] = [entity, ...groups.filter((group) => group !== undefined)];
  const attached = holders.flatMap((holder) => holder.attached.map((policy) => policyNodeId(account, policy)));
  const { boundary } = entity;
  return {
    giving: [...new Set([arn, ...holders.map((holder) => holder.arn), ...attached])].sort(),
    bounding: [
      ...(boundary === undefined ? [] : [policyNodeId(account, boundary), boundaryNodeId(identity, boundary)]),
      ...controlsOf(identity, estate).map(({ target }) => controlNodeId(account, target)),
    ],
  };
}

/** A resource pattern that a policy of an account names, whether anybody holds the policy or not. */
export interface NamedPattern {
  readonly account: string;
  readonly pattern: string;
}

/**
 * What the policies of each account name. Statements that follow from who asks are placed with who holds them, and nobody
 * may: what they name is known to the account all the same.
 */
export function* namedPatterns(estate: Estate, uses: readonly PolicyUse[]): Iterable<NamedPattern> {
  const holders = [...estate.users.values(), ...estate.groups.values(), ...estate.roles.values()];
  const policies = [
    ...uses.map(({ account, arn }) => ({ account, policy: estate.policies.get(arn)!.policy })),
    ...holders.flatMap(({ account, inline }) => inline.map(({ policy }) => ({ account, policy }))),
  ];
  for (const { account, policy } of policies) {
    for (const text of policy.statements.flatMap(({ resources }) => resources.patterns)) {
      if (!policy.variables || !dependsOnRequester(text))
        yield { account, pattern: resolved(text, policy, account).pattern };
    }
  }
}

/** Every statement with the node that carries it. */
export function* placementsOf(estate: Estate, uses: readonly PolicyUse[]): Iterable<Placement> {
  for (const { account, arn } of uses) {
    const base = { account, from: policyNodeId(account, arn), policyKey: '' };
    yield* fixedParts(base, arn, estate.policies.get(arn)!.policy);
  }
  const holders = [...estate.users.values(), ...estate.groups.values(), ...estate.roles.values()];
  for (const holder of holders) yield* inlineFixedParts(holder);
  for (const account of estate.accounts) yield* controlParts(account, estate);
  for (const identity of estate.identities) {
    yield* requesterParts(identity);
    yield* boundRequesterParts(identity, estate);
  }
}

type Base = Pick<Placement, 'account' | 'from' | 'policyKey'>;

function* inlineFixedParts(holder: IamGroup): Iterable<Placement> {
  for (const { name, policy } of holder.inline) {
    const base = {
      account: holder.account,
      from: holder.arn,
      policyKey: `inline ${name}`,
    };
    yield* fixedParts(base, inlineTitle(name, holder.arn), policy);
  }
}

/** What is the same whoever asks. */
function* fixedParts(base: Base, title: string, policy: IdentityPolicy): Iterable<Placement> {
  for (const statement of policy.statements) {
    const { not, patterns } = statement.resources;
    const depends = (pattern: string): boolean => policy.variables && dependsOnRequester(pattern);
    if (not && patterns.some(depends)) continue;
    const fixed = patterns.filter((pattern) => !depends(pattern)).map((text) => resolved(text, policy, base.account));
    if (fixed.length === 0) continue;
    yield { ...base, statement, not, patterns: fixed, evidence: evidenceOf(title, statement) };
  }
}

/** What the organization lets an account do. Who asks stays open: values that follow from it are conditions. */
function* controlParts(account: string, { organization }: Estate): Iterable<Placement> {
  for (const { target, policies } of organization?.levelsOf(account) ?? []) {
    for (const { title, policy } of policies) {
      const base = { account, from: controlNodeId(account, target), policyKey: title };
      for (const statement of policy.statements) {
        const { not, patterns } = statement.resources;
        const open = patterns.map((text) => resolved(text, policy, account));
        yield { ...base, statement, not, patterns: open, evidence: evidenceOf(title, statement) };
      }
    }
  }
}

/** What the policies of an identity say of resources that follow from who asks: grants of the identity itself. */
function* requesterParts(identity: Identity): Iterable<Placement> {
  for (const { title, policy, group } of identity.held) {
    const base = { account: identity.account, from: identity.arn, policyKey: title };
    const through = group === undefined ? '' : ` through ${group}`;
    yield* partsFor(identity.requester, base, title, policy, `for ${identity.arn}${through}`);
  }
}

/** The same of its permissions boundary: grants of a node that stands for the boundary of this one identity. */
function* boundRequesterParts(identity: Identity, estate: Estate): Iterable<Placement> {
  const arn = identity.entity.boundary;
  const boundary = arn === undefined ? undefined : estate.policies.get(arn);
  if (boundary === undefined || !hasRequesterPart(boundary.policy)) return;
  const from = boundaryNodeId(identity, boundary.arn);
  const base = { account: identity.account, from, policyKey: '' };
  yield* partsFor(identity.requester, base, boundary.arn, boundary.policy, `for ${identity.arn}`);
}

function* partsFor(
  requester: Requester,
  base: Base,
  title: string,
  policy: IdentityPolicy,
  whom: string,
): Iterable<Placement> {
  if (!hasRequesterPart(policy)) return;
  for (const statement of policy.statements) {
    const { not, patterns } = statement.resources;
    if (!patterns.some(dependsOnRequester)) continue;
    const evidence = `${evidenceOf(title, statement)}, ${whom}`;
    if (not) {
      yield { ...base, statement, not, evidence, patterns: patterns.map((text) => excepted(text, requester)) };
      continue;
    }
    const mine = patterns
      .filter(dependsOnRequester)
      .map((text) => resolveVariables(text, requester.account, requester));
    const known = mine.filter((pattern) => pattern !== undefined);
    if (known.length > 0) yield { ...base, statement, not, evidence, patterns: known };
  }
}

/** An exception that has no value for the requester: whether it takes anything out is not sure. */
const excepted = (text: string, requester: Requester): ResolvedPattern =>
  resolveVariables(text, requester.account, requester) ?? { pattern: '*', exact: false, written: text };

/** Without variables of the requester a value is never missing. */
function resolved(text: string, policy: IdentityPolicy, account: string): ResolvedPattern {
  const exact = { pattern: text, exact: true, written: text };
  return policy.variables ? (resolveVariables(text, account, undefined) ?? exact) : exact;
}

export const evidenceOf = (
  title: string,
  { number, sid }: { readonly number: number; readonly sid?: string },
): string => `${title}, statement ${number}${sid === undefined ? '' : ` (${sid})`}`;
