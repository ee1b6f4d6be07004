/** Reads policy documents: identity policies (who holds them may do what) and trust policies (who may assume a role). */
import { MAX_LONG_TEXT } from '../../engine/model/index.ts';
import { JsonScanner } from '../formats/json-scan.ts';
import { conditionText } from './condition-text.ts';
import { type JsonCursor, kindOf } from './json-cursor.ts';

/** A list of patterns that are meant, or meant to be left out. */
export interface Terms {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

interface StatementHead {
  /** Counted from 1. */
  readonly number: number;
  readonly sid?: string;
  /** The Sid where no other statement of the policy has it, else the number. */
  readonly label: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly actions: Terms;
  readonly condition?: string;
}

export interface Statement extends StatementHead {
  readonly resources: Terms;
}

export interface PolicyDocument<S> {
  /** True from language version 2012-10-17 on: `${…}` in resources stands for a value of the request. */
  readonly variables: boolean;
  readonly statements: readonly S[];
}

export type IdentityPolicy = PolicyDocument<Statement>;

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | '*';

/** One principal that a trust policy names. `*` of type `*` is everyone. */
export interface PrincipalName {
  readonly type: PrincipalType;
  readonly name: string;
}

export interface TrustStatement extends StatementHead {
  /** True for NotPrincipal. */
  readonly notPrincipals: boolean;
  readonly principals: readonly PrincipalName[];
}

export type TrustPolicy = PolicyDocument<TrustStatement>;

export interface ResourceStatement extends TrustStatement {
  readonly resources: Terms;
}

export type ResourcePolicy = PolicyDocument<ResourceStatement>;

const DOCUMENT = new Set(['Version', 'Id', 'Statement']);
const HEAD = ['Sid', 'Effect', 'Action', 'NotAction', 'Condition'];
const STATEMENT = new Set([...HEAD, 'Resource', 'NotResource']);
const TRUST_STATEMENT = new Set([...HEAD, 'Principal', 'NotPrincipal']);
const RESOURCE_STATEMENT = new Set([...TRUST_STATEMENT, ...STATEMENT]);
const VERSIONS = ['2012-10-17', '2008-10-17'];
const PRINCIPAL_TYPES = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);
/** The longest pattern or principal that is taken, in UTF-16 units: AWS' own limit on an ARN. */
const MAX_PATTERN = 2_048;

/** @returns undefined when anything is wrong, which is reported */
export function readIdentityPolicy(document: JsonCursor): IdentityPolicy | undefined {
  return readDocument(document, STATEMENT, (head, cursor) => {
    const resources = terms(cursor, 'Resource', 'NotResource');
    return resources === undefined ? undefined : { ...head, resources };
  });
}

/** @returns undefined when anything is wrong, which is reported */
export function readTrustPolicy(document: JsonCursor): TrustPolicy | undefined {
  return readDocument(document, TRUST_STATEMENT, (head, cursor) => {
    const chosen = either(cursor, 'Principal', 'NotPrincipal');
    if (chosen === undefined) return undefined;
    return { ...head, notPrincipals: chosen.not, principals: principals(chosen.cursor) };
  });
}

/** @returns undefined when anything is wrong, which is reported */
export function readResourcePolicy(document: JsonCursor): ResourcePolicy | undefined {
  return readDocument(document, RESOURCE_STATEMENT, (head, cursor) => {
    const chosen = either(cursor, 'Principal', 'NotPrincipal');
    const resources = terms(cursor, 'Resource', 'NotResource');
    if (chosen === undefined || resources === undefined) return undefined;
    return { ...head, notPrincipals: chosen.not, principals: principals(chosen.cursor), resources };
  });
}

type ReadRest<S> = (head: StatementHead, cursor: JsonCursor) => S | undefined;

function readDocument<S extends StatementHead>(
  packed: JsonCursor,
  known: ReadonlySet<string>,
  rest: ReadRest<S>,
): PolicyDocument<S> | undefined {
  const before = packed.origin.problems.total;
  const document = unpack(packed);
  if (document === undefined || !document.isObject(DOCUMENT)) return undefined;
  document.member('Id')?.text();
  const version = readVersion(document);
  const cursors = document.needed('Statement')?.oneOrMore() ?? [];
  const statements = cursors.map((cursor, at) => readStatement(cursor, at + 1, known, rest));
  if (packed.origin.problems.total > before) return undefined;
  return { variables: version === '2012-10-17', statements: labelled(statements as S[]) };
}

function readVersion(document: JsonCursor): string | undefined {
  const cursor = document.member('Version');
  const version = cursor?.text();
  if (version !== undefined && !VERSIONS.includes(version)) cursor!.fail(`must be one of ${VERSIONS.join(', ')}`);
  return version;
}

