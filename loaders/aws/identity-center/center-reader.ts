/** IAM Identity Center: reads the answers of `aws sso-admin` and `aws identitystore`, each in a file of its own. */
import { arnParts, isAccountId } from '../arn.ts';
import type { JsonCursor } from '../json-cursor.ts';
import { readIdentityPolicy } from '../policy-document.ts';
import type { CenterGroup, CenterUser, IdentityCenter, PermissionSet, PolicyName } from './center.ts';

/** Files by name. What a command was asked about stands in the name alone; long lists may be several files, with numbers. */
const FILE =
  /^sso-(?:(instances|users|groups|permission-sets)(?:-\d{1,6})?|(memberships)-of-([0-9a-f-]{1,47})|(permission-set|accounts|inline-policy|managed-policies|customer-policies|boundary)-of-(ps-[0-9a-zA-Z]{1,32})|(assignments)-of-(\d{12})-(ps-[0-9a-zA-Z]{1,32}))\.json$/;

/** True for the name of a file of Identity Center. */
export const isCenterFile = (name: string): boolean => FILE.test(name);

/** Collects the files of one instance. */
export class CenterReader {
  #files = 0;
  #store: string | undefined;
  readonly #users = new Map<string, CenterUser>();
  readonly #groups = new Map<string, CenterGroup>();
  readonly #memberships: IdentityCenter['memberships'][number][] = [];
  readonly #assignments: IdentityCenter['assignments'][number][] = [];
  /** By the last part of the ARN, which stands in the names of files. */
  readonly #sets = new Map<string, Partial<Writable<PermissionSet>>>();
  readonly #listed = new Set<string>();
  readonly #accounts = new Map<string, Set<string>>();
  /** Names of what was read, less the ends; and what has more pages. */
  readonly #read = new Set<string>();
  readonly #more = new Set<string>();

  /** What is at fault is reported. */
  read(name: string, root: JsonCursor): void {
    this.#files += 1;
    const [, list, memberships, group, ofSet, set, assignments, account, assigned] = FILE.exec(name)!;
    this.#read.add(list ?? name.slice('sso-'.length, -'.json'.length));
    const before = root.origin.problems.total;
    if (root.entries().length === 0 && ofSet !== 'boundary') {
      if (root.origin.problems.total === before)
        root.fail('is empty; leave the file out, or load it as the command wrote it');
      return;
    }
    if (typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) return;
    if (root.member('NextToken') !== undefined) this.#more.add(name);
    if (memberships !== undefined) for (const one of itemsOf(root, 'GroupMemberships')) this.#membership(group!, one);
    else if (assignments !== undefined)
      for (const one of itemsOf(root, 'AccountAssignments')) this.#assignment(account!, assigned!, one);
    else if (ofSet !== undefined) this.#ofSet(ofSet, set!, root);
    else if (list === 'users') for (const one of itemsOf(root, 'Users')) this.#user(one);
    else if (list === 'groups') for (const one of itemsOf(root, 'Groups')) this.#group(one);
    else if (list === 'instances') for (const one of itemsOf(root, 'Instances')) this.#storeOf(one);
    else for (const one of root.needed('PermissionSets')?.items() ?? []) this.#list(one);
  }

  #storeOf(cursor: JsonCursor): void {
    const member = cursor.member('IdentityStoreId');
    const store = member?.text(MAX_ID);
    if (store === undefined) return;
    if (this.#store !== undefined && this.#store !== store)
      member!.fail(`is another identity store than ${this.#store}; a folder holds one`);
    this.#store = store;
  }

