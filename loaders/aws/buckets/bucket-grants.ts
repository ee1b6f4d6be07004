/**
 * What the policies of buckets give and deny. In the account of the bucket either side may allow, so the policy's statements are
 * grants of their own. Somebody of another account needs both sides: what each allows is put together here, with the denials and
 * bounds of that identity, because what its own policies say of the bucket counts for nothing by itself.
 */
import { type ActionTerms, actionTerms } from '../action-terms.ts';
import { allOf } from '../condition-text.ts';
import type { Estate, HeldPolicy, Identity } from '../estate.ts';
import { boundsOf } from '../identity-bounds.ts';
import { evidenceOf } from '../placements.ts';
import type { ResourceStatement, Statement } from '../policy-document.ts';
import { ANYONE } from '../principal-ids.ts';
import { type OutsiderType, type Trusted, TrustReader } from '../trusted.ts';
import type { Bucket, GuardedKey } from './bucket-policies.ts';
import { commonActions, type Part, partsOf, type Speaker } from './statement-parts.ts';

/** A grant on a part of a bucket. */
export interface BucketGrant {
  /** The account that owns the bucket. */
  readonly account: string;
  readonly from: Holder;
  readonly pattern: string;
  readonly key: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly terms: ActionTerms;
  readonly condition?: string;
  readonly evidence: string;
}

export type Holder =
  | { readonly is: 'identity'; readonly arn: string }
  /** All users and roles of an account that the files describe. */
  | { readonly is: 'everyone'; readonly account: string }
  | { readonly is: 'outsider'; readonly id: string; readonly type: OutsiderType; readonly account?: string }
  /** What bounds an identity: its permissions boundary, or the level of that number above it. */
  | { readonly is: 'boundary'; readonly of: Identity }
  | { readonly is: 'level'; readonly of: Identity; readonly at: number };

export interface BucketNotes {
  nobody(name: string): void;
  unreadable(where: string, why: string): void;
}

/** More than anybody needs; beyond, it is refused rather than answered in part. */
const MOST = 1_000_000;
const NO_BLOCK = 'no block of public access stands against it';

/** @returns undefined when there would be too many */
export function bucketGrants(estate: Estate, notes: BucketNotes): readonly BucketGrant[] | undefined {
  const grants: BucketGrant[] = [];
  const reader = new TrustReader(estate);
  const identities = new Map(estate.identities.map((identity) => [identity.arn, identity]));
  for (const key of estate.guardedKeys) grants.push(guardOf(key));
  for (const bucket of estate.buckets.values()) {
    for (const grant of new OneBucket(bucket, estate, { reader, identities }, notes).grants())
      if (grants.push(grant) > MOST) return undefined;
  }
  return grants;
}

/** What identity policies allow on a key counts only if the policy of the key leaves it to them: a denial that may hold. */
const guardOf = ({ arn, account }: GuardedKey): BucketGrant => ({
  account,
  from: { is: 'everyone', account },
  pattern: arn,
  key: 'policy of the key',
  effect: 'DENY',
  terms: { actions: ['kms:*'] },
  condition: 'the policy of the key does not leave it to the policies of the account',
  evidence: `policy of ${arn}`,
});

type Hit = 'no' | 'maybe' | 'yes';

class OneBucket {
  readonly #bucket: Bucket;
  readonly #estate: Estate;
  readonly #reader: TrustReader;
  readonly #identities: ReadonlyMap<string, Identity>;
  readonly #notes: BucketNotes;
  readonly #whole: readonly Part[];
  /** Identities of other accounts to which both sides allow something, and others than identities to whom the policy does. */
  readonly #foreign = new Set<Identity>();
  readonly #outsiders = new Map<string, Extract<Holder, { is: 'outsider' }>>();

