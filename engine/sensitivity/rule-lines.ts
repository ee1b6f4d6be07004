import type { SensitivityRule } from './rule.ts';

/** A rule of one system, as its table writes it; without actions it holds for all. */
export type RuleLine = readonly [
  name: string,
  type: string,
  actions: readonly string[] | undefined,
  weight: number,
  because: string,
];

/** The rules of a table, named after their system. */
export const rulesOfLines = (system: string, lines: readonly RuleLine[]): readonly SensitivityRule[] =>
  lines.map(([name, type, actions, weight, because]) => ({
    name: `${system}: ${name}`,
    resource: { type },
    ...(actions === undefined ? {} : { actions }),
    weight,
    because,
  }));
