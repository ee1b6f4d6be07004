/** The saved questions of the browser page fit the schema and are answered. */
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHEMA_TEXT } from '../../graphql/generated/schema-text.ts';
import { executeInProcess } from '../../graphql/index.ts';
import { EXAMPLES } from '../../web/src/examples/index.ts';
import { type Estate, openEstate } from './estate.ts';

const schema = buildSchema(SCHEMA_TEXT);
const ALL = EXAMPLES.flatMap(({ examples }) => examples);
const SUBJECT = { identity: 'u:ada', action: 'read', resource: 'r:ledger' };

const operationOf = (query: string): OperationDefinitionNode =>
  parse(query).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;

let estate: Estate;
beforeAll(async () => {
  estate = await openEstate();
});
afterAll(() => estate.close());

describe('the saved questions', () => {
  it('are told apart by the names of their tabs', () => {
    const names = ALL.map(({ query }) => operationOf(query).name?.value);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(ALL.map((example) => [example.question, example] as const))('%s', async (_, { query, variables }) => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
    const defined = operationOf(query).variableDefinitions ?? [];
    expect(getVariableValues(schema, defined, variables(SUBJECT)).errors).toBeUndefined();
    expect(Object.keys(variables(SUBJECT)).sort()).toEqual(defined.map(({ variable }) => variable.name.value).sort());
    expect((await executeInProcess(estate.engine, query, variables(SUBJECT))).errors).toBeUndefined();
  });
});
