import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import type { Entry } from './entries.ts';
import { sidText } from './sid.ts';

/** Types of record, by the first of them that an object class tells: a computer of Active Directory is a user besides. */
const TYPES: readonly (readonly [string, readonly string[]])[] = [
  [
    'service-accounts',
    ['computer', 'msds-groupmanagedserviceaccount', 'msds-managedserviceaccount', 'applicationprocess'],
  ],
  [
    'groups',
    ['group', 'groupofnames', 'groupofuniquenames', 'groupofmembers', 'posixgroup', 'groupofentries', 'ipausergroup'],
  ],
  ['roles', ['organizationalrole']],
  [
    'users',
    [
      'person',
      'organizationalperson',
      'inetorgperson',
      'residentialperson',
      'user',
      'posixaccount',
      'account',
      'shadowaccount',
      'inetuser',
      'uidobject',
    ],
  ],
  ['service-accounts', ['simplesecurityobject']],
];

/** Attributes with bytes that name something. All others with bytes are left out. */
const SIDS = new Set(['objectsid', 'sidhistory']);
const GUIDS = new Set(['objectguid']);
const isBinary = (name: string): boolean => SIDS.has(name) || GUIDS.has(name);

/** Set in `userAccountControl` of an account that is disabled. */
const DISABLED = 2;
/** What OpenLDAP has as the time of locking when it is for good. */
const LOCKED_FOREVER = '000001010000Z';

/** Lower-case object class → place in TYPES. */
const PLACES = new Map(TYPES.flatMap(([, classes], at) => classes.map((name) => [name, at] as const)).reverse());

/** The type of record that an entry is; `others` for what is neither account nor group. */
export function typeOf({ attributes }: Entry): string {
  let first = TYPES.length;
  for (const value of attributes.get('objectclass') ?? []) {
    const place = typeof value === 'string' ? PLACES.get(value.toLowerCase()) : undefined;
    if (place !== undefined && place < first) first = place;
  }
  return TYPES[first]?.[0] ?? 'others';
}

/** The fields of an entry: a text for an attribute with one value, a list otherwise; and what is worked out from them. */
export function fieldsOf(entry: Entry): Fields {
  const fields: Record<string, JsonValue> = {};
  for (const [name, values] of entry.attributes) {
    const value = values.length === 1 ? textOf(name, values[0]!) : textsOf(name, values);
    if (value !== undefined) fields[name] = value;
  }
  fields['dn'] = entry.dn;
  const enabled = enabledBy(fields);
  if (enabled !== undefined) fields['enabled'] = enabled;
  if (fields['primarygroupid'] !== undefined) {
    const domain = /^(S-1-5-21-\d+-\d+-\d+)-\d+$/.exec(String(fields['objectsid']))?.[1];
    if (domain !== undefined) fields['primarygroupsid'] = `${domain}-${String(fields['primarygroupid'])}`;
  }
  return fields;
}

function textsOf(name: string, values: readonly (string | Buffer)[]): JsonValue | undefined {
  const texts = values.map((value) => textOf(name, value)).filter((value) => value !== undefined);
  return texts.length > 1 ? texts : texts[0];
}

function textOf(name: string, value: string | Buffer): string | undefined {
  if (typeof value === 'string' && !isBinary(name)) return value;
  if (typeof value === 'string' && /^(?:S-1-|[0-9a-f]{8}-)/i.test(value)) return value;
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  if (SIDS.has(name)) return sidText(bytes);
  return GUIDS.has(name) && bytes.length === 16 ? guidText(bytes) : undefined;
}

/** The first three groups are stored least significant byte first. */
function guidText(bytes: Buffer): string {
  const hex = (from: number, to: number): string => bytes.subarray(from, to).toString('hex');
  const swapped = Buffer.from([bytes[3]!, bytes[2]!, bytes[1]!, bytes[0]!, bytes[5]!, bytes[4]!, bytes[7]!, bytes[6]!]);
  const head = swapped.toString('hex');
  return `${head.slice(0, 8)}-${head.slice(8, 12)}-${head.slice(12)}-${hex(8, 10)}-${hex(10, 16)}`;
}

/** Whether an account may log in, as far as one of the directories in use says so; undefined where none does. */
function enabledBy(fields: Fields): boolean | undefined {
  const control = Number(fields['useraccountcontrol']);
  if (fields['useraccountcontrol'] !== undefined && Number.isInteger(control)) return (control & DISABLED) === 0;
  for (const name of ['nsaccountlock', 'logindisabled', 'ds-pwp-account-disabled']) {
    const value = fields[name];
    if (typeof value === 'string') return value.toLowerCase() !== 'true';
  }
  return fields['pwdaccountlockedtime'] === LOCKED_FOREVER ? false : undefined;
}
