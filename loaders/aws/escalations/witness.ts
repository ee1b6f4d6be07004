/** Looks for a resource that need not be there yet: one that several actions may be taken on. */
import { allOf } from '../condition-text.ts';
import type { Identity } from '../estate.ts';
import { compileGlob, type Glob } from '../glob.ts';
import { covers } from '../glob-cover.ts';
import { intersection, overlaps } from '../glob-overlap.ts';
import { openCondition } from '../known-keys.ts';
import { evidenceOf } from '../placements.ts';
import { type Answer, NO, type Relevant } from '../policy-answer.ts';
import type { Statement } from '../policy-document.ts';
import { resolveVariables } from '../policy-variables.ts';
import type { Layers } from './powers.ts';

/** Resources that are left after some of the policies were looked at. */
interface Left {
  readonly pattern: string;
  readonly conditions: readonly string[];
  readonly evidence: readonly string[];
  /** Parts that are taken out. One alone leaves something of a pattern that it does not cover; of several that is not sure. */
  readonly cut: readonly Cut[];
}

interface Cut {
  readonly glob: Glob;
  readonly note: string;
}

/** Patterns that are followed, at most: the surest first. */
const MAX_LEFT = 32;

export class Witness {
  readonly #identity: Identity;
  readonly #kind: string;

  /** @param kind pattern of all resources of the kind */
  constructor(identity: Identity, kind: string) {
    this.#identity = identity;
    this.#kind = kind;
  }

  of(all: readonly Layers[]): Answer {
    let left: readonly Left[] = [{ pattern: this.#kind, conditions: [], evidence: [], cut: [] }];
    for (const { gives, bounds } of all) {
      left = this.#within(left, gives, true);
      for (const { policies, unknown } of bounds) {
        const allowed = this.#within(left, policies, false);
        left = unknown === undefined ? allowed : surest([...allowed, ...noted(left, unknown)]);
      }
      for (const policies of [gives, ...bounds.map((bound) => bound.policies)]) left = this.#without(left, policies);
    }
    return answerOf(left);
  }

  /** What one of the allows holds. */
  #within(left: readonly Left[], policies: readonly Relevant[], told: boolean): readonly Left[] {
    const found: Left[] = [];
    for (const { title, policy, statements } of policies) {
      for (const statement of statements) {
        if (statement.effect !== 'ALLOW') continue;
        const evidence = told ? [evidenceOf(title, statement)] : [];
        const open = openCondition(statement.condition, {});
        for (const one of left) {
          for (const part of this.#partsOf(one.pattern, statement, policy.variables)) {
            found.push({
              ...narrowed(one, part.pattern, [open, part.condition], evidence),
              cut: [...one.cut, ...part.cut],
            });
          }
        }
      }
    }
    return surest(found);
  }

  /** What lies in the resources of a statement, and what in that is not sure. */
  #partsOf(
    pattern: string,
    { resources }: Statement,
    variables: boolean,
  ): readonly { readonly pattern: string; readonly condition?: string; readonly cut: readonly Cut[] }[] {
    const named = resources.patterns.map((text) => this.#resolved(text, variables));
    const inner = compileGlob(pattern);
    if (resources.not) {
      const sure = named.filter((one) => one !== undefined).filter(({ exact }) => exact);
      return [
        {
          pattern,
          cut: sure.map((one) => ({ glob: compileGlob(one.pattern), note: `resource is not ${one.written}` })),
        },
      ];
    }
    return named.flatMap((one) => {
      if (one === undefined) return [];
      const note = `resource is ${one.written}`;
      const parts = intersection(compileGlob(one.pattern), inner);
      if (parts === undefined) return [{ pattern, condition: note, cut: [] }];
      return parts.map((part) => ({ pattern: part, cut: [], ...(one.exact ? {} : { condition: note }) }));
    });
  }

  #resolved(text: string, variables: boolean) {
    const { requester } = this.#identity;
    return variables
      ? resolveVariables(text, requester.account, requester)
      : { pattern: text, exact: true, written: text };
  }

