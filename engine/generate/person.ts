/** Who a user is, worked out from the number alone. */
import { type Company, teamOf, upwards } from './company.ts';
import { daysFrom, dayText } from './dates.ts';
import type { OrgUnit } from './org-chart.ts';
import type { Draws } from './random.ts';
import { FIRST_NAMES, LAST_NAMES, slug } from './words.ts';

export type EmployeeType = 'employee' | 'contractor' | 'intern';

export interface Person {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly team: OrgUnit;
  /** Place in the titles of the department; leaders have the title of their rank beside it. */
  readonly job: number;
  readonly title: string;
  readonly location: number;
  readonly employeeType: EmployeeType;
  /** False for those who left; their access often stayed. */
  readonly enabled: boolean;
  readonly hired: string;
}

const FIRST_SLUGS = FIRST_NAMES.map(slug);
const LAST_SLUGS = LAST_NAMES.map(slug);
const RANKS = {
  team: 'Team Lead',
  unit: 'Senior Manager',
  division: 'Director',
  department: 'Vice President',
} as const;

/** Works people out; keeps the streams of numbers that they come from. */
export class People {
  readonly #company: Company;
  readonly #names: Draws;
  readonly #jobs: Draws;
  readonly #places: Draws;

  constructor(company: Company) {
    this.#company = company;
    this.#names = company.draws('names');
    this.#jobs = company.draws('jobs');
    this.#places = company.draws('places');
  }

  /** `user:ada.okafor.1042`; the number is the user's own, so no two ids are equal. */
  id(index: number): string {
    return `user:${this.#account(index)}`;
  }

  #account(index: number): string {
    const draw = this.#names.at(index);
    return `${draw.pick(FIRST_SLUGS)}.${draw.pick(LAST_SLUGS)}.${index + 1}`;
  }

  #name(index: number): string {
    const draw = this.#names.at(index);
    return `${draw.pick(FIRST_NAMES)} ${draw.pick(LAST_NAMES)}`;
  }

  of(index: number, team: OrgUnit = teamOf(this.#company, index)): Person {
    const account = this.#account(index);
    const draw = this.#jobs.at(index);
    const job = draw.skewed(team.words.titles.length);
    const kind = draw.unit();
    const employeeType = index === team.start || kind < 0.86 ? 'employee' : kind < 0.97 ? 'contractor' : 'intern';
    return {
      index,
      id: `user:${account}`,
      name: this.#name(index),
      email: `${account}@example.com`,
      team,
      job,
      title: this.#title(index, team, job),
      location: this.#location(index, team),
      employeeType,
      enabled: index === team.start || !draw.chance(0.03),
      hired: dayText(daysFrom(draw, -5_500, -5)),
    };
  }

  /** The number of the one who leads: the team's first, for a leader that of the next unit up; -1 for the first of all. */
  managerOf(index: number, team: OrgUnit): number {
    for (const unit of upwards(this.#company, team)) if (unit.start !== index) return unit.start;
    return index === 0 ? -1 : 0;
  }

  /** Most of a team sit where the team sits. */
  #location(index: number, team: OrgUnit): number {
    const home = this.#places.at(team.index).skewed(this.#company.locations);
    const draw = this.#places.at(this.#company.units.length + index);
    return draw.chance(0.85) ? home : draw.skewed(this.#company.locations);
  }

  #title(index: number, team: OrgUnit, job: number): string {
    if (index === 0) return 'Chief Executive';
    if (index !== team.start) return team.words.titles[job]!;
    let top = team;
    for (const unit of upwards(this.#company, team)) if (unit.start === index) top = unit;
    return `${RANKS[top.level]} ${top.words.name}`;
  }
}