  constructor(
    bucket: Bucket,
    estate: Estate,
    { reader, identities }: { readonly reader: TrustReader; readonly identities: ReadonlyMap<string, Identity> },
    notes: BucketNotes,
  ) {
    this.#bucket = bucket;
    this.#estate = estate;
    this.#reader = reader;
    this.#identities = identities;
    this.#notes = notes;
    this.#whole = [{ pattern: bucket.arn }, { pattern: `${bucket.arn}/*` }];
  }

  *grants(): Iterable<BucketGrant> {
    const statements = this.#bucket.policy?.statements ?? [];
    for (const statement of statements) if (statement.effect === 'ALLOW') yield* this.#allowed(statement);
    for (const statement of statements) if (statement.effect === 'DENY') yield* this.#denied(statement);
    for (const identity of this.#foreign) yield* this.#sideOf(identity);
  }

  *#allowed(statement: ResourceStatement): Iterable<BucketGrant> {
    if (statement.notPrincipals) {
      const names = statement.principals.map(({ name }) => name);
      yield* this.#toEveryone(statement, `principal is not ${names.join(' or ')}`);
      return;
    }
    for (const name of statement.principals) yield* this.#allowedTo(statement, this.#reader.of(name), name.name);
  }

  *#allowedTo(statement: ResourceStatement, trusted: Trusted, name: string): Iterable<BucketGrant> {
    if (trusted.means === 'everyone') yield* this.#toEveryone(statement);
    else if (trusted.means === 'identity' || trusted.means === 'session') {
      const note = trusted.means === 'session' ? `its session is named ${trusted.session}` : undefined;
      yield* this.#toIdentity(statement, this.#identity(trusted.arn), trusted.means, note);
    } else if (trusted.means === 'account') {
      // An account that names itself leaves it to the policies of its users and roles, which count anyway.
      if (trusted.account !== this.#bucket.account) yield* this.#toAccount(statement, trusted.account);
    } else if (trusted.means === 'outsider') {
      yield* this.#toOutsider(statement, trusted);
      if (trusted.type === 'account' && trusted.account !== undefined)
        yield* this.#toAccount(statement, trusted.account);
    } else if (trusted.means === 'nobody') this.#notes.nobody(trusted.name);
    else this.#notes.unreadable(`policy of ${this.#bucket.arn}: principal ${name}`, trusted.why);
  }

