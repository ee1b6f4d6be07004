/** Accounts of programs: what they do, who answers for them, and how far they are bounded. */

import { appId } from './applications.ts';
import { accountOf, accountRole } from './cloud.ts';
import type { Company } from './company.ts';
import { lately, longAgo } from './dates.ts';
import { edge, type Facts, grant, node } from './fact.ts';
import { clusterId, clustersOf, databaseRole } from './infrastructure.ts';
import { People } from './person.ts';
import { projectGroup, repositoryId } from './projects.ts';
import type { Draws } from './random.ts';

const PURPOSES = ['sync', 'deploy', 'report', 'agent'] as const;
type Purpose = (typeof PURPOSES)[number];

export const serviceAccountId = (index: number): string => `svc:${purposeOf(index)}-${index + 1}`;
const purposeOf = (index: number): Purpose => PURPOSES[index % PURPOSES.length]!;
const serviceGroup = (purpose: string): string => `group:service/${purpose}`;

export function* serviceAccounts(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('service-accounts');
  for (const purpose of PURPOSES)
    yield node('directory', 'Group', serviceGroup(purpose), `Service Accounts ${purpose}`);
  for (let index = 0; index < company.serviceAccounts; index++) {
    draw.at(index);
    const id = serviceAccountId(index);
    const owner = people.id(draw.below(company.users));
    const enabled = !draw.chance(0.05);
    yield node('cloud', 'ServiceAccount', id, id.slice(4), { owner, enabled, purpose: purposeOf(index) });
    yield edge('cloud', 'OWNS', owner, id);
    yield* work(company, index, id, draw);
  }
}

function* work(company: Company, index: number, id: string, draw: Draws): Facts {
  if (draw.chance(0.4)) yield edge('directory', 'MEMBER_OF', id, serviceGroup(purposeOf(index)));
  const purpose = purposeOf(index);
  if (purpose === 'sync') yield* synchronization(company, id, draw);
  else if (purpose === 'deploy') yield* deployment(company, id, draw);
  else if (purpose === 'report')
    yield edge('cloud', 'HAS_ROLE', id, databaseRole(draw.below(company.databases), 'reader'));
  else yield grant('cloud', id, clusterId(company, draw.below(clustersOf(company))), ['read', 'restart'], seen(draw));
}

function* synchronization(company: Company, id: string, draw: Draws): Facts {
  const app = company.applications[draw.below(company.applications.length)]!;
  yield grant('apps', id, appId(app), ['create', 'read', 'update'], seen(draw));
  yield edge(
    'cloud',
    'HAS_ROLE',
    id,
    databaseRole(draw.below(company.databases), draw.chance(0.5) ? 'reader' : 'writer'),
  );
}

/** Deploys one project, in one cloud account, bounded there; its team may act as it. */
function* deployment(company: Company, id: string, draw: Draws): Facts {
  const project = draw.below(company.projects);
  const account = accountOf(company, project);
  yield grant('cloud', id, repositoryId(project), ['pull']);
  yield edge('cloud', 'HAS_ROLE', id, accountRole(account, draw.chance(0.1) ? 'admin' : 'developer'));
  yield edge('cloud', 'BOUNDED_BY', id, accountRole(account, 'boundary'));
  if (draw.chance(0.3)) yield edge('cloud', 'CAN_ASSUME', projectGroup(project), id, { technique: 'impersonate' });
}

const seen = (draw: Draws) => ({
  lastUsedAt: draw.chance(0.85) ? lately(draw) : longAgo(draw),
  useCount: 1 + draw.skewed(100_000),
});
