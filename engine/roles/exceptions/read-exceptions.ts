/** Agreed exceptions as people write them, YAML or CSV: text in, exceptions out, or every problem with its line. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Node } from 'yaml';
import { GrantlensError, MAX_ACTION, Problems } from '../../model/index.ts';
import { readRulesFile } from '../../model/rules-file.ts';
import type { YamlReading } from '../../model/yaml-reading.ts';
import {
  AGREED_CHANGES,
  type AgreedChange,
  type AgreedException,
  type AgreedList,
  LONGEST_REASON,
  MOST_EXCEPTION_TEXT,
  MOST_EXCEPTIONS,
  type PlacedException,
} from './agreed-exception.ts';

/** Characters of an id. */
const LONGEST_ID = 4_096;
const FIELDS = ['identity', 'action', 'resource', 'may', 'agreedBy', 'because'] as const;
type Field = (typeof FIELDS)[number];
const LONGEST: Readonly<Record<Field, number>> = {
  identity: LONGEST_ID,
  action: MAX_ACTION,
  resource: LONGEST_ID,
  may: 16,
  agreedBy: LONGEST_REASON,
  because: LONGEST_REASON,
};

/** What a field says where it is left out; the others have to be there. */
const UNSAID: Partial<Record<Field, string>> = { may: 'lose' };

/**
 * Reads the text of a file of exceptions: CSV where its name ends so, else YAML. Both forms are on the page docs/restructure.md.
 *
 * @param file what problems call it
 * @throws InputError with the place of everything that is wrong
 */
export function readExceptions(text: string, file: string): AgreedList {
  const entries = /\.csv$/i.test(file) ? ofCsv(text, file) : ofYaml(text, file);
  return { file, entries };
}

const ofYaml = (text: string, file: string): readonly PlacedException[] =>
  readRulesFile(text, file, {
    list: 'exceptions',
    mostText: MOST_EXCEPTION_TEXT,
    mostRules: MOST_EXCEPTIONS,
    mayBeEmpty: true,
    read: (reading: YamlReading, node: Node, path: string, names: Set<string>): PlacedException | undefined => {
      const fields = reading.fields(node, path, FIELDS);
      if (fields === undefined) return undefined;
      const said = Object.fromEntries(
        FIELDS.map((name) => [
          name,
          fields.has(name) || UNSAID[name] === undefined
            ? reading.text(fields, name, path, node, LONGEST[name])
            : UNSAID[name],
        ]),
      ) as Record<Field, string | undefined>;
      if (FIELDS.some((name) => said[name] === undefined)) return undefined;
      const at = (name: Field): Node => fields.get(name) ?? node;
      return placed(said as Record<Field, string>, { field: path, ...reading.placeOf(node) }, names, (name, message) =>
        reading.report(at(name), `${path}.${name}`, message),
      );
    },
  });

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function ofCsv(text: string, file: string): readonly PlacedException[] {
  const problems = new Problems();
  const wrong = (line: number, message: string, field?: string): undefined => {
    problems.add({ file, line, ...(field === undefined ? {} : { field }), message });
    return undefined;
  };
  const names = new Set<string>();
  const rows = rowsOf(text, wrong);
  if (rows.length > MOST_EXCEPTIONS)
    wrong(1, `holds ${rows.length} exceptions; at most ${MOST_EXCEPTIONS} are taken`, 'exceptions');
  const found = rows.slice(0, MOST_EXCEPTIONS).flatMap(({ record, info: { lines: line } }, i) => {
    const said = Object.fromEntries(
      FIELDS.map((name) => [name, (record[name] ?? '').trim() || (UNSAID[name] ?? '')]),
    ) as Record<Field, string>;
    const bad = FIELDS.filter((name) => {
      if (said[name] === '') wrong(line, 'is missing', name);
      else if (said[name].length > LONGEST[name])
        wrong(line, `has ${said[name].length} characters; at most ${LONGEST[name]} are taken`, name);
      else return false;
      return true;
    });
    if (bad.length > 0) return [];
    const field = `exceptions[${i}]`;
    return placed(said, { field, line }, names, (name, message) => wrong(line, message, name)) ?? [];
  });
  problems.throwIfAny();
  return found;
}

