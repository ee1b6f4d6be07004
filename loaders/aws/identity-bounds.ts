import { unknownBoundaryText } from './assume-check.ts';
import type { Estate, HeldPolicy, Identity } from './estate.ts';

/** Policies that together must allow what an identity does, whatever it is given; their denials count as well. */
export interface Bound {
  readonly policies: readonly HeldPolicy[];
  /** Set where no file describes the policies: what must be so for them to allow something. */
  readonly unknown?: string;
}

/** What bounds an identity: its permissions boundary. */
export function boundsOf(identity: Identity, estate: Estate): readonly Bound[] {
  const arn = identity.entity.boundary;
  if (arn === undefined) return [];
  const policy = estate.policies.get(arn)?.policy;
  return policy === undefined
    ? [{ policies: [], unknown: unknownBoundaryText(arn) }]
    : [{ policies: [{ title: arn, policy }] }];
}
