/** What the first reading of saved answers tells, of which the records are made in the second. */
import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import type { InputFile } from '../formats/input-files.ts';
import { type JsonShape, jsonItems, jsonShapeOf } from '../formats/json-items.ts';
import { inputError } from '../formats/unreadable.ts';
import { type ContextKind, contextOf, type FileContext } from './file-context.ts';
import { asObject, hostIn, type Kind, kindOf, WRAPPED } from './objects.ts';
import { type CustomRole, levelOf } from './repository-roles.ts';

export interface AnswerFile {
  readonly file: InputFile;
  readonly shape: JsonShape;
  readonly context: FileContext | undefined;
}

export interface Told {
  readonly kind: Kind;
  readonly fields: Fields;
  readonly line: number;
  readonly at: string | undefined;
}

/** Objects of a file, in their order. @throws InputError for an item that is no object */
export async function* toldIn({ file, shape }: AnswerFile): AsyncGenerator<readonly Told[]> {
  for await (const items of jsonItems(file, shape, { lists: WRAPPED })) {
    yield items.flatMap(({ list, index, line, value, isRest }) => {
      if (isRest) return [];
      const at = list === undefined ? undefined : `${list}[${index}]`;
      const fields = objectAt(value, file, line, at);
      return [{ kind: kindOf(fields, list), fields, line, at }];
    });
  }
}

function objectAt(value: JsonValue, file: InputFile, line: number, at: string | undefined): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw inputError(file.shownAs, line, 'must be an object', at);
}

const LISTS_OF_REPOSITORIES: Partial<Record<ContextKind, 'installation' | 'token' | 'secret'>> = {
  'installation-repositories': 'installation',
  'token-repositories': 'token',
  'secret-repositories': 'secret',
};

/** Ids are numbers of the server under its name: `github.com/repo/1296269`. */
export class Answers {
  readonly files: AnswerFile[] = [];
  readonly kinds = new Set<Kind>();
  readonly contexts = new Set<ContextKind>();
  readonly customRoles = new Map<string, CustomRole>();
  /** `installation 7` → repositories that were selected. */
  readonly #selected = new Map<string, string[]>();
  readonly #organizations = new Map<string, string>();
  readonly #repositories = new Map<string, string>();
  readonly #teams = new Map<string, string>();
  /** Role of an organization → organization. */
  readonly #roles = new Map<string, string>();
  readonly #logins = new Set<string>();
  readonly #archived = new Set<string>();
  #host: string | undefined;
  isPublic = false;
  unattributed: string | undefined;

  async add(file: InputFile): Promise<void> {
    const one = { file, shape: await jsonShapeOf(file), context: contextOf(file.path) };
    for await (const told of toldIn(one)) for (const object of told) this.#learn(object, one);
    this.files.push(one);
  }

  get host(): string {
    return this.#host ?? 'github.com';
  }

  /** The one organization that was described; undefined where there are none or several. */
  get login(): string | undefined {
    return this.#logins.size === 1 ? [...this.#logins][0] : undefined;
  }

  id(
    kind: 'org' | 'repo' | 'team' | 'user' | 'app' | 'installation' | 'token' | 'scim' | 'org-role',
    id: string,
  ): string {
    return `${this.host}/${kind}/${id}`;
  }

  get everyone(): string {
    return `${this.host}/everyone`;
  }

  /** @param key an id, or a login */
  organization(key: string): string {
    return this.#organizations.get(key.toLowerCase()) ?? this.id('org', key);
  }

  /** @param key an id, or `OWNER/NAME` */
  repository(key: string): string {
    return this.#repositories.get(key.toLowerCase()) ?? this.id('repo', key);
  }

  /** @param key an id, or `ORG/SLUG` */
  team(key: string): string {
    return this.#teams.get(key.toLowerCase()) ?? this.id('team', key);
  }

  isArchived(repository: string): boolean {
    return this.#archived.has(repository);
  }

  organizationOfRole(role: string): string | undefined {
    return this.#roles.get(role);
  }

  selected(of: 'installation' | 'token' | 'secret', key: string): readonly string[] | undefined {
    return this.#selected.get(`${of} ${key}`);
  }

  /** Secrets for which a repository was selected, by name. */
  *secretsOf(repository: string): Generator<string> {
    for (const [key, repositories] of this.#selected)
      if (key.startsWith('secret ') && repositories.includes(repository)) yield key.slice('secret '.length);
  }

  #learn({ kind, fields }: Told, { file, context }: AnswerFile): void {
    const address = textOf(fields['url']) ?? textOf(fields['html_url']) ?? textOf(asObject(fields['meta'])['location']);
    this.#host ??= hostIn(address);
    if (context === undefined) this.kinds.add(kind);
    else if (context.key === undefined) this.unattributed ??= file.shownAs;
    else {
      this.contexts.add(context.of);
      this.#select(context, fields);
    }
    const id = textOf(fields['id']);
    if (id === undefined) return;
    if (kind === 'organizations') {
      this.#organization(fields);
      this.#logins.add(textOf(fields['login']) ?? id);
    } else if (kind === 'repositories') this.#repository(id, fields);
    else if (kind === 'teams') this.#team(id, fields);
    else if (kind === 'organization-roles') this.#role(id, fields);
    else if (kind === 'installations') this.#organization(asObject(fields['account']));
    else if (kind === 'repository-roles') this.#customRole(fields);
  }

  #select({ of, key }: FileContext, fields: Fields): void {
    const what = LISTS_OF_REPOSITORIES[of];
    const id = textOf(fields['id']);
    if (what === undefined || id === undefined) return;
    const known = this.#selected.get(`${what} ${key}`);
    if (known === undefined) this.#selected.set(`${what} ${key}`, [this.id('repo', id)]);
    else known.push(this.id('repo', id));
  }

  #organization(fields: Fields): void {
    const [login, id] = [textOf(fields['login']), textOf(fields['id'])];
    if (login !== undefined && id !== undefined) this.#organizations.set(login.toLowerCase(), this.id('org', id));
  }

  #repository(id: string, fields: Fields): void {
    const owner = asObject(fields['owner']);
    if (owner['type'] === 'Organization') this.#organization(owner);
    const name = textOf(fields['full_name']);
    if (name !== undefined) this.#repositories.set(name.toLowerCase(), this.id('repo', id));
    if (visibilityOf(fields) === 'public') this.isPublic = true;
    if (fields['archived'] === true) this.#archived.add(this.id('repo', id));
  }

  #team(id: string, fields: Fields): void {
    const name = /\/orgs\/([^/]+\/)teams\/([^/?#]+)/.exec(textOf(fields['html_url']) ?? '');
    if (name !== null) this.#teams.set(`${name[1]}${name[2]}`.toLowerCase(), this.id('team', id));
  }

  #role(id: string, fields: Fields): void {
    const organization = asObject(fields['organization']);
    this.#organization(organization);
    const of = textOf(organization['id']);
    if (of !== undefined) this.#roles.set(id, this.id('org', of));
  }

  #customRole(fields: Fields): void {
    const name = textOf(fields['name']);
    if (name === undefined) return;
    const permissions = Array.isArray(fields['permissions']) ? fields['permissions'].map(String) : [];
    const base = levelOf(textOf(fields['base_role']) ?? '');
    this.customRoles.set(name, { name, base, permissions });
  }
}

export function visibilityOf(fields: Fields): 'public' | 'internal' | 'private' {
  const told = textOf(fields['visibility']);
  if (told === 'public' || told === 'internal' || told === 'private') return told;
  return fields['private'] === false ? 'public' : 'private';
}