/** Rows with the line that each ends on, by the names of the first row. */
function rowsOf(text: string, wrong: (line: number, message: string) => undefined): readonly CsvRow[] {
  if (text.length > MOST_EXCEPTION_TEXT) {
    wrong(1, `has ${text.length} characters; at most ${MOST_EXCEPTION_TEXT} are taken`);
    return [];
  }
  try {
    return parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      columns: (header: readonly string[]) => {
        const names = header.map(nameOf);
        const strange = header.filter((_, i) => !FIELDS.includes(names[i] as Field));
        if (strange.length > 0)
          wrong(1, `unknown column ${JSON.stringify(strange[0])}; known here are ${FIELDS.join(', ')}`);
        return names;
      },
    }) as unknown as readonly CsvRow[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { readonly lines?: number };
    wrong(lines ?? 1, `is no CSV: ${error.message}`);
    return [];
  }
}

/** `agreed_by`, `Agreed by` and `agreedBy` are the same column. */
function nameOf(header: string): string {
  const plain = header.toLowerCase().replaceAll(/[ _-]/g, '');
  return FIELDS.find((name) => name.toLowerCase() === plain) ?? header;
}

/** @param names of those before it: the same thing is agreed once */
function placed(
  { may, ...said }: Record<Field, string>,
  place: PlacedException['place'],
  names: Set<string>,
  report: (name: Field, message: string) => undefined,
): PlacedException | undefined {
  const change = AGREED_CHANGES.find((one) => one === may.toUpperCase());
  if (change === undefined) return report('may', `must be lose, gain or both, is ${JSON.stringify(may)}`);
  const key = keyOf({ ...said, may: change });
  if (names.has(key)) return report('identity', 'the same is agreed further up already');
  names.add(key);
  return { exception: { ...said, may: change }, place };
}

const keyOf = ({
  identity,
  action,
  resource,
}: Pick<AgreedException, 'identity' | 'action' | 'resource'> & { readonly may: AgreedChange }): string =>
  JSON.stringify([identity, action.toLowerCase(), resource]);

/**
 * Exceptions that a program brings, checked as those of a file are.
 *
 * @throws GrantlensError LIMIT_EXCEEDED for too many; InputError with the place of everything that is wrong
 */
export function listedExceptions(exceptions: readonly AgreedException[]): AgreedList {
  if (!Array.isArray(exceptions) || exceptions.length > MOST_EXCEPTIONS)
    throw new GrantlensError('LIMIT_EXCEEDED', `exceptions must be a list of at most ${MOST_EXCEPTIONS}.`, {
      argument: 'exceptions',
    });
  const problems = new Problems();
  const names = new Set<string>();
  const entries = exceptions.flatMap((exception: AgreedException, i: number): readonly PlacedException[] => {
    const field = `exceptions[${i}]`;
    const report = (name: Field, message: string): undefined => {
      problems.add({ field: `${field}.${name}`, message });
      return undefined;
    };
    const bad = FIELDS.filter((name) => {
      const text: unknown = exception?.[name];
      if (typeof text !== 'string' || text === '') report(name, 'must be a text that is not empty');
      else if (text.length > LONGEST[name])
        report(name, `has ${text.length} characters; at most ${LONGEST[name]} are taken`);
      else return false;
      return true;
    });
    if (bad.length > 0) return [];
    const { identity, action, resource, may, agreedBy, because } = exception;
    return [placed({ identity, action, resource, may, agreedBy, because }, { field }, names, report)].flatMap(
      (one) => one ?? [],
    );
  });
  problems.throwIfAny();
  return { entries };
}
