/** The work of looking for what is wrong: all rules, one after the other, in a thread. */
import type { LongWork } from '../access/apart.ts';
import type { Instant } from '../model/index.ts';
import type { GraphFacts } from './graph-facts.ts';
import type { FindingKind } from './questions.ts';
import type { Found } from './rule.ts';
import { rulesOf } from './rules/index.ts';

export interface FindingsInput {
  readonly kinds: readonly FindingKind[];
  readonly at: Instant;
  readonly facts: GraphFacts;
}

export interface FoundOfKind {
  readonly kind: FindingKind;
  readonly found: readonly Found[];
  /** Milliseconds. */
  readonly took: number;
}

export const findFindings: LongWork<FindingsInput, readonly FoundOfKind[]> = async ([snapshot], input, pace) => {
  const all: FoundOfKind[] = [];
  for (const rule of rulesOf(input.kinds)) {
    const began = performance.now();
    pace.progress(rule.kind, 0, 1);
    const found = await rule.find({ snapshot: snapshot!, at: input.at, facts: input.facts }, pace);
    all.push({ kind: rule.kind, found, took: performance.now() - began });
  }
  return all;
};
