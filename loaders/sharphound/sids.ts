import type { NodeKind } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

/** A SID of a domain or machine: unique in the world. All others name the same thing in every domain. */
const OF_A_DOMAIN = /^S-1-5-21-/;
const SID = /^S-1-\d/;

/**
 * The one spelling of an object identifier: upper case, and a SID that every domain has (`S-1-5-32-544`) with its domain
 * before it (`PHANTOM.CORP-S-1-5-32-544`), as newer collectors write it.
 */
export function identifierOf(text: string, fields: Fields): string {
  const id = text.trim().toUpperCase();
  if (!SID.test(id) || OF_A_DOMAIN.test(id)) return id;
  const domain = domainOf(fields);
  return domain === undefined ? id : `${domain}-${id}`;
}

/** The DNS name of the domain of an object, in upper case. */
export function domainOf(fields: Fields): string | undefined {
  const properties = fields['Properties'] as Fields | undefined;
  return textOf(properties?.['domain'])?.toUpperCase();
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  USER: 'User',
  GROUP: 'Group',
  COMPUTER: 'ServiceAccount',
  LOCALUSER: 'User',
  LOCALGROUP: 'Group',
  ADLOCALGROUP: 'Group',
};

/** Relative ids below 1000 are those of Windows itself: 500 to 503 are accounts, the others groups. */
const BUILT_IN_GROUP =
  /-S-1-5-32-\d+$|^S-1-5-21-\d+-\d+-\d+-(4\d\d|50[4-9]|5[1-9]\d)$|-S-1-(?:1-0|5-(?:2|4|6|7|9|11|13|14|15))$/;
const BUILT_IN_USER = /^S-1-5-21-\d+-\d+-\d+-50[0-3]$/;

/** The kind of a principal that no file describes, from what names it; undefined where neither its type nor its id tells. */
export function kindOfPrincipal(id: string, item: Fields): NodeKind | undefined {
  const type = textOf(item['PrincipalType']) ?? textOf(item['ObjectType']);
  const told = type === undefined ? undefined : KINDS[type.toUpperCase()];
  if (told !== undefined) return told;
  if (BUILT_IN_GROUP.test(id)) return 'Group';
  return BUILT_IN_USER.test(id) ? 'User' : undefined;
}
