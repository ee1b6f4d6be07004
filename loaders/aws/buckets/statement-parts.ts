/** What two statements have in common, as grants say it: parts of resources, and actions. */
import { type ActionTerms, actionTerms } from '../action-terms.ts';
import { allOf } from '../condition-text.ts';
import { canonicalGlob, compileGlob } from '../glob.ts';
import { covers } from '../glob-cover.ts';
import { intersection, overlaps } from '../glob-overlap.ts';
import type { Terms } from '../policy-document.ts';
import { type Requester, resolveVariables } from '../policy-variables.ts';

/** A pattern of resources; with a note where it holds more than what is meant. */
export interface Part {
  readonly pattern: string;
  readonly note?: string;
}

/** Whose values variables stand for. */
export interface Speaker {
  readonly account: string;
  /** Undefined where the values stay open. */
  readonly requester: Requester | undefined;
  readonly variables: boolean;
}

/** The parts of some patterns that the resources of a statement hold. */
export function partsOf(resources: Terms, within: readonly Part[], speaker: Speaker): readonly Part[] {
  const named = resources.patterns.map((text) => resolved(text, speaker));
  if (!resources.not)
    return within.flatMap((outer) => named.flatMap((part) => (part === undefined ? [] : common(outer, part))));
  const known = named.map((part) => part ?? { pattern: '*', note: '' });
  return within.flatMap((outer) => outside(outer, known, resources.patterns));
}

function resolved(text: string, { account, requester, variables }: Speaker): Part | undefined {
  if (!variables) return { pattern: canonicalGlob(text) };
  const found = resolveVariables(text, account, requester);
  if (found === undefined) return undefined;
  const pattern = canonicalGlob(found.pattern);
  return found.exact ? { pattern } : { pattern, note: `resource is ${text}` };
}

function common(a: Part, b: Part): readonly Part[] {
  const [one, other] = [compileGlob(a.pattern), compileGlob(b.pattern)];
  const notes = [a.note, b.note];
  const parts = intersection(one, other);
  const spelled = parts ?? [a.pattern];
  const note = allOf([...notes, ...(parts === undefined ? [`resource is ${b.pattern}`] : [])]);
  return spelled.map((pattern) => ({ pattern, ...(note === undefined ? {} : { note }) }));
}

/** The whole where no exception touches it, nothing where one holds it, else the whole under a condition. */
function outside(outer: Part, exceptions: readonly Part[], written: readonly string[]): readonly Part[] {
  const whole = compileGlob(outer.pattern);
  const touching = exceptions.filter(({ pattern }) => overlaps(compileGlob(pattern), whole));
  if (touching.length === 0) return [outer];
  if (touching.some(({ pattern, note }) => note === undefined && covers(compileGlob(pattern), whole))) return [];
  return [{ pattern: outer.pattern, note: allOf([outer.note, `resource is not ${written.join(' or ')}`])! }];
}

/** The actions that both hold. */
export function commonActions(a: Terms, b: Terms): readonly ActionTerms[] {
  return actionTerms(a).flatMap((one) => actionTerms(b).flatMap((other) => bothTerms(one, other)));
}

function bothTerms(a: ActionTerms, b: ActionTerms): readonly ActionTerms[] {
  const actions = new Map<string, string>();
  const notes: string[] = [];
  for (const one of a.actions)
    for (const other of b.actions)
      for (const action of actionsInBoth(one, other, notes)) actions.set(action.toLowerCase(), action);
  if (actions.size === 0) return [];
  const exceptActions = [...new Set([...(a.exceptActions ?? []), ...(b.exceptActions ?? [])])];
  const condition = allOf([a.condition, b.condition, ...notes]);
  return [
    {
      actions: [...actions.values()],
      ...(exceptActions.length === 0 ? {} : { exceptActions }),
      ...(condition === undefined ? {} : { condition }),
    },
  ];
}

/** As written where one pattern holds the other. */
function actionsInBoth(one: string, other: string, notes: string[]): readonly string[] {
  const [a, b] = [compileGlob(one.toLowerCase()), compileGlob(other.toLowerCase())];
  if (covers(a, b)) return [other];
  if (covers(b, a)) return [one];
  const parts = intersection(a, b);
  if (parts !== undefined) return parts;
  notes.push(`action matches ${other}`);
  return [one];
}
