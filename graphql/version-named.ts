import { type GraphQLSchema, getDirectiveValues, getVariableValues, type OperationDefinitionNode } from 'graphql';

/** The version that a query names by `@atVersion`; undefined where it names none. */
export function versionNamed(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number | undefined {
  const directive = schema.getDirective('atVersion')!;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  // Variables that do not fit their types are left to the execution to tell.
  if (coerced === undefined) return undefined;
  return getDirectiveValues(directive, operation, coerced)?.['version'] as number | undefined;
}
