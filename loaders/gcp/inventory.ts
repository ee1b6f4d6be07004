import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import type { InputFile } from '../formats/input-files.ts';
import { type JsonItem, type JsonShape, jsonItems, jsonShapeOf } from '../formats/json-items.ts';
import { inputError } from '../formats/unreadable.ts';
import { type Asset, objectOf } from './assets.ts';
import { containerName, Hierarchy, type Place, projectInName } from './hierarchy.ts';
import { type Item, itemOf, LISTS } from './items.ts';
import { RoleBook, type RoleDefinition, roleOf, wrongWithRole } from './roles.ts';

/** A file, how its values follow each other, and what it holds. */
export interface InventoryFile {
  readonly file: InputFile;
  readonly shape: JsonShape;
  /** Whether it tells what things are: resources with what their service says of them, groups. */
  readonly describes: boolean;
  /** Whether it tells what holds between them: policies, memberships, resources of which nothing more is told. */
  readonly relates: boolean;
}

/** What the first reading of all files tells, of which the records are made in the second. */
export interface Inventory {
  readonly files: readonly InventoryFile[];
  readonly hierarchy: Hierarchy;
  readonly roles: RoleBook;
  /** `groups/01cp5o7u` → `group:crew@acme.test`. */
  readonly groups: ReadonlyMap<string, string>;
  readonly hasPolicies: boolean;
  readonly hasMemberships: boolean;
  /** Whether a policy names a group. */
  readonly namesGroups: boolean;
  /** A file that says that more pages follow. */
  readonly unfinished: string | undefined;
  readonly asides: Asides;
}

/** What was left aside, counted by reason with the first place of each. */
export class Asides {
  readonly #counts = new Map<string, { readonly where: string; count: number }>();

  add({ file, line }: Place, why: string): void {
    const known = this.#counts.get(why);
    if (known === undefined) this.#counts.set(why, { where: `${file}:${line}`, count: 1 });
    else known.count += 1;
  }

  *[Symbol.iterator](): Iterator<{ readonly where: string; readonly why: string }> {
    for (const [why, { where, count }] of this.#counts)
      yield { where, why: count === 1 ? why : `${why} (${count} times; this is the first)` };
  }
}

/** Objects of a file, in their order. @throws InputError for an item that is no object */
export async function* objectsOf(
  file: InputFile,
  shape: JsonShape,
): AsyncGenerator<readonly (JsonItem & { readonly fields: Fields })[]> {
  for await (const items of jsonItems(file, shape, { lists: LISTS })) {
    yield items.map((item) => ({ ...item, fields: objectAt(item, file) }));
  }
}

function objectAt({ list, index, line, value }: JsonItem, file: InputFile): Fields {
  const fields = objectOf(value as JsonValue);
  if (fields !== undefined) return fields;
  throw inputError(file.shownAs, line, 'must be an object', list === undefined ? undefined : `${list}[${index}]`);
}

/** Reads all files once. @throws what `jsonItems` throws */
export async function takeInventory(files: readonly InputFile[]): Promise<Inventory> {
  const taking = new Taking();
  for (const file of files) await taking.file(file);
  return taking;
}

class Taking implements Inventory {
  readonly files: InventoryFile[] = [];
  readonly hierarchy = new Hierarchy();
  readonly roles = new RoleBook();
  readonly groups = new Map<string, string>();
  readonly asides = new Asides();
  hasPolicies = false;
  hasMemberships = false;
  namesGroups = false;
  unfinished: string | undefined;
  #describes = false;
  #relates = false;

