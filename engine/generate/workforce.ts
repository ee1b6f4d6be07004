/** People: who they are, the groups they sit in, and the tail of access that was given to them one by one. */
import { appId, appRole, LEVELS } from './applications.ts';
import type { Company } from './company.ts';
import { divisionOf } from './company.ts';
import { daysFrom, dayText, lately, longAgo } from './dates.ts';
import { type Extra, edge, type Fact, type Facts, grant, node, use } from './fact.ts';
import { folderId } from './folders.ts';
import { jobGroup } from './jobs.ts';
import { People, type Person } from './person.ts';
import { locationGroup } from './places.ts';
import type { Draws } from './random.ts';
import { LOCATIONS } from './words.ts';

export const CONTRACTORS = 'group:type/contractors';
export const INTERNS = 'group:type/interns';

export function* workforce(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('workforce');
  for (const team of company.teams) {
    for (let index = team.start; index < team.end; index++) {
      const person = people.of(index, team);
      draw.at(index);
      yield* accounts(people, person, draw);
      if (person.enabled || draw.chance(0.7)) yield* seats(company, person);
      if (draw.chance(0.3)) yield directRole(company, person, draw);
      if (draw.chance(0.22)) yield directGrant(company, person, draw);
      if (person.enabled) yield* usage(company, person, draw);
    }
  }
}

/** Employees are told by HR, contractors by the directory; some accounts by both, and then not always alike. */
function* accounts(people: People, person: Person, draw: Draws): Facts {
  const contractor = person.employeeType === 'contractor';
  const manager = people.managerOf(person.index, person.team);
  const facts = {
    department: person.team.words.name,
    title: person.title,
    location: LOCATIONS[person.location]!.city,
    employeeType: person.employeeType,
    enabled: person.enabled,
    hired: person.hired,
    ...(manager < 0 ? {} : { manager: people.id(manager) }),
    ...(person.enabled ? {} : { left: dayText(daysFrom(draw, -900, -3)) }),
  };
  yield node(contractor ? 'directory' : 'hr', 'User', person.id, person.name, facts);
  const known = !contractor && (!person.enabled || draw.chance(0.04));
  if (known) yield node('directory', 'User', person.id, person.name, { email: person.email, enabled: person.enabled });
}

/** The groups that follow from the job: team, place, kind of contract, job. */
function* seats(company: Company, person: Person): Facts {
  yield edge('directory', 'MEMBER_OF', person.id, `group:org/${person.team.path}`);
  yield edge('directory', 'MEMBER_OF', person.id, locationGroup(person.location));
  if (person.employeeType === 'contractor')
    yield edge('directory', 'MEMBER_OF', person.id, CONTRACTORS, contractEnd(person));
  if (person.employeeType === 'intern') yield edge('directory', 'MEMBER_OF', person.id, INTERNS);
  yield edge('directory', 'MEMBER_OF', person.id, jobGroup(divisionOf(company, person.team), person.job));
}

const CONTRACT_ENDS = ['2026-07-01', '2027-01-01', '2031-01-01', '2036-01-01'].map((day) =>
  Date.parse(`${day}T00:00:00Z`),
);

/** A contract's end is fixed when it is signed: the tag lasts a little longer than anyone's access should. */
const contractEnd = (person: Person): Extra => ({ validTo: CONTRACT_ENDS[person.index % 4] });

/** A role that someone asked for and got, beside the roles of the job. */
function directRole(company: Company, person: Person, draw: Draws): Fact {
  const app = company.applications[draw.skewed(company.applications.length)]!;
  const level = LEVELS[draw.skewed(LEVELS.length)]!;
  return edge('apps', 'HAS_ROLE', person.id, appRole(app, level), given(draw, 'request'));
}

function directGrant(company: Company, person: Person, draw: Draws): Fact {
  const extra = given(draw, 'ticket');
  if (draw.chance(0.35)) {
    const app = company.applications[draw.below(company.applications.length)]!;
    return grant('apps', person.id, appId(app), draw.chance(0.5) ? ['read'] : ['create', 'read', 'update'], extra);
  }
  const team = company.teams[draw.below(company.teams.length)]!;
  const actions = draw.chance(0.7) ? ['list', 'read'] : ['list', 'read', 'write'];
  return grant('directory', person.id, folderId(team), actions, extra);
}

/** What is noted on access that was given by hand: since when, until when, on what terms, and whether it is still used. */
function given(draw: Draws, by: string): Extra {
  const from = daysFrom(draw, -1_800, -30);
  const fate = draw.unit();
  return {
    validFrom: from,
    ...(fate < 0.06
      ? { validTo: daysFrom(draw, -29, -1) }
      : fate < 0.2
        ? { validTo: daysFrom(draw, 1_800, 3_600) }
        : {}),
    ...(draw.chance(0.06)
      ? { condition: draw.chance(0.5) ? 'device.managed = true' : 'network in ("corporate")' }
      : {}),
    evidence: `${by} ${100_000 + draw.below(900_000)}`,
    ...(draw.chance(0.75)
      ? { lastUsedAt: Math.max(from, lately(draw)), useCount: 1 + draw.skewed(400) }
      : { lastUsedAt: Math.max(from, longAgo(draw)), useCount: 1 + draw.skewed(6) }),
  };
}

/** What the person was seen doing: in one of everybody's applications, and in the team's folder. */
function* usage(company: Company, person: Person, draw: Draws): Facts {
  if (draw.chance(0.6)) {
    const app = company.applications[draw.skewed(company.sharedApplications)]!;
    yield use('apps', person.id, 'use', appId(app), lately(draw), 1 + draw.skewed(900));
  }
  if (draw.chance(0.5))
    yield use('directory', person.id, 'read', folderId(person.team), lately(draw), 1 + draw.skewed(300));
}
