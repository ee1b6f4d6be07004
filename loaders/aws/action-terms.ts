import { matchesGlob } from './glob.ts';
import type { Terms } from './policy-document.ts';

/** Actions of a grant; with a condition text where the patterns of the model say more than the policy does. */
export interface ActionTerms {
  readonly actions: readonly string[];
  readonly exceptActions?: readonly string[];
  readonly condition?: string;
}

/**
 * The actions of a statement in the patterns of the access model, which have `*` but not `?`. A pattern with `?` is
 * widened to `*` and its grant made conditional, so that it never allows or denies too much without saying so.
 */
export function actionTerms(terms: Terms): readonly ActionTerms[] {
  const plain = terms.patterns.filter((pattern) => !pattern.includes('?'));
  const narrow = terms.patterns.filter((pattern) => pattern.includes('?'));
  const widened = narrow.map((pattern) => pattern.replaceAll('?', '*').replace(/\*{2,}/g, '*'));
  const list: ActionTerms[] = [];
  if (terms.not) list.push({ actions: ['*'], exceptActions: [...plain, ...widened] });
  else if (plain.length > 0) list.push({ actions: plain });
  if (narrow.length > 0) {
    const condition = `${terms.not ? 'action does not match' : 'action matches'} ${narrow.join(' or ')}, where ? is one character`;
    list.push({ actions: widened, ...(terms.not && plain.length > 0 ? { exceptActions: plain } : {}), condition });
  }
  return list;
}

/** True when the statement's actions hold this action. Case does not matter. */
export function actionMatches(terms: Terms, action: string): boolean {
  const asked = action.toLowerCase();
  return terms.patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), asked)) !== terms.not;
}
