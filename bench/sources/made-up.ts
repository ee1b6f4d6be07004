/** Exports of a made-up directory: one person an entry, a group for every hundred, each person in a few. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const GROUP_SIZE = 100;
const GROUPS_OF_ONE = 3;

/** Members of a group: some that follow one another and some that lie apart. */
function membersOf(group: number, people: number): readonly number[] {
  const members: number[] = [];
  for (let i = 0; i < GROUP_SIZE * GROUPS_OF_ONE; i++) {
    members.push(i < GROUP_SIZE ? (group * GROUP_SIZE + i) % people : (group * 7919 + i * 104_729) % people);
  }
  return members;
}

const dnOf = (person: number): string => `uid=person${person},ou=people,dc=company,dc=example`;

function* ldifEntries(entries: number): Iterable<string> {
  const groups = Math.floor(entries / (GROUP_SIZE + 1));
  const people = entries - groups;
  for (let i = 0; i < people; i++) {
    yield `dn: ${dnOf(i)}\nobjectClass: inetOrgPerson\nobjectClass: organizationalPerson\nobjectClass: person\nobjectClass: top\ncn: Person ${i}\nsn: ${i}\nuid: person${i}\nmail: person${i}@company.example\ntitle: Clerk\nou: Department ${i % 97}\nemployeeNumber: ${i}\ndescription:: UGVyc29uIG9mIHRoZSBjb21wYW55\n\n`;
  }
  for (let i = 0; i < groups; i++) {
    const members = membersOf(i, people).map((person) => `member: ${dnOf(person)}\n`);
    yield `dn: cn=group${i},ou=groups,dc=company,dc=example\nobjectClass: groupOfNames\ncn: group${i}\n${members.join('')}\n`;
  }
}

function* scimParts(entries: number): Iterable<string> {
  const groups = Math.floor(entries / (GROUP_SIZE + 1));
  const people = entries - groups;
  yield `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${entries},"Resources":[\n`;
  for (let i = 0; i < people; i++) {
    const user = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: `u${i}`,
      userName: `person${i}@company.example`,
      name: { familyName: String(i), givenName: 'Person' },
      displayName: `Person ${i}`,
      title: 'Clerk',
      active: i % 50 !== 0,
      emails: [{ value: `person${i}@company.example`, type: 'work', primary: true }],
      meta: { resourceType: 'User', version: `W/"${i}"` },
    };
    yield `${i === 0 ? '' : ',\n'}${JSON.stringify(user)}`;
  }
  for (let i = 0; i < groups; i++) {
    const group = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: `g${i}`,
      displayName: `group${i}`,
      members: membersOf(i, people).map((person) => ({ value: `u${person}`, type: 'User' })),
    };
    yield `,\n${JSON.stringify(group)}`;
  }
  yield ']}\n';
}

export const EXPORTS = Object.freeze({ ldif: ldifEntries, scim: scimParts });
export type Format = keyof typeof EXPORTS;

/** Writes an export with this many entries. */
export async function writeExport(format: Format, path: string, entries: number): Promise<void> {
  const out = createWriteStream(path);
  let held = '';
  for (const part of EXPORTS[format](entries)) {
    held += part;
    if (held.length < 1 << 20) continue;
    if (!out.write(held)) await once(out, 'drain');
    held = '';
  }
  out.end(held);
  await once(out, 'finish');
}
