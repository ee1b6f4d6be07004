/** Departments of skewed sizes, divided into divisions, units and teams; users are numbered along the chart. */
import type { Draws } from './random.ts';
import { DEPARTMENTS, type DepartmentWords, DIVISIONS, slug, TEAMS, UNITS } from './words.ts';

export type OrgLevel = 'department' | 'division' | 'unit' | 'team';

export interface OrgUnit {
  readonly index: number;
  readonly level: OrgLevel;
  readonly name: string;
  /** Names from the department down, for ids: `engineering/nordics/delivery/cedar`. */
  readonly path: string;
  /** Index of the unit above; -1 for a department. */
  readonly parent: number;
  /** Its people are the users numbered from `start` to before `end`; the first of them leads it. */
  readonly start: number;
  readonly end: number;
  readonly words: DepartmentWords;
  /** True when no unit lies below. */
  readonly leaf: boolean;
}

interface Division {
  readonly level: OrgLevel;
  /** How many people a part has, about. */
  readonly size: number;
  readonly names: readonly string[];
}

const DIVIDE: readonly Division[] = [
  { level: 'division', size: 1_200, names: DIVISIONS },
  { level: 'unit', size: 110, names: UNITS },
  { level: 'team', size: 12, names: TEAMS },
];

/** The whole chart, every unit after the one it lies in. Departments without people are left out. */
export function divideDepartments(users: number, draw: Draws): readonly OrgUnit[] {
  const units: OrgUnit[] = [];
  const weights = DEPARTMENTS.map((_, rank) => 1 / (rank + 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let start = 0;
  let sum = 0;
  DEPARTMENTS.forEach((words, rank) => {
    sum += weights[rank]!;
    const end = rank === DEPARTMENTS.length - 1 ? users : Math.floor((users * sum) / total);
    const seat = { level: 'department', name: words.name, path: slug(words.name), parent: -1, words } as const;
    if (end > start) divide(units, { ...seat, start, end }, 0, draw);
    start = end;
  });
  return units;
}

function divide(units: OrgUnit[], unit: Omit<OrgUnit, 'index' | 'leaf'>, from: number, draw: Draws): void {
  const people = unit.end - unit.start;
  const step = DIVIDE.findIndex((division, place) => place >= from && people > division.size * 1.4);
  const index = units.length;
  units.push({ ...unit, index, leaf: step < 0 });
  if (step < 0) return;
  const { level, size, names } = DIVIDE[step]!;
  cut(unit.start, unit.end, Math.round(people / size), draw).forEach(([start, end], place) => {
    const name = nth(names, place);
    const path = `${unit.path}/${slug(name)}`;
    divide(units, { level, name, path, parent: index, start, end, words: unit.words }, step + 1, draw);
  });
}

/** Cuts a range into parts whose sizes differ by up to a factor of about three. */
function cut(start: number, end: number, parts: number, draw: Draws): [number, number][] {
  const weights = Array.from({ length: parts }, () => 0.5 + draw.unit());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ranges: [number, number][] = [];
  let sum = 0;
  let from = start;
  weights.forEach((weight, part) => {
    sum += weight;
    const to = part === parts - 1 ? end : start + Math.floor(((end - start) * sum) / total);
    if (to > from) ranges.push([from, to]);
    from = to;
  });
  return ranges;
}

/** The n-th of endless names made of a list: `Oak`, … and in the second round `Oak 2`. */
export function nth(names: readonly string[], index: number): string {
  const round = Math.floor(index / names.length);
  const name = names[index % names.length]!;
  return round === 0 ? name : `${name} ${round + 1}`;
}
