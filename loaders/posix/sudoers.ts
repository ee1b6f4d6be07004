/**
 * The grammar of sudoers (sudoers(5)): aliases and rules. Defaults are passed over: they change how sudo asks, not what it
 * allows. Names of aliases stand for their lists only when all files were read, as in sudo itself.
 */

/** `!` before a name takes it out of what the names before it gave. */
export interface Listed {
  readonly text: string;
  readonly negated: boolean;
}

export interface Commands {
  /** Empty where the rule names none: root, then. Undefined list means the same. */
  readonly runAs: readonly Listed[];
  readonly runAsGroups: readonly Listed[];
  readonly commands: readonly Listed[];
  /** `NOPASSWD` and its like, that hold for the commands. */
  readonly tags: readonly string[];
}

export interface Rule {
  readonly users: readonly Listed[];
  readonly hosts: readonly Listed[];
  readonly commands: readonly Commands[];
  readonly line: number;
}

export type AliasKind = 'User_Alias' | 'Runas_Alias' | 'Host_Alias' | 'Cmnd_Alias';

/** What a line says. */
export type Statement =
  | { readonly is: 'rule'; readonly rules: readonly Rule[] }
  | { readonly is: 'alias'; readonly kind: AliasKind; readonly name: string; readonly list: readonly Listed[] }
  | { readonly is: 'include'; readonly path: string; readonly folder: boolean }
  | { readonly is: 'wrong'; readonly why: string; readonly line: number };

const INCLUDE = /^[@#](include|includedir)\s+(?:"([^"]+)"|((?:\\.|\S)+))\s*$/;
const ALIAS = /^(User_Alias|Runas_Alias|Host_Alias|Cmnd_Alias)\s+/;
const TAGS = /^\s*((?:NO)?(?:PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT))\s*:/;
const OPTIONS =
  /^\s*(?:ROLE|TYPE|PRIVS|LIMITPRIVS|TIMEOUT|CWD|CHROOT|NOTBEFORE|NOTAFTER|APPARMOR_PROFILE)\s*=\s*(?:"[^"]*"|\S+)\s+/;

/** The statements of a file, in their order. */
export function* statementsOf(text: string): Iterable<Statement> {
  for (const { line, text: whole } of logicalLines(text)) yield* statementsIn(whole, line);
}

/** Lines without comments; one that ends in a backslash goes on in the next. */
function* logicalLines(text: string): Iterable<{ readonly line: number; readonly text: string }> {
  let held = '';
  let start = 0;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (held === '') start = at + 1;
    if (raw.endsWith('\\') && !raw.endsWith('\\\\')) {
      held += `${raw.slice(0, -1)} `;
      continue;
    }
    const whole = held + raw;
    held = '';
    if (whole.trim() !== '') yield { line: start, text: whole };
  }
  if (held.trim() !== '') yield { line: start, text: held };
}

function* statementsIn(whole: string, line: number): Iterable<Statement> {
  const trimmed = whole.trim();
  const include = INCLUDE.exec(trimmed);
  if (include !== null) {
    const path = include[2] ?? include[3]!.replace(/\\(.)/g, '$1');
    yield { is: 'include', path, folder: include[1] === 'includedir' };
    return;
  }
  const text = withoutComment(trimmed).trim();
  if (text === '' || /^Defaults([\s@:!>]|$)/.test(text)) return;
  const alias = ALIAS.exec(text);
  if (alias === null) yield ruleOf(text, line);
  else yield* aliasesOf(alias[1] as AliasKind, text.slice(alias[0].length), line);
}

/** A `#` starts a comment, but not in quotes, not escaped, and not before the digits of a number of a user. */
function withoutComment(text: string): string {
  for (const { at, char } of plainChars(text)) {
    if (char === '#' && !/^\d/.test(text.slice(at + 1))) return text.slice(0, at);
  }
  return text;
}

/** Characters that are neither escaped nor in quotes. */
function* plainChars(text: string): Iterable<{ readonly at: number; readonly char: string }> {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted) yield { at, char };
  }
}

function splitAt(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { at, char } of plainChars(text)) {
    if (char !== separator) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)];
}

function* aliasesOf(kind: AliasKind, text: string, line: number): Iterable<Statement> {
  for (const part of splitAt(text, ':')) {
    const match = /^\s*([A-Z][A-Z0-9_]*)\s*\+?=(.*)$/s.exec(part);
    if (match === null) yield { is: 'wrong', why: `is no alias: ${part.trim().slice(0, 60)}`, line };
    else yield { is: 'alias', kind, name: match[1]!, list: listOf(match[2]!) };
  }
}

