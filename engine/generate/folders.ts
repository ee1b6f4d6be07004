/** The file share: a folder for each unit of the org chart, each in that of the unit above, and what teams keep in theirs. */
import type { Company } from './company.ts';
import { edge, type Facts, grant, node, resource } from './fact.ts';
import type { OrgUnit } from './org-chart.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';
import { FOLDERS, slug } from './words.ts';

export const SHARE = 'folder:/';
export const folderId = (unit: OrgUnit): string => `folder:/${unit.path}`;

const READ = ['list', 'read'];
const WRITE = ['list', 'read', 'write'];

export function* folders(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('folders');
  yield resource('directory', 'share', SHARE, 'Company Share');
  for (const unit of company.units) {
    draw.at(unit.index);
    const above = unit.parent < 0 ? SHARE : folderId(company.units[unit.parent]!);
    yield resource(
      'directory',
      'folder',
      folderId(unit),
      unit.name,
      unit.parent < 0 ? unit.words.sensitivity : undefined,
    );
    yield edge('directory', 'CONTAINS', above, folderId(unit));
    yield* inside(folderId(unit), unit, draw);
    yield* access(unit);
    if (unit.parent < 0) yield* fileAdmins(company, people, unit);
  }
}

/** A team works in its folder; the units above read one another's, up to the unit; a department shares its own top alone. */
function* access(unit: OrgUnit): Facts {
  const group = `group:org/${unit.path}`;
  if (unit.leaf) yield grant('directory', group, folderId(unit), WRITE, { evidence: `acl ${unit.index}` });
  else if (unit.level === 'unit')
    yield grant('directory', group, folderId(unit), READ, { evidence: `acl ${unit.index}` });
  else yield grant('directory', group, folderId(unit), READ, { inherit: false, evidence: `acl ${unit.index}` });
}

function* inside(folder: string, unit: OrgUnit, draw: Draws): Facts {
  const names = unit.leaf ? draw.several(draw.between(1, 4), 0, FOLDERS.length) : draw.several(1, 0, 3);
  for (const name of names) {
    const id = `${folder}/${FOLDERS[name]}`;
    const closed = unit.words.sensitivity !== undefined && draw.chance(0.3);
    yield resource('directory', 'folder', id, FOLDERS[name]!, closed ? unit.words.sensitivity : undefined);
    yield edge('directory', 'CONTAINS', folder, id);
    if (!draw.chance(0.15)) continue;
    yield resource('directory', 'folder', `${id}/2025`, '2025');
    yield edge('directory', 'CONTAINS', id, `${id}/2025`);
  }
}

/** A handful of people who mend everything in a department's tree. */
function* fileAdmins(company: Company, people: People, unit: OrgUnit): Facts {
  const group = `group:it/file-admins/${slug(unit.name)}`;
  const role = `role:it/file-admin/${slug(unit.name)}`;
  const draw = company.draws('file-admins').at(unit.index);
  yield node('directory', 'Group', group, `File Admins ${unit.name}`);
  yield node('directory', 'Role', role, `File Admin ${unit.name}`);
  yield edge('directory', 'HAS_ROLE', group, role, { condition: 'mfa = true' });
  yield grant('directory', role, folderId(unit), ['*'], { exceptActions: ['take-ownership'] });
  for (const user of draw.several(draw.between(2, 6), ...informationTechnology(company)))
    yield edge('directory', 'MEMBER_OF', people.id(user), group);
}

/** The users who run the machines: those of Information Technology, or all in a company too small to have it. */
export function informationTechnology(company: Company): [number, number] {
  const unit = company.departments.find((one) => one.name === 'Information Technology');
  return unit === undefined ? [0, company.users] : [unit.start, unit.end];
}
