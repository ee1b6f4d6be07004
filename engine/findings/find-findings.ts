/** The work of looking for what is wrong: all rules, one after the other, in a thread. */
import type { LongWork } from '../access/apart.ts';
import type { FindingKind } from './questions.ts';
import type { FindingGround, Found } from './rule.ts';
import { rulesOf } from './rules/index.ts';
import { isVendorsStep } from './vendors-own.ts';

export interface FindingsInput extends Omit<FindingGround, 'snapshot'> {
  readonly kinds: readonly FindingKind[];
}

export interface FoundOfKind {
  readonly kind: FindingKind;
  readonly found: readonly Found[];
  /** What was not known that the rule needs; nothing found then does not mean that nothing is there. */
  readonly notes: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}

export const findFindings: LongWork<FindingsInput, readonly FoundOfKind[]> = async ([snapshot], input, pace) => {
  const { kinds, ...known } = input;
  const ground: FindingGround = { snapshot: snapshot!, ...known };
  const all: FoundOfKind[] = [];
  for (const rule of rulesOf(kinds)) {
    const began = performance.now();
    pace.progress(rule.kind, 0, 1);
    const notes = [...(rule.notes?.(ground) ?? [])];
    const looked = await rule.find(ground, pace, (sentence) => void notes.push(sentence));
    const found = looked.map((one) => withoutVendorsSteps(ground, one));
    all.push({ kind: rule.kind, found, notes, took: performance.now() - began });
  }
  return all;
};

/** Nobody can take a remedy that changes what a vendor manages: rules that do not look after that themselves tell none. */
const withoutVendorsSteps = (ground: FindingGround, found: Found): Found =>
  found.remedy.some((step) => isVendorsStep(ground, step)) ? { ...found, remedy: [] } : found;
