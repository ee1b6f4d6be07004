import { InputError, type JsonValue, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { parseJson } from '../formats/json-document.ts';
import { type JsonElement, jsonElements } from '../formats/json-elements.ts';
import { sourceOf } from '../formats/source-name.ts';
import { readWholeText } from '../formats/whole-text.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { fieldsOfResource, typeOfResource } from './resources.ts';

/** What a file holds: a list of resources, a bulk request, one resource, or a message that is none of them. */
type Holding = 'list' | 'bulk' | 'one' | 'other';

interface ScimFile {
  readonly file: InputFile;
  readonly holding: Holding;
  /** Items of its list. */
  readonly count: number;
  /** Of a list: how many there are on the server. */
  readonly total: number | undefined;
}

const LISTS = new Set(['Resources', 'Operations', '']);
const MESSAGE = /^urn:ietf:params:scim:api:messages:2\.0:(\w+)$/;
const RESOURCE = /:(?:User|Group)$/;
/** A single resource, such as a large group, is taken whole up to this size. */
const MAX_ONE = 256 * 1024 * 1024;

/** Opens saved answers of a SCIM service: all of them are one service. */
export async function openScim(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'] });
  const told: Skipped[] = [...skipped];
  const read: ScimFile[] = [];
  for (const file of files) {
    try {
      read.push(await holdingOf(file));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  problems.throwIfAny();
  for (const { file, holding } of read) {
    if (holding === 'other')
      told.push({ where: file.shownAs, why: 'no users and groups, but a message about something else' });
  }
  const source = sourceOf(request);
  async function* records(): AsyncGenerator<readonly SourceRecord[]> {
    for (const one of read) yield* recordsOf(one, source, note);
  }
  const noted = new Set<string>();
  const note = (where: string, why: string): void => {
    if (noted.has(where) || noted.size >= MAX_TOLD) return;
    noted.add(where);
    told.push({ where, why });
  };
  return { records, skipped: told, partial: partOf(read) };
}

/** What is left aside is told by place up to this number. */
const MAX_TOLD = 100;

async function holdingOf(file: InputFile): Promise<ScimFile> {
  const schemas: string[] = [];
  const members = new Set<string>();
  let count = 0;
  let total: number | undefined;
  for await (const elements of jsonElements(file.path, { ...file.options, passOver: LISTS })) {
    for (const { member, index, value } of elements) {
      members.add(member);
      if (LISTS.has(member) && index !== undefined) count += 1;
      if (member === 'schemas' && typeof value === 'string') schemas.push(value);
      if (member === 'totalResults' && typeof value === 'number') total = value;
    }
  }
  return { file, holding: holdingBy(schemas, members), count, total };
}

function holdingBy(schemas: readonly string[], members: ReadonlySet<string>): Holding {
  const message = schemas
    .map((schema) => MESSAGE.exec(schema)?.[1])
    .find((name) => name !== undefined && !/^(?:User|Group)$/.test(name));
  if (message !== undefined) return message === 'ListResponse' ? 'list' : message === 'BulkRequest' ? 'bulk' : 'other';
  if (members.has('Resources') || members.has('')) return 'list';
  if (schemas.some((schema) => RESOURCE.test(schema))) return 'one';
  return schemas.length === 0 && (members.has('userName') || members.has('members')) ? 'one' : 'other';
}

/** Only lists that are whole speak for the service. */
function partOf(read: readonly ScimFile[]): Skipped | undefined {
  const why = (what: string): string => `${what}, so nothing that an earlier load told is withdrawn`;
  const single = read.find(({ holding }) => holding === 'bulk' || holding === 'one');
  if (single !== undefined) return { where: single.file.shownAs, why: why('is not a list of all there is') };
  const byTotal = new Map<number, number>();
  for (const { total, count } of read) if (total !== undefined) byTotal.set(total, (byTotal.get(total) ?? 0) + count);
  for (const { file, total } of read) {
    const found = total === undefined ? undefined : byTotal.get(total)!;
    if (found !== undefined && found < total!)
      return { where: file.shownAs, why: why(`"totalResults" says ${total}, the pages that are there have ${found}`) };
  }
  return undefined;
}

type Note = (where: string, why: string) => void;

async function* recordsOf(
  { file, holding }: ScimFile,
  source: string,
  note: Note,
): AsyncGenerator<readonly SourceRecord[]> {
  if (holding === 'other') return;
  if (holding === 'one') {
    const text = await readWholeText(file.path, { ...file.options, maxBytes: MAX_ONE });
    yield [recordOf(parseJson(text, file.shownAs) as Fields, source, { file: file.shownAs })];
    return;
  }
  const list = holding === 'bulk' ? 'Operations' : undefined;
  for await (const elements of jsonElements(file.path, file.options)) {
    const items = elements.filter(
      ({ member, index }) =>
        index !== undefined && (list === undefined ? member === 'Resources' || member === '' : member === list),
    );
    yield items.flatMap((item) => recordsOfItem(file, item, source, holding, note));
  }
}

function recordsOfItem(
  file: InputFile,
  { member, index, line, value }: JsonElement,
  source: string,
  holding: Holding,
  note: Note,
): readonly SourceRecord[] {
  const place = { file: file.shownAs, line, at: `${member}[${index}]` };
  const item = objectAt(value as JsonValue, place);
  if (holding === 'list') return [recordOf(item, source, place)];
  const method = (textOf(item['method']) ?? '').toUpperCase();
  const path = textOf(item['path']) ?? '';
  if (method !== 'POST' && method !== 'PUT') {
    note(
      `${place.file}:${line} ${place.at}`,
      `${method || 'an operation without method'}: only POST and PUT say what there is`,
    );
    return [];
  }
  const bulkId = textOf(item['bulkId']);
  const id =
    method === 'PUT' ? path.split('/').at(-1) : bulkId === undefined ? undefined : `${BULK}${file.name}:${bulkId}`;
  const data = objectAt(item['data'] ?? null, { ...place, at: `${place.at}.data` });
  return [recordOf(ofFile(data, file.name), source, place, id)];
}

/** How operations of one request name what others of it create (RFC 7644, 3.7.2). */
const BULK = 'bulkId:';

/** The data of an operation, with the name of the file in what is known in that file alone. */
const ofFile = (data: Fields, name: string): Fields =>
  JSON.parse(JSON.stringify(data), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(BULK) ? `${BULK}${name}:${value.slice(BULK.length)}` : value,
  ) as Fields;

type Place = Pick<SourceRecord, 'file' | 'line' | 'at'>;

function objectAt(value: JsonValue, { file, line, at }: Place): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  const problem = {
    file,
    ...(line === undefined ? {} : { line }),
    ...(at === undefined ? {} : { field: at }),
    message: 'must be an object',
  };
  throw new InputError([problem], 1);
}

function recordOf(resource: Fields, source: string, place: Place, id?: string): SourceRecord {
  const fields = fieldsOfResource(resource, source, id === '' ? undefined : id);
  return { type: typeOfResource(fields), fields, source, ...place };
}
