import { InputError, type JsonValue, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Pass } from '../declared/declared-reading.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { inputFiles } from '../formats/input-files.ts';
import { sourceOf } from '../formats/source-name.ts';
import { inputError } from '../formats/unreadable.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { type Asset, objectOf, parentOf } from './assets.ts';
import { type Aside, BindingRecords, shortName } from './binding-records.ts';
import { Consequences } from './consequences.ts';
import { denyRules } from './deny-records.ts';
import { containerName, type Place } from './hierarchy.ts';
import { type Inventory, objectsOf, takeInventory } from './inventory.ts';
import { type Item, itemOf, type Membership, membershipOf } from './items.ts';
import { memberByAddress, type Principal } from './principals.ts';

/** How many roles without definition are named. */
const MAX_NAMED = 1_000;

/** Opens exports of one organization: any number of files, in any order. */
export async function openGcp(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json', '.jsonl', '.ndjson'] });
  const inventory = await takeInventory(files).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    problems.throwIfAny();
    throw error;
  });
  const organization = inventory.hierarchy.organization();
  const source =
    request.source ?? (organization === undefined ? sourceOf(request) : `gcp:${organization.split('/')[1]}`);
  const telling = new Telling(inventory, source);
  const told: Skipped[] = [...skipped];
  const unresolved: string[] = [];
  return {
    records: (pass) => telling.records(pass, told, unresolved),
    skipped: told,
    unresolved,
    partial: partOf(inventory),
    following: new Consequences(inventory.hierarchy, inventory.roles, source),
  };
}

/** Why an export is not everything: what is missing may have been there before. */
function partOf(inventory: Inventory): Skipped | undefined {
  const why = (what: string): string => `${what}, so nothing that an earlier load told is withdrawn`;
  const where = 'the export';
  if (inventory.unfinished !== undefined)
    return { where: inventory.unfinished, why: why('has a "nextPageToken": more pages follow') };
  if (!inventory.hasPolicies) return { where, why: why('holds no policies') };
  if (inventory.roles.size === 0) return { where, why: why('holds no definitions of roles') };
  if (inventory.namesGroups && !inventory.hasMemberships) return { where, why: why('holds no memberships of groups') };
  return undefined;
}

/** The records of an inventory. */
class Telling {
  readonly #inventory: Inventory;
  readonly #source: string;
  readonly #groups: ReadonlySet<string>;

  constructor(inventory: Inventory, source: string) {
    this.#inventory = inventory;
    this.#groups = new Set(inventory.groups.values());
    this.#source = source;
  }

  /** What things are comes first, for a node is as it is told first; then what holds between them. */
  async *records(pass: Pass, told: Skipped[], unresolved: string[]): AsyncGenerator<readonly SourceRecord[]> {
    const { files, hierarchy, roles, asides } = this.#inventory;
    // Both passes meet the same things: they are told of the first.
    const aside: Aside = pass === 'describe' ? (place, why) => asides.add(place, why) : () => undefined;
    const bindings = new BindingRecords(roles, new Set(), aside);
    for (const { file, shape, describes } of files) {
      if (!describes) continue;
      for await (const items of objectsOf(file, shape))
        yield items.flatMap(({ fields, line }) => [
          ...this.#descriptions(itemOf(fields), { file: file.shownAs, line }),
        ]);
    }
    yield hierarchy.containers().map(({ id, type, name, parents, file, line }) => {
      const fields = { id, container: [{ id, type, name }], parents: [...parents] };
      return this.#record('containers', fields, { file, line }, name);
    });
    for (const { file, shape, relates } of files) {
      if (!relates) continue;
      for await (const items of objectsOf(file, shape))
        yield items.flatMap(({ fields, line }) => [
          ...this.#relations(itemOf(fields), { file: file.shownAs, line }, bindings, aside),
        ]);
    }
    if (pass === 'describe') this.#account(bindings.unknown, told, unresolved);
  }

  #account(unknown: ReadonlySet<string>, told: Skipped[], unresolved: string[]): void {
    told.push(...this.#inventory.asides);
    const names = [...unknown].sort();
    unresolved.push(...names.slice(0, MAX_NAMED).map((name) => `definition of ${name}`));
    if (names.length === 0) return;
    const example = names[0]!;
    told.push({
      where: `${names.length} roles, ${example} the first`,
      why: 'no definition was given: whoever has one may have any permission, on condition. Save what `gcloud iam roles describe` says of each, and load it too',
    });
  }

  #record(type: string, fields: Fields, { file, line }: Place, at?: string): SourceRecord {
    return { type, fields, source: this.#source, file, line, ...(at === undefined ? {} : { at }) };
  }

