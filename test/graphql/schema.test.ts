/** The schema as readers see it, and that what is generated from it is up to date. */
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCHEMA_TEXT } from '../../graphql/generated/schema-text.ts';
import { generated, OUTPUT } from '../../scripts/graphql-codegen.ts';

const schema = buildSchema(SCHEMA_TEXT);
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

describe('the schema', () => {
  it('is the one that was agreed: a change of it shows in the fixture, in review', async () => {
    await expect(printSchema(schema)).toMatchFileSnapshot('../fixtures/graphql/schema.graphql');
  });

  it('describes every type, field, argument and value', () => {
    expect(types.flatMap((type) => undescribed(type))).toEqual([]);
  });

  it('has no ids but strings', () => {
    expect(fieldsNamed(schema, /(^id|Id)$/).filter(([, type]) => !/^ID!?$/.test(type))).toEqual([]);
  });
});

describe('graphql/generated', () => {
  it('is what `npm run codegen` writes', async () => {
    for (const [name, text] of await generated()) {
      const upToDate = (await readFile(new URL(name, OUTPUT), 'utf8')) === text;
      expect(upToDate, `graphql/generated/${name} is out of date: run \`npm run codegen\``).toBe(true);
    }
  });
});

function undescribed(type: (typeof types)[number]): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type)) missing.push(...unsaid(type.getValues(), type.name));
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    missing.push(...unsaid(fields, type.name));
    for (const field of fields) if ('args' in field) missing.push(...unsaid(field.args, `${type.name}.${field.name}`));
  }
  return missing;
}

const unsaid = (parts: readonly { name: string; description?: string | null | undefined }[], where: string): string[] =>
  parts.filter(({ description }) => !description).map(({ name }) => `${where}.${name}`);

function fieldsNamed(of: GraphQLSchema, name: RegExp): [string, string][] {
  return Object.values(of.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type)
      ? Object.values(type.getFields())
          .filter((field) => name.test(field.name))
          .map((field): [string, string] => [`${type.name}.${field.name}`, String(field.type)])
      : [],
  );
}
