/** Which applications there are and whose they are. */
import { nth, type OrgUnit } from './org-chart.ts';
import type { Draws } from './random.ts';
import { DIVISIONS, SHARED_APPLICATIONS, slug } from './words.ts';

export interface Application {
  readonly index: number;
  readonly name: string;
  /** For ids: `app:<slug>`, `role:app/<slug>/viewer`. */
  readonly slug: string;
  /** Place of its department among the company's; -1 when it is everybody's. */
  readonly department: number;
  readonly sensitivity?: number;
}

/** The application in which payments are prepared and released: the one with duties that must be kept apart. */
export const PAYMENTS_APPLICATION = SHARED_APPLICATIONS.length;

export function applicationsOf(count: number, departments: readonly OrgUnit[], draw: Draws) {
  const seen = new Map<string, number>();
  const finance = Math.max(
    0,
    departments.findIndex((unit) => unit.name === 'Finance'),
  );
  const applications = Array.from({ length: count }, (_, index): Application => {
    if (index < SHARED_APPLICATIONS.length) return named(index, SHARED_APPLICATIONS[index]!, -1);
    if (index === PAYMENTS_APPLICATION) return named(index, 'Payments', finance, 0.9);
    const department = departmentOfSomeone(departments, draw);
    const { words } = departments[department]!;
    const kind = words.applications[draw.skewed(words.applications.length)]!;
    const round = seen.get(kind) ?? 0;
    seen.set(kind, round + 1);
    const name = round === 0 ? kind : `${kind} ${nth(DIVISIONS, round - 1)}`;
    return named(index, name, department, words.sensitivity);
  });
  const applicationsOfDepartment = departments.map((_, place) =>
    applications.filter((app) => app.department === place),
  );
  return { applications, applicationsOfDepartment, sharedApplications: SHARED_APPLICATIONS.length };
}

function named(index: number, name: string, department: number, sensitivity?: number): Application {
  const plain = { index, name, slug: slug(name), department };
  return sensitivity === undefined ? plain : { ...plain, sensitivity };
}

/** Larger departments keep more applications. */
function departmentOfSomeone(departments: readonly OrgUnit[], draw: Draws): number {
  const user = draw.below(departments.at(-1)!.end);
  return departments.findIndex((unit) => user < unit.end);
}
