import type { SensitivityRule } from './sensitivity/rule.ts';

/** What analyses go by besides the graph: files that the process was started with, as they were read. */
export interface AnalysisRules {
  /** They come before the built-in ones. */
  readonly sensitivity: readonly SensitivityRule[];
}

export const NO_RULES: AnalysisRules = Object.freeze({ sensitivity: Object.freeze([]) });