function listOf(text: string): readonly Listed[] {
  return splitAt(text, ',').flatMap((part) => {
    const [, marks, rest] = /^\s*((?:!\s*)*)(.*?)\s*$/s.exec(part)!;
    // Two quotes behind a command say: without arguments.
    const unquoted = rest!.endsWith(' ""') ? rest! : rest!.replaceAll('"', '');
    const plain = unquoted.replace(/\\([\\,:=!#@ ])/g, '$1');
    return plain === '' ? [] : [{ text: plain, negated: (marks!.split('!').length - 1) % 2 === 1 }];
  });
}

function ruleOf(text: string, line: number): Statement {
  const [head, ...tail] = splitAt(text, '=');
  const title = /^(.*\S)\s+(\S.*)$/s.exec(splitHead(head!));
  if (tail.length === 0 || title === null) return { is: 'wrong', why: 'is neither a rule nor an alias', line };
  const users = listOf(title[1]!.replaceAll(SPACE_IN_LIST, ','));
  const rules: Rule[] = [];
  let hosts = listOf(title[2]!.replaceAll(SPACE_IN_LIST, ','));
  // Further hosts of the same users follow a colon: `ada a = /bin/x : b = /bin/y`.
  for (const [at, part] of specsOf(text.slice(head!.length + 1)).entries()) {
    const commands = at === 0 ? part : undefined;
    const inner = commands === undefined ? splitOnce(part) : undefined;
    if (inner !== undefined) hosts = listOf(inner[0]);
    rules.push({ users, hosts, commands: commandsOf(inner?.[1] ?? part), line });
  }
  return { is: 'rule', rules };
}

/** Stands for a comma with its spaces while users are told from hosts. */
const SPACE_IN_LIST = '\u0001';
const splitHead = (head: string): string => head.replace(/\s*,\s*/g, SPACE_IN_LIST).replace(/!\s+/g, '!');

function splitOnce(part: string): readonly [string, string] | undefined {
  const [hosts, ...rest] = splitAt(part, '=');
  return rest.length === 0 ? undefined : [hosts!, part.slice(hosts!.length + 1)];
}

/** Splits at colons that start another list of hosts: not those behind tags or between users and groups. */
function specsOf(text: string): readonly string[] {
  const specs: string[] = [];
  let start = 0;
  for (const { at, char } of plainChars(text)) {
    if (char !== ':' || !/^\s*[^\s,:=]+(?:\s*,\s*[^\s,:=]+)*\s*=\s*\S/.test(text.slice(at + 1))) continue;
    if (/[A-Z_]\s*$/.test(text.slice(0, at)) && TAGS.test(`${/[A-Z_]+\s*$/.exec(text.slice(0, at))![0]}:`)) continue;
    if (text.lastIndexOf('(', at) > text.lastIndexOf(')', at)) continue;
    specs.push(text.slice(start, at));
    start = at + 1;
  }
  return [...specs, text.slice(start)];
}

/** Users and tags hold for the commands behind them until others are named. */
function commandsOf(text: string): readonly Commands[] {
  const found: Commands[] = [];
  let runAs: readonly Listed[] = [];
  let runAsGroups: readonly Listed[] = [];
  let tags: readonly string[] = [];
  for (const part of splitAt(joinedLists(text), ',')) {
    let rest = part.replaceAll(SPACE_IN_LIST, ',').trim();
    const as = /^\(([^:)]*)(?::([^)]*))?\)/.exec(rest);
    if (as !== null) {
      runAs = listOf(as[1]!);
      runAsGroups = listOf(as[2] ?? '');
      rest = rest.slice(as[0].length);
    }
    for (let option = OPTIONS.exec(rest); option !== null; option = OPTIONS.exec(rest))
      rest = rest.slice(option[0].length);
    for (let tag = TAGS.exec(rest); tag !== null; tag = TAGS.exec(rest)) {
      tags = [...tags.filter((one) => one.replace(/^NO/, '') !== tag![1]!.replace(/^NO/, '')), tag[1]!];
      rest = rest.slice(tag[0].length);
    }
    const commands = listOf(rest.replaceAll(',', '\\,'));
    if (commands.length > 0) found.push({ runAs, runAsGroups, commands, tags });
  }
  return found;
}

/** Commas inside of parentheses do not part commands. */
const joinedLists = (text: string): string => text.replace(/\([^)]*\)/g, (list) => list.replaceAll(',', SPACE_IN_LIST));
