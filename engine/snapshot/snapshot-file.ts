/** A compiled version in a file, from where it is opened without being compiled. */
import { ActionTerms, makeTerms } from './action-terms.ts';
import { type NamedArray, readArrayFile, type Stored, writeArrayFile } from './array-file.ts';
import { type CompiledArrays, snapshotOf } from './compiled-arrays.ts';
import type { Snapshot } from './snapshot.ts';
import { Waiting } from './space.ts';
import { Windows } from './windows.ts';

interface Facts {
  readonly mark: string;
  readonly version: number;
  readonly compiledEdges: number;
  readonly windows: number;
  readonly terms: readonly (readonly [actions: readonly string[], exceptActions: readonly string[]])[];
  readonly waiting: readonly (readonly [edge: string, from: string, to: string])[];
}

/** Which version of which graph a file has. */
export type KeptVersion = Pick<Facts, 'mark' | 'version'>;

/** True for a version that has its compiled arrays and nothing laid over them. */
export const isCompiled = ({ space, nodeSpace, edgeSpace, adjacency, gone }: Snapshot): boolean =>
  nodeSpace === space.compiledNodes &&
  edgeSpace === space.compiledEdges &&
  gone.size === 0 &&
  adjacency.every(({ out, into }) => out.patched + into.patched === 0);

/**
 * Writes a version that is as it was compiled. Others may go on using it, and follow changes from it, meanwhile.
 *
 * @param mark what the version is known by to its store
 */
export async function writeSnapshot(path: string, snapshot: Snapshot, mark: string): Promise<void> {
  const { space, version, terms } = snapshot;
  const { arrays, windows } = space;
  const facts: Facts = {
    mark,
    version,
    compiledEdges: arrays.compiledEdges,
    windows: windows.count,
    terms: terms.all.map(({ actions, exceptActions }) => [actions, exceptActions] as const),
    waiting: space.waiting.list(),
  };
  await writeArrayFile(path, facts, [...namedArrays(arrays), ...windowArrays(windows)]);
}

/**
 * @param wanted whether the version that the file has is of any use
 * @returns undefined when it is not
 * @throws ArrayFileDamaged; what the file system throws
 */
export async function readSnapshot(
  path: string,
  wanted: (kept: KeptVersion) => Promise<boolean>,
): Promise<Snapshot | undefined> {
  const file = await readArrayFile<Facts>(path, wanted);
  if (file === undefined) return undefined;
  const { facts, arrays } = file;
  const waiting = new Waiting();
  for (const [edge, from, to] of facts.waiting) waiting.add(edge, from, to);
  return snapshotOf(compiledArrays(arrays, facts.compiledEdges), {
    version: facts.version,
    terms: new ActionTerms(facts.terms.map(([actions, exceptActions]) => makeTerms(actions, exceptActions))),
    windows: Windows.of(
      arrays.get(WINDOWS_FROM) as Float64Array,
      arrays.get(WINDOWS_TO) as Float64Array,
      facts.windows,
    ),
    waiting,
  });
}

const WINDOWS_FROM = 'windows.from';
const WINDOWS_TO = 'windows.to';

const windowArrays = ({ from, to, count }: Windows): readonly NamedArray[] => [
  { name: WINDOWS_FROM, array: from, used: count },
  { name: WINDOWS_TO, array: to, used: count },
];

/** All arrays by their path, without the room after them. */
function namedArrays(arrays: CompiledArrays): readonly NamedArray[] {
  const nodes = arrays.ids.starts.length - 1;
  const whole = (name: string, array: Stored): NamedArray => ({ name, array, used: array.length });
  const { kindStart, ids, slots, text, edges, edgeCounts, rows } = arrays;
  return [
    whole('kindStart', kindStart),
    whole('edgeCounts', edgeCounts),
    whole('slots', slots),
    ...Object.entries(ids).map(([name, array]) => whole(`ids.${name}`, array)),
    ...Object.entries(text).map(([name, array]) => whole(`text.${name}`, array)),
    ...NODE_COLUMNS.map((name) => ({ name, array: arrays[name], used: nodes })),
    ...EDGE_COLUMNS.map((name) => ({ name: `edges.${name}`, array: edges[name], used: arrays.compiledEdges })),
    ...rows.flatMap((each, c) => Object.entries(each).map(([name, array]) => whole(`rows.${c}.${name}`, array))),
  ];
}

const NODE_COLUMNS = ['disabled', 'nodeRef', 'reachesDenial'] as const;
const EDGE_COLUMNS = ['ref', 'kind', 'source', 'target', 'flags', 'terms', 'window'] as const;

/** What `namedArrays` took apart, put together by the paths. */
function compiledArrays(arrays: ReadonlyMap<string, Stored>, compiledEdges: number): CompiledArrays {
  const put: Record<string, unknown> = { rows: [] };
  for (const [path, array] of arrays) {
    const names = path.split('.');
    const last = names.pop()!;
    let into = put;
    for (const name of names) {
      into[name] ??= {};
      into = into[name] as Record<string, unknown>;
    }
    into[last] = array;
  }
  return { ...put, compiledEdges } as unknown as CompiledArrays;
}