  *#descriptions(item: Item, place: Place): Generator<SourceRecord> {
    if (item.is === 'asset' && item.asset.data !== undefined)
      yield* this.#described(item.asset, item.asset.data, place);
    if (item.is === 'group') {
      const { email, fields } = item.group;
      const displayName = textOf(fields['displayName']) ?? email;
      yield this.#record('groups', { id: `group:${email}`, email, displayName, data: fields }, place);
    }
  }

  *#described(asset: Asset, data: Fields, place: Place): Generator<SourceRecord> {
    const id = this.#inventory.hierarchy.spelled(asset.name);
    const name = textOf(data['displayName']) ?? textOf(data['name']) ?? shortName(id);
    const fields = { id, type: asset.type, name, parents: this.#parents(asset, id), data };
    yield this.#record('resources', fields, place);
    const email = textOf(data['email'])?.toLowerCase();
    if (asset.type !== 'iam.googleapis.com/ServiceAccount' || email === undefined) return;
    const account = { id: `serviceAccount:${email}`, resource: id, email, enabled: data['disabled'] !== true, data };
    yield this.#record('service-accounts', { ...account, name: textOf(data['displayName']) ?? email }, place);
  }

  /** Of containers the hierarchy tells. */
  #parents(asset: Asset, id: string): readonly string[] {
    if (containerName(id) !== undefined) return [];
    const parent = parentOf(asset);
    return parent === undefined ? [] : [this.#inventory.hierarchy.spelled(parent)];
  }

  *#relations(item: Item, place: Place, bindings: BindingRecords, aside: Aside): Generator<SourceRecord> {
    switch (item.is) {
      case 'asset':
        yield* this.#asset(item.asset, place, bindings, aside);
        return;
      case 'deny policy':
        for (const { at, fields } of denyRules(item.fields, this.#inventory.hierarchy, place, aside))
          yield this.#record('deny-rules', { ...fields, evidence: evidenceAt(place, at) }, place, at);
        return;
      case 'group':
        for (const fields of item.group.memberships ?? []) {
          const membership = membershipOf(fields, item.group.name ?? item.group.email);
          if (membership === undefined) aside(place, NO_MEMBER);
          else yield this.#membership(membership, `group:${item.group.email}`, place);
        }
        return;
      case 'membership': {
        const group = this.#inventory.groups.get(item.membership.group);
        if (group !== undefined) yield this.#membership(item.membership, group, place);
        else aside(place, NO_GROUP);
      }
    }
  }

  *#asset(asset: Asset, place: Place, bindings: BindingRecords, aside: Aside): Generator<SourceRecord> {
    const id = this.#inventory.hierarchy.spelled(asset.name);
    if (asset.data === undefined) {
      const parents = this.#parents(asset, id);
      const isPlaced = parents.length > 0 || containerName(id) !== undefined;
      if (!isPlaced) aside(place, 'an asset that does not say what it lies in: nothing reaches it from outside');
      const node = { id, type: asset.type, name: shortName(id) };
      yield this.#record('assets', { id, asset: [node], parents }, place);
    }
    if (asset.bindings === undefined) return;
    for (const { at, fields } of bindings.of(asset.bindings, id, place))
      yield this.#record('bindings', { ...fields, evidence: evidenceAt(place, at) }, place, at);
  }

  #membership({ address, fields }: Membership, group: string, place: Place): SourceRecord {
    const roles = rolesIn(fields['roles'], place);
    const members = [memberOf(fields, address, this.#groups)];
    const owns = roles.some(({ name }) => name === 'OWNER');
    const manages = !owns && roles.some(({ name }) => name === 'MANAGER');
    const validTo = roles.find(({ name }) => name === 'MEMBER')?.expires;
    const email = group.slice('group:'.length);
    const of: Principal = { id: group, kind: 'Group', name: email, email };
    return this.#record(
      'memberships',
      {
        group,
        groups: [of] as unknown as JsonValue,
        members: members as unknown as JsonValue,
        ...(validTo === undefined ? {} : { validTo }),
        ...(owns ? { owns: 'OWNER' } : {}),
        ...(manages ? { manages: 'MANAGER' } : {}),
      },
      place,
    );
  }
}

/** A policy has a line in most exports, and its bindings are counted in it. */
const evidenceAt = ({ file, line }: Place, at: string): string =>
  `${file.slice(file.lastIndexOf('/') + 1)}:${line} ${at}`;

const NO_MEMBER = 'a membership that does not say of whom';
const NO_GROUP =
  'a membership of a group that no file names; save what `gcloud identity groups describe` says of it too';

function rolesIn(
  value: JsonValue | undefined,
  { file, line }: Place,
): readonly { readonly name: string; readonly expires: string | undefined }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw inputError(file, line, 'must be a list of objects', 'roles');
  return value.map((role) => {
    const fields = objectOf(role as JsonValue) ?? {};
    return { name: textOf(fields['name']) ?? '', expires: textOf(objectOf(fields['expiryDetail'])?.['expireTime']) };
  });
}

function memberOf(fields: Fields, address: string, groups: ReadonlySet<string>): Principal {
  const email = address.toLowerCase();
  const type = textOf(fields['type']);
  if (type === 'GROUP') return { id: `group:${email}`, kind: 'Group', name: email, email };
  return memberByAddress(address, groups);
}
