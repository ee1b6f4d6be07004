/** Actions that every grant treats alike need one relation between them. */
import { conveys, type Terms } from '../conveys.ts';

export interface ActionClass {
  /** In relation names: its place and the first of its actions. */
  readonly name: string;
  readonly actions: readonly string[];
}

/** The longest name of a relation is 50 characters; `denyonly_` goes before. */
const LONGEST = 36;

/** Actions are told apart by which of the terms convey them. */
export function actionClasses(actions: Iterable<string>, terms: Iterable<Terms>): readonly ActionClass[] {
  const distinct = new Map([...terms].map((one) => [JSON.stringify([one.actions, one.exceptActions]), one]));
  const byTerms = new Map<string, string[]>();
  for (const action of new Set(actions)) {
    const signature = [...distinct.values()].map((one) => (conveys(one, action) ? '1' : '0')).join('');
    byTerms.set(signature, [...(byTerms.get(signature) ?? []), action]);
  }
  return [...byTerms.values()].map((alike, place) => ({
    name: `${place}_${alike[0]!.replaceAll(/[^A-Za-z0-9]/g, '_')}`.slice(0, LONGEST),
    actions: alike,
  }));
}
