/**
 * Problems put into an estate on purpose, for analyses to find. Each is made of nodes and edges of its own beside the
 * ordinary ones, and looks like them: nothing in the graph says that it was planted. What was planted is told in a list
 * of its own. An estate also grows problems by itself (forgotten access, owners who left), which the list leaves out.
 */
import { makeEdge } from '../model/index.ts';
import { PAYMENTS_APPLICATION } from './application-list.ts';
import { appId, appRole, DUTIES, grantsOf, moduleId, modulesOf } from './applications.ts';
import { type Company, teamOf } from './company.ts';
import { daysFrom, longAgo } from './dates.ts';
import { edge, type Fact, grant, node } from './fact.ts';
import { folderId } from './folders.ts';
import { regionId } from './infrastructure.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';

export type PlantedKind =
  | 'DUPLICATE_ROLE'
  | 'SUBSUMED_ROLE'
  | 'EMPTY_ROLE'
  | 'UNUSED_ROLE'
  | 'REDUNDANT_GRANT'
  | 'STALE_ACCESS'
  | 'ORPHANED_ACCOUNT'
  | 'SOD_VIOLATION'
  | 'OUTLIER'
  | 'ESCALATION_PATH'
  | 'EXPIRED_GRANT'
  | 'MEMBERSHIP_CYCLE';

export interface Planted {
  readonly kind: PlantedKind;
  /** Ids of the nodes and edges that the problem is about; what they are, in order, is on the page docs/generate.md. */
  readonly ids: readonly string[];
}

interface Plant extends Planted {
  readonly facts: readonly Fact[];
}

interface Ground {
  readonly company: Company;
  readonly people: People;
  /** Counts the problems of a kind, from 0. */
  readonly turn: number;
  readonly draw: Draws;
}

/** One problem of each kind for every thousand people, and at least one. */
export function* plants(company: Company): Generator<Plant> {
  const people = new People(company);
  const rounds = Math.ceil(company.users / 1_000);
  for (const [index, [kind, plant]] of Object.entries(PLANTS).entries()) {
    const draw = company.draws('planted');
    for (let turn = 0; turn < rounds; turn++) {
      const made = plant({ company, people, turn, draw: draw.at(turn * 16 + index) });
      yield { kind: kind as PlantedKind, ...made };
    }
  }
}

type Made = Omit<Plant, 'kind'>;
const PLANTS: Readonly<Record<PlantedKind, (ground: Ground) => Made>> = {
  DUPLICATE_ROLE: duplicateRole,
  SUBSUMED_ROLE: subsumedRole,
  EMPTY_ROLE: emptyRole,
  UNUSED_ROLE: unusedRole,
  REDUNDANT_GRANT: redundantGrant,
  STALE_ACCESS: staleAccess,
  ORPHANED_ACCOUNT: orphanedAccount,
  SOD_VIOLATION: dutiesInOneHand,
  OUTLIER: outlier,
  ESCALATION_PATH: escalationPath,
  EXPIRED_GRANT: expiredGrant,
  MEMBERSHIP_CYCLE: membershipCycle,
};

const someone = ({ company, people, draw }: Ground): string => people.id(draw.below(company.users));
const someApp = ({ company, draw }: Ground) => company.applications[draw.below(company.applications.length)]!;
const idOf = (fact: Fact): string => ('edge' in fact ? makeEdge(fact.edge).id : '');

/** Gives a role to up to four people. */
function assign(ground: Ground, role: string): Fact[] {
  const users = ground.draw.several(ground.draw.between(1, 4), 0, ground.company.users);
  return users.map((user) => edge('apps', 'HAS_ROLE', ground.people.id(user), role));
}

/** ids: the role, and the one that it repeats. */
function duplicateRole(ground: Ground): Made {
  const app = someApp(ground);
  const copy = appRole(app, `readers-${ground.turn + 1}`);
  const grants = grantsOf(ground.company, app, 'viewer').map((one) => grant('apps', copy, one.resource, one.actions));
  const facts = [node('apps', 'Role', copy, `${app.name} readers`, { application: app.name }), ...grants];
  return { ids: [copy, appRole(app, 'viewer')], facts: [...facts, ...assign(ground, copy)] };
}

/** ids: the smaller role, and the one that has all it has and more. */
function subsumedRole(ground: Ground): Made {
  const app = someApp(ground);
  const small = appRole(app, `clerk-${ground.turn + 1}`);
  const module = moduleId(app, modulesOf(ground.company, app)[0]!);
  const facts = [
    node('apps', 'Role', small, `${app.name} clerk`, { application: app.name }),
    grant('apps', small, module, ['create', 'update']),
  ];
  return { ids: [small, appRole(app, 'user')], facts: [...facts, ...assign(ground, small)] };
}

/** ids: a role that people hold and that gives nothing. */
function emptyRole(ground: Ground): Made {
  const role = `role:job/transition-${ground.turn + 1}`;
  return { ids: [role], facts: [node('hr', 'Role', role, `Transition ${ground.turn + 1}`), ...assign(ground, role)] };
}

/** ids: a role that gives something and that nobody holds, inherits or may assume. */
function unusedRole(ground: Ground): Made {
  const app = someApp(ground);
  const role = appRole(app, `migration-${ground.turn + 1}`);
  const facts = [
    node('apps', 'Role', role, `${app.name} migration`, { application: app.name }),
    grant('apps', role, appId(app), ['export', 'import']),
  ];
  return { ids: [role], facts };
}

