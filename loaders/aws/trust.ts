/** Who may become which role: the trust policy of the role, and where AWS asks for it, the policies of who becomes it. */
import type { IamRole } from './account-details.ts';
import { actionMatches } from './action-terms.ts';
import { ASSUME_ROLE, type AssumeCheck, type IdentitySide } from './assume-check.ts';
import { allOf } from './condition-text.ts';
import type { Identity } from './estate.ts';
import { evidenceOf } from './placements.ts';
import { type Answer, conditionOf, unlessOf } from './policy-answer.ts';
import type { TrustStatement } from './policy-document.ts';
import { ANYONE } from './principal-ids.ts';
import { assumeActionOf, type OutsiderType, type Trusted, type TrustReader } from './trusted.ts';

/** Somebody who may become a role. */
export interface Assumption {
  readonly from: string;
  readonly role: IamRole;
  readonly statement: TrustStatement;
  readonly condition?: string;
  readonly evidence: string;
  /** Set where the files do not describe who it is. */
  readonly outsider?: { readonly type: OutsiderType; readonly account?: string };
}

/** What was named and could not be used. */
export interface TrustNotes {
  nobody(name: string): void;
  unreadable(where: string, why: string): void;
}

/** How a trust policy lets somebody in. */
interface Way {
  /** Whether a policy of the identity must allow it too, or the trust policy is enough. */
  readonly needsOwnPolicy: boolean;
  /** Whether a boundary that says nothing of it stands in the way. */
  readonly boundary: 'binds' | 'unsure' | 'free';
  readonly note?: string;
}

const SAME_ACCOUNT_ONLY_DENIES: Way = { needsOwnPolicy: false, boundary: 'free' };

export class TrustMap {
  readonly #check: AssumeCheck;
  readonly #reader: TrustReader;
  readonly #notes: TrustNotes;
  readonly #identities: ReadonlyMap<string, Identity>;
  readonly #byAccount = new Map<string, Identity[]>();

  constructor(check: AssumeCheck, reader: TrustReader, notes: TrustNotes) {
    this.#check = check;
    this.#reader = reader;
    this.#notes = notes;
    this.#identities = new Map(check.estate.identities.map((identity) => [identity.arn, identity]));
    for (const account of check.estate.accounts) this.#byAccount.set(account, []);
    for (const identity of check.estate.identities) this.#byAccount.get(identity.account)!.push(identity);
  }

  /** Everybody who may become the role. One for each statement that lets them. */
  *of(role: IamRole): Iterable<Assumption> {
    for (const statement of role.trust.statements) {
      if (statement.effect !== 'ALLOW') continue;
      if (statement.notPrincipals) yield* this.#everyoneBut(role, statement);
      else
        for (const name of statement.principals) {
          const action = assumeActionOf(name.type, name.name);
          if (!actionMatches(statement.actions, action)) continue;
          yield* this.#letIn(role, statement, this.#reader.of(name), action);
        }
    }
  }

  /** The service that a trust policy must name for the role to be used through an instance profile. */
  *ofInstances(role: IamRole): Iterable<Assumption> {
    for (const { from, ...rest } of this.of(role)) {
      if (!/^ec2\.amazonaws\.com(\.cn)?$/.test(from)) continue;
      const outsider = { type: 'service' as const };
      for (const { arn } of role.instanceProfiles) yield { ...rest, from: arn, outsider };
    }
  }

