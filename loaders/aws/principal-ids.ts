import { accountOfIamArn } from './arn.ts';

/** True for a policy that AWS manages: an account can attach it, and not edit it. */
export const isVendorsPolicy = (arn: string): boolean => accountOfIamArn(arn, 'policy') === 'aws';

/** The node of a managed policy: its ARN; AWS' own policies mean something else in every account, so the account stands before it. */
export const policyNodeId = (account: string, arn: string): string =>
  isVendorsPolicy(arn) ? `aws:${account}:${arn}` : arn;

/** The node of a permissions boundary that depends on whom it bounds. */
export const boundaryNodeId = (identity: { readonly arn: string; readonly account: string }, policy: string): string =>
  `${policyNodeId(identity.account, policy)}@${identity.arn}`;

/** The node that stands for a permissions boundary that no file describes. */
export const unknownBoundaryId = (account: string, arn: string): string => `aws:${account}:unknown-boundary:${arn}`;

/** Whoever has any AWS account at all. */
export const ANYONE = 'aws:anyone';
