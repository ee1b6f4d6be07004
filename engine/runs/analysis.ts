/** An analysis as it can be run: what it takes, and how its answer becomes a result that is kept. */
import type { EngineView } from '../api.ts';
import type { ModelEntry } from '../peers/model-registry.ts';
import type { Progress } from '../snapshot/pace.ts';
import type { Parameters, RunAnalysis, RunItem } from './questions.ts';

export interface RunResult {
  /** What is told of it in short. */
  readonly summary: Parameters;
  /** In the order of the answer, each with a key of its own. */
  readonly items: readonly RunItem[];
  /** What was trained for it; goes into the registry of models. */
  readonly model?: ModelEntry;
}

/** How a run is ended, and told about. */
export interface RunWaiting {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface RunnableAnalysis {
  readonly analysis: RunAnalysis;
  /**
   * All parameters, those that are missing with their defaults.
   *
   * @throws GrantlensError ARGUMENT_INVALID for one that is unknown or out of range
   */
  readonly checked: (parameters: Parameters) => Parameters;
  readonly run: (view: EngineView, parameters: Parameters, waiting: RunWaiting) => Promise<RunResult>;
}
