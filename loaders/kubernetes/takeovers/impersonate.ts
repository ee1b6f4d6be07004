/** Acting as others by design: impersonation and tokens. */

import type { Power } from '../map/powers.ts';
import { MASTERS } from '../map/principals.ts';
import { type Matter, needing, powers, scopesOf, type Takeover } from './matter.ts';

/** `impersonate` on service accounts: to act as them is what it is for. */
export function* impersonateServiceAccount(matter: Matter): Generator<Takeover> {
  for (const power of powers(matter, ['impersonate'], '', 'serviceaccounts')) {
    yield* asServiceAccounts(matter, power, 'impersonate-service-account');
  }
}

/** A token of a service account is all that it takes to act as it. */
export function* requestToken(matter: Matter): Generator<Takeover> {
  for (const power of powers(matter, ['create'], '', 'serviceaccounts/token')) {
    yield* asServiceAccounts(matter, power, 'request-token');
  }
}

/** Any service account of the scope, or those of the names given. */
function* asServiceAccounts(matter: Matter, { rule, names }: Power, technique: string): Generator<Takeover> {
  const edge = { kind: 'CAN_ASSUME', technique, rule } as const;
  if (names === undefined) {
    yield { ...edge, to: matter.standIns.serviceAccounts(matter.scope) };
    return;
  }
  for (const name of names) {
    for (const namespace of scopesOf(matter)) {
      const account = matter.principals.knownAccount(namespace, name);
      if (account !== undefined) yield { ...edge, to: account.id };
    }
  }
}

/** `impersonate` on users, which have no namespace. */
export function* impersonateUser(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  for (const { rule, names } of powers(matter, ['impersonate'], '', 'users')) {
    const edge = { kind: 'CAN_ASSUME', technique: 'impersonate-user', rule } as const;
    if (names === undefined) yield { ...edge, to: matter.standIns.users() };
    else for (const name of names) if (!isServiceAccountUser(name)) yield { ...edge, to: matter.principals.user(name) };
  }
}

/** The API server takes such a name for a service account and asks about that instead. */
const isServiceAccountUser = (name: string): boolean => name.startsWith('system:serviceaccount:');

/** Groups can only be taken on together with a user or a service account. A group cannot be assumed in the model, so it is taken over. */
export function* impersonateGroup(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const somebody =
    powers(matter, ['impersonate'], '', 'users').length +
      powers(matter, ['impersonate'], '', 'serviceaccounts').length >
    0;
  const condition = needing(!somebody && 'the same principal may also impersonate a user or a service account');
  for (const { rule, names } of powers(matter, ['impersonate'], '', 'groups')) {
    const edge = { kind: 'CONTROLS', technique: 'impersonate-group', rule, condition } as const;
    if (names === undefined) {
      yield { ...edge, to: matter.standIns.groups() };
      yield { ...edge, to: matter.principals.group(MASTERS) };
    } else for (const name of names) yield { ...edge, to: matter.principals.group(name) };
  }
}
