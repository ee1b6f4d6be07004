/** The resources of one account as its policies can tell them apart. */
import { arnParts, isAccountId } from './arn.ts';
import type { Estate } from './estate.ts';
import { compileGlob, isWild } from './glob.ts';
import { covers } from './glob-cover.ts';
import { overlaps } from './glob-overlap.ts';
import { PatternPairs } from './pattern-pairs.ts';
import { PatternScope } from './pattern-scope.ts';
import { type Carriers, carriersOf, type NamedPattern, type Placement } from './placements.ts';
import { bucketOf, otherAccountOf, reachesOwn } from './resource-ids.ts';

export interface AccountResources {
  readonly own: PatternScope;
  /** What the account's policies name of other accounts. Empty where they name nothing. */
  readonly others: PatternScope;
}

/** One pair of scopes for each account of the estate, sealed. */
export function resourcesOf(
  estate: Estate,
  placements: readonly Placement[],
  named: Iterable<NamedPattern>,
): ReadonlyMap<string, AccountResources> {
  const found = new Map<string, AccountResources>();
  const patterns = new Map<string, PatternsOfAccount>();
  for (const account of estate.accounts) {
    found.set(account, { own: new PatternScope(account, 'own'), others: new PatternScope(account, 'others') });
    patterns.set(account, new PatternsOfAccount(account));
  }
  for (const { account, pattern } of named) patterns.get(account)?.all.add(pattern);
  for (const placement of placements) patterns.get(placement.account)?.take(placement);
  for (const identity of estate.identities) patterns.get(identity.account)?.pair(carriersOf(identity, estate));
  for (const { own } of found.values()) own.add('*');
  addEntities(estate, found);
  for (const account of estate.accounts) {
    fillOwn(found.get(account)!.own, patterns.get(account)!);
    fillOthers(found.get(account)!.others, patterns.get(account)!);
  }
  shareOwned(found);
  shareBuckets([...found.values()].map(({ own }) => own));
  for (const { own, others } of found.values()) {
    own.seal();
    others.seal();
  }
  return found;
}

/** Everything that IAM describes is a resource of its account too: there are actions on users, roles and policies. */
function addEntities(estate: Estate, found: ReadonlyMap<string, AccountResources>): void {
  const add = ({ account, arn }: { readonly account: string; readonly arn: string }): void =>
    found.get(account)?.own.add(arn);
  for (const user of estate.users.values()) add(user);
  for (const group of estate.groups.values()) add(group);
  for (const role of estate.roles.values()) {
    if (role.ofPermissionSet === undefined) add(role);
    role.instanceProfiles.forEach(add);
  }
  for (const policy of estate.policies.values()) add(policy);
}

/** What a node carries: patterns of resources that it allows, all others, and those that narrow what is allowed. */
interface Carried {
  readonly all: Set<string>;
  readonly allowing: Set<string>;
  readonly narrowing: Set<string>;
}

/** The patterns of an account, as a whole and by the node that carries them. */
class PatternsOfAccount {
  readonly account: string;
  readonly all = new Set<string>();
  readonly #carried = new Map<string, Carried>();
  /** Pairs of a pattern that allows somebody something, and one that narrows what that same identity may. */
  readonly pairs = new PatternPairs();

  constructor(account: string) {
    this.account = account;
  }

  take({ from, statement, not, patterns }: Placement): void {
    const carried = this.#carried.get(from) ?? { all: new Set(), allowing: new Set(), narrowing: new Set() };
    this.#carried.set(from, carried);
    for (const { pattern } of patterns) {
      this.all.add(pattern);
      carried.all.add(pattern);
      if (not || statement.effect === 'DENY') carried.narrowing.add(pattern);
      else carried.allowing.add(pattern);
    }
  }

  /** Pairs what one identity holds. */
  pair({ giving, bounding }: Carriers): void {
    const given = giving.map((carrier) => this.#carried.get(carrier)).filter((carried) => carried !== undefined);
    const bounds = bounding.map((carrier) => this.#carried.get(carrier)).filter((carried) => carried !== undefined);
    const narrowing = [...given.flatMap((carried) => [...carried.narrowing]), ...bounds.flatMap(({ all }) => [...all])];
    for (const { allowing } of given) for (const allow of allowing) this.pairs.add(allow, narrowing);
  }
}

function fillOwn(own: PatternScope, { account, all, pairs }: PatternsOfAccount): void {
  const isOwn = (pattern: string): boolean => reachesOwn(pattern, account);
  for (const pattern of all) if (isOwn(pattern)) own.add(pattern);
  own.addOverlaps(pairs, isOwn);
}

function fillOthers(others: PatternScope, { account, all, pairs }: PatternsOfAccount): void {
  const named = [...all].filter((pattern) => otherAccountOf(pattern, account) !== undefined);
  if (named.length === 0) return;
  const globs = named.map(compileGlob);
  others.add('*');
  for (const pattern of named) others.add(pattern);
  for (const pattern of all) {
    if (namesAnyAccount(pattern) && globs.some((glob) => overlaps(glob, compileGlob(pattern)))) others.add(pattern);
  }
  const isOther = (pattern: string): boolean => others.has(pattern);
  others.addOverlaps(pairs, isOther);
}

/**
 * A pattern that says its account is the same node for all who name it. So its owner must know it; and who names it must
 * know what the others know inside it, or a denial of its own about that part would be missed.
 */
function shareOwned(found: ReadonlyMap<string, AccountResources>): void {
  const byOwner = new Map<string, Set<string>>();
  for (const { own, others } of found.values()) {
    for (const { pattern } of [...own.nodes(), ...others.nodes()]) {
      const owner = ownerOf(pattern);
      if (owner !== undefined) byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(pattern));
    }
  }
  for (const [owner, patterns] of byOwner) for (const pattern of patterns) found.get(owner)?.own.add(pattern);
  for (const { others } of found.values()) {
    addWithin(others, (pattern) => byOwner.get(ownerOf(pattern) ?? ''));
  }
}

function ownerOf(pattern: string): string | undefined {
  const account = arnParts(pattern)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

/** Adds to a scope what is known inside each of its patterns. */
function addWithin(scope: PatternScope, knownOf: (pattern: string) => Iterable<string> | undefined): void {
  for (const { pattern } of [...scope.nodes()]) {
    const outer = compileGlob(pattern);
    for (const inner of (outer.wild ? knownOf(pattern) : undefined) ?? []) {
      if (covers(outer, compileGlob(inner))) scope.add(inner);
    }
  }
}

/** The same for patterns inside one bucket, whose name is the only one in the world. */
function shareBuckets(scopes: readonly PatternScope[]): void {
  const byBucket = new Map<string, Set<string>>();
  for (const scope of scopes) {
    for (const { pattern } of scope.nodes()) {
      const bucket = bucketOf(pattern);
      if (bucket !== undefined) byBucket.set(bucket, (byBucket.get(bucket) ?? new Set()).add(pattern));
    }
  }
  for (const scope of scopes) addWithin(scope, (pattern) => byBucket.get(bucketOf(pattern) ?? ''));
}

/** True for a pattern that leaves the account open. */
function namesAnyAccount(pattern: string): boolean {
  const account = arnParts(pattern)?.account;
  return account === undefined ? isWild(pattern) : isWild(account);
}