  /** Takes out what is denied. */
  #without(left: readonly Left[], policies: readonly Relevant[]): readonly Left[] {
    let kept = left;
    for (const { title, policy, statements } of policies) {
      for (const statement of statements) {
        if (statement.effect === 'DENY')
          kept = kept.flatMap((one) => this.#spared(one, title, policy.variables, statement));
      }
    }
    return surest(kept);
  }

  #spared(one: Left, title: string, variables: boolean, statement: Statement): readonly Left[] {
    const { resources, condition } = statement;
    const inner = compileGlob(one.pattern);
    if (condition !== undefined) {
      const touches = resources.not || this.#partsOf(one.pattern, statement, variables).length > 0;
      return touches ? [narrowed(one, one.pattern, [`unless ${condition}`], [])] : [one];
    }
    const named = resources.patterns.map((text) => this.#resolved(text, variables));
    if (resources.not) {
      return named.flatMap((exception) => {
        if (exception === undefined) return [];
        const parts = intersection(compileGlob(exception.pattern), inner) ?? [];
        return parts.map((part) =>
          narrowed(one, part, [exception.exact ? undefined : `resource is ${exception.written}`], []),
        );
      });
    }
    const denied = named.filter((each) => each !== undefined);
    const sure = denied
      .filter(({ exact }) => exact)
      .map((each) => ({
        glob: compileGlob(each.pattern),
        note: `resource is not ${each.written}, denied by ${evidenceOf(title, statement)}`,
      }));
    const unsure = denied.filter((each) => !each.exact && overlaps(compileGlob(each.pattern), inner));
    const notes = unsure.map(({ written }) => `unless resource is ${written}`);
    return [{ ...narrowed(one, one.pattern, notes, []), cut: [...one.cut, ...sure] }];
  }
}

const narrowed = (
  one: Left,
  pattern: string,
  conditions: readonly (string | undefined)[],
  evidence: readonly string[],
): Left => ({
  ...one,
  pattern,
  conditions: [...one.conditions, ...conditions.filter((condition) => condition !== undefined)],
  evidence: [...one.evidence, ...evidence],
});

const noted = (left: readonly Left[], condition: string): readonly Left[] =>
  left.map((one) => narrowed(one, one.pattern, [condition], []));

/** Each pattern once, the surest first, without those of which nothing is left. */
function surest(left: readonly Left[]): readonly Left[] {
  const sorted = left
    .flatMap(stillLeft)
    .sort(
      (a, b) =>
        a.conditions.length - b.conditions.length || a.cut.length - b.cut.length || a.pattern.length - b.pattern.length,
    );
  const once = new Map<string, Left>();
  for (const one of sorted) if (!once.has(one.pattern)) once.set(one.pattern, one);
  return [...once.values()].slice(0, MAX_LEFT);
}

/** With those cuts only that bear on it. */
function stillLeft(one: Left): readonly Left[] {
  const inner = compileGlob(one.pattern);
  if (one.cut.some(({ glob }) => covers(glob, inner))) return [];
  const cut = new Map(one.cut.filter(({ glob }) => overlaps(glob, inner)).map((each) => [each.glob.text, each]));
  return [{ ...one, cut: [...cut.values()] }];
}

function answerOf(left: readonly Left[]): Answer {
  if (left.length === 0) return NO;
  const sure = left.find(({ conditions, cut }) => conditions.length === 0 && cut.length < 2);
  if (sure !== undefined) return { is: 'yes', conditions: [], evidence: [...new Set(sure.evidence)] };
  const best = left[0]!;
  const conditions = [allOf([...best.conditions, ...(best.cut.length < 2 ? [] : best.cut.map(({ note }) => note))])!];
  return { is: 'maybe', conditions, evidence: [...new Set(best.evidence)] };
}
