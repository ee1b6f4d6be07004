/** Changes to suppose, from a file of JSON: a list of them, or an object that has one under "changes". */
import { InputError, type Problem, type ProposedChange } from '../engine/index.ts';
import { readLines } from '../loaders/index.ts';

const FIELDS = new Set(['op', 'id', 'kind', 'from', 'to', 'key', 'properties']);
const TEXTS = ['op', 'id', 'kind', 'from', 'to', 'key'] as const;

/**
 * @param path `-` is standard input
 * @throws InputError with every change that does not have the form of one
 */
export async function readProposedChanges(path: string): Promise<readonly ProposedChange[]> {
  const file = path === '-' ? '<stdin>' : path;
  const list = listIn(await textOf(path), file);
  const problems = list.flatMap((change, i) =>
    wrongWith(change).map((problem) => ({ file, ...problem, ...at(i, problem) })),
  );
  if (problems.length > 0) throw new InputError(problems.slice(0, 100), problems.length);
  return list as readonly ProposedChange[];
}

async function textOf(path: string): Promise<string> {
  const parts: string[] = [];
  for await (const { lines } of readLines(path)) parts.push(...lines);
  return parts.join('\n');
}

function listIn(text: string, file: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError([{ file, message: `is not JSON: ${(error as Error).message}` }], 1);
  }
  const list = Array.isArray(value) ? value : (value as { changes?: unknown } | null)?.changes;
  if (Array.isArray(list)) return list;
  throw new InputError([{ file, message: 'must hold a list of changes, or an object with one under "changes"' }], 1);
}

const at = (i: number, { field }: Problem): { readonly field: string } => ({
  field: field === undefined ? `changes[${i}]` : `changes[${i}].${field}`,
});

function wrongWith(change: unknown): readonly Problem[] {
  if (typeof change !== 'object' || change === null || Array.isArray(change))
    return [{ message: 'must be an object with "op"' }];
  const raw = change as Readonly<Record<string, unknown>>;
  return [
    ...Object.keys(raw)
      .filter((field) => !FIELDS.has(field))
      .map((field) => ({ field, message: `unknown field; known are ${[...FIELDS].join(', ')}` })),
    ...TEXTS.filter((field) => raw[field] !== undefined && raw[field] !== null && typeof raw[field] !== 'string').map(
      (field) => ({ field, message: 'must be a text' }),
    ),
    ...(typeof raw['op'] === 'string' ? [] : [{ field: 'op', message: 'is needed' }]),
  ];
}
