/** Job roles: one for each title of a department, one for each title of a division above it, and the copies that grew beside them. */
import { appRole } from './applications.ts';
import { type Company, departmentOf, divisionOf } from './company.ts';
import { daysFrom } from './dates.ts';
import { edge, type Facts, grant, node } from './fact.ts';
import { folderId } from './folders.ts';
import type { OrgUnit } from './org-chart.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';
import { slug } from './words.ts';

export const jobGroup = (division: OrgUnit, job: number): string =>
  `group:job/${division.path}/${slug(division.words.titles[job]!)}`;
const jobRole = (division: OrgUnit, job: number): string =>
  `role:job/${division.path}/${slug(division.words.titles[job]!)}`;

export function* jobs(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('jobs-roles');
  for (const unit of company.units) {
    draw.at(unit.index);
    if (unit.level === 'department' || unit.level === 'division') yield* titles(company, people, unit, draw);
    if (unit.level === 'unit') yield* unitRole(company, unit, draw);
    if (unit.leaf && draw.chance(0.4)) yield* teamRole(company, unit, draw);
  }
}

function* titles(company: Company, people: People, unit: OrgUnit, draw: Draws): Facts {
  const top = unit.level === 'department';
  for (let job = 0; job < unit.words.titles.length; job++) {
    const name = `${unit.words.titles[job]}${top ? '' : ` ${unit.name}`}`;
    const role = jobRole(unit, job);
    yield node('hr', 'Role', role, name, { department: unit.words.name, type: 'job' });
    if (!top) yield edge('hr', 'INHERITS', role, jobRole(company.units[unit.parent]!, job));
    const inherited = someAppRoles(company, unit, draw, top ? draw.between(3, 6) : draw.between(2, 4));
    for (const one of inherited) yield edge('apps', 'INHERITS', role, one);
    if (!top || !hasDivisions(company, unit)) {
      yield node('directory', 'Group', jobGroup(unit, job), name);
      yield edge('directory', 'HAS_ROLE', jobGroup(unit, job), role);
    }
    if (draw.chance(0.35)) yield* copyOfRole(company, people, unit, role, name, inherited, draw);
  }
}

/** Where there are divisions, people hold the role of theirs, which inherits that of the department. */
const hasDivisions = (company: Company, unit: OrgUnit): boolean => company.units[unit.index + 1]?.level === 'division';

/** Somebody needed nearly the same: a copy of the role with one part left out and one added, given to a few by hand. */
function* copyOfRole(
  company: Company,
  people: People,
  unit: OrgUnit,
  role: string,
  name: string,
  inherited: readonly string[],
  draw: Draws,
): Facts {
  const year = 2018 + draw.below(8);
  const copy = `${role}-${year}`;
  yield node('hr', 'Role', copy, `${name} ${year}`, { department: unit.words.name, type: 'job' });
  for (const one of inherited.slice(1)) yield edge('apps', 'INHERITS', copy, one);
  yield grant('directory', copy, folderId(company.teams[draw.below(company.teams.length)]!), ['list', 'read']);
  for (const user of draw.several(draw.between(1, 9), unit.start, unit.end))
    yield edge('apps', 'HAS_ROLE', people.id(user), copy, { validFrom: daysFrom(draw, -2_500, -200) });
}

function* unitRole(company: Company, unit: OrgUnit, draw: Draws): Facts {
  const role = `role:unit/${unit.path}`;
  yield node('apps', 'Role', role, `${unit.words.name} ${unit.name} basics`, { type: 'unit' });
  yield edge('apps', 'HAS_ROLE', `group:org/${unit.path}`, role);
  for (const one of someAppRoles(company, unit, draw, draw.between(1, 3))) yield edge('apps', 'INHERITS', role, one);
}

function* teamRole(company: Company, unit: OrgUnit, draw: Draws): Facts {
  const role = `role:team/${unit.path}`;
  yield node('apps', 'Role', role, `${unit.words.name} ${unit.name} duties`, { type: 'team' });
  yield edge('apps', 'HAS_ROLE', `group:org/${unit.path}`, role);
  for (const one of someAppRoles(company, unit, draw, 1)) yield edge('apps', 'INHERITS', role, one);
  const division = divisionOf(company, unit);
  for (const index of draw.several(draw.between(1, 2), 0, company.teams.length)) {
    const other = company.teams[index]!;
    if (other !== unit) yield grant('directory', role, folderId(other), ['list', 'read'], near(division, other));
  }
}

/** Reading another division's documents needs a managed device. */
const near = (division: OrgUnit, other: OrgUnit) =>
  other.path.startsWith(division.path) ? undefined : { condition: 'device.managed = true' };

/** Different roles of the department's applications, the first ones more often. */
function someAppRoles(company: Company, unit: OrgUnit, draw: Draws, count: number): string[] {
  const apps = company.applicationsOfDepartment[departmentOf(company, unit)]!;
  const chosen = new Set<string>();
  for (let i = 0; i < count && apps.length > 0; i++) {
    const app = apps[draw.skewed(apps.length)]!;
    chosen.add(appRole(app, draw.chance(0.7) ? 'user' : draw.chance(0.8) ? 'viewer' : 'editor'));
  }
  return [...chosen];
}
