import { type Change, isIdentityKind, MAX_ACTION, type NodeKind, wrongWithText } from '../../engine/model/index.ts';
import { batchesOf } from '../formats/batches.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { shownPath } from '../formats/open-bytes.ts';
import { sourceOf } from '../formats/source-name.ts';
import { inputError } from '../formats/unreadable.ts';
import type { GraphToMatch, Loaded, Loader, LoadReport, LoadRequest, Skipped } from '../loader.ts';
import { logEvents } from './log-events.ts';
import { type Tallied, type Use, UseTally } from './use-tally.ts';

/** Reads the events of one log, in their order. */
export interface EventReader {
  /** What an event tells; a text says why it tells no use: the same text for all of a kind. */
  read(event: unknown): readonly Use[] | string;
  /** Takes what is to be known of the graph beforehand: called once, before `candidates`, where there is a graph to match with. */
  prepare?(graph: GraphToMatch): Promise<void>;
  /** Ids of the resources that may stand for the one that was used, itself first. */
  candidates(use: UseOfResource): readonly string[];
  /** Of the candidates that the graph knows those that do stand for it: a grant on any other of these reaches one of them. */
  nearest(use: UseOfResource, known: readonly string[]): readonly string[] | Promise<readonly string[]>;
}

/** What of a use says which resources stand for what was used. */
export type UseOfResource = Pick<Tallied, 'resource' | 'under'>;

export interface UseFormat {
  readonly format: string;
  readonly summary: string;
  /** @param name the source that the user named, without the format before it */
  readonly open: (name: string) => EventReader;
}

/** A loader of a log: sums its events up to facts of use, and matches them with the graph where it is given one. */
export const useLoader = ({ format, summary, open }: UseFormat): Loader =>
  Object.freeze<Loader>({
    format,
    summary,
    async load(request: LoadRequest): Promise<Loaded> {
      const name = sourceOf(request);
      const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json', '.jsonl', '.log'] });
      const reader = open(name);
      const notes = new Map<string, { where: string; count: number }>();
      const tally = await tallied(files, reader, notes);
      // A source of its own: the graph of that name must not be withdrawn by what its log does not tell.
      const source = `${format}:${name}`;
      const report: LoadReport = { unresolved: [], skipped: [...skipped] };
      let graph: GraphToMatch | undefined;
      async function* changes(): AsyncGenerator<Change> {
        yield* matched(tally, reader, source, graph, (where, why, count) => note(notes, where, why, count));
        report.skipped.push(...listed(notes));
      }
      return { source, complete: [source], changes: changes(), report, match: (given) => void (graph = given) };
    },
  });

type Notes = Map<string, { where: string; count: number }>;

function note(notes: Notes, where: string, why: string, count = 1): void {
  const known = notes.get(why);
  if (known === undefined) notes.set(why, { where, count });
  else known.count += count;
}

const listed = (notes: Notes): readonly Skipped[] =>
  [...notes].map(([why, { where, count }]) => ({
    where,
    why: count === 1 ? why : `${why} (${count} events; this is the first)`,
  }));

async function tallied(files: readonly InputFile[], reader: EventReader, notes: Notes): Promise<UseTally> {
  const tally = new UseTally();
  let count = 0;
  for (const file of files) {
    for await (const events of logEvents(file)) {
      for (const { line, value } of events) {
        count += 1;
        const told = reader.read(value);
        if (typeof told === 'string') note(notes, `${file.shownAs}:${line}`, told);
        else for (const use of told) take(use, tally, file.shownAs, line, notes);
      }
    }
  }
  if (count > 0) return tally;
  const shown = files.map(({ path }) => shownPath(path)).join(', ');
  throw inputError(shown, undefined, 'holds no events; is this another format?');
}

function take(use: Use, tally: UseTally, file: string, line: number, notes: Notes): void {
  const isFit =
    [use.identity, use.resource].every((id) => id !== '' && wrongWithText(id) === undefined) &&
    use.action !== '' &&
    wrongWithText(use.action, MAX_ACTION) === undefined;
  if (isFit) tally.add(use, file, line);
  else note(notes, `${file}:${line}`, 'a name that is too long, or no text');
}

/** Uses matched at a time. */
const BATCH = 2_000;

type Note = (where: string, why: string, count: number) => void;

/** The facts. With a graph at hand, those alone of which it knows both ends; the others are counted by what is missing. */
async function* matched(
  tally: UseTally,
  reader: EventReader,
  source: string,
  graph: GraphToMatch | undefined,
  told: Note,
): AsyncGenerator<Change> {
  if (graph !== undefined) await reader.prepare?.(graph);
  const sums = new Map<string, Tallied>();
  for (const batch of batchesOf(tally.uses(), BATCH)) {
    if (graph === undefined) for (const use of batch) yield changeOf(use, source);
    else await matchBatch(batch, reader, graph, sums, told);
  }
  for (const use of sums.values()) yield changeOf(use, source);
}

async function matchBatch(
  batch: readonly Tallied[],
  reader: EventReader,
  graph: GraphToMatch,
  sums: Map<string, Tallied>,
  told: Note,
): Promise<void> {
  const candidates = batch.map((use) => reader.candidates(use));
  const ids = [...new Set([...batch.map(({ identity }) => identity), ...candidates.flat()])];
  const found = await graph.kindsOf(ids);
  const kinds = new Map(ids.map((id, at) => [id, found[at]]));
  for (const [at, use] of batch.entries()) {
    const unfit = whyNoIdentity(kinds.get(use.identity));
    const known = candidates[at]!.filter((id) => kinds.get(id) === 'Resource');
    if (unfit !== undefined) told(use.identity, unfit, use.count);
    else if (known.length === 0) told(use.resource, 'a use on a resource that the graph does not know', use.count);
    else for (const resource of await reader.nearest(use, known)) addTo(sums, { ...use, resource });
  }
}

function whyNoIdentity(kind: NodeKind | undefined): string | undefined {
  if (kind === undefined) return 'a use by an identity that the graph does not know';
  return isIdentityKind(kind) ? undefined : `a use by a ${kind}: who used it is not told`;
}

/** Uses of several things that one resource of the graph stands for are one. */
function addTo(sums: Map<string, Tallied>, use: Tallied): void {
  const key = `${use.identity}\u0000${use.action}\u0000${use.resource}`;
  const before = sums.get(key);
  const sum = before === undefined ? use : { ...use, at: Math.max(use.at, before.at), count: use.count + before.count };
  sums.set(key, sum);
}

const changeOf = ({ identity, action, resource, at, count }: Tallied, source: string): Change => ({
  op: 'PUT_USE',
  use: { identity, action, resource, source, lastUsedAt: at, useCount: count },
});