  *#letIn(role: IamRole, statement: TrustStatement, trusted: Trusted, action: string): Iterable<Assumption> {
    if (trusted.means === 'identity') {
      const identity = this.#identities.get(trusted.arn)!;
      yield* this.#identity(role, statement, identity, this.#directWay(role, identity));
    } else if (trusted.means === 'session') {
      const identity = this.#identities.get(trusted.arn)!;
      const note = `its session is named ${trusted.session}`;
      yield* this.#identity(role, statement, identity, { ...this.#sessionWay(role, identity), note });
    } else if (trusted.means === 'account') {
      for (const identity of this.#check.candidates(trusted.account, role.arn)) {
        yield* this.#identity(role, statement, identity, { needsOwnPolicy: true, boundary: 'binds' });
      }
    } else if (trusted.means === 'everyone') yield* this.#everyone(role, statement, undefined);
    else if (trusted.means === 'outsider') {
      yield* this.#outsider(role, statement, trusted, action);
      yield* this.#madeUp(role, statement, trusted);
    } else if (trusted.means === 'nobody') this.#notes.nobody(trusted.name);
    else this.#notes.unreadable(`${role.where}: principal ${trusted.name}`, trusted.why);
  }

  /** Of an account that no file describes there may be roles of permission sets. */
  *#madeUp(
    role: IamRole,
    statement: TrustStatement,
    { type, account }: Extract<Trusted, { means: 'outsider' }>,
  ): Iterable<Assumption> {
    if (type !== 'account' || account === undefined) return;
    for (const identity of this.#check.candidates(account, role.arn))
      yield* this.#identity(role, statement, identity, { needsOwnPolicy: true, boundary: 'binds' });
  }

  /** In one account a trust policy that names the principal is enough; a boundary of a role binds it all the same. */
  #directWay(role: IamRole, identity: Identity): Way {
    if (identity.account !== role.account) return { needsOwnPolicy: true, boundary: 'binds' };
    return { needsOwnPolicy: false, boundary: identity.kind === 'role' ? 'binds' : 'free' };
  }

  /** What is given to a session itself is bound by no boundary of its role. */
  #sessionWay(role: IamRole, identity: Identity): Way {
    return identity.account === role.account ? SAME_ACCOUNT_ONLY_DENIES : { needsOwnPolicy: true, boundary: 'binds' };
  }

  *#everyone(role: IamRole, statement: TrustStatement, note: string | undefined): Iterable<Assumption> {
    const noted = note === undefined ? {} : { note };
    for (const [account, all] of this.#byAccount) {
      const home = account === role.account;
      for (const identity of home ? all : this.#check.candidates(account, role.arn)) {
        const boundary = home && identity.kind === 'user' ? ('unsure' as const) : ('binds' as const);
        yield* this.#identity(role, statement, identity, { needsOwnPolicy: !home, boundary, ...noted });
      }
    }
    const anyone = { means: 'outsider' as const, id: ANYONE, type: 'anyone' as const };
    yield* this.#outsider(role, statement, anyone, ASSUME_ROLE, note);
  }

  *#everyoneBut(role: IamRole, statement: TrustStatement): Iterable<Assumption> {
    if (!actionMatches(statement.actions, ASSUME_ROLE)) return;
    const names = statement.principals.map(({ name }) => name);
    for (const assumption of this.#everyone(role, statement, `principal is not ${names.join(' or ')}`)) {
      if (!names.includes(assumption.from)) yield assumption;
    }
  }

  *#identity(role: IamRole, statement: TrustStatement, identity: Identity, way: Way): Iterable<Assumption> {
    if (identity.arn === role.arn) return;
    const own = this.#check.of(identity, role.arn);
    const trustDenies = this.#trustDenies(role, identity.arn, identity.account, ASSUME_ROLE, identity);
    const needs = neededAnswers(own, way);
    if (needs.some(({ is }) => is === 'no')) return;
    if (own.denies.is === 'yes' || trustDenies.is === 'yes') return;
    const condition = allOf([
      statement.condition,
      way.note,
      ...needs.map(conditionOf),
      unlessOf(own.denies),
      unlessOf(trustDenies),
    ]);
    const evidence = [trustEvidence(role, statement), ...(way.needsOwnPolicy ? own.allows.evidence : [])];
    yield { from: identity.arn, role, statement, evidence: evidence.join('; '), ...conditioned(condition) };
  }

  *#outsider(
    role: IamRole,
    statement: TrustStatement,
    who: Extract<Trusted, { means: 'outsider' }>,
    action: string,
    note?: string,
  ): Iterable<Assumption> {
    const denies = this.#trustDenies(role, who.id, who.account, action, undefined);
    if (denies.is === 'yes') return;
    const condition = allOf([statement.condition, note, outsiderNote(role, who), unlessOf(denies)]);
    const outsider = { type: who.type, ...(who.account === undefined ? {} : { account: who.account }) };
    const evidence = trustEvidence(role, statement);
    yield { from: who.id, role, statement, evidence, outsider, ...conditioned(condition) };
  }

  /** What the Deny statements of the trust policy say of somebody. */
  #trustDenies(
    role: IamRole,
    id: string,
    account: string | undefined,
    action: string,
    identity: Identity | undefined,
  ): Answer {
    let found: Answer = { is: 'no', conditions: [], evidence: [] };
    for (const statement of role.trust.statements) {
      if (statement.effect !== 'DENY' || !actionMatches(statement.actions, action)) continue;
      const named = statement.principals.map((name) => this.#names(this.#reader.of(name), id, account));
      const hit = statement.notPrincipals ? notNamed(named, identity) : strongest(named);
      if (hit === 'no') continue;
      const conditions = [statement.condition, hit === 'maybe' ? 'the session is the one that is named' : undefined];
      const condition = allOf(conditions);
      if (condition === undefined) return { is: 'yes', conditions: [], evidence: [] };
      found = { is: 'maybe', conditions: [...found.conditions, condition], evidence: [] };
    }
    return found;
  }

  #names(trusted: Trusted, id: string, account: string | undefined): 'no' | 'maybe' | 'yes' {
    if (trusted.means === 'everyone') return 'yes';
    if (trusted.means === 'identity') return trusted.arn === id ? 'yes' : 'no';
    if (trusted.means === 'session') return trusted.arn === id ? 'maybe' : 'no';
    if (trusted.means === 'account') return trusted.account === account ? 'yes' : 'no';
    if (trusted.means !== 'outsider') return 'no';
    return trusted.id === id || (trusted.type === 'account' && trusted.account === account) ? 'yes' : 'no';
  }
}

