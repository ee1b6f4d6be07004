/** What every source of facts is to the engine: files in, changes out, and an account of what was left aside. */
import type { Change, NodeKind } from '../engine/model/index.ts';

/** Something that was read and deliberately not turned into a fact. */
export interface Skipped {
  /** File and line, or file and object. */
  readonly where: string;
  readonly why: string;
}

export interface LoadRequest {
  /** Files or folders as the user named them; `-` is standard input where a loader can read it. */
  readonly paths: readonly string[];
  /** The source that vouches for what is read; `undefined` when the user named none. */
  readonly source?: string;
  /** Options of the one loader, as text: `mapping` for csv and the like. */
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** The graph that is there already. */
export interface GraphToMatch {
  /** The kinds of nodes by their ids, in the same order; undefined for one that is not in the graph. */
  kindsOf(ids: readonly string[]): Promise<readonly (NodeKind | undefined)[]>;
  /** Ids of all resources that contain one, to any depth. */
  containersOf(id: string): Promise<readonly string[]>;
  /** Ids of all resources, each once. O(nodes): for what cannot be asked about by its id. */
  resources(): AsyncIterable<string>;
}

/** What a loader read: the changes of one batch. Nothing is applied before all of it was read without a problem. */
export interface Loaded {
  readonly source: string;
  /** Sources of which this is everything there is; final when `changes` is exhausted. */
  readonly complete: readonly string[];
  /** Nodes before edges is not required; may be walked once. */
  readonly changes: Iterable<Change> | AsyncIterable<Change>;
  /** Filled by the time `changes` is exhausted. */
  readonly report: LoadReport;
  /**
   * Of sources that tell about what others put there, such as use: the graph to match with, given before `changes` is walked.
   * What does not match is counted in the report. Without a graph all is told as it was read.
   */
  readonly match?: (graph: GraphToMatch) => void;
}

export interface LoadReport {
  /** Ends of edges that no file knows, named once each; their edges were left out. */
  readonly unresolved: string[];
  readonly skipped: Skipped[];
}

/** A format of `load`. */
export interface Loader {
  /** The word after `load`. */
  readonly format: string;
  /** One line for `--help`. */
  readonly summary: string;
  /**
   * Reads the paths. Problems are collected while `changes` is walked and thrown as one InputError at its end, so a
   * caller that applies the changes in one batch applies nothing of a faulty input.
   *
   * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE; InputError
   */
  load(request: LoadRequest): Promise<Loaded>;
}
