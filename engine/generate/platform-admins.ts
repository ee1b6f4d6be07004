/** The few who can do everything everywhere: a nested group, under a second factor; and a forgotten one without it. */
import type { Company } from './company.ts';
import { edge, type Facts, grant, node } from './fact.ts';
import { informationTechnology, SHARE } from './folders.ts';
import { People } from './person.ts';

const GROUP = 'group:it/platform-admins';
const ROLE = 'role:it/platform-admin';
const TOPS = ['app:', 'cloud:', 'code:', 'dbs:', 'machines:', SHARE];

export function* platformAdmins(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('platform-admins');
  const [start, end] = informationTechnology(company);
  yield node('directory', 'Group', GROUP, 'Platform Admins');
  yield node('cloud', 'Role', ROLE, 'Platform Admin');
  yield edge('cloud', 'HAS_ROLE', GROUP, ROLE, { condition: 'mfa = true' });
  for (const top of TOPS) yield grant('cloud', ROLE, top, ['*'], { evidence: 'platform charter' });
  for (const user of draw.several(Math.min(24, 3 + Math.floor(company.users / 5_000)), start, end))
    yield edge('directory', 'MEMBER_OF', people.id(user), GROUP);
  yield* forgotten(people.id(start));
}

/** From before the second factor: still there, one member, the right itself without a condition. */
function* forgotten(user: string): Facts {
  yield node('directory', 'Group', `${GROUP}/2016`, 'Platform Admins 2016');
  yield edge('directory', 'MEMBER_OF', user, `${GROUP}/2016`);
  yield grant('cloud', `${GROUP}/2016`, 'machines:', ['*'], {
    exceptActions: ['decommission'],
    evidence: 'migration 2016',
  });
}
