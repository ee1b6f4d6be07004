/** What the files of IAM Identity Center say: people and groups of all accounts, and which permission sets they are assigned where. */
import type { InlinePolicy } from '../account-details.ts';
import type { JsonCursor } from '../json-cursor.ts';

export interface IdentityCenter {
  /** Id of the identity store; undefined when no file names it. */
  readonly store: string | undefined;
  readonly users: readonly CenterUser[];
  readonly groups: readonly CenterGroup[];
  readonly memberships: readonly { readonly user: string; readonly group: string; readonly where: string }[];
  readonly assignments: readonly Assignment[];
  /** By id, `ps-…`. */
  readonly sets: ReadonlyMap<string, PermissionSet>;
  /** Files that are needed for the whole and are not there. */
  readonly missing: readonly string[];
}

export interface CenterUser {
  readonly id: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly title?: string;
  readonly userType?: string;
  readonly externalId?: string;
  readonly enabled?: boolean;
}

export interface CenterGroup {
  readonly id: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly externalId?: string;
}

/** A policy that each account has under the same name, or has not. */
export interface PolicyName {
  readonly name: string;
  /** With a slash at both ends. */
  readonly path: string;
}

/** What is undefined stands in no file. */
export interface PermissionSet {
  /** Its ARN; its id where no file has that. */
  readonly arn: string;
  readonly id: string;
  readonly name?: string;
  readonly inline?: readonly InlinePolicy[];
  /** ARNs of policies of AWS. */
  readonly managed?: readonly string[];
  readonly customer?: readonly PolicyName[];
  readonly boundary?: string | PolicyName | 'none' | undefined;
}

export interface Assignment {
  readonly account: string;
  /** Id of the permission set. */
  readonly set: string;
  readonly kind: 'user' | 'group';
  /** Id of the user or group in the identity store. */
  readonly principal: string;
  readonly where: string;
  readonly cursor: JsonCursor;
}

/** Ids of nodes: the ARNs by which policies know users and groups of an identity store. */
export const centerNodeId = (kind: 'user' | 'group', id: string): string => `arn:aws:identitystore:::${kind}/${id}`;
