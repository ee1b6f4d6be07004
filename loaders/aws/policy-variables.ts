/**
 * Policy variables in resources: `${aws:username}` stands for a value of the request. What follows from the identity
 * that asks is put in; what is only known when the request comes is widened to a wildcard and marked as not exact.
 */
import { isWild } from './glob.ts';

/** What is known of the identity that asks. */
export interface Requester {
  readonly kind: 'user' | 'role';
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** `AIDA…` or `AROA…`. */
  readonly uniqueId: string;
  /** By key in lower case. */
  readonly tags: ReadonlyMap<string, string>;
  /** False where neither the ARN nor the unique id is known. */
  readonly isKnown: boolean;
}

/** A resource pattern as it stands for one requester, or for any. */
export interface ResolvedPattern {
  readonly pattern: string;
  /** False when the pattern matches more than the text with its variables does. */
  readonly exact: boolean;
  /** As the policy has it. */
  readonly written: string;
}

const VARIABLE = /\$\{([^}]*)\}/g;
const OF_IDENTITY = /\$\{\s*aws:(?:username|userid|PrincipalArn|PrincipalType|PrincipalTag\/[^},]*)\s*(?:,[^}]*)?\}/i;

/** True when a text has a variable whose value follows from who asks. */
export const dependsOnRequester = (text: string): boolean => OF_IDENTITY.test(text);

/** A value, a value that is only narrowed down, or `none`: the request has no such value. */
type Value = { readonly text: string; readonly exact: boolean } | 'none';

/**
 * Puts in what is known.
 *
 * @param requester undefined for texts that do not depend on it
 * @returns undefined when a variable has no value for this requester: AWS then takes the text to match nothing
 */
export function resolveVariables(
  text: string,
  account: string,
  requester: Requester | undefined,
): ResolvedPattern | undefined {
  let exact = true;
  let missing = false;
  const pattern = text.replace(VARIABLE, (_, inside: string) => {
    const value = variableValue(inside, account, requester);
    if (value === 'none') missing = true;
    else if (!value.exact) exact = false;
    return value === 'none' ? '' : value.text;
  });
  return missing ? undefined : { pattern, exact, written: text };
}

/** `name` or `name, 'default'`. */
function variableValue(inside: string, account: string, requester: Requester | undefined): Value {
  if (inside === '$') return { text: '$', exact: true };
  if (inside === '*' || inside === '?') return { text: '?', exact: false };
  const comma = inside.indexOf(',');
  const name = (comma < 0 ? inside : inside.slice(0, comma)).trim().toLowerCase();
  const value = knownValue(name, account, requester);
  if (value !== 'none' || comma < 0) return value;
  return literal(/^\s*'(.*)'\s*$/.exec(inside.slice(comma + 1))?.[1] ?? '*');
}

const UNKNOWN: Value = { text: '*', exact: false };

function knownValue(name: string, account: string, requester: Requester | undefined): Value {
  if (name === 'aws:principalaccount') return literal(account);
  if (requester === undefined) return UNKNOWN;
  const isUser = requester.kind === 'user';
  if (!requester.isKnown && (name === 'aws:userid' || name === 'aws:principalarn')) return UNKNOWN;
  if (name === 'aws:username') return isUser ? literal(requester.name) : 'none';
  if (name === 'aws:userid') {
    return isUser ? literal(requester.uniqueId) : { text: `${requester.uniqueId}:*`, exact: false };
  }
  if (name === 'aws:principalarn') return literal(requester.arn);
  if (name === 'aws:principaltype') return literal(isUser ? 'User' : 'AssumedRole');
  if (name.startsWith('aws:principaltag/')) return tagValue(name.slice('aws:principaltag/'.length), requester);
  return UNKNOWN;
}

/** The tags of a role may be changed by those of its session. */
function tagValue(key: string, requester: Requester): Value {
  if (requester.kind === 'role') return UNKNOWN;
  const value = requester.tags.get(key);
  return value === undefined ? 'none' : literal(value);
}

/** A wildcard inside a value stands for itself, which patterns cannot say: one character is the nearest. */
const literal = (text: string): Value =>
  isWild(text) ? { text: text.replace(/[*?]/g, '?'), exact: false } : { text, exact: true };
