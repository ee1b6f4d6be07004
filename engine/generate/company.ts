/**
 * The plan of an estate: how large everything is and who sits where. It holds the org chart and the list of
 * applications (about a seventh of a record for each user); people and all else are worked out by index when needed.
 */
import { type Application, applicationsOf } from './application-list.ts';
import { divideDepartments, type OrgUnit } from './org-chart.ts';
import { Draws } from './random.ts';
import { LOCATIONS } from './words.ts';

export interface EstateOptions {
  /** How many people, 1 or more. */
  readonly users: number;
  /** A safe integer; the same users and seed give the same estate. */
  readonly seed: number;
}

export interface Company extends EstateOptions {
  readonly units: readonly OrgUnit[];
  /** Those units that have no units below them; between them they hold every user once, in order. */
  readonly teams: readonly OrgUnit[];
  readonly departments: readonly OrgUnit[];
  readonly applications: readonly Application[];
  /** The same by place of their department; those of everybody are in none. */
  readonly applicationsOfDepartment: readonly (readonly Application[])[];
  /** The first applications of the list, which everybody has. */
  readonly sharedApplications: number;
  readonly locations: number;
  readonly projects: number;
  readonly cloudAccounts: number;
  readonly hosts: number;
  readonly databases: number;
  readonly serviceAccounts: number;
  draws(stream: string): Draws;
}

/** @throws RangeError when `users` or `seed` is not a whole number in its range */
export function companyOf(options: EstateOptions): Company {
  const { users, seed } = options;
  if (!Number.isSafeInteger(users) || users < 1 || users > 100_000_000)
    throw new RangeError(`users must be a whole number from 1 to 100,000,000, is ${users}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, is ${seed}`);
  const draws = (stream: string) => new Draws(seed, stream);
  const units = divideDepartments(users, draws('org-chart'));
  const departments = units.filter((unit) => unit.level === 'department');
  const projects = atLeast(3, users / 12);
  return {
    users,
    seed,
    units,
    teams: units.filter((unit) => unit.leaf),
    departments,
    ...applicationsOf(atLeast(16, users / 60), departments, draws('application-list')),
    locations: Math.min(LOCATIONS.length, 3 + Math.floor(users / 1_500)),
    projects,
    cloudAccounts: atLeast(2, projects / 15),
    hosts: atLeast(8, users / 8),
    databases: atLeast(4, users / 17),
    serviceAccounts: atLeast(8, users * 0.17),
    draws,
  };
}

const atLeast = (least: number, wanted: number): number => Math.max(least, Math.floor(wanted));

/** Place in `teams` of the team of a user, by binary search. */
export function teamIndexOf(company: Company, user: number): number {
  let low = 0;
  let high = company.teams.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (company.teams[middle]!.start <= user) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const teamOf = (company: Company, user: number): OrgUnit => company.teams[teamIndexOf(company, user)]!;

/** The units that a unit lies in, itself first, its department last. */
export function* upwards(company: Company, unit: OrgUnit): Generator<OrgUnit> {
  for (let at: OrgUnit | undefined = unit; at !== undefined; at = company.units[at.parent]) yield at;
}

/** Place of a unit's department among the company's. */
export const departmentOf = (company: Company, unit: OrgUnit): number =>
  company.departments.findIndex((one) => one.words === unit.words);

/** The nearest unit at or above this one that is a division, or else the department. */
export function divisionOf(company: Company, unit: OrgUnit): OrgUnit {
  let at = unit;
  while (at.level !== 'division' && at.parent >= 0) at = company.units[at.parent]!;
  return at;
}
