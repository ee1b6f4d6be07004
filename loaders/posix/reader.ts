import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { MAX_ACTION, type Problems, wrongWithText } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { inputError } from '../formats/unreadable.ts';
import type { LoadRequest } from '../loader.ts';
import { type MachineFile, MachineFiles, readSudoers, type Sudoers } from './files.ts';
import { type Allowed, allowedBy, expanded, holdsOn } from './sudo-rules.ts';
import type { Listed, Rule } from './sudoers.ts';

/** Shells of accounts that cannot log in. */
const NO_SHELL = /\/(?:nologin|false|sync|halt|shutdown)$/;
/** Below are accounts of the system itself, and from 65534 on those of nobody: login.defs(5), systemd's ranges. */
const FIRST_PERSON = 1_000;
const LAST_PERSON = 60_000;

/** Opens a machine, or the copy of its `etc` below another root. */
export async function openMachine(request: LoadRequest, problems: Problems): Promise<Opened> {
  if (request.paths.length !== 1) {
    throw inputError(
      request.paths.join(', '),
      undefined,
      'one root is loaded at a time; load each machine as a source of its own',
    );
  }
  const files = await MachineFiles.open(request.paths[0]!);
  const passwd = await files.read('/etc/passwd', true);
  if (passwd === undefined) throw inputError(files.root, undefined, 'there is no etc/passwd to be read below it');
  const group = await files.read('/etc/group', true);
  const host = await hostOf(files);
  const before = files.skipped.length;
  const sudoers = await readSudoers(files, host, problems);
  const isWhole = group !== undefined && files.skipped.length === before;
  const machine = new Machine(host, request.source ?? `posix:${host}`, problems);
  machine.accounts(passwd);
  if (group !== undefined) machine.groups(group);
  machine.rules(sudoers);
  return {
    async *records() {
      yield machine.records;
    },
    skipped: [...files.skipped, ...machine.skipped],
    partial: isWhole ? undefined : { where: files.root, why: PARTIAL },
  };
}

const PARTIAL = 'not all files could be read, so nothing that an earlier load told is withdrawn';

async function hostOf(files: MachineFiles): Promise<string> {
  const text = (await files.read('/etc/hostname', false))?.text ?? '';
  const named = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#'));
  return named ?? (resolve(files.root) === '/' ? hostname() : 'localhost');
}

class Machine {
  readonly records: SourceRecord[] = [];
  readonly skipped: { where: string; why: string }[] = [];
  readonly #host: string;
  readonly #source: string;
  readonly #problems: Problems;
  readonly #names: string[] = [];
  /** Number → the first account that has it. */
  readonly #byUid = new Map<string, string>();
  readonly #byGid = new Map<string, string>();

  constructor(host: string, source: string, problems: Problems) {
    this.#host = host;
    this.#source = source;
    this.#problems = problems;
    this.#record('machines', { host }, 'etc/hostname');
  }