  async file(file: InputFile): Promise<void> {
    const shape = await jsonShapeOf(file);
    this.#describes = false;
    this.#relates = false;
    for await (const items of objectsOf(file, shape)) {
      for (const { fields, isRest, line } of items) {
        if (textOf(fields['nextPageToken']) !== undefined) this.unfinished ??= file.shownAs;
        const isWrapper = isRest && fields['groupKey'] === undefined;
        if (!isWrapper) this.#item(itemOf(fields), { file: file.shownAs, line });
      }
    }
    this.files.push({ file, shape, describes: this.#describes, relates: this.#relates });
  }

  #item(item: Item, place: Place): void {
    switch (item.is) {
      case 'asset':
        this.#asset(item.asset, place);
        return;
      case 'role':
        this.#role(item.role, place);
        return;
      case 'deny policy':
        this.#relates = true;
        return;
      case 'group':
        this.#describes = true;
        if (item.group.name !== undefined) this.groups.set(item.group.name, `group:${item.group.email}`);
        if ((item.group.memberships ?? []).length > 0) this.#membership();
        return;
      case 'membership':
        this.#membership();
        return;
      case 'other':
        this.asides.add(place, item.why);
    }
  }

  #membership(): void {
    this.#relates = true;
    this.hasMemberships = true;
  }

  #asset(asset: Asset, place: Place): void {
    if (asset.data !== undefined) this.#describes = true;
    else this.#relates = true;
    if (asset.bindings !== undefined) {
      this.#relates = true;
      this.hasPolicies = true;
      this.namesGroups ||= namesGroup(asset.bindings);
    }
    const role = roleOfAsset(asset);
    if (role !== undefined) this.#role(role, place);
    this.#names(asset);
    this.#place(asset, place);
  }

  #role(role: RoleDefinition, { file, line }: Place): void {
    const wrong = wrongWithRole(role);
    if (wrong !== undefined) throw inputError(file, line, wrong.message, wrong.field);
    this.roles.add(role);
  }

  /** A project is named by its number in some places and by its id in others. */
  #names({ name, type, ancestors, data }: Asset): void {
    const number = ancestors.find((one) => one.startsWith('projects/'))?.slice('projects/'.length);
    const own = containerName(name);
    if (type === 'cloudresourcemanager.googleapis.com/Project') {
      const [id, told] = [textOf(data?.['projectId']), textOf(data?.['projectNumber'])];
      if (id !== undefined && told !== undefined) this.hierarchy.alias(id, told);
      if (own !== undefined && /^\d+$/.test(number ?? '')) this.hierarchy.alias(own.slice('projects/'.length), number!);
      return;
    }
    const id = projectInName(name);
    if (id !== undefined && !/^\d+$/.test(id) && /^\d+$/.test(number ?? '')) this.hierarchy.alias(id, number!);
  }

  #place({ name, ancestors, inOrder, parent }: Asset, place: Place): void {
    const own = containerName(name);
    const isProject = own?.startsWith('projects/') === true;
    // The first ancestor of a project is the project itself, by its number.
    const first = own === undefined || (isProject && ancestors[0]?.startsWith('projects/')) ? [] : [own];
    const names = [...new Set([...first, ...ancestors])];
    if (inOrder) this.hierarchy.chain(names, place);
    else {
      const [inner, ...outer] = names;
      if (inner !== undefined) this.hierarchy.add(inner, outer, place);
      const last = outer.at(-1);
      if (last?.startsWith('organizations/')) for (const one of outer) this.hierarchy.add(one, [last], place);
    }
    const outer = parent === undefined ? undefined : containerName(parent);
    if (own !== undefined && outer !== undefined && names[0] !== undefined)
      this.hierarchy.add(names[0], [outer], place);
  }
}

function roleOfAsset({ type, name, data }: Asset): RoleDefinition | undefined {
  if (type !== 'iam.googleapis.com/Role' || data === undefined) return undefined;
  return roleOf(data, name.replace(/^\/\/iam\.googleapis\.com\//, ''));
}

function namesGroup(bindings: JsonValue): boolean {
  if (!Array.isArray(bindings)) return false;
  return bindings.some((binding) => {
    const members = objectOf(binding as JsonValue)?.['members'];
    return Array.isArray(members) && members.some((one) => typeof one === 'string' && one.startsWith('group:'));
  });
}
