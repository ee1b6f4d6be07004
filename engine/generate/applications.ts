/** Applications: modules and functions inside them, a ladder of roles each, groups of users and admins. */
import { type Application, PAYMENTS_APPLICATION } from './application-list.ts';
import { type Company, teamIndexOf } from './company.ts';
import { deny, edge, type Facts, grant, node, resource } from './fact.ts';
import { informationTechnology } from './folders.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';
import { FUNCTIONS, MODULES, slug } from './words.ts';

/** Roles of every application, the commonest first; each of the last three inherits the one before it. */
export const LEVELS = ['user', 'viewer', 'editor', 'admin'] as const;
export type Level = (typeof LEVELS)[number];

export const appId = (app: Application): string => `app:${app.slug}`;
export const appRole = (app: Application, level: string): string => `role:app/${app.slug}/${level}`;
export const moduleId = (app: Application, module: string): string => `${appId(app)}/${slug(module)}`;

/** What a role of an application is granted; the same words make its copies. */
export interface RoleGrant {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly exceptActions?: readonly string[];
}

/** The modules of an application. */
export function modulesOf(company: Company, app: Application): readonly string[] {
  if (app.index === PAYMENTS_APPLICATION) return ['Vendors', 'Invoices', 'Payments', 'Reports'];
  const draw = company.draws('modules').at(app.index);
  return draw.several(draw.between(3, 6), 0, MODULES.length).map((index) => MODULES[index]!);
}

/** What each role of the ladder is granted by itself. */
export function grantsOf(company: Company, app: Application, level: Level): readonly RoleGrant[] {
  const modules = modulesOf(company, app).map((name) => moduleId(app, name));
  if (level === 'viewer') return [{ resource: appId(app), actions: ['list', 'read'] }];
  if (level === 'user')
    return [
      { resource: modules[0]!, actions: ['create', 'update'] },
      { resource: modules[1]!, actions: ['create', 'update'] },
    ];
  if (level === 'editor') return [{ resource: appId(app), actions: ['create', 'export', 'update'] }];
  return [{ resource: appId(app), actions: ['*'], exceptActions: ['audit.purge'] }];
}

export function* applications(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('applications');
  yield resource('apps', 'suite', 'app:', 'All Applications');
  for (const app of company.applications) {
    draw.at(app.index);
    yield* parts(company, app, draw);
    yield* ladder(company, app);
    yield* groups(company, people, app, draw);
  }
  yield* duties(company);
}

function* parts(company: Company, app: Application, draw: Draws): Facts {
  yield resource('apps', 'application', appId(app), app.name, app.sensitivity);
  yield edge('apps', 'CONTAINS', 'app:', appId(app));
  for (const module of modulesOf(company, app)) {
    const id = moduleId(app, module);
    yield resource('apps', 'module', id, `${app.name} ${module}`);
    yield edge('apps', 'CONTAINS', appId(app), id);
    for (const place of draw.several(draw.below(4), 0, FUNCTIONS.length)) {
      yield resource('apps', 'function', `${id}/${slug(FUNCTIONS[place]!)}`, FUNCTIONS[place]!);
      yield edge('apps', 'CONTAINS', id, `${id}/${slug(FUNCTIONS[place]!)}`);
    }
  }
}

const BELOW = { viewer: undefined, user: 'viewer', editor: 'user', admin: 'editor' } as const;

function* ladder(company: Company, app: Application): Facts {
  for (const level of LEVELS) {
    const role = appRole(app, level);
    yield node('apps', 'Role', role, `${app.name} ${level}`, { application: app.name });
    const below = BELOW[level];
    if (below !== undefined) yield edge('apps', 'INHERITS', role, appRole(app, below));
    for (const { resource: id, actions, exceptActions } of grantsOf(company, app, level))
      yield grant('apps', role, id, actions, exceptActions === undefined ? undefined : { exceptActions });
  }
}

function* groups(company: Company, people: People, app: Application, draw: Draws): Facts {
  const admins = `group:app/${app.slug}/admins`;
  yield node('directory', 'Group', admins, `${app.name} Admins`);
  yield edge(
    'apps',
    'HAS_ROLE',
    admins,
    appRole(app, 'admin'),
    draw.chance(0.5) ? { condition: 'mfa = true' } : undefined,
  );
  for (const user of draw.several(draw.between(2, 5), ...informationTechnology(company)))
    yield edge('directory', 'MEMBER_OF', people.id(user), admins);
  if (app.department < 0) return;
  const users = `group:app/${app.slug}/users`;
  yield node('directory', 'Group', users, `${app.name} Users`);
  yield edge('apps', 'HAS_ROLE', users, appRole(app, 'user'));
  yield edge('directory', 'OWNS', people.id(company.departments[app.department]!.start), appId(app));
  yield* teamsThatUse(company, app, users, draw);
}

/** Some teams of the application's department, and now and then one from elsewhere. */
function* teamsThatUse(company: Company, app: Application, users: string, draw: Draws): Facts {
  const { start, end } = company.departments[app.department]!;
  const first = teamIndexOf(company, start);
  const chosen = new Set(draw.several(draw.between(1, 4), first, teamIndexOf(company, end - 1) + 1));
  if (draw.chance(0.3)) chosen.add(draw.below(company.teams.length));
  for (const index of chosen) yield edge('directory', 'MEMBER_OF', `group:org/${company.teams[index]!.path}`, users);
}

/** Roles of the payments application whose duties must not meet in one person, and the auditors who only look. */
export const DUTIES = {
  prepare: 'role:app/payments/vendor-maintenance',
  release: 'role:app/payments/payment-release',
  audit: 'role:app/payments/auditor',
} as const;

function* duties(company: Company): Facts {
  const app = company.applications[PAYMENTS_APPLICATION]!;
  yield node('apps', 'Role', DUTIES.prepare, 'Vendor Maintenance', { application: app.name });
  yield grant('apps', DUTIES.prepare, moduleId(app, 'Vendors'), ['create', 'update']);
  yield node('apps', 'Role', DUTIES.release, 'Payment Release', { application: app.name });
  yield grant('apps', DUTIES.release, moduleId(app, 'Payments'), ['approve', 'release'], {
    condition: 'amount < 1000000',
  });
  yield node('apps', 'Role', DUTIES.audit, 'Payments Auditor', { application: app.name });
  yield grant('apps', DUTIES.audit, appId(app), ['list', 'read']);
  yield deny('apps', DUTIES.audit, appId(app), ['approve', 'create', 'delete', 'release', 'update'], {
    evidence: 'audit charter, article 5',
  });
  yield* onDuty(company);
}

function* onDuty(company: Company): Facts {
  const people = new People(company);
  const finance = company.departments[company.applications[PAYMENTS_APPLICATION]!.department]!;
  const audit = company.departments.find((unit) => unit.name === 'Internal Audit') ?? finance;
  const middle = (finance.start + finance.end) >> 1;
  for (let user = finance.start; user < middle; user += 12)
    yield edge('apps', 'HAS_ROLE', people.id(user), DUTIES.prepare);
  for (let user = middle; user < finance.end; user += 20)
    yield edge('apps', 'HAS_ROLE', people.id(user), DUTIES.release);
  for (let user = audit.start; user < audit.end; user += 3)
    yield edge('apps', 'HAS_ROLE', people.id(user), DUTIES.audit);
}