  #record(type: string, fields: Fields, file: string, line?: number): void {
    const place = line === undefined ? {} : { line };
    this.records.push({ type, fields: { host: this.#host, ...fields }, source: this.#source, file, ...place });
  }

  accounts(file: MachineFile): void {
    for (const { line, columns } of this.#rows(file, 7)) {
      const [name, , uid, gid, gecos, home, shell] = columns as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const number = Number(uid);
      if (!/^\d+$/.test(uid) || !/^\d+$/.test(gid)) {
        this.#problems.add({ file: file.path, line, message: 'the numbers of user and group must be whole numbers' });
        continue;
      }
      this.#names.push(name);
      if (!this.#byUid.has(uid)) this.#byUid.set(uid, name);
      const isPerson = number >= FIRST_PERSON && number < LAST_PERSON;
      const login = !NO_SHELL.test(shell);
      const fullName = gecos.split(',')[0]!;
      const root = this.#byUid.get('0') ?? 'root';
      const fields = { name, uid: number, gid, fullName, home, shell, login, isPerson, isRoot: number === 0, root };
      this.#record('accounts', fields, file.path, line);
    }
  }

  groups(file: MachineFile): void {
    for (const { line, columns } of this.#rows(file, 4)) {
      const [name, , gid, members] = columns as [string, string, string, string];
      if (!this.#byGid.has(gid)) this.#byGid.set(gid, name);
      const listed = members
        .split(',')
        .map((member) => member.trim())
        .filter((member) => member !== '');
      this.#record('groups', { name, gid, members: listed, root: this.#byUid.get('0') ?? 'root' }, file.path, line);
    }
  }

  /** Lines with their columns. Those that add accounts of a directory (`+`, NIS) are passed over, and said. */
  *#rows(file: MachineFile, count: number): Iterable<{ readonly line: number; readonly columns: readonly string[] }> {
    for (const [at, text] of file.text.split(/\r?\n/).entries()) {
      if (text.trim() === '' || text.startsWith('#')) continue;
      const line = at + 1;
      if (/^[+-]/.test(text)) {
        this.skipped.push({ where: `${file.path}:${line}`, why: 'accounts of NIS are not in this file' });
        continue;
      }
      const columns = text.split(':');
      if (columns.length === count && columns[0] !== '') yield { line, columns };
      else
        this.#problems.add({
          file: file.path,
          line,
          message: `has ${columns.length} columns; ${count} are needed, the first not empty`,
        });
    }
  }

  rules({ rules, aliases }: Sudoers): void {
    for (const rule of rules) {
      const holds = holdsOn(rule, this.#host, aliases);
      const where = `${rule.file}:${rule.line}`;
      if (holds === false) this.skipped.push({ where, why: `a rule for other hosts than ${this.#host}` });
      else {
        const users = expanded(rule.users, 'User_Alias', aliases);
        const condition = holds === true ? null : holds;
        for (const allowed of allowedBy(rule, aliases)) this.#rule(rule, users, allowed, condition);
      }
    }
  }

  #rule(rule: Rule & { file: string }, users: readonly Listed[], allowed: Allowed, condition: string | null): void {
    const where = `${rule.file}:${rule.line}`;
    const taken = users.filter(({ negated }) => negated);
    if (taken.length > 0)
      this.skipped.push({ where, why: 'takes users out by "!"; only those that are named are told' });
    const barred = new Set(taken.map(({ text }) => text));
    for (const { text } of users.filter(({ negated }) => !negated)) {
      const principals = text === 'ALL' && barred.size > 0 ? this.#names.filter((name) => !barred.has(name)) : [text];
      for (const principal of principals.filter((one) => !barred.has(one))) {
        const id = this.#principal(principal);
        if (id === undefined) this.skipped.push({ where, why: `netgroups such as ${principal} are not known here` });
        else for (const as of this.#runAs(allowed.runAs, where)) this.#may(rule, id, as, allowed, condition);
      }
    }
  }

  #may(rule: Rule & { file: string }, principal: string, as: string, allowed: Allowed, condition: string | null): void {
    const isAll = allowed.allowed.includes('ALL');
    const commands = (isAll ? ['*'] : allowed.allowed.flatMap(patternsOf)).filter(fitsAction);
    if (commands.length === 0) return;
    const technique = ['sudo', ...allowed.tags].join(' ');
    const denied = allowed.denied.filter(canBeTakenOut).flatMap(patternsOf).filter(fitsAction);
    const key = [technique, ...commands].join(', ').slice(0, 1_000);
    const fields = {
      principal,
      as,
      commands,
      denied,
      technique,
      condition,
      key,
      isAll,
      isFree: isAll && denied.length === 0,
    };
    this.#record('rules', fields, rule.file, rule.line);
  }

  /** The id of who a rule names: a user, `%group`, `#number`, `%#number`, everyone. */
  #principal(text: string): string | undefined {
    if (text === 'ALL') return `${this.#host}/everyone`;
    if (text.startsWith('+') || text.startsWith('%:')) return undefined;
    if (text.startsWith('%#')) return this.#group(this.#byGid.get(text.slice(2)) ?? text.slice(1));
    if (text.startsWith('%')) return this.#group(text.slice(1));
    return this.#user(text.startsWith('#') ? (this.#byUid.get(text.slice(1)) ?? text) : text);
  }

  #user(name: string): string {
    return `${this.#host}/user/${name}`;
  }

  #group(name: string): string {
    return `${this.#host}/group/${name}`;
  }

  /** The accounts as which commands run. Root can be everyone, so ALL is root alone where root is not taken out. */
  #runAs(list: readonly Listed[], where: string): readonly string[] {
    const barred = new Set(list.filter(({ negated }) => negated).map(({ text }) => text));
    const found = new Set<string>();
    for (const { text, negated } of list) {
      if (negated) continue;
      if (text === 'ALL' && !barred.has('root') && !barred.has('#0')) found.add(this.#byUid.get('0') ?? 'root');
      else if (text === 'ALL') for (const name of this.#names) found.add(name);
      else if (text.startsWith('%')) this.skipped.push({ where, why: `accounts of ${text} as the account to run as` });
      else found.add(text.startsWith('#') ? (this.#byUid.get(text.slice(1)) ?? text) : text);
    }
    return [...found].filter((name) => !barred.has(name));
  }
}

/** A command as patterns of actions: without arguments it takes any, and a folder stands for what is in it. */
function patternsOf(command: string): readonly string[] {
  const text = command
    .replace(/^sha(?:224|256|384|512):\S+\s+/, '')
    .replace(/\\?[?*]/g, '*')
    .replace(/\[[^\]]*\]/g, '*');
  if (text === 'ALL') return ['*'];
  if (text.endsWith('/')) return [`${text}*`];
  if (text.endsWith(' ""')) return [text.slice(0, -3)];
  return text.includes(' ') || text.endsWith('*') ? [text] : [text, `${text} *`];
}

/** Patterns that are finer than ours are not taken out: too much is told rather than too little. */
const canBeTakenOut = (command: string): boolean => !/[?[]/.test(command);
const fitsAction = (pattern: string): boolean => wrongWithText(pattern, MAX_ACTION) === undefined;
