/** How a role lets its holder become somebody else, or rewrite what it may do. */
import { approveCertificate, createToken, readToken } from './credentials.ts';
import { impersonateGroup, impersonateServiceAccount, impersonateUser, requestToken } from './impersonate.ts';
import type { Matter, Takeover, Technique } from './matter.ts';
import { bindClusterRole, bindRole, escalateClusterRole, escalateRole } from './rewrite-roles.ts';
import { enterPod, runPod, runWorkload, useKubelet } from './run-as.ts';

const TECHNIQUES: readonly Technique[] = [
  impersonateUser,
  impersonateServiceAccount,
  impersonateGroup,
  requestToken,
  runPod,
  runWorkload,
  enterPod,
  readToken,
  createToken,
  useKubelet,
  approveCertificate,
  bindClusterRole,
  bindRole,
  escalateClusterRole,
  escalateRole,
];

/** Everything that a role leads to. */
export function* takeoversOf(matter: Matter): Generator<Takeover> {
  for (const technique of TECHNIQUES) yield* technique(matter);
}
