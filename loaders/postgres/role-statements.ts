/** Statements about roles: `CREATE ROLE`, `ALTER ROLE`, `COMMENT ON ROLE`, `GRANT role TO role`. */
import type { Place, RoleEntry } from './catalog.ts';
import type { SqlSession } from './sql-session.ts';
import type { TokenReader } from './token-reader.ts';

type Flag = 'superuser' | 'inherit' | 'createRole' | 'createDb' | 'login' | 'replication' | 'bypassRls';

const FLAGS: Readonly<Record<string, Flag>> = {
  superuser: 'superuser',
  createuser: 'superuser',
  inherit: 'inherit',
  createrole: 'createRole',
  createdb: 'createDb',
  login: 'login',
  replication: 'replication',
  bypassrls: 'bypassRls',
};

/** @param words what follows CREATE ROLE, USER or GROUP, or ALTER of them */
export function readRole(words: TokenReader, how: RoleStatement, session: SqlSession, place: Place): void {
  if (words.take('if')) words.take('exists');
  if (how.isAlter && words.take('all')) return;
  const name = words.name();
  if (name === undefined) return;
  // Settings of a role, and other names, change nothing here.
  if (how.isAlter && (words.take('set') || words.take('reset') || words.take('in'))) return;
  if (how.isAlter && words.take('rename')) {
    session.note(place, 'ALTER ROLE … RENAME is not followed: dump the roles as they are called now');
    return;
  }
  if (how.isGroup && how.isAlter) {
    readGroupChange(words, name, session, place);
    return;
  }
  const role = session.catalog.role(name, place);
  if (how.isUser) role.login = true;
  words.take('with');
  while (!words.isDone) readOption(words, role, session, place);
}

export interface RoleStatement {
  readonly isAlter: boolean;
  readonly isUser: boolean;
  readonly isGroup: boolean;
}

function readOption(words: TokenReader, role: RoleEntry, session: SqlSession, place: Place): void {
  const word = words.next()!;
  if (word.is !== 'word') return;
  const isNot = word.text.startsWith('no') && FLAGS[word.text.slice(2)] !== undefined;
  const flag = FLAGS[isNot ? word.text.slice(2) : word.text];
  if (flag !== undefined) role[flag] = !isNot;
  else if (word.text === 'connection' && words.take('limit')) role.connectionLimit = numberOf(words);
  else if (word.text === 'valid' && words.take('until')) {
    const until = words.next();
    if (until?.is === 'text' && until.text !== 'infinity') role.validUntil = until.text;
  } else if (word.text === 'in' && (words.take('role') || words.take('group')))
    for (const other of roleNames(words)) member(session, role.name, other, place);
  else if (word.text === 'role' || word.text === 'user')
    for (const other of roleNames(words)) member(session, other, role.name, place);
  else if (word.text === 'admin')
    for (const other of roleNames(words)) member(session, other, role.name, place, { admin: true });
  else if (word.text === 'password' || word.text === 'sysid') words.next();
}

function numberOf(words: TokenReader): number {
  const sign = words.take('-') ? -1 : 1;
  const limit = Number(words.next()?.text);
  return Number.isSafeInteger(limit) ? sign * limit : -1;
}

/** `ALTER GROUP team ADD USER ada, ken`. */
function readGroupChange(words: TokenReader, group: string, session: SqlSession, place: Place): void {
  if (!words.take('add')) {
    session.note(place, REVOKED_ROLE);
    return;
  }
  words.take('user');
  for (const name of roleNames(words)) member(session, name, group, place);
}

const REVOKED_ROLE = 'memberships that are taken back are not followed: dump the roles as they are now';

interface Options {
  admin?: boolean;
  inherit?: boolean;
  set?: boolean;
}

function member(session: SqlSession, name: string, role: string, place: Place, options: Options = {}): void {
  session.catalog.memberships.push({
    member: name,
    role,
    admin: options.admin ?? false,
    inherit: options.inherit,
    set: options.set ?? true,
    place,
  });
}

export function roleNames(words: TokenReader): readonly string[] {
  const names: string[] = [];
  do {
    const name = words.name();
    if (name === undefined) break;
    names.push(name);
  } while (words.take(','));
  return names;
}

/** `a, b TO c WITH ADMIN OPTION, INHERIT TRUE, SET FALSE GRANTED BY d`: with the options of version 16, and without. */
export function readRoleGrant(words: TokenReader, session: SqlSession, place: Place): void {
  const roles = roleNames(words);
  if (roles.length === 0 || !words.take('to')) {
    session.note(place, 'a GRANT in a form that is not known here');
    return;
  }
  const members = roleNames(words);
  const options = words.take('with') ? readOptions(words) : {};
  for (const role of roles) for (const one of members) member(session, one, role, place, options);
}

function readOptions(words: TokenReader): Options {
  const options: Options = {};
  do {
    const word = words.next();
    const value = words.next()?.text;
    const isOn = value === 'option' || value === 'true';
    if (word?.text === 'admin') options.admin = isOn;
    else if (word?.text === 'inherit') options.inherit = isOn;
    else if (word?.text === 'set') options.set = isOn;
  } while (words.take(','));
  return options;
}

export const noteRoleRevoke = (session: SqlSession, place: Place): void => session.note(place, REVOKED_ROLE);

/** `name IS 'text'`. */
export function readRoleComment(words: TokenReader, session: SqlSession, place: Place): void {
  const name = words.name();
  const text = words.take('is') ? words.next() : undefined;
  if (name !== undefined && text?.is === 'text') session.catalog.role(name, place).comment = text.text;
}
