import { InputError, PROBLEMS_SHOWN, type Problems } from '../../../engine/model/index.ts';
import { parseJson } from '../../formats/json-document.ts';
import { JsonScanner, placeOf } from '../../formats/json-scan.ts';
import { shownPath } from '../../formats/open-text.ts';
import { readWholeText } from '../../formats/whole-text.ts';
import { offsetInJson } from './json-place.ts';
import { type Path, problemAt, type SourceDocument } from './source-document.ts';
import { yamlDocuments } from './yaml-documents.ts';

/** One object of a manifest: a document, or an item of a list. */
export interface Manifest {
  readonly document: SourceDocument;
  /** Of the object within its document. */
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
  /** Those of the list where the item leaves them out, as the items of a RoleList do. */
  readonly kind: unknown;
  readonly apiVersion: unknown;
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * The objects of a manifest file, in their order; lists are taken apart. What is wrong is reported, and what was sound
 * before it is still given.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE
 */
export async function* manifestsIn(path: string, problems: Problems): AsyncGenerator<Manifest> {
  for await (const document of documentsIn(path, problems)) yield* objectsIn(document, problems);
}

async function* documentsIn(path: string, problems: Problems): AsyncGenerator<SourceDocument> {
  try {
    const text = await readWholeText(path);
    if (isJson(path, text)) yield jsonDocument(text, shownPath(path));
    else yield* yamlDocuments(text, shownPath(path), problems);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
  }
}

function isJson(path: string, text: string): boolean {
  if (/\.json(\.gz|\.zst)?$/i.test(path)) return true;
  return /^\s*\{/.test(text) && new JsonScanner().scan(text).length === 0;
}

function jsonDocument(text: string, file: string): SourceDocument {
  const value = parseJson(text, file);
  let found = 0;
  const lineOf = (path: Path): number | undefined =>
    found++ < PROBLEMS_SHOWN ? placeOf(text, offsetInJson(text, path)).line : undefined;
  return { file, number: 1, value, lineOf, knowsLines: false };
}

function* objectsIn(document: SourceDocument, problems: Problems): Generator<Manifest> {
  const { value } = document;
  if (value === null || value === undefined) return;
  if (!isObject(value)) return report(problems, document, [], 'must be an object with apiVersion and kind');
  const { kind, apiVersion } = value;
  if (isList(value)) yield* itemsOf(document, value, problems);
  else yield { document, path: [], value, kind, apiVersion };
}

const isList = (value: Raw): boolean =>
  typeof value['kind'] === 'string' && value['kind'].endsWith('List') && 'items' in value;

function* itemsOf(document: SourceDocument, list: Raw, problems: Problems): Generator<Manifest> {
  const items = list['items'] ?? [];
  if (!Array.isArray(items)) return report(problems, document, ['items'], 'must be a list');
  const itemKind = list['kind'] === 'List' ? undefined : String(list['kind']).slice(0, -'List'.length);
  for (const [index, item] of items.entries()) {
    const path = ['items', index];
    if (!isObject(item)) report(problems, document, path, 'must be an object with apiVersion and kind');
    else if (isList(item)) report(problems, document, path, 'is a list within a list; write its items out');
    else {
      const kind = item['kind'] ?? itemKind;
      const apiVersion = item['apiVersion'] ?? (itemKind === undefined ? undefined : list['apiVersion']);
      yield { document, path, value: item, kind, apiVersion };
    }
  }
}

function report(problems: Problems, document: SourceDocument, path: Path, message: string): void {
  problems.add(problemAt(document, path, message));
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
