/** Getting hold of the credentials of others: tokens in Secrets, and certificates. */

import { unlimited } from '../map/powers.ts';
import type { Rule } from '../read/objects.ts';
import { controls, type Matter, needing, oneOf, powers, READ, scopesOf, type Takeover } from './matter.ts';

/** A Secret can hold a token that does not expire. Reading a list shows what is in the Secrets, too. */
export function* readToken(matter: Matter): Generator<Takeover> {
  for (const { rule, names } of powers(matter, READ, '', 'secrets')) {
    if (names === undefined) {
      yield controls('read-token', matter.standIns.tokenSecrets(matter.scope), rule);
      return;
    }
    yield* readNamedTokens(matter, rule, names);
  }
}

function* readNamedTokens(matter: Matter, rule: Rule, names: ReadonlySet<string>): Generator<Takeover> {
  const shown = scopesOf(matter)
    .flatMap((namespace) => matter.estate.secretsOf(namespace))
    .filter((secret) => names.has(secret.name));
  for (const { namespace, tokenOf, place } of shown) {
    if (tokenOf === undefined) continue;
    yield controls('read-token', matter.principals.serviceAccount(namespace, tokenOf, place.text).id, rule);
  }
  const unseen = [...names].filter(
    (name) => matter.scope === undefined || !shown.some((secret) => secret.name === name),
  );
  if (unseen.length === 0) return;
  const condition = `a Secret named ${oneOf(unseen)} holds a token of the service account`;
  yield controls('read-token', matter.standIns.serviceAccounts(matter.scope), rule, condition);
}

/** A Secret of the token type gets a token of the service account that it names. */
export function* createToken(matter: Matter): Generator<Takeover> {
  const creating = powers(matter, ['create'], '', 'secrets')[0];
  if (creating === undefined) return;
  const reads = unlimited(powers(matter, READ, '', 'secrets'));
  const condition = needing(!reads && 'the same principal may also read the Secret that it creates');
  yield controls('create-token-secret', matter.standIns.serviceAccounts(matter.scope), creating.rule, condition);
}

const CERTIFICATES = 'certificates.k8s.io';

const CLIENT_SIGNERS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'];

/** Whoever has a client certificate of their own making approved is whom it says, in the groups it says. */
export function* approveCertificate(matter: Matter): Generator<Takeover> {
  if (matter.scope !== undefined) return;
  const approving = powers(matter, ['update', 'patch'], CERTIFICATES, 'certificatesigningrequests/approval')[0];
  if (approving === undefined) return;
  const signers = powers(matter, ['approve'], CERTIFICATES, 'signers');
  const signs = signers.some(({ names }) => names === undefined || CLIENT_SIGNERS.some((signer) => names.has(signer)));
  const creates = powers(matter, ['create'], CERTIFICATES, 'certificatesigningrequests').length > 0;
  const condition = needing(
    !signs && `the same principal may also approve for the signer ${CLIENT_SIGNERS[0]}`,
    !creates && 'the same principal may also create certificate signing requests',
  );
  const { standIns } = matter;
  for (const to of [standIns.users(), standIns.serviceAccounts(undefined), standIns.groups()]) {
    yield controls('approve-certificate', to, approving.rule, condition);
  }
}