  #user(cursor: JsonCursor): void {
    this.#storeOf(cursor);
    const id = cursor.needed('UserId')?.text(MAX_ID);
    const status = optional(cursor, 'UserStatus');
    if (id === undefined) return;
    if (this.#users.has(id)) return void cursor.fail(`the user ${id} is described twice`);
    this.#users.set(id, {
      id,
      ...given('userName', optional(cursor, 'UserName')),
      ...given('displayName', optional(cursor, 'DisplayName')),
      ...given('email', emailOf(cursor)),
      ...given('title', optional(cursor, 'Title')),
      ...given('userType', optional(cursor, 'UserType')),
      ...given('externalId', externalIdOf(cursor)),
      ...(status === undefined ? {} : { enabled: status !== 'DISABLED' }),
    });
  }

  #group(cursor: JsonCursor): void {
    this.#storeOf(cursor);
    const id = cursor.needed('GroupId')?.text(MAX_ID);
    if (id === undefined) return;
    if (this.#groups.has(id)) return void cursor.fail(`the group ${id} is described twice`);
    this.#groups.set(id, {
      id,
      ...given('displayName', optional(cursor, 'DisplayName')),
      ...given('description', optional(cursor, 'Description')),
      ...given('externalId', externalIdOf(cursor)),
    });
  }

  #membership(of: string, cursor: JsonCursor): void {
    this.#storeOf(cursor);
    const group = cursor.needed('GroupId')?.text(MAX_ID);
    const member = cursor.needed('MemberId');
    if (group === undefined || member === undefined || member.entries().length === 0) return;
    const user = member.needed('UserId')?.text(MAX_ID);
    if (group !== of) return void cursor.fail(`is of another group than the name of the file says, ${of}`);
    if (user !== undefined) this.#memberships.push({ user, group, where: whereOf(cursor) });
  }

  #list(cursor: JsonCursor): void {
    const arn = setArn(cursor);
    if (arn === undefined) return;
    this.#listed.add(idOfSet(arn));
    this.#set(idOfSet(arn)).arn = arn;
  }

  #set(id: string): Partial<Writable<PermissionSet>> {
    const set = this.#sets.get(id) ?? {};
    this.#sets.set(id, set);
    return set;
  }

  #ofSet(what: string, id: string, root: JsonCursor): void {
    const set = this.#set(id);
    if (what === 'permission-set') this.#describe(id, set, root.needed('PermissionSet'));
    else if (what === 'accounts') {
      const accounts = (root.needed('AccountIds')?.items() ?? []).map((item) => accountOf(item));
      this.#accounts.set(id, new Set(accounts.filter((account) => account !== undefined)));
    } else if (what === 'inline-policy') {
      const text = root.needed('InlinePolicy');
      const policy = text === undefined || text.value === '' ? undefined : readIdentityPolicy(text);
      set.inline = policy === undefined ? [] : [{ name: 'inline policy', policy }];
    } else if (what === 'managed-policies')
      set.managed = itemsOf(root, 'AttachedManagedPolicies').flatMap((item) => item.needed('Arn')?.text() ?? []);
    else if (what === 'customer-policies')
      set.customer = itemsOf(root, 'CustomerManagedPolicyReferences').flatMap((item) => policyName(item) ?? []);
    else set.boundary = boundaryOf(root);
  }

  #describe(id: string, set: Partial<Writable<PermissionSet>>, cursor: JsonCursor | undefined): void {
    if (cursor === undefined || cursor.entries().length === 0) return;
    const arn = setArn(cursor.needed('PermissionSetArn'));
    const name = cursor.needed('Name')?.text(MAX_ID);
    if (arn === undefined || name === undefined) return;
    if (idOfSet(arn) !== id)
      return void cursor.fail(`describes another permission set than the name of the file says, ${id}`);
    set.arn = arn;
    set.name = name;
  }

  #assignment(ofAccount: string, ofSet: string, cursor: JsonCursor): void {
    const account = accountOf(cursor.needed('AccountId'));
    const arn = setArn(cursor.needed('PermissionSetArn'));
    const type = cursor.needed('PrincipalType');
    const principal = cursor.needed('PrincipalId')?.text(MAX_ID);
    if (account === undefined || arn === undefined || type === undefined || principal === undefined) return;
    if (type.value !== 'USER' && type.value !== 'GROUP') return void type.fail('must be USER or GROUP');
    if (account !== ofAccount || idOfSet(arn) !== ofSet)
      return void cursor.fail(`is of another account or permission set than the name of the file says`);
    this.#set(ofSet).arn = arn;
    const kind = type.value === 'USER' ? ('user' as const) : ('group' as const);
    this.#assignments.push({ account, set: ofSet, kind, principal, where: whereOf(cursor), cursor });
  }

  /** @returns undefined where there are no files of Identity Center */
  done(): IdentityCenter | undefined {
    if (this.#files === 0) return undefined;
    const sets = [...this.#sets].map(([id, set]): [string, PermissionSet] => [id, { arn: id, id, ...set }]);
    return {
      store: this.#store,
      users: [...this.#users.values()],
      groups: [...this.#groups.values()],
      memberships: this.#memberships,
      assignments: this.#assignments,
      sets: new Map(sets),
      missing: [...this.#missing()],
    };
  }

  /** Files without which what is not told may be there all the same. */
  *#missing(): Iterable<string> {
    for (const list of ['users', 'groups', 'permission-sets']) if (!this.#read.has(list)) yield `sso-${list}.json`;
    for (const group of this.#groups.keys()) {
      const file = `memberships-of-${group}`;
      if (!this.#read.has(file)) yield `sso-${file}.json`;
    }
    for (const set of this.#listed) {
      for (const file of [`permission-set-of-${set}`, `accounts-of-${set}`])
        if (!this.#read.has(file)) yield `sso-${file}.json`;
      for (const account of this.#accounts.get(set) ?? []) {
        const file = `assignments-of-${account}-${set}`;
        if (!this.#read.has(file)) yield `sso-${file}.json`;
      }
    }
    for (const name of this.#more) yield `what follows ${name} ("NextToken")`;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Far longer than any id or name that AWS gives. */
const MAX_ID = 256;
const SET_ARN = /^arn:[^:]*:sso:::permissionSet\/[^/]+\/(ps-[0-9a-zA-Z]{1,32})$/;

const idOfSet = (arn: string): string => SET_ARN.exec(arn)![1]!;

function setArn(cursor: JsonCursor | undefined): string | undefined {
  const arn = cursor?.text();
  if (arn === undefined || SET_ARN.test(arn)) return arn;
  return cursor!.fail('must be the ARN of a permission set, such as arn:aws:sso:::permissionSet/ssoins-…/ps-…');
}

function accountOf(cursor: JsonCursor | undefined): string | undefined {
  const account = cursor?.text();
  return account === undefined || isAccountId(account)
    ? account
    : cursor!.fail('must be the twelve digits of an account');
}

const whereOf = (cursor: JsonCursor): string => `${cursor.origin.file}: ${cursor.field}`;

const itemsOf = (root: JsonCursor, key: string): readonly JsonCursor[] =>
  (root.needed(key)?.items() ?? []).filter((item) => item.entries().length > 0);

/** Text that may be absent or empty. */
function optional(cursor: JsonCursor, key: string): string | undefined {
  const member = cursor.member(key);
  return member === undefined || member.value === '' ? undefined : member.text();
}

const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: string });

/** The primary address, else the first. */
function emailOf(cursor: JsonCursor): string | undefined {
  const emails = (cursor.member('Emails')?.items() ?? []).filter((item) => item.entries().length > 0);
  const chosen = emails.find((item) => item.member('Primary')?.value === true) ?? emails[0];
  return chosen === undefined ? undefined : optional(chosen, 'Value');
}

function externalIdOf(cursor: JsonCursor): string | undefined {
  const [first] = (cursor.member('ExternalIds')?.items() ?? []).filter((item) => item.entries().length > 0);
  return first === undefined ? undefined : optional(first, 'Id');
}

function policyName(cursor: JsonCursor): PolicyName | undefined {
  const name = cursor.needed('Name')?.text(MAX_ID);
  const path = optional(cursor, 'Path') ?? '/';
  return name === undefined ? undefined : { name, path };
}

/** The command fails where there is no boundary: an empty object says so. */
function boundaryOf(root: JsonCursor): PermissionSet['boundary'] {
  const boundary = root.member('PermissionsBoundary');
  if (boundary === undefined) return 'none';
  if (boundary.entries().length === 0) return undefined;
  const managed = boundary.member('ManagedPolicyArn');
  const arn = managed?.text();
  if (managed !== undefined) {
    if (arn !== undefined && arnParts(arn)?.service !== 'iam')
      return managed.fail('must be the ARN of a managed policy');
    return arn;
  }
  const named = boundary.needed('CustomerManagedPolicyReference');
  return named === undefined || named.entries().length === 0 ? undefined : policyName(named);
}