  /** A block of public access leaves what is public to users and roles of the bucket's account. */
  *#toEveryone(statement: ResourceStatement, note?: string): Iterable<BucketGrant> {
    const { account } = this.#bucket;
    yield* this.#plain({ is: 'everyone', account }, statement, note);
    for (const identity of this.#estate.identities) {
      if (identity.account !== account) yield* this.#both(identity, statement, allOf([note, NO_BLOCK]));
      else if (identity.kind === 'user' && identity.entity.boundary !== undefined)
        yield* this.#plain({ is: 'boundary', of: identity }, statement, allOf([note, BOUNDARY_MAY_NOT_COUNT]));
    }
    const anyone = { means: 'outsider', id: ANYONE, type: 'anyone' } as const;
    yield* this.#toOutsider(statement, anyone, allOf([note, NO_BLOCK]));
  }

  *#toAccount(statement: ResourceStatement, account: string): Iterable<BucketGrant> {
    for (const identity of this.#estate.identities)
      if (identity.account === account) yield* this.#both(identity, statement);
  }

  /** What names a user, or one session of a role, in its own account is not narrowed by what its boundary does not allow. */
  *#toIdentity(
    statement: ResourceStatement,
    identity: Identity,
    as: 'identity' | 'session',
    note: string | undefined,
  ): Iterable<BucketGrant> {
    if (identity.account !== this.#bucket.account) return yield* this.#both(identity, statement, note);
    yield* this.#plain({ is: 'identity', arn: identity.arn }, statement, note);
    if (identity.entity.boundary !== undefined && (identity.kind === 'user' || as === 'session'))
      yield* this.#plain({ is: 'boundary', of: identity }, statement, note);
  }

  *#toOutsider(
    statement: ResourceStatement,
    { id, type, account }: Extract<Trusted, { means: 'outsider' }>,
    note?: string,
  ): Iterable<BucketGrant> {
    const holder = { is: 'outsider' as const, id, type, ...(account === undefined ? {} : { account }) };
    this.#outsiders.set(id, holder);
    const named = type === 'user' || type === 'role' || type === 'session';
    const theirs = named && account !== this.#bucket.account ? `account ${account} allows it too` : undefined;
    yield* this.#plain(holder, statement, allOf([note, theirs]));
  }

  /** A statement of the bucket's policy as a grant. */
  *#plain(from: Holder, statement: ResourceStatement, note?: string): Iterable<BucketGrant> {
    const key = `policy of the bucket | ${statement.label}`;
    const evidence = this.#evidence(statement);
    for (const part of this.#partsOf(statement)) {
      for (const [variant, terms] of actionTerms(statement.actions).entries())
        yield this.#grant(
          from,
          statement.effect,
          part,
          terms,
          [statement.condition, note],
          variantKey(key, variant),
          evidence,
        );
    }
  }

  /** What a statement of the bucket's policy and one of an identity of another account both allow. */
  *#both(identity: Identity, statement: ResourceStatement, note?: string): Iterable<BucketGrant> {
    const parts = this.#partsOf(statement);
    const from = { is: 'identity' as const, arn: identity.arn };
    for (const { title, policy } of identity.held) {
      for (const own of policy.statements) {
        if (own.effect !== 'ALLOW') continue;
        const shared = partsOf(own.resources, parts, speakerOf(identity, policy.variables));
        if (shared.length === 0) continue;
        const actions = commonActions(statement.actions, own.actions);
        const key = `policy of the bucket | ${statement.label} | ${title} | ${own.label}`;
        const evidence = `${this.#evidence(statement)}; ${evidenceOf(title, own)}`;
        if (actions.length > 0) this.#foreign.add(identity);
        const conditions = [statement.condition, own.condition, note];
        for (const part of shared)
          for (const [variant, terms] of actions.entries())
            yield this.#grant(from, 'ALLOW', part, terms, conditions, variantKey(key, variant), evidence);
      }
    }
  }

  /** Denials of an identity of another account, and what bounds it, as they bear on the bucket. */
  *#sideOf(identity: Identity): Iterable<BucketGrant> {
    const from = { is: 'identity' as const, arn: identity.arn };
    for (const held of identity.held) yield* this.#statementsOf(from, held, identity, (own) => own.effect === 'DENY');
    const bounds = boundsOf(identity, this.#estate);
    const hasBoundary = identity.entity.boundary !== undefined;
    for (const [place, bound] of bounds.entries()) {
      const at = hasBoundary ? place - 1 : place;
      const holder: Holder = at < 0 ? { is: 'boundary', of: identity } : { is: 'level', of: identity, at };
      for (const policy of bound.policies) yield* this.#statementsOf(holder, policy, identity, () => true);
      if (bound.unknown === undefined) continue;
      for (const part of this.#whole)
        yield this.#grant(holder, 'ALLOW', part, { actions: ['*'] }, [bound.unknown], 'unknown', bound.unknown);
    }
  }

  *#statementsOf(
    from: Holder,
    { title, policy }: HeldPolicy,
    identity: Identity,
    isMeant: (statement: Statement) => boolean,
  ): Iterable<BucketGrant> {
    // A level is the same node for all of the account, so what follows from who asks stays open.
    const speaker = speakerOf(identity, policy.variables, from.is === 'level');
    for (const own of policy.statements) {
      if (!isMeant(own)) continue;
      for (const part of partsOf(own.resources, this.#whole, speaker))
        for (const [variant, terms] of actionTerms(own.actions).entries()) {
          const key = variantKey(`${title} | ${own.label}`, variant);
          yield this.#grant(from, own.effect, part, terms, [own.condition], key, evidenceOf(title, own));
        }
    }
  }

  *#denied(statement: ResourceStatement): Iterable<BucketGrant> {
    const { account } = this.#bucket;
    const mine = this.#estate.identities.filter((identity) => identity.account === account);
    const isAll =
      !statement.notPrincipals &&
      statement.principals.some((name) => {
        const trusted = this.#reader.of(name);
        return trusted.means === 'everyone' || (trusted.means === 'account' && trusted.account === account);
      });
    if (isAll) yield* this.#plain({ is: 'everyone', account }, statement);
    for (const identity of [...(isAll ? [] : mine), ...this.#foreign])
      yield* this.#deniedTo(
        { is: 'identity', arn: identity.arn },
        statement,
        this.#hit(statement, identity.arn, identity.account, identity),
      );
    for (const outsider of this.#outsiders.values())
      yield* this.#deniedTo(outsider, statement, this.#hit(statement, outsider.id, outsider.account, undefined));
  }

  *#deniedTo(holder: Holder, statement: ResourceStatement, hit: Hit): Iterable<BucketGrant> {
    if (hit !== 'no')
      yield* this.#plain(holder, statement, hit === 'maybe' ? 'the session is the one that is named' : undefined);
  }

  #hit(statement: ResourceStatement, id: string, account: string | undefined, identity: Identity | undefined): Hit {
    const named = statement.principals.map((name) => names(this.#reader.of(name), id, account));
    const hit = named.includes('yes') ? 'yes' : named.includes('maybe') ? 'maybe' : 'no';
    if (!statement.notPrincipals) return hit;
    // So AWS documents it: NotPrincipal never spares somebody with a permissions boundary.
    if (identity?.entity.boundary !== undefined) return 'yes';
    return hit === 'yes' ? 'no' : hit === 'no' ? 'yes' : 'maybe';
  }

  #partsOf(statement: ResourceStatement): readonly Part[] {
    const variables = this.#bucket.policy!.variables;
    return partsOf(statement.resources, this.#whole, {
      account: this.#bucket.account,
      requester: undefined,
      variables,
    });
  }

  #grant(
    from: Holder,
    effect: 'ALLOW' | 'DENY',
    { pattern, note }: Part,
    terms: ActionTerms,
    conditions: readonly (string | undefined)[],
    key: string,
    evidence: string,
  ): BucketGrant {
    const condition = allOf([...conditions, terms.condition, note]);
    const told = condition === undefined ? {} : { condition };
    return { account: this.#bucket.account, from, pattern, key, effect, terms, evidence, ...told };
  }

  #identity(arn: string): Identity {
    return this.#identities.get(arn)!;
  }

  #evidence(statement: ResourceStatement): string {
    return evidenceOf(`policy of ${this.#bucket.arn}`, statement);
  }
}

const variantKey = (key: string, variant: number): string => (variant === 0 ? key : `${key} | variant ${variant + 1}`);

const BOUNDARY_MAY_NOT_COUNT = 'the permissions boundary, which does not allow it, does not count here';

const speakerOf = ({ account, requester }: Identity, variables: boolean, isOpen = false): Speaker => ({
  account,
  requester: isOpen ? undefined : requester,
  variables,
});

function names(trusted: Trusted, id: string, account: string | undefined): Hit {
  if (trusted.means === 'everyone') return 'yes';
  if (trusted.means === 'identity') return trusted.arn === id ? 'yes' : 'no';
  if (trusted.means === 'session') return trusted.arn === id ? 'maybe' : 'no';
  if (trusted.means === 'account') return trusted.account === account ? 'yes' : 'no';
  if (trusted.means !== 'outsider') return 'no';
  return trusted.id === id || (trusted.type === 'account' && trusted.account === account) ? 'yes' : 'no';
}
