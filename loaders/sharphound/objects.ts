import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { domainOf } from './sids.ts';

/** The source that vouches for an object of a domain. */
export type SourceFor = (domain: string | undefined) => string;

type Place = Pick<SourceRecord, 'file' | 'line' | 'at'>;

/** Rights that membership of a local group gives, by the last part of its SID. */
const LOCAL_RIGHTS: Readonly<Record<string, string>> = {
  '544': 'AdminTo',
  '555': 'CanRDP',
  '562': 'ExecuteDCOM',
  '580': 'CanPSRemote',
};

/** The primary groups of domain controllers: writable and read-only. */
const CONTROLLERS = /-(?:516|521)$/;

/**
 * The records that an object of a file stands for: itself and, of a computer, its local groups and the rights that its
 * policy assigns. Brings forms of older versions into that of the newest.
 */
export function recordsOfObject(
  type: string,
  object: Fields,
  place: Place,
  sourceFor: SourceFor,
): readonly SourceRecord[] {
  if (object['IsDeleted'] === true) return [];
  const of = sourceFor(domainOf(object));
  const record = (kind: string, fields: Fields): SourceRecord => ({ type: kind, fields, source: of, ...place });
  if (type === 'users') return [record(type, account(object, { IsService: isService(object) }))];
  if (type !== 'computers') return [record(type, object)];
  const isController = object['IsDC'] === true || propertiesOf(object)['isdc'] === true || isInControllers(object);
  const machine = { MachineType: isController ? 'domain-controller' : 'computer' };
  return [record(type, account(object, machine)), ...partsOf(object, record)];
}

const propertiesOf = (object: Fields): Fields => asObject(object['Properties']);

const asObject = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const isService = (object: Fields): boolean => textOf(propertiesOf(object)['samaccountname'])?.endsWith('$') === true;
const isInControllers = (object: Fields): boolean => CONTROLLERS.test(textOf(object['PrimaryGroupSID']) ?? '');

function account(object: Fields, more: Fields): Fields {
  const { AllowedToDelegate, HasSIDHistory, ...rest } = object;
  const lists: Record<string, JsonValue> = {};
  if (AllowedToDelegate !== undefined) lists['AllowedToDelegate'] = principalsOf(AllowedToDelegate);
  if (HasSIDHistory !== undefined) lists['HasSIDHistory'] = principalsOf(HasSIDHistory);
  return { ...rest, ...lists, ...more };
}

/** Older files name principals by their id alone. */
function principalsOf(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' ? { ObjectIdentifier: item } : item));
}

function partsOf(object: Fields, record: (kind: string, fields: Fields) => SourceRecord): readonly SourceRecord[] {
  const computer = {
    Properties: propertiesOf(object),
    ComputerId: object['ObjectIdentifier'] ?? null,
    Computer: propertiesOf(object)['name'] ?? null,
  };
  const parts: SourceRecord[] = [];
  for (const group of objectsIn(object['LocalGroups'])) {
    const id = textOf(group['ObjectIdentifier']);
    if (id === undefined) continue;
    const right = LOCAL_RIGHTS[id.slice(id.lastIndexOf('-') + 1)];
    const name = textOf(group['Name']);
    const OfMachine = /^S-1-5-21-/i.test(id);
    parts.push(
      record('local-groups', {
        ...group,
        ...computer,
        Right: right ?? null,
        OfMachine,
        Name: name === undefined || name === 'IGNOREME' ? null : name,
      }),
    );
  }
  for (const right of objectsIn(object['UserRights'])) parts.push(record('user-rights', { ...right, ...computer }));
  return parts;
}

/** What is no list of objects is told by the check of the computer's own fields. */
function objectsIn(value: JsonValue | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}
