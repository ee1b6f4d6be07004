/**
 * What roles may be called, and why they are roles: by what their members have in common in their attributes, or by what they
 * give that few others have. A name says what a role is for; a number stands in one only where two could not be told apart.
 */
import { type AttributeLabel, attributeLabel, type LabelGround } from '../../peers/cluster-label.ts';

/** One thing that a role gives. */
export interface NamedEntitlement {
  /** In a word: `read`, `everything`. */
  readonly action: string;
  /** What the resource is called. */
  readonly resource: string;
  /** How many hold it at all, through this role or otherwise; at least the members of the role. */
  readonly holders: number;
}

export interface RoleToName {
  /** Node numbers of the identities that have it. */
  readonly members: Uint32Array;
  /** The first of equals is taken first: put them in an order. */
  readonly entitlements: readonly NamedEntitlement[];
}

export interface RoleName {
  readonly name: string;
  /** Sentences. */
  readonly rationale: string;
}

/** A name by attributes is taken where both are at least so: most members have them, and most who have them are members. */
const LEAST_SHARE = 0.5;
/** Resources that are named. */
const MOST_RESOURCES = 2;
const LONGEST = 80;

/** A name and a rationale for each role, no name twice. O(members · attributes) for each. */
export function nameRoles(roles: readonly RoleToName[], ground: LabelGround | undefined): readonly RoleName[] {
  const drafts = roles.map((role) => draftOf(role, ground));
  const taken = new Map<string, number>();
  const count = new Map<string, number>();
  for (const { short } of drafts) count.set(short, (count.get(short) ?? 0) + 1);
  return drafts.map(({ short, long, rationale }) => {
    const wanted = count.get(short) === 1 ? short : long;
    const before = taken.get(wanted) ?? 0;
    taken.set(wanted, before + 1);
    if (before === 0) return { name: wanted, rationale };
    let [number, name] = [before + 1, ''];
    do name = `${wanted} ${number++}`;
    while (taken.has(name));
    taken.set(name, 1);
    return { name, rationale };
  });
}

interface Draft {
  readonly short: string;
  /** Where another has the same short one. */
  readonly long: string;
  readonly rationale: string;
}

function draftOf({ members, entitlements }: RoleToName, ground: LabelGround | undefined): Draft {
  const label = ground && attributeLabel(ground, members);
  // What fewest hold outside tells most of what the role is for.
  const telling = [...entitlements].sort((a, b) => a.holders - b.holders);
  const what = whatOf(telling);
  const rationale = [groupSentence(members.length, label), holdSentence(members.length, telling)]
    .filter((sentence) => sentence !== '')
    .join(' ');
  if (label !== undefined && label.precision >= LEAST_SHARE && label.recall >= LEAST_SHARE) {
    const who = label.terms.map(({ value }) => value).join(' ');
    return { short: cut(who), long: cut(`${who}: ${what}`), rationale };
  }
  return { short: cut(what), long: cut(`${what}, ${countOf(entitlements.length, 'entitlement')}`), rationale };
}

function whatOf(telling: readonly NamedEntitlement[]): string {
  const [first] = telling;
  if (first === undefined) return 'nothing';
  const resources = [...new Set(telling.map(({ resource }) => resource))].slice(0, MOST_RESOURCES);
  const actions = [
    ...new Set(telling.filter(({ resource }) => resource === first.resource).map(({ action }) => action)),
  ];
  const more = actions.length > 2 ? ` and ${actions.length - 2} more` : '';
  return `${resources.join(' and ')} (${actions.slice(0, 2).join(', ')}${more})`;
}

function groupSentence(members: number, label: AttributeLabel | undefined): string {
  if (label === undefined) return '';
  const values = label.terms.map(({ attribute, value }) => `${attribute} ${value}`).join(' and ');
  const inside = Math.round(label.recall * members);
  const all = Math.round(inside / label.precision);
  return `${inside} of its ${countOf(members, 'member')} have ${values}, out of ${all} who do.`;
}

function holdSentence(members: number, [first]: readonly NamedEntitlement[]): string {
  if (first === undefined) return '';
  const share = Math.round((100 * members) / first.holders);
  const what = `${first.action} on ${first.resource}`;
  return first.holders <= members
    ? `Nobody else holds ${what}.`
    : `Its members are ${share} % of those who hold ${what}.`;
}

const countOf = (count: number, singular: string): string => `${count} ${singular}${count === 1 ? '' : 's'}`;
const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).trimEnd()}…`);