/** ids: a direct grant of what the team has already, the person, the folder. */
function redundantGrant(ground: Ground): Made {
  const { company, people, draw } = ground;
  const team = teamOf(company, draw.below(company.users));
  const user = enabledMember(ground, team.start, team.end);
  const fact = grant('directory', people.id(user), folderId(team), ['list', 'read'], {
    key: `request-${ground.turn + 1}`,
    evidence: `request ${200_000 + ground.turn}`,
  });
  return { ids: [idOf(fact), people.id(user), folderId(team)], facts: [fact] };
}

/** The first of the range leads, and leaders neither left nor work on a contract. */
function enabledMember(ground: Ground, start: number, end: number): number {
  const candidate = ground.draw.between(start, end - 1);
  return ground.people.of(candidate).enabled ? candidate : start;
}

/** ids: a grant that was last used years ago, the person, the application. */
function staleAccess(ground: Ground): Made {
  const app = someApp(ground);
  const user = someone(ground);
  const fact = grant('apps', user, appId(app), ['export', 'read'], {
    key: `audit-${ground.turn + 1}`,
    validFrom: daysFrom(ground.draw, -3_000, -1_900),
    evidence: `ticket ${300_000 + ground.turn}`,
    lastUsedAt: longAgo(ground.draw),
    useCount: ground.draw.between(1, 3),
  });
  return { ids: [idOf(fact), user, appId(app)], facts: [fact] };
}

/** ids: an account of a program whose owner is in no system any more. */
function orphanedAccount(ground: Ground): Made {
  const id = `svc:legacy-${ground.turn + 1}`;
  const app = someApp(ground);
  const owner = `user:left.long-ago.${9_000_000 + ground.turn}`;
  const facts = [
    node('cloud', 'ServiceAccount', id, id.slice(4), { owner, enabled: true, purpose: 'legacy' }),
    grant('apps', id, appId(app), ['read', 'update'], { evidence: `ticket ${400_000 + ground.turn}` }),
  ];
  return { ids: [id], facts };
}

/** ids: a person, and the two roles whose duties must be kept apart. */
function dutiesInOneHand(ground: Ground): Made {
  const { company, people, turn } = ground;
  const finance = company.departments[company.applications[PAYMENTS_APPLICATION]!.department]!;
  // Those on duty sit at multiples of 12 and 20 from the start of either half: one beside them is on neither list.
  const user = people.id(Math.min(finance.end - 1, finance.start + 1 + turn * 12));
  const extra = { key: `cover-${turn + 1}`, evidence: 'holiday cover' };
  const facts = [
    edge('apps', 'HAS_ROLE', user, DUTIES.prepare, extra),
    edge('apps', 'HAS_ROLE', user, DUTIES.release, extra),
  ];
  return { ids: [user, DUTIES.prepare, DUTIES.release], facts };
}

/** ids: a person with access that nobody of the same team or job has, then what it is to. */
function outlier(ground: Ground): Made {
  const { company, draw, turn } = ground;
  const user = someone(ground);
  const sensitive = company.applications.filter((app) => app.sensitivity !== undefined);
  const apps = draw.several(4, 0, sensitive.length).map((index) => appId(sensitive[index]!));
  const extra = { key: `transfer-${turn + 1}`, evidence: 'kept after a transfer' };
  return {
    ids: [user, ...apps],
    facts: apps.map((id) => grant('apps', user, id, ['approve', 'export', 'read'], extra)),
  };
}

/** ids: an ordinary person, the account that the person can take over, the role that it can assume, and what that opens. */
function escalationPath(ground: Ground): Made {
  const user = someone(ground);
  const account = `svc:patch-runner-${ground.turn + 1}`;
  const role = `role:infra/patch-runner-${ground.turn + 1}`;
  const region = regionId(ground.turn % 3);
  const facts = [
    node('cloud', 'ServiceAccount', account, account.slice(4), {
      owner: ground.people.id(0),
      enabled: true,
      purpose: 'agent',
    }),
    edge('cloud', 'OWNS', ground.people.id(0), account),
    edge('cloud', 'CONTROLS', user, account, { technique: 'write-startup-script' }),
    node('cloud', 'Role', role, `Patch Runner ${ground.turn + 1}`),
    edge('cloud', 'CAN_ASSUME', account, role, { technique: 'assume-role' }),
    grant('cloud', role, region, ['*']),
  ];
  return { ids: [user, account, role, region], facts };
}

/** ids: a grant whose time is over, the person, the application. */
function expiredGrant(ground: Ground): Made {
  const app = someApp(ground);
  const user = someone(ground);
  const fact = grant('apps', user, appId(app), ['read', 'update'], {
    key: `project-${ground.turn + 1}`,
    validFrom: daysFrom(ground.draw, -1_500, -800),
    validTo: daysFrom(ground.draw, -700, -60),
    evidence: `ticket ${500_000 + ground.turn}`,
  });
  return { ids: [idOf(fact), user, appId(app)], facts: [fact] };
}

/** ids: three groups, each a member of the next, the last of the first. */
function membershipCycle(ground: Ground): Made {
  const groups = ['editors', 'reviewers', 'publishers'].map((part) => `group:list/${part}-${ground.turn + 1}`);
  const nodes = groups.map((id) => node('directory', 'Group', id, id.slice(11)));
  const ring = groups.map((id, place) => edge('directory', 'MEMBER_OF', id, groups[(place + 1) % groups.length]!));
  const seats = groups.map((id) => edge('directory', 'MEMBER_OF', someone(ground), id));
  return { ids: groups, facts: [...nodes, ...ring, ...seats] };
}
