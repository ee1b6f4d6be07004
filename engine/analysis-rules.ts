import type { SodRules } from './findings/find-all.ts';
import type { SensitivityRule } from './sensitivity/rule.ts';

/** What analyses go by besides the graph: files that the process was started with, as they were read. */
export interface AnalysisRules {
  /** They come before the built-in ones. */
  readonly sensitivity: readonly SensitivityRule[];
  /** Duties to be kept apart; undefined where no file names any. */
  readonly sod?: SodRules | undefined;
}

export const NO_RULES: AnalysisRules = Object.freeze({ sensitivity: Object.freeze([]) });