/** Documents come as objects from the command line, and as text, percent-encoded or not, from the API. */
function unpack(packed: JsonCursor): JsonCursor | undefined {
  if (typeof packed.value !== 'string') return packed;
  const text = packed.value.trimStart().startsWith('{') ? packed.value : percentDecoded(packed.value);
  if (text === undefined) return packed.fail('is text that is neither JSON nor percent-encoded JSON');
  const faults = new JsonScanner().scan(text);
  if (faults.length === 0) return packed.unpacked(JSON.parse(text));
  for (const { offset, field, message } of faults) {
    const where = field === undefined ? `character ${offset + 1} of the text` : field;
    packed.fail(`the policy document in this text is at fault at ${where}: ${message}`);
  }
  return undefined;
}

function percentDecoded(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return decoded.trimStart().startsWith('{') ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function readStatement<S extends StatementHead>(
  cursor: JsonCursor,
  number: number,
  known: ReadonlySet<string>,
  rest: ReadRest<S>,
): S | undefined {
  if (!cursor.isObject(known)) return undefined;
  const sid = cursor.member('Sid')?.value === '' ? undefined : cursor.member('Sid')?.text();
  const effect = readEffect(cursor);
  const actions = terms(cursor, 'Action', 'NotAction');
  const block = cursor.member('Condition');
  const condition = block === undefined ? undefined : conditionText(block);
  if (condition !== undefined && condition.length > MAX_LONG_TEXT) block!.fail('is longer than any policy may be');
  if (effect === undefined || actions === undefined) return undefined;
  const head: StatementHead = {
    number,
    label: String(number),
    effect,
    actions,
    ...(sid === undefined ? {} : { sid }),
    ...(condition === undefined ? {} : { condition }),
  };
  return rest(head, cursor);
}

function readEffect(cursor: JsonCursor): 'ALLOW' | 'DENY' | undefined {
  const effect = cursor.needed('Effect');
  if (effect === undefined) return undefined;
  if (effect.value === 'Allow') return 'ALLOW';
  if (effect.value === 'Deny') return 'DENY';
  return effect.fail('must be "Allow" or "Deny"');
}

interface Chosen {
  readonly not: boolean;
  readonly cursor: JsonCursor;
}

/** The one of two elements that stands there; both or none are reported. */
function either(statement: JsonCursor, name: string, notName: string): Chosen | undefined {
  const plain = statement.member(name);
  const not = statement.member(notName);
  if (plain !== undefined && not !== undefined) return not.fail(`stands beside "${name}"; a statement has one of them`);
  if (plain !== undefined) return { not: false, cursor: plain };
  if (not !== undefined) return { not: true, cursor: not };
  return statement.fail(`has neither "${name}" nor "${notName}"`);
}

function terms(statement: JsonCursor, name: string, notName: string): Terms | undefined {
  const chosen = either(statement, name, notName);
  if (chosen === undefined) return undefined;
  const items = chosen.cursor.oneOrMore();
  if (items.length === 0) return chosen.cursor.fail('is an empty list; name at least one');
  const patterns = items.map((item) => item.text(MAX_PATTERN)).filter((text) => text !== undefined);
  return patterns.length < items.length ? undefined : { not: chosen.not, patterns };
}

function principals(cursor: JsonCursor): readonly PrincipalName[] {
  if (cursor.value === '*') return [{ type: '*', name: '*' }];
  if (typeof cursor.value === 'string') {
    cursor.fail('must be "*" or an object such as {"AWS": "arn:aws:iam::111122223333:root"}');
    return [];
  }
  const names = cursor.entries().flatMap(([type, values]) => principalsOfType(type, values));
  if (names.length === 0) cursor.fail(`names no principal, it is ${kindOf(cursor.value)} without entries`);
  return names;
}

function principalsOfType(type: string, values: JsonCursor): readonly PrincipalName[] {
  if (!PRINCIPAL_TYPES.has(type)) {
    values.fail(`"${type.slice(0, 60)}" is no type of principal; known are ${[...PRINCIPAL_TYPES].join(', ')}`);
    return [];
  }
  return values.oneOrMore().flatMap((value) => {
    const name = value.text(MAX_PATTERN);
    return name === undefined ? [] : [{ type: type as PrincipalType, name }];
  });
}

/** With labels that tell the statements of one policy apart and outlive a change of their order where they can. */
function labelled<S extends StatementHead>(statements: readonly S[]): readonly S[] {
  const uses = new Map<string, number>();
  for (const { sid } of statements) if (sid !== undefined) uses.set(sid, (uses.get(sid) ?? 0) + 1);
  return statements.map((statement) =>
    statement.sid !== undefined && uses.get(statement.sid) === 1 && !/^\d+$/.test(statement.sid)
      ? { ...statement, label: statement.sid }
      : statement,
  );
}
