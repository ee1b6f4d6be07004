/** Holds the product's schema against the contract that other programs rely on: nothing changed, nothing missing but what is to come. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCHEMA_TEXT } from '../../graphql/generated/schema-text.ts';

const CONTRACT = resolve(import.meta.dirname, '../../../shared/contract/schema.graphql');

/** The contract spells its queries out in a comment. */
function contractOf(text: string): DocumentNode {
  const queries = /^# type Query \{\n(?:#.*\n?)*?^# \}/m.exec(text)![0].replace(/^# ?/gm, '');
  return parse(`${text}\n${queries}`);
}

type Facts = ReadonlyMap<string, string>;

/** `Type` → its sort and interfaces, `Type.field` → its type, `Type.field(argument)` → type and default, `Enum.VALUE`. */
function factsOf(document: DocumentNode): Facts {
  return new Map(document.definitions.flatMap(definitionFacts));
}

function definitionFacts(definition: DefinitionNode): [string, string][] {
  if (!('name' in definition) || definition.name === undefined) return [];
  const name = definition.name.value;
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        [name, [definition.kind, ...(definition.interfaces ?? []).map(print)].join(' ')],
        ...(definition.fields ?? []).flatMap((field) => fieldFacts(name, field)),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [[name, definition.kind], ...(definition.fields ?? []).map((field) => inputFact(`${name}.`, field))];
    case Kind.ENUM_TYPE_DEFINITION:
      return [
        [name, `${definition.kind} ${definition.values?.length}`],
        ...(definition.values ?? []).map(({ name: value }): [string, string] => [`${name}.${value.value}`, '']),
      ];
    default:
      return [[name, definition.kind]];
  }
}

function fieldFacts(type: string, field: FieldDefinitionNode): [string, string][] {
  const place = `${type}.${field.name.value}`;
  // One that may be left out may be added: whoever does not know it is answered as before.
  const needed = (field.arguments ?? []).filter(isNeeded);
  const taken = needed.map(({ name }) => name.value).sort();
  return [
    [place, `(${taken.join()}): ${print(field.type)}`],
    ...(field.arguments ?? []).map((argument) => inputFact(`${place}(`, argument)),
  ];
}

const isNeeded = ({ type, defaultValue }: InputValueDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;

const inputFact = (prefix: string, { name, type, defaultValue }: InputValueDefinitionNode): [string, string] => [
  prefix + name.value,
  print(type) + (defaultValue === undefined ? '' : ` = ${print(defaultValue)}`),
];

/** Places of the contract that the product has otherwise, or not at all. */
function differences(contract: Facts, product: Facts): { changed: string[]; missing: string[] } {
  const changed: string[] = [];
  const missing: string[] = [];
  for (const [place, fact] of contract) {
    if (!product.has(place)) missing.push(place);
    else if (product.get(place) !== fact) changed.push(`${place}: ${fact} → ${product.get(place)}`);
  }
  return { changed, missing };
}

/** The outermost missing places: of a missing type its name alone. */
const outermost = (places: readonly string[]): string[] =>
  places.filter((place) => !places.some((other) => place.startsWith(`${other}.`) || place.startsWith(`${other}(`)));

const product = factsOf(parse(SCHEMA_TEXT));

describe.skipIf(!existsSync(CONTRACT))(`the contract (skipped where ${CONTRACT} is missing)`, () => {
  // What describes is run even where its tests are skipped.
  const contract = existsSync(CONTRACT) ? factsOf(contractOf(readFileSync(CONTRACT, 'utf8'))) : new Map();
  const { changed, missing } = differences(contract, product);

  it('is kept: no type, argument, default or nullability changed', () => {
    expect(changed).toEqual([]);
  });

  it('lacks nothing', () => {
    expect(outermost(missing)).toEqual([]);
  });
});

describe('what the contract says in words', () => {
  it.each(['User', 'ServiceAccount', 'Group', 'Role', 'Resource'])('%s is an Entity and a Node', (name) => {
    expect(product.get(name)).toBe('ObjectTypeDefinition Entity Node');
  });

  const connections = [...product.keys()].filter((name) => /^\w+Connection$/.test(name));

  it('has a connection for every long list', () => {
    expect(connections.sort()).toEqual([
      'AccessConnection',
      'AccessPathConnection',
      'EntityConnection',
      'FindingConnection',
      'GraphEdgeConnection',
    ]);
  });

  it.each(connections)('%s has edges, pageInfo, totalCount and version', (name) => {
    const edge = /\[(\w+)!\]!$/.exec(product.get(`${name}.edges`)!)![1]!;
    expect(product.get(`${name}.pageInfo`)).toBe('(): PageInfo!');
    expect(product.get(`${name}.totalCount`)).toBe('(): Int!');
    expect(product.get(`${name}.version`)).toBe('(): Int!');
    expect(product.get(`${name}.complete`)).toBe('(): Boolean!');
    expect(product.get(`${edge}.cursor`)).toBe('(): String!');
    expect(product.get(`${edge}.node`)).toMatch(/^\(\): \w+!$/);
  });
});

describe('the comparison itself', () => {
  const contract = factsOf(parse('type A { x(y: Int = 1): [B!]! z: Int } enum E { P Q } type Gone { a: Int }'));

  it('tells a changed nullability, argument, default and value, and a missing type', () => {
    const other = factsOf(parse('type A { x(y: Int = 2): [B]! z(new: Int!, more: Int): Int } enum E { P Q R }'));
    expect(differences(contract, other)).toEqual({
      changed: [
        'A.x: (): [B!]! → (): [B]!',
        'A.x(y: Int = 1 → Int = 2',
        'A.z: (): Int → (new): Int',
        'E: EnumTypeDefinition 2 → EnumTypeDefinition 3',
      ],
      missing: ['Gone', 'Gone.a'],
    });
    expect(outermost(['Gone', 'Gone.a'])).toEqual(['Gone']);
  });
});
