/** Ways to more access that no one granted as access: password resets, group edits, stored credentials; and break-glass roles. */
import { accountRole } from './cloud.ts';
import type { Company } from './company.ts';
import { deny, edge, type Facts, grant, node } from './fact.ts';
import { folderId, informationTechnology } from './folders.ts';
import { regionId, regions } from './infrastructure.ts';
import { People } from './person.ts';
import { projectGroup } from './projects.ts';
import { serviceAccountId } from './service-accounts.ts';
import { LOCATIONS } from './words.ts';

const ON_CALL = 'group:it/on-call';

export function* takeovers(company: Company): Facts {
  const people = new People(company);
  yield* helpDesks(company, people);
  yield* stewards(company, people);
  yield* storedCredentials(company);
  yield* breakGlass(company, people);
  yield* walls(company, people);
}

/** The desk of each office resets passwords of some of the people; not those of leaders, by policy. */
function* helpDesks(company: Company, people: People): Facts {
  const draw = company.draws('help-desks');
  const desk = (location: number) => `group:it/help-desk/${LOCATIONS[location]!.code}`;
  for (let location = 0; location < company.locations; location++) {
    draw.at(location);
    yield node('directory', 'Group', desk(location), `Help Desk ${LOCATIONS[location]!.city}`);
    for (const user of draw.several(draw.between(2, 5), ...informationTechnology(company)))
      yield edge('directory', 'MEMBER_OF', people.id(user), desk(location));
  }
  for (const team of company.teams) {
    draw.at(company.locations + team.index);
    if (team.end - team.start < 2 || !draw.chance(0.35)) continue;
    const user = draw.between(team.start + 1, team.end - 1);
    const { location } = people.of(user, team);
    yield edge('directory', 'CONTROLS', desk(location), people.id(user), { technique: 'reset-password' });
  }
}

/** Someone outside the project keeps its list of members. */
function* stewards(company: Company, people: People): Facts {
  const draw = company.draws('stewards');
  for (let project = 0; project < company.projects; project += 5) {
    const user = draw.at(project).below(company.users);
    yield edge('directory', 'CONTROLS', people.id(user), projectGroup(project), { technique: 'edit-membership' });
  }
}

/** A team's machines hold the keys of programs; some programs can rewrite the policy of their own account. */
function* storedCredentials(company: Company): Facts {
  const draw = company.draws('stored-credentials');
  for (let index = 0; index < company.serviceAccounts; index += 4) {
    draw.at(index);
    if (!draw.chance(0.4)) continue;
    const team = company.teams[draw.below(company.teams.length)]!;
    yield edge('cloud', 'CONTROLS', `group:org/${team.path}`, serviceAccountId(index), {
      technique: 'read-stored-key',
    });
  }
  for (let account = 0; account < company.cloudAccounts; account += 6) {
    const program = serviceAccountId(draw.at(-account - 1).below(company.serviceAccounts));
    yield edge('cloud', 'CONTROLS', program, accountRole(account, 'admin'), { technique: 'rewrite-policy' });
  }
}

function* breakGlass(company: Company, people: People): Facts {
  const draw = company.draws('break-glass');
  yield node('directory', 'Group', ON_CALL, 'On Call');
  const onCall = draw.several(Math.min(40, 4 + Math.floor(company.users / 2_000)), ...informationTechnology(company));
  for (const user of onCall) yield edge('directory', 'MEMBER_OF', people.id(user), ON_CALL);
  for (let region = 0; region < regions; region++) {
    const role = `role:break-glass/${regionId(region).slice(7)}`;
    yield node('cloud', 'Role', role, `Break Glass ${regionId(region).slice(7).toUpperCase()}`);
    yield grant('cloud', role, regionId(region), ['*']);
    yield edge('cloud', 'CAN_ASSUME', ON_CALL, role, {
      technique: 'break-glass',
      condition: 'incident.open = true and mfa = true',
    });
  }
}

/** People kept away from one team's documents, whatever else they are given. */
function* walls(company: Company, people: People): Facts {
  const draw = company.draws('walls');
  for (let wall = 0; wall < company.users / 250; wall++) {
    draw.at(wall);
    const user = people.id(draw.below(company.users));
    const team = company.teams[draw.below(company.teams.length)]!;
    const extra = { key: `wall-${wall + 1}`, evidence: `conflict of interest ${1_000 + wall}` };
    yield deny('directory', user, folderId(team), ['*'], extra);
  }
}
