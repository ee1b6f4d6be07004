/** Analyses that are run on their own, kept, and compared: the shapes of questions and answers. See docs/runs.md. */

import type { Instant, JsonValue } from '../model/index.ts';
import type { FeatureDrift, ModelEntry } from '../peers/model-registry.ts';
import type { Progress } from '../snapshot/pace.ts';

export const RUN_ANALYSES = ['PRIVILEGE_HUBS', 'FINDINGS', 'ROLE_CLUSTERS', 'OUTLIERS'] as const;
export type RunAnalysis = (typeof RUN_ANALYSES)[number];

/**
 * INTERRUPTED: the process that ran it has ended without saying how; nobody works on it any more. The others are as they say.
 */
export const RUN_STATES = ['RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'INTERRUPTED'] as const;
export type RunState = (typeof RUN_STATES)[number];

export type Parameters = Readonly<Record<string, JsonValue>>;

/** One run of an analysis. */
export interface Run {
  readonly id: string;
  readonly analysis: RunAnalysis;
  /** All of them, those that were left out with what they were taken for. The same on the same version give the same result. */
  readonly parameters: Parameters;
  /** The version of the graph that it is about. */
  readonly version: number;
  readonly state: RunState;
  readonly startedAt: Instant;
  /** Null while it runs. */
  readonly endedAt: Instant | null;
  /** How far it is; null before it has said so, and in processes other than the one that runs it. */
  readonly progress: Progress | null;
  /** When it is done: SHA-256 of the result, how many items it has, and what is told of it in short. */
  readonly digest: string | null;
  readonly itemCount: number | null;
  readonly summary: Parameters | null;
  /** Why it failed. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface RunRequest {
  readonly analysis: RunAnalysis;
  /** Default: the defaults of the analysis. */
  readonly parameters?: Parameters | undefined;
  /** Milliseconds after which it fails; from 1 to 86,400,000, default 600,000. */
  readonly deadline?: number | undefined;
}

/** One thing that was found; the same thing has the same key in every run. */
export interface RunItem {
  readonly key: string;
  readonly [field: string]: JsonValue;
}

export interface RunItems {
  readonly run: Run;
  readonly items: readonly RunItem[];
}

/** What one run found and another did not, and what both found and tell otherwise. */
export interface RunDiff {
  readonly from: Run;
  readonly to: Run;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly changedCount: number;
  /** The first of each, in the order of their run. */
  readonly added: readonly RunItem[];
  readonly removed: readonly RunItem[];
  readonly changed: readonly { readonly before: RunItem; readonly after: RunItem }[];
}

/** A model as it is kept, and held against the newest version. */
export interface KeptModel extends ModelEntry {
  /** The run that trained it. */
  readonly run: string;
  readonly trainedAt: Instant;
  /** The version that it is held against. */
  readonly version: number;
  /** Population stability index of each feature, the one that moved most first. */
  readonly drift: readonly FeatureDrift[];
}

export interface RunsQuestion {
  readonly analysis?: RunAnalysis | undefined;
  /** From 0 to 10,000; default 100. */
  readonly first?: number | undefined;
}

/** Runs of a store: those of this process, and those that others have kept. Errors: RUN_NOT_FOUND, ARGUMENT_INVALID. */
export interface Runs {
  /**
   * Begins a run on the newest version, in a thread; it goes on when nobody looks.
   *
   * @throws GrantlensError ARGUMENT_INVALID, LIMIT_EXCEEDED when too many are running, STORE_LOCKED
   */
  start(request: RunRequest): Promise<Run>;
  get(id: string): Promise<Run>;
  /** The newest first. */
  list(question?: RunsQuestion): Promise<readonly Run[]>;
  /** A part of the result of a run that is done. @param from counted from 0; @param first at most 10,000 */
  items(id: string, from: number, first: number): Promise<RunItems>;
  /** Ends a run, also one of another process; one that has ended stays as it is. */
  cancel(id: string): Promise<Run>;
  /** How a run goes on, until it has ended; the present state first. */
  watch(id: string, signal?: AbortSignal): AsyncIterable<Run>;
  /** @param first of each list; at most 10,000 */
  diff(fromId: string, toId: string, first: number): Promise<RunDiff>;
  /** Models that runs have trained, by name: of each the one that was trained last, and how far its features have moved since. */
  models(): Promise<readonly KeptModel[]>;
}
