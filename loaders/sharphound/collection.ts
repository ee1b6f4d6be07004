import { InputError, type JsonValue, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { type JsonElement, jsonElements } from '../formats/json-elements.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { Consequences } from './consequences.ts';
import { recordsOfObject, type SourceFor } from './objects.ts';
import { domainOf } from './sids.ts';

/** What the end of a file says of it. */
interface CollectedFile {
  readonly file: InputFile;
  /** `users`, `groups`. */
  readonly type: string;
  readonly methods: number;
}

/** Types without which a collection is not the whole of a domain. */
const NEEDED = ['domains', 'users', 'groups', 'computers', 'ous', 'containers', 'gpos'] as const;
/** Bits of `methods`: groups, access control lists, containers, properties. Bits that are 0 in all files are not told at all. */
const NEEDED_METHODS = 1 | 64 | 128 | 512;
/** First what others name: a group is described by its own file before a machine tells of its members. */
const ORDER = ['domains', 'groups', 'users', 'computers'];
const VERSIONS = [5, 6];

/**
 * Opens a collection: JSON files, folders or archives of them, in any number.
 *
 * @throws what `inputFiles` and `jsonElements` throw
 */
export async function openCollection(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'], archives: true });
  const told: Skipped[] = [...skipped];
  const collected: CollectedFile[] = [];
  for (const file of files) {
    const read = await describedBy(file, told, problems);
    if (read !== undefined) collected.push(read);
  }
  problems.throwIfAny();
  collected.sort((a, b) => placeIn(a.type) - placeIn(b.type));
  const sourceFor = sourceBy(request.source, await domainsIn(collected));
  return {
    records: () => recordsOf(collected, sourceFor),
    skipped: told,
    partial: partOf(collected),
    following: new Consequences(),
  };
}

/**
 * Which source vouches for an object: that of its domain if the domain was collected. What is told in passing of another
 * domain belongs to the one that tells it, for it is not all that there is of the other.
 */
function sourceBy(named: string | undefined, domains: readonly string[]): SourceFor {
  if (named !== undefined) return () => named;
  return (domain) => {
    const of = domains.length === 0 || domains.includes(domain ?? '') ? domain : domains[0];
    return `ad:${(of ?? domains[0] ?? 'unknown').toLowerCase()}`;
  };
}

function placeIn(type: string): number {
  const at = ORDER.indexOf(type);
  return at < 0 ? ORDER.length : at;
}

/** Reads what a file says of itself, passing over its objects. */
async function describedBy(file: InputFile, told: Skipped[], problems: Problems): Promise<CollectedFile | undefined> {
  let meta: JsonValue | undefined;
  let count = 0;
  let data = false;
  try {
    for await (const elements of jsonElements(file.path, { ...file.options, passOver: new Set(['data']) })) {
      for (const { member, index, value } of elements) {
        if (member === 'meta' && index === undefined) meta = value as JsonValue;
        if (member === 'data') data = true;
        if (member === 'data' && index !== undefined) count += 1;
        if (member === 'graph') problems.add({ file: file.shownAs, message: IS_OPEN_GRAPH });
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    return undefined;
  }
  return described(file, meta, { count, data }, told, problems);
}

/** The DNS names of the domains that were collected. */
async function domainsIn(collected: readonly CollectedFile[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { file, type } of collected) {
    if (type !== 'domains') continue;
    for await (const elements of jsonElements(file.path, file.options)) {
      for (const { member, value } of elements) {
        if (member === 'data') for (const name of collectedDomain(value as JsonValue)) names.add(name);
      }
    }
  }
  return [...names];
}

/** The name of a domain object that is not there only because another trusts it. */
function collectedDomain(value: JsonValue): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const properties = (value as Fields)['Properties'];
  const isStub = typeof properties === 'object' && properties !== null && (properties as Fields)['collected'] === false;
  const name = domainOf(value as Fields);
  return isStub || name === undefined ? [] : [name];
}

const IS_OPEN_GRAPH = 'holds a "graph": it is OpenGraph, not a collection of SharpHound';

function described(
  file: InputFile,
  meta: JsonValue | undefined,
  { count, data }: { readonly count: number; readonly data: boolean },
  told: Skipped[],
  problems: Problems,
): CollectedFile | undefined {
  const isObject = typeof meta === 'object' && meta !== null && !Array.isArray(meta);
  const fields: Fields = isObject ? (meta as Fields) : {};
  const type = textOf(fields['type']);
  if (type === undefined) {
    const message =
      'has no "meta" with a "type" of text; SharpHound writes {"data": [..], "meta": {"type": "users", ..}}';
    problems.add({
      file: file.shownAs,
      message: data ? message : `${message}. Was the file cut off, or is it another format?`,
    });
    return undefined;
  }
  const version = fields['version'];
  if (!VERSIONS.includes(Number(version))) {
    const message = `is version ${JSON.stringify(version ?? null)}; versions ${VERSIONS.join(' and ')} are read. Collect again with a newer SharpHound`;
    problems.add({ file: file.shownAs, field: 'meta.version', message });
  }
  const claimed = fields['count'];
  if (claimed !== count) {
    const why = `"meta.count" says ${JSON.stringify(claimed ?? null)}, there are ${count}; all of them were read`;
    told.push({ where: file.shownAs, why });
  }
  const methods = typeof fields['methods'] === 'number' ? fields['methods'] : 0;
  return { file, type: type.toLowerCase(), methods };
}

/** Says what is missing of a whole collection. */
function partOf(collected: readonly CollectedFile[]): Skipped | undefined {
  const types = new Set(collected.map(({ type }) => type));
  const missing = NEEDED.filter((type) => !types.has(type));
  const where = 'the collection';
  const withdrawn = 'so nothing that an earlier load told is withdrawn';
  if (missing.length > 0) return { where, why: `its files of ${missing.join(', ')} are missing, ${withdrawn}` };
  const methods = collected.reduce((all, file) => all | file.methods, 0);
  if (methods === 0 || (methods & NEEDED_METHODS) === NEEDED_METHODS) return undefined;
  return {
    where,
    why: `it was collected without groups, containers, properties or access control lists, ${withdrawn}`,
  };
}

async function* recordsOf(
  collected: readonly CollectedFile[],
  sourceFor: SourceFor,
): AsyncGenerator<readonly SourceRecord[]> {
  for (const { file, type } of collected) {
    for await (const elements of jsonElements(file.path, file.options)) {
      yield elements.flatMap((element) => recordsOfElement(file, type, element, sourceFor));
    }
  }
}

function recordsOfElement(
  file: InputFile,
  type: string,
  { member, index, line, value }: JsonElement,
  sourceFor: SourceFor,
): readonly SourceRecord[] {
  if (member !== 'data' || index === undefined) return [];
  const at = `data[${index}]`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError([{ file: file.shownAs, line, field: at, message: 'must be an object' }], 1);
  }
  return recordsOfObject(type, value as Fields, { file: file.shownAs, line, at }, sourceFor);
}
