/** The resources of one account as its policies can tell them apart. */
import { arnParts } from './arn.ts';
import type { Estate } from './estate.ts';
import { compileGlob, isWild } from './glob.ts';
import { overlaps } from './glob-overlap.ts';
import { PatternScope } from './pattern-scope.ts';
import type { Placement } from './placements.ts';
import { otherAccountOf, reachesOwn } from './resource-ids.ts';

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
  for (const account of estate.accounts) fill(found.get(account)!, patterns.get(account)!, found);
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

function fill(
  resources: AccountResources,
  patterns: PatternsOfAccount,
  found: ReadonlyMap<string, AccountResources>,
): void {
  const { account } = patterns;
  const own = (pattern: string): boolean => reachesOwn(pattern, account);
  const named = [...patterns.all].filter((pattern) => otherAccountOf(pattern, account) !== undefined);
  for (const pattern of patterns.all) if (own(pattern)) resources.own.add(pattern);
  resources.own.addOverlaps(only(patterns.allowing, own), only(patterns.narrowing, own));
  if (named.length === 0) return;
  for (const pattern of named) found.get(otherAccountOf(pattern, account)!)?.own.add(pattern);
  const globs = named.map(compileGlob);
  const touches = (pattern: string): boolean =>
    namesAnyAccount(pattern) && globs.some((glob) => overlaps(glob, compileGlob(pattern)));
  resources.others.add('*');
  for (const pattern of named) resources.others.add(pattern);
  for (const pattern of patterns.all) if (touches(pattern)) resources.others.add(pattern);
  const other = (pattern: string): boolean => resources.others.has(pattern);
  resources.others.addOverlaps(only(patterns.allowing, other), only(patterns.narrowing, other));
}

const only = (patterns: ReadonlySet<string>, wanted: (pattern: string) => boolean): ReadonlySet<string> =>
  new Set([...patterns].filter(wanted));

/** True for a pattern that leaves the account open. */
function namesAnyAccount(pattern: string): boolean {
  const account = arnParts(pattern)?.account;
  return account === undefined ? isWild(pattern) : isWild(account);
}
