/** Groups that follow the org chart, the places and the kinds of contract, and what everybody has. */
import { appId, appRole } from './applications.ts';
import type { Company } from './company.ts';
import { deny, edge, type Facts, grant, node } from './fact.ts';
import { folderId } from './folders.ts';
import type { OrgUnit } from './org-chart.ts';
import { People } from './person.ts';
import { SHARED_APPLICATIONS } from './words.ts';
import { CONTRACTORS, INTERNS } from './workforce.ts';

export const ALL_STAFF = 'group:all-staff';
export const EVERYONE = 'role:everyone';

export const orgGroup = (unit: OrgUnit): string => `group:org/${unit.path}`;

export function* orgGroups(company: Company): Facts {
  const people = new People(company);
  yield node('directory', 'Group', ALL_STAFF, 'All Staff', { email: 'all-staff@example.com' });
  for (const unit of company.units) {
    const above = unit.parent < 0 ? ALL_STAFF : orgGroup(company.units[unit.parent]!);
    yield node('directory', 'Group', orgGroup(unit), unitName(company, unit), { level: unit.level });
    yield edge('directory', 'MEMBER_OF', orgGroup(unit), above);
    yield edge('directory', 'OWNS', people.id(unit.start), orgGroup(unit));
  }
  yield* contractKinds(company);
  yield* everyone(company);
}

/** `Engineering Nordics Delivery Cedar` says where a team belongs; its last word alone is not unique. */
function unitName(company: Company, unit: OrgUnit): string {
  return unit.parent < 0 ? unit.name : `${unitName(company, company.units[unit.parent]!)} ${unit.name}`;
}

/** Documents that people on a contract must not take away, whatever they are granted. */
const CLOSED_TO_CONTRACTORS = ['Finance', 'Human Resources', 'Legal', 'Security', 'Internal Audit', 'Strategy'];

function* contractKinds(company: Company): Facts {
  yield node('directory', 'Group', CONTRACTORS, 'Contractors');
  yield node('directory', 'Group', INTERNS, 'Interns');
  for (const unit of company.departments) {
    if (!CLOSED_TO_CONTRACTORS.includes(unit.name)) continue;
    yield deny('directory', CONTRACTORS, folderId(unit), ['delete', 'share', 'write'], {
      evidence: 'policy 12, section 3',
    });
    yield deny('directory', INTERNS, folderId(unit), ['*'], {
      exceptActions: ['list'],
      evidence: 'policy 12, section 4',
    });
  }
}

function* everyone(company: Company): Facts {
  yield node('apps', 'Role', EVERYONE, 'Everyone');
  yield edge('apps', 'HAS_ROLE', ALL_STAFF, EVERYONE);
  yield edge('apps', 'HAS_ROLE', CONTRACTORS, EVERYONE, { condition: 'device.managed = true' });
  for (const app of company.applications.slice(0, SHARED_APPLICATIONS.length)) {
    yield edge('apps', 'INHERITS', EVERYONE, appRole(app, 'viewer'));
    yield grant('apps', EVERYONE, appId(app), ['use'], { exceptActions: ['use.on-behalf'] });
  }
}
