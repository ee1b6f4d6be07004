/** Projects: people from around one team and a few from elsewhere, with a repository, a folder and often a bucket. */
import { accountId, accountOf, accountRole } from './cloud.ts';
import { type Company, teamOf } from './company.ts';
import { daysFrom } from './dates.ts';
import { edge, type Facts, grant, node, resource } from './fact.ts';
import { SHARE } from './folders.ts';
import { nth, type OrgUnit } from './org-chart.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';
import { PROJECTS, slug, UNITS } from './words.ts';

const projectSlug = (project: number): string => slug(nth(PROJECTS, project));
export const projectGroup = (project: number): string => `group:project/${projectSlug(project)}`;
export const projectLeads = (project: number): string => `${projectGroup(project)}/leads`;
export const repositoryId = (project: number): string => `repo:${projectSlug(project)}`;
export const projectFolder = (project: number): string => `folder:/projects/${projectSlug(project)}`;

/** How many projects a programme has, and how many programmes stand in one line above each other. */
const PROJECTS_IN_PROGRAMME = 12;
const PROGRAMMES_DEEP = 9;

export function* projects(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('projects');
  yield resource('directory', 'folder', 'folder:/projects', 'projects');
  yield edge('directory', 'CONTAINS', SHARE, 'folder:/projects');
  yield resource('cloud', 'code-host', 'code:', 'Code Host');
  for (const { path, name } of company.departments) {
    yield resource('cloud', 'code-space', `code:${path}`, `${name} Code`);
    yield edge('cloud', 'CONTAINS', 'code:', `code:${path}`);
  }
  for (let project = 0; project < company.projects; project++) {
    draw.at(project);
    const home = teamOf(company, draw.below(company.users));
    yield* groups(company, people, project, home, draw);
    yield* things(company, project, home, draw);
    if (project % PROJECTS_IN_PROGRAMME === 0) yield* programme(project / PROJECTS_IN_PROGRAMME);
    if (draw.chance(0.3))
      yield edge(
        'directory',
        'MEMBER_OF',
        projectGroup(project),
        programmeGroup(Math.floor(project / PROJECTS_IN_PROGRAMME)),
      );
  }
}

function* groups(company: Company, people: People, project: number, home: OrgUnit, draw: Draws): Facts {
  const group = projectGroup(project);
  const members = membersOf(company, home, draw);
  yield node('directory', 'Group', group, `Project ${nth(PROJECTS, project)}`, { started: 2015 + draw.below(11) });
  for (const user of members) yield edge('directory', 'MEMBER_OF', people.id(user), group, term(draw));
  yield edge('directory', 'OWNS', people.id(members[0]!), group);
  if (!hasLeads(project)) return;
  yield node('directory', 'Group', projectLeads(project), `Project ${nth(PROJECTS, project)} Leads`);
  yield edge('directory', 'MEMBER_OF', projectLeads(project), group);
  for (const user of members.slice(0, 2)) yield edge('directory', 'MEMBER_OF', people.id(user), projectLeads(project));
}

/** Every third project has a group of leads. */
export const hasLeads = (project: number): boolean => project % 3 === 0;

/** People from the team and its neighbours, and up to three from anywhere. */
function membersOf(company: Company, home: OrgUnit, draw: Draws): number[] {
  const low = Math.max(0, home.start - 12);
  const high = Math.min(company.users, home.end + 12);
  const near = draw.several(draw.between(4, 20), low, high);
  const far = draw.several(draw.below(4), 0, company.users).filter((user) => user < low || user >= high);
  return [...near, ...far];
}

/** Some seats end with a phase: a few ended already, some end in some years. */
function term(draw: Draws) {
  const fate = draw.unit();
  if (fate < 0.03) return { validTo: daysFrom(draw, -700, -10) };
  return fate < 0.1 ? { validTo: daysFrom(draw, 1_500, 3_000) } : undefined;
}

function* things(company: Company, project: number, home: OrgUnit, draw: Draws): Facts {
  const name = nth(PROJECTS, project);
  const contributor = `role:project/${projectSlug(project)}/contributor`;
  yield node('apps', 'Role', contributor, `${name} contributor`);
  yield edge('apps', 'HAS_ROLE', projectGroup(project), contributor);
  yield resource('cloud', 'repository', repositoryId(project), name);
  yield edge('cloud', 'CONTAINS', `code:${home.path.split('/')[0]}`, repositoryId(project));
  yield grant('cloud', contributor, repositoryId(project), ['pull', 'push']);
  yield* projectFolders(project, contributor, draw);
  if (draw.chance(0.6)) yield* maintainer(project, name, contributor);
  if (draw.chance(0.55)) yield* bucket(company, project, contributor, draw);
}

function* maintainer(project: number, name: string, contributor: string): Facts {
  const role = `role:project/${projectSlug(project)}/maintainer`;
  yield node('apps', 'Role', role, `${name} maintainer`);
  yield edge('apps', 'INHERITS', role, contributor);
  yield grant('cloud', role, repositoryId(project), ['admin', 'merge'], { exceptActions: ['admin.delete'] });
  yield edge('apps', 'HAS_ROLE', hasLeads(project) ? projectLeads(project) : projectGroup(project), role);
}

function* projectFolders(project: number, contributor: string, draw: Draws): Facts {
  const folder = projectFolder(project);
  yield resource('directory', 'folder', folder, nth(PROJECTS, project));
  yield edge('directory', 'CONTAINS', 'folder:/projects', folder);
  yield grant('directory', contributor, folder, ['list', 'read', 'write']);
  for (const part of ['plan', 'results'].slice(draw.below(2))) {
    yield resource('directory', 'folder', `${folder}/${part}`, part);
    yield edge('directory', 'CONTAINS', folder, `${folder}/${part}`);
  }
}

function* bucket(company: Company, project: number, contributor: string, draw: Draws): Facts {
  const account = accountOf(company, project);
  const id = `bucket:${projectSlug(project)}`;
  yield resource('cloud', 'bucket', id, `${projectSlug(project)}`, draw.chance(0.1) ? 0.7 : undefined);
  yield edge('cloud', 'CONTAINS', accountId(account), id);
  yield grant('cloud', contributor, id, ['s3:Get*', 's3:List*', 's3:PutObject']);
  for (const prefix of ['raw', 'curated'].slice(draw.below(2))) {
    yield resource('cloud', 'prefix', `${id}/${prefix}`, prefix);
    yield edge('cloud', 'CONTAINS', id, `${id}/${prefix}`);
  }
  if (draw.chance(0.5))
    yield edge('cloud', 'CAN_ASSUME', projectGroup(project), accountRole(account, 'developer'), {
      technique: 'assume-role',
    });
}

const programmeGroup = (programme: number): string => `group:programme/${slug(nth(UNITS, programme))}`;

/** Programmes stand in lines: each is a member of the one before it, up to the depth of a line. */
function* programme(index: number): Facts {
  const name = nth(UNITS, index);
  yield node('directory', 'Group', programmeGroup(index), `Programme ${name}`);
  if (index % PROGRAMMES_DEEP !== 0)
    yield edge('directory', 'MEMBER_OF', programmeGroup(index), programmeGroup(index - 1));
  const folder = `folder:/projects/programme-${slug(name)}`;
  yield resource('directory', 'folder', folder, `Programme ${name}`);
  yield edge('directory', 'CONTAINS', 'folder:/projects', folder);
  yield grant('directory', programmeGroup(index), folder, ['list', 'read']);
}
