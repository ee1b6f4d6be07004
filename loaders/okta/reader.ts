import { InputError, type JsonValue, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { type JsonItem, type JsonShape, jsonItems, jsonShapeOf } from '../formats/json-items.ts';
import { sourceOf } from '../formats/source-name.ts';
import { inputError } from '../formats/unreadable.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { AdminRights } from './admin-rights.ts';
import {
  asObject,
  groupOfFile,
  idIn,
  isUnattributed,
  type Kind,
  kindOf,
  kindOfList,
  linkOf,
  objectIn,
  objectsIn,
  WRAPPED,
} from './objects.ts';
import { STANDARD_ROLES } from './roles.ts';

interface OktaFile {
  readonly file: InputFile;
  readonly shape: JsonShape;
}

/** An object with what it is, and what was around it. */
interface Told {
  readonly kind: Kind;
  readonly fields: Fields;
  readonly around: Fields;
  readonly line: number;
  readonly at: string | undefined;
}

/** What the first reading tells. */
interface Known {
  organization: string | undefined;
  subdomain: string | undefined;
  /** Custom role → permissions. */
  readonly permissions: Map<string, Fields[]>;
  readonly labels: Map<string, string>;
  readonly inactive: Set<string>;
  readonly kinds: Set<string>;
  unfinished: string | undefined;
  unattributed: string | undefined;
}

/** Opens saved answers of one organization. */
export async function openOkta(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'] });
  const read: OktaFile[] = [];
  const known: Known = {
    organization: undefined,
    subdomain: undefined,
    permissions: new Map(),
    labels: new Map(),
    inactive: new Set(),
    kinds: new Set(),
    unfinished: undefined,
    unattributed: undefined,
  };
  for (const file of files) {
    try {
      const one = { file, shape: await jsonShapeOf(file) };
      for await (const told of toldIn(one)) for (const object of told) learn(object, file, known);
      read.push(one);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  problems.throwIfAny();
  const source = request.source ?? (known.subdomain === undefined ? sourceOf(request) : `okta:${known.subdomain}`);
  const organization = known.organization ?? `${source}/organization`;
  // What things are comes first, for a node is as it is told first.
  async function* records(): AsyncGenerator<readonly SourceRecord[]> {
    for (const describing of [true, false]) {
      for (const one of read) {
        for await (const told of toldIn(one)) {
          yield told.flatMap((object) =>
            DESCRIBES.has(object.kind) === describing || object.kind === 'users'
              ? [...recordsOf(object, one.file, known, source, organization, describing)]
              : [],
          );
        }
      }
    }
  }
  return { records, skipped, partial: partOf(known), following: new AdminRights(source) };
}

const DESCRIBES = new Set<Kind>([
  'organization',
  'groups',
  'applications',
  'resource-sets',
  'api-tokens',
  'api-services',
]);
const NEEDED: readonly Kind[] = ['users', 'groups', 'applications'];

function partOf(known: Known): Skipped | undefined {
  const why = (what: string): string => `${what}, so nothing that an earlier load told is withdrawn`;
  const missing = NEEDED.filter((kind) => !known.kinds.has(kind));
  if (missing.length > 0) return { where: 'the answers', why: why(`those of ${missing.join(', ')} are missing`) };
  if (known.unattributed !== undefined)
    return { where: known.unattributed, why: why('does not say of which group it is') };
  return known.unfinished === undefined
    ? undefined
    : { where: known.unfinished, why: why('says that more pages follow') };
}

async function* toldIn({ file, shape }: OktaFile): AsyncGenerator<readonly Told[]> {
  for await (const items of jsonItems(file, shape, { lists: new Set() })) {
    yield items.flatMap((item) => toldOf(item, file));
  }
}

function toldOf(item: JsonItem, file: InputFile): readonly Told[] {
  const at = item.index === undefined ? undefined : `[${item.index}]`;
  const fields = objectAt(item.value, file, item.line, at);
  for (const name of WRAPPED) {
    const kind = Array.isArray(fields[name]) ? kindOfList(name, fields) : undefined;
    if (kind === undefined) continue;
    const list = fields[name] as readonly JsonValue[];
    return list.map((value, index) => {
      const place = `${name}[${index}]`;
      return { kind, fields: objectAt(value, file, item.line, place), around: fields, line: item.line, at: place };
    });
  }
  return [{ kind: kindOf(fields), fields, around: {}, line: item.line, at }];
}

function objectAt(value: JsonValue, file: InputFile, line: number, at: string | undefined): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw inputError(file.shownAs, line, 'must be an object', at);
}

function learn({ kind, fields, around }: Told, file: InputFile, known: Known): void {
  if (linkOf(around, 'next') !== undefined) known.unfinished ??= file.shownAs;
  const id = textOf(fields['id']);
  const isOfGroup = groupOfFile(file.path) !== undefined;
  if (isUnattributed(file.path)) known.unattributed ??= file.shownAs;
  else if (!isOfGroup) known.kinds.add(kind);
  if (kind === 'organization') {
    known.organization = id;
    known.subdomain = textOf(fields['subdomain']);
  }
  if (kind === 'applications' && id !== undefined && fields['status'] === 'INACTIVE') known.inactive.add(id);
  if (kind === 'custom-roles' && id !== undefined) known.labels.set(id, textOf(fields['label']) ?? id);
  if (kind !== 'permissions') return;
  const role = idIn(linkOf(fields, 'role'), 'roles');
  if (role === undefined) return;
  const list = known.permissions.get(role);
  if (list === undefined) known.permissions.set(role, [fields]);
  else list.push(fields);
}

/** Statuses of users that cannot log in. */
const DISABLED = new Set(['DEPROVISIONED', 'SUSPENDED', 'STAGED']);
/** Statuses of assignments that give nothing. */
const UNASSIGNED = new Set(['INACTIVE', 'DEPROVISIONED', 'SUSPENDED']);
const IS_ACTIVATED = 'the application is activated';

const enabledUser = (fields: Fields): Fields => ({ ...fields, enabled: !DISABLED.has(textOf(fields['status']) ?? '') });

function* recordsOf(
  { kind, fields, around, line, at }: Told,
  file: InputFile,
  known: Known,
  source: string,
  organization: string,
  describing: boolean,
): Generator<SourceRecord> {
  const record = (type: string, values: Fields): SourceRecord => ({
    type,
    fields: values,
    source,
    file: file.shownAs,
    line,
    ...(at === undefined ? {} : { at }),
  });
  const group = groupOfFile(file.path);
  const isMember = group !== undefined || isUnattributed(file.path);
  const ofApplication = (application: string | undefined): Fields =>
    application !== undefined && known.inactive.has(application) ? { condition: IS_ACTIVATED } : {};
  switch (kind) {
    case 'users':
      if (describing !== isMember) {
        if (!isMember) yield record('users', enabledUser(fields));
        else if (group?.of === 'users') yield record('memberships', { group: group.group, id: fields['id'] ?? null });
        else yield record('unattributed', {});
      }
      return;
    case 'applications': {
      const id = textOf(fields['id']);
      if (!isMember) yield record('applications', { ...plain(fields), organization });
      else if (group?.of === 'apps' && id !== undefined)
        yield record('application-groups', { group: group.group, application: id, ...ofApplication(id) });
      else yield record('unattributed', {});
      return;
    }
    case 'application-users': {
      const application = idIn(linkOf(fields, 'app'), 'apps');
      if (application === undefined || UNASSIGNED.has(textOf(fields['status']) ?? '')) return;
      const user = objectIn(objectIn(fields, '_embedded'), 'user');
      const embedded = textOf(user['id']) === undefined ? [] : [enabledUser(user)];
      const scope = textOf(fields['scope']) ?? 'USER';
      const values = { user: fields['id'] ?? null, application, scope, embedded };
      yield record('application-users', { ...values, ...ofApplication(application) });
      return;
    }
    case 'application-groups': {
      const application = idIn(linkOf(fields, 'app'), 'apps');
      if (application === undefined) return;
      yield record('application-groups', { group: fields['id'] ?? null, application, ...ofApplication(application) });
      return;
    }
    case 'role-assignments':
      yield* assignment(fields, record, known, source, organization);
      return;
    case 'bindings':
    case 'binding-members': {
      const address = kind === 'bindings' ? linkOf(fields, 'self') : linkOf(around, 'binding');
      const [set, role] = [idIn(address, 'resource-sets'), idIn(address, 'bindings')];
      const self = linkOf(fields, 'self');
      const assignee =
        kind === 'bindings' ? undefined : (idIn(self, 'users') ?? idIn(self, 'groups') ?? idIn(self, 'clients'));
      if (set !== undefined && role !== undefined) yield record('bindings', bound(role, set, assignee, known));
      return;
    }
    case 'resources': {
      const set = idIn(linkOf(around, 'resource-set'), 'resource-sets');
      const about = linkOf(fields, 'self') ?? textOf(fields['orn']);
      if (set === undefined || about === undefined) return;
      const application = idIn(about, 'apps');
      yield record('resources', { set, about, ...(application === undefined ? {} : { application }) });
      return;
    }
    case 'permissions':
      return;
    case 'api-services':
      yield record(kind, { ...fields, organization });
      return;
    default:
      yield record(kind, fields);
  }
}

/** Fields of an application that say who it is; settings of single sign-on stay out. */
const plain = ({ id, name, label, status, signOnMode, orn, created }: Fields): Fields =>
  Object.fromEntries(
    Object.entries({ id, name, label, status, signOnMode, orn, created }).filter(([, value]) => value !== undefined),
  ) as Fields;

function bound(role: string, set: string, assignee: string | undefined, known: Known): Fields {
  const id = `${role}@${set}`;
  const permissions = known.permissions.get(role);
  const label = known.labels.get(role) ?? role;
  const granted = (permissions ?? []).map((permission) => {
    const conditions = permission['conditions'];
    const condition = conditions === undefined || conditions === null ? {} : { condition: JSON.stringify(conditions) };
    return { label: permission['label'] ?? null, ...condition };
  });
  return {
    role: id,
    set,
    roles: [{ id, name: `${label} on ${set}`, definition: role }],
    permissions: granted,
    ...(assignee === undefined ? {} : { assignee }),
    ...(permissions === undefined ? { unknown: `the permissions of ${label}, of which none were given` } : {}),
  };
}

const MAY_BE_LIMITED = 'the assignment is not limited to groups or applications';

function* assignment(
  fields: Fields,
  record: (type: string, values: Fields) => SourceRecord,
  known: Known,
  source: string,
  organization: string,
): Generator<SourceRecord> {
  const type = textOf(fields['type']) ?? '';
  const address = linkOf(fields, 'assignee');
  const assignee = idIn(address, 'users') ?? idIn(address, 'groups') ?? idIn(address, 'clients');
  if (fields['status'] === 'INACTIVE') return;
  const [role, set] = [textOf(fields['role']), textOf(fields['resource-set'])];
  if (type === 'CUSTOM') {
    if (role !== undefined && set !== undefined) yield record('bindings', bound(role, set, assignee, known));
    return;
  }
  const targets = targetsOf(fields);
  const isLimited = (targets?.length ?? 0) > 0;
  const id = isLimited ? `${source}/role/${type}@${textOf(fields['id']) ?? ''}` : `${source}/role/${type}`;
  const name = `${textOf(fields['label']) ?? type}${isLimited ? ', limited' : ''}`;
  const mayBe = targets === undefined && STANDARD_ROLES[type]?.limits === true;
  yield record('role-assignments', {
    type,
    role: id,
    roles: [{ id, name, definition: type }],
    organization,
    targets: (targets ?? []) as JsonValue,
    ...(assignee === undefined ? {} : { assignee }),
    ...(mayBe ? { condition: MAY_BE_LIMITED } : {}),
  });
}

/** The groups and applications that an assignment is limited to; undefined where the answer does not tell. */
function targetsOf(fields: Fields): readonly string[] | undefined {
  const targets = objectIn(objectIn(fields, '_embedded'), 'targets');
  const lists = [targets['groups'], asObject(targets['catalog'])['apps']].filter((list) => Array.isArray(list));
  if (lists.length === 0) return undefined;
  return lists.flatMap(objectsIn).map((one) => textOf(one['id']) ?? textOf(one['name']) ?? '');
}
