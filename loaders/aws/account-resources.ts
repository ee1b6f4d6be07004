/** The resources of one account as its policies can tell them apart. */
import { arnParts, isAccountId } from './arn.ts';
import type { Estate } from './estate.ts';
import { compileGlob, isWild } from './glob.ts';
import { covers } from './glob-cover.ts';
import { overlaps } from './glob-overlap.ts';
import { PatternScope } from './pattern-scope.ts';
import type { Placement } from './placements.ts';
import { bucketOf, otherAccountOf, reachesOwn } from './resource-ids.ts';

export interface AccountResources {
  readonly own: PatternScope;
  /** What the account's policies name of other accounts. Empty where they name nothing. */
  readonly others: PatternScope;
}

/** One pair of scopes for each account of the estate, sealed. */
export function resourcesOf(estate: Estate, placements: readonly Placement[]): ReadonlyMap<string, AccountResources> {
  const found = new Map<string, AccountResources>();
  const patterns = new Map<string, PatternsOfAccount>();
  for (const account of estate.accounts) {
    found.set(account, { own: new PatternScope(account, 'own'), others: new PatternScope(account, 'others') });
    patterns.set(account, new PatternsOfAccount(account));
  }
  for (const placement of placements) patterns.get(placement.account)?.take(placement);
  for (const { own } of found.values()) own.add('*');
  addEntities(estate, found);
  for (const account of estate.accounts) fillOwn(found.get(account)!.own, patterns.get(account)!);
  for (const account of estate.accounts) shareNamed(patterns.get(account)!, found);
  shareBuckets([...found.values()].map(({ own }) => own));
  const byOwner = patternsByOwner(found, patterns.values());
  for (const account of estate.accounts) fillOthers(found.get(account)!.others, patterns.get(account)!, byOwner);
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
    add(role);
    role.instanceProfiles.forEach(add);
  }
  for (const policy of estate.policies.values()) add(policy);
}

/** The patterns of an account by what they are used for. */
class PatternsOfAccount {
  readonly account: string;
  readonly all = new Set<string>();
  readonly allowing = new Set<string>();
  readonly narrowing = new Set<string>();

  constructor(account: string) {
    this.account = account;
  }

  take({ statement, not, patterns, bounding, giving }: Placement): void {
    for (const { pattern } of patterns) {
      this.all.add(pattern);
      if (not || bounding || statement.effect === 'DENY') this.narrowing.add(pattern);
      if (!not && giving && statement.effect === 'ALLOW') this.allowing.add(pattern);
    }
  }
}

function fillOwn(own: PatternScope, { account, all, allowing, narrowing }: PatternsOfAccount): void {
  const isOwn = (pattern: string): boolean => reachesOwn(pattern, account);
  for (const pattern of all) if (isOwn(pattern)) own.add(pattern);
  own.addOverlaps(only(allowing, isOwn), only(narrowing, isOwn));
}

/** What one account names of another is a resource of that other, where the files describe it. */
function shareNamed({ account, all }: PatternsOfAccount, found: ReadonlyMap<string, AccountResources>): void {
  for (const pattern of all) {
    const other = otherAccountOf(pattern, account);
    if (other !== undefined) found.get(other)?.own.add(pattern);
  }
}

/**
 * A pattern inside one bucket is the same node for all accounts that name it. So each of them must know what the others
 * name within it, or a denial of its own would miss that part.
 */
function shareBuckets(scopes: readonly PatternScope[]): void {
  const byBucket = new Map<string, Set<string>>();
  for (const scope of scopes) {
    for (const { pattern } of scope.nodes()) {
      const bucket = bucketOf(pattern);
      if (bucket !== undefined) byBucket.set(bucket, (byBucket.get(bucket) ?? new Set()).add(pattern));
    }
  }
  for (const scope of scopes) {
    for (const { pattern } of [...scope.nodes()]) {
      const outer = compileGlob(pattern);
      const known = outer.wild ? byBucket.get(bucketOf(pattern) ?? '') : undefined;
      for (const inner of known ?? []) if (covers(outer, compileGlob(inner))) scope.add(inner);
    }
  }
}

/** By account: everything anyone knows of it that says which account it is of. */
function patternsByOwner(
  found: ReadonlyMap<string, AccountResources>,
  named: Iterable<PatternsOfAccount>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byOwner = new Map<string, Set<string>>();
  const note = (pattern: string): void => {
    const owner = arnParts(pattern)?.account;
    if (owner === undefined || !isAccountId(owner)) return;
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(pattern));
  };
  for (const { own } of found.values()) for (const { pattern } of own.nodes()) note(pattern);
  for (const { all } of named) all.forEach(note);
  return byOwner;
}

function fillOthers(
  others: PatternScope,
  { account, all, allowing, narrowing }: PatternsOfAccount,
  byOwner: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const named = [...all].filter((pattern) => otherAccountOf(pattern, account) !== undefined);
  if (named.length === 0) return;
  others.add('*');
  for (const pattern of named) {
    others.add(pattern);
    const outer = compileGlob(pattern);
    const known = outer.wild ? byOwner.get(otherAccountOf(pattern, account)!) : undefined;
    // A denial may be about a part of the pattern only, so what is known inside it belongs to it.
    for (const inner of known ?? []) if (covers(outer, compileGlob(inner))) others.add(inner);
  }
  const globs = named.map(compileGlob);
  for (const pattern of all) {
    if (namesAnyAccount(pattern) && globs.some((glob) => overlaps(glob, compileGlob(pattern)))) others.add(pattern);
  }
  const isOther = (pattern: string): boolean => others.has(pattern);
  others.addOverlaps(only(allowing, isOther), only(narrowing, isOther));
}

const only = (patterns: ReadonlySet<string>, wanted: (pattern: string) => boolean): ReadonlySet<string> =>
  new Set([...patterns].filter(wanted));

/** True for a pattern that leaves the account open. */
function namesAnyAccount(pattern: string): boolean {
  const account = arnParts(pattern)?.account;
  return account === undefined ? isWild(pattern) : isWild(account);
}
