import type { Estate, HeldPolicy, Identity } from './estate.ts';
import type { ControlLevel } from './organization.ts';

/** Policies that together must allow what an identity does, whatever it is given; their denials count as well. */
export interface Bound {
  readonly policies: readonly HeldPolicy[];
  /** Set where some of the policies are in no file: what must be so for them to allow something. */
  readonly unknown?: string;
}

/** What bounds an identity: its permissions boundary, and each level of service control policies above it. */
export function boundsOf(identity: Identity, estate: Estate): readonly Bound[] {
  const levels = controlsOf(identity, estate);
  const arn = identity.entity.boundary;
  if (arn === undefined) return levels;
  const policy = estate.policies.get(arn)?.policy;
  const boundary: Bound =
    policy === undefined ? { policies: [], unknown: unknownBoundaryText(arn) } : { policies: [{ title: arn, policy }] };
  return [boundary, ...levels];
}

/** The levels of service control policies that narrow what an identity does. Roles that services made for themselves are spared. */
export const controlsOf = ({ account, entity }: Identity, { organization }: Estate): readonly ControlLevel[] =>
  entity.path?.startsWith('/aws-service-role/') === true ? [] : (organization?.levelsOf(account) ?? []);

/** The condition under which something counts that a boundary unknown to us must allow. */
export const unknownBoundaryText = (arn: string): string =>
  `the permissions boundary ${arn}, which no file describes, allows it`;