/** Deny with NotPrincipal spares those it names, but never somebody with a permissions boundary: so AWS documents it. */
function notNamed(named: readonly ('no' | 'maybe' | 'yes')[], identity: Identity | undefined): 'no' | 'maybe' | 'yes' {
  if (identity?.entity.boundary !== undefined) return 'yes';
  const hit = strongest(named);
  return hit === 'yes' ? 'no' : hit === 'maybe' ? 'maybe' : 'yes';
}

const strongest = (hits: readonly ('no' | 'maybe' | 'yes')[]): 'no' | 'maybe' | 'yes' =>
  hits.includes('yes') ? 'yes' : hits.includes('maybe') ? 'maybe' : 'no';

function neededAnswers(own: IdentitySide, way: Way): readonly Answer[] {
  const needs = [...own.withinControls, ...(way.needsOwnPolicy ? [own.allows] : [])];
  if (way.boundary === 'binds') return [...needs, own.withinBoundary];
  if (way.boundary === 'free' || own.withinBoundary.is !== 'no') return needs;
  const conditions = ['the permissions boundary, which does not allow it, does not count here'];
  return [...needs, { is: 'maybe', conditions, evidence: [] }];
}

/** An account as a whole gives the right to whom it likes; of one of its users or roles it is not known whether it has it. */
function outsiderNote(role: IamRole, who: Extract<Trusted, { means: 'outsider' }>): string | undefined {
  const named = who.type === 'user' || who.type === 'role' || who.type === 'session';
  return named && who.account !== role.account ? `account ${who.account} allows it too` : undefined;
}

const conditioned = (condition: string | undefined): { readonly condition?: string } =>
  condition === undefined ? {} : { condition };

const trustEvidence = (role: IamRole, statement: TrustStatement): string =>
  evidenceOf(`trust policy of ${role.arn}`, statement);
