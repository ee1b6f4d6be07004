/** Which accounts of other sources belong to the people of one. */
import type { Withdrawal } from '../model/index.ts';

/** How values are made comparable: white space around them and letter case never count; `email` also knows domain aliases. */
export type KeyForm = 'text' | 'email';

/** An attribute of the account that has to say what an attribute of the person says. */
export interface KeyPair {
  /** A path such as `mail` or `emails.value`; `id` and `name` are the node's own. Lists are several values. */
  readonly account: string;
  readonly person: string;
  readonly as: KeyForm;
}

/** The accounts of one source. */
export interface AccountRule {
  readonly source: string;
  /** Each may find the person; where they find different ones, none is taken. */
  readonly match: readonly KeyPair[];
  /** Kinds of nodes that are somebody's account. A service account bears its owner's address and yet is not he: it is not one unless asked. */
  readonly kinds: readonly ('User' | 'ServiceAccount')[];
}

export interface JoinRule {
  /** The edges belong to the source `join:NAME`. */
  readonly name: string;
  /** The source whose users are the people. */
  readonly people: string;
  readonly accounts: readonly AccountRule[];
  /** Domains of e-mail addresses that are another one's: alias to domain, in lower case. */
  readonly domains: Readonly<Record<string, string>>;
}

/** Things that are counted exactly, of which the first are told. */
export interface SomeOf<T> {
  readonly count: number;
  readonly some: readonly T[];
}

/** An account that may be that of several people. */
export interface AmbiguousAccount {
  readonly account: string;
  readonly people: readonly string[];
}

/** What a join found in one source. */
export interface JoinedSource {
  readonly source: string;
  readonly accounts: number;
  readonly joined: number;
  /** Accounts that are the person's own node already. */
  readonly same: number;
  /** Accounts without any of the attributes. */
  readonly withoutKey: SomeOf<string>;
  /** Accounts that nobody was found for. */
  readonly unmatched: SomeOf<string>;
  readonly ambiguous: SomeOf<AmbiguousAccount>;
}

export interface JoinReport {
  readonly name: string;
  /** The source of its edges. */
  readonly source: string;
  readonly people: number;
  readonly sources: readonly JoinedSource[];
  readonly version: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly tooMuch?: readonly Withdrawal[];
}

/** How many of the accounts that were left alone are told, of each kind in each source. */
export const MOST_TOLD = 1_000;
