/** Whether a grant is about an action: `*` matches any run of characters, case does not matter. */
import type { EdgeRecord } from '../../engine/index.ts';

export type Terms = Pick<EdgeRecord, 'actions' | 'exceptActions'>;

const expressions = new Map<string, RegExp>();

export const conveys = ({ actions = [], exceptActions = [] }: Terms, action: string): boolean =>
  actions.some((pattern) => matches(pattern, action)) && !exceptActions.some((pattern) => matches(pattern, action));

function matches(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(action);
}

const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    'is',
  );
