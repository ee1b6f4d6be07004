import { InputError, type JsonValue, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { type JsonElement, jsonElements } from '../formats/json-elements.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { Consequences, type TenantSources } from './consequences.ts';
import { isOfAzure, NEEDED_OF_DIRECTORY } from './kinds.ts';
import { Objects } from './objects.ts';
import { RoleDefinitions, readRoleDefinitions } from './role-definitions.ts';
import { Survey, upper } from './survey.ts';

/** A file of a collection, with the tenant that was collected. */
interface CollectedFile {
  readonly file: InputFile;
  readonly tenant: string | undefined;
}

/** An object of a file. */
interface Wrapped {
  readonly kind: string;
  readonly data: Fields;
  readonly line: number;
  readonly at: string;
}

/** Version 5 is that of AzureHound 2; what its first version wrote has another form. */
const LEAST_VERSION = 5;

/**
 * Opens a collection: JSON files, folders or archives of them, in any number.
 *
 * @throws what `inputFiles`, `jsonElements` and `readRoleDefinitions` throw
 */
export async function openCollection(request: LoadRequest, problems: Problems): Promise<Opened> {
  const definitions = new RoleDefinitions();
  const roles = request.options['roles'];
  if (roles !== undefined) await readRoleDefinitions(roles, definitions);
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'], archives: true });
  const told: Skipped[] = [...skipped];
  const described: CollectedFile[] = [];
  for (const file of files) {
    const one = await describedBy(file, told, problems);
    if (one !== undefined) described.push(one);
  }
  problems.throwIfAny();
  const collected = withTenants(described, problems);
  problems.throwIfAny();
  const sources = sourcesOf(request.source, collected);
  const survey = await surveyOf(collected, sources);
  const unknown = new Set<string>();
  return {
    records: () => recordsOf(collected, sources, survey, new Objects(survey, definitions, unknown)),
    skipped: told,
    partial: partOf(survey.kinds, request.source),
    following: new Consequences(sources, survey, () => tellUnknown(unknown, told)),
  };
}

/** Roles are named up to this number. */
const MAX_TOLD = 50;

function tellUnknown(unknown: ReadonlySet<string>, told: Skipped[]): void {
  if (unknown.size === 0) return;
  const named = [...unknown].slice(0, MAX_TOLD).join(', ');
  const more = unknown.size > MAX_TOLD ? ` and ${unknown.size - MAX_TOLD} more` : '';
  const why = `roles of which no definition is known may allow anything, and count as conditional; name their definitions with --roles: ${named}${more}`;
  told.push({ where: 'the collection', why });
}

/** Reads what a file says of itself and of its tenant. */
async function describedBy(file: InputFile, told: Skipped[], problems: Problems): Promise<CollectedFile | undefined> {
  let meta: JsonValue | undefined;
  let count = 0;
  const tenants = new TenantFinder();
  try {
    for await (const elements of jsonElements(file.path, file.options)) {
      for (const { member, index, value } of elements) {
        if (member === 'meta' && index === undefined) meta = value as JsonValue;
        if (member === 'graph') problems.add({ file: file.shownAs, message: 'holds a "graph": it is OpenGraph' });
        if (member !== 'data' || index === undefined) continue;
        count += 1;
        tenants.see(value as JsonValue);
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    return undefined;
  }
  return checkMeta(file, meta, count, told, problems) ? { file, tenant: tenants.found } : undefined;
}

function checkMeta(
  file: InputFile,
  meta: JsonValue | undefined,
  count: number,
  told: Skipped[],
  problems: Problems,
): boolean {
  const fields = isObject(meta) ? meta : {};
  if (textOf(fields['type']) !== 'azure') {
    const message =
      'has no "meta" with the "type" "azure"; AzureHound writes {"data": [..], "meta": {"type": "azure", ..}}. Was the file cut off, or is it another format?';
    problems.add({ file: file.shownAs, message });
    return false;
  }
  const version = Number(fields['version']);
  if (!(version >= LEAST_VERSION)) {
    const message = `is version ${JSON.stringify(fields['version'] ?? null)}; version ${LEAST_VERSION} and later are read. Collect again with AzureHound 2`;
    problems.add({ file: file.shownAs, field: 'meta.version', message });
    return false;
  }
  if (fields['count'] !== count) {
    const why = `"meta.count" says ${JSON.stringify(fields['count'] ?? null)}, there are ${count}; all of them were read`;
    told.push({ where: file.shownAs, why });
  }
  return true;
}

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Kinds whose tenant is that of the collection; subscriptions may be those of others. */
const OF_THE_TENANT = /^AZ(?:User|Group|App|ServicePrincipal|Role|RoleAssignment|Device|ResourceGroup|VM)$/;

/** Finds the tenant that a file is of: the one that was collected, else that of its objects. */
class TenantFinder {
  #collected: string | undefined;
  #ofObjects: string | undefined;
  #ofAny: string | undefined;

  see(value: JsonValue): void {
    if (!isObject(value)) return;
    const data = value['data'];
    const tenant = isObject(data) ? upper(data['tenantId']) : undefined;
    if (tenant === undefined || !isObject(data)) return;
    const kind = textOf(value['kind']) ?? '';
    if (kind === 'AZTenant') {
      if (data['collected'] === true) this.#collected ??= tenant;
    } else if (OF_THE_TENANT.test(kind)) this.#ofObjects ??= tenant;
    else this.#ofAny ??= tenant;
  }

  get found(): string | undefined {
    return this.#collected ?? this.#ofObjects ?? this.#ofAny;
  }
}

/** A file that names no tenant is of the tenant of the others, if that is one. */
function withTenants(files: readonly CollectedFile[], problems: Problems): readonly CollectedFileOf[] {
  const tenants = new Set(files.flatMap(({ tenant }) => tenant ?? []));
  const [only] = tenants;
  return files.flatMap(({ file, tenant }) => {
    const of = tenant ?? (tenants.size === 1 ? only : undefined);
    if (of !== undefined) return [{ file, tenant: of }];
    problems.add({ file: file.shownAs, message: NO_TENANT });
    return [];
  });
}

interface CollectedFileOf {
  readonly file: InputFile;
  readonly tenant: string;
}

const NO_TENANT =
  'names no tenant: it has no AZTenant, and no object with a "tenantId"; load it together with the rest of its collection';

async function surveyOf(
  collected: readonly CollectedFileOf[],
  sources: ReadonlyMap<string, TenantSources>,
): Promise<Survey> {
  const survey = new Survey();
  for (const { file, tenant } of collected) {
    for await (const elements of jsonElements(file.path, file.options)) {
      for (const element of elements) {
        const { kind, data, line } = wrapped(file, element) ?? NONE;
        if (kind === '') continue;
        const { directory, azure } = sources.get(tenant)!;
        survey.see(kind, data, tenant, { file: file.shownAs, line, source: isOfAzure(kind) ? azure : directory });
      }
    }
  }
  return survey;
}

const NONE: Wrapped = { kind: '', data: {}, line: 0, at: '' };

/** The object of an element; undefined for what is not in the list of objects. @throws InputError for what is none */
function wrapped(file: InputFile, { member, index, line, value }: JsonElement): Wrapped | undefined {
  if (member !== 'data' || index === undefined) return undefined;
  const at = `data[${index}]`;
  const fail = (field: string, message: string): InputError =>
    new InputError([{ file: file.shownAs, line, field, message }], 1);
  if (!isObject(value as JsonValue)) throw fail(at, 'must be an object with "kind" and "data"');
  const { kind, data } = value as { kind?: JsonValue; data?: JsonValue };
  if (typeof kind !== 'string' || kind === '') throw fail(`${at}.kind`, 'must be a text such as "AZUser"');
  if (!isObject(data)) throw fail(`${at}.data`, 'must be an object');
  return { kind, data, line, at: `${at}.data` };
}

/** The directory and Azure of a tenant are told by two sources: they are often collected one at a time. */
function sourcesOf(
  named: string | undefined,
  collected: readonly CollectedFileOf[],
): ReadonlyMap<string, TenantSources> {
  return new Map(
    collected.map(({ tenant }) => {
      const id = tenant.toLowerCase();
      return [tenant, { directory: named ?? `entra:${id}`, azure: named ?? `azure:${id}` }];
    }),
  );
}

/** Says what is missing of a whole collection. */
function partOf(kinds: ReadonlySet<string>, named: string | undefined): Skipped | undefined {
  const where = 'the collection';
  const withdrawn = 'so nothing that an earlier load told is withdrawn';
  const ofAzure = [...kinds].some(isOfAzure);
  const ofDirectory = [...kinds].some((kind) => !isOfAzure(kind) && kind !== 'AZTenant');
  const missing: string[] = [];
  if (ofDirectory || named !== undefined) missing.push(...NEEDED_OF_DIRECTORY.filter((kind) => !kinds.has(kind)));
  if ((ofAzure || named !== undefined) && !kinds.has('AZSubscription')) missing.push('AZSubscription');
  if (missing.length === 0) return undefined;
  return { where, why: `it holds no ${missing.join(', ')}, ${withdrawn}` };
}

async function* recordsOf(
  collected: readonly CollectedFileOf[],
  sources: ReadonlyMap<string, TenantSources>,
  survey: Survey,
  objects: Objects,
): AsyncGenerator<readonly SourceRecord[]> {
  for (const { file, tenant } of collected) {
    const { directory, azure } = sources.get(tenant)!;
    const place = { file: file.shownAs, tenant, directorySource: directory, azureSource: azure };
    for await (const elements of jsonElements(file.path, file.options)) {
      yield elements.flatMap((element) => {
        const one = wrapped(file, element);
        return one === undefined ? [] : objects.recordsOf(one.kind, one.data, { ...place, line: one.line, at: one.at });
      });
    }
  }
  for (const mentioned of survey.hierarchy.standIns()) yield [objects.standIn(mentioned)];
}
