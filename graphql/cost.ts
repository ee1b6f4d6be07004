/**
 * The cost of a query: how many values its answer holds at most, worked out before anything is executed. A list with
 * `first` counts that many items, one without counts LISTED; `whyHasAccess` tells `maxPaths` paths.
 */
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getNullableType,
  getVariableValues,
  isListType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import { apiError } from './errors.ts';
import { LIMITS } from './limits.ts';

/** Items that a list without `first` is taken to have: the edges of a path, the actions of a grant. */
const LISTED = 10;
/** Items of a list, and paths of an explanation, when none are named. */
const DEFAULT_FIRST = 100;
const DEFAULT_PATHS = 10;

/**
 * @throws GraphQLError ARGUMENT_INVALID for a `first` or `maxPaths` out of its range, LIMIT_EXCEEDED for a query that costs too much.
 *   Variables that do not fit their types are left to the execution to tell.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  if (coerced.errors !== undefined) return;
  const cost = costOf(schema, only(document, operation), variables);
  if (cost > LIMITS.cost) {
    throw apiError('LIMIT_EXCEEDED', `The answer could hold ${cost} values; at most ${LIMITS.cost} are given.`, 400);
  }
}

function costOf(schema: GraphQLSchema, query: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  try {
    return getComplexity({ schema, query, variables, estimators: [estimate], maxQueryNodes: LIMITS.selections });
  } catch (error) {
    const { extensions, message, nodes } = error as GraphQLError;
    if (extensions?.['code'] !== undefined) throw error;
    // An argument that does not fit has a place in the document; without one, counting was given up.
    if (nodes !== undefined) throw apiError('BAD_USER_INPUT', message, 400);
    throw apiError('LIMIT_EXCEEDED', `The query selects more than ${LIMITS.selections} fields.`, 400);
  }
}

/** The document with this operation alone: the others are not executed. */
function only(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  if (document.definitions.length === 1) return document;
  const definitions = document.definitions.filter(
    (definition) => definition === operation || definition.kind !== Kind.OPERATION_DEFINITION,
  );
  return { kind: Kind.DOCUMENT, definitions };
}

function estimate({ args, childComplexity, field }: ComplexityEstimatorArgs): number {
  const takes = (name: string): boolean => field.args.some((argument) => argument.name === name);
  if (takes('first')) return 1 + counted('first', args['first'], DEFAULT_FIRST, LIMITS.first) * childComplexity;
  if (takes('maxPaths'))
    return 1 + counted('maxPaths', args['maxPaths'], DEFAULT_PATHS, LIMITS.maxPaths) * childComplexity;
  // The items of a connection were counted where its `first` is.
  const listed = isListType(getNullableType(field.type)) && !isItems(field.name, field.type.toString());
  return 1 + (listed ? LISTED : 1) * childComplexity;
}

/** The field `edges` of a connection. */
const isItems = (name: string, type: string): boolean => name === 'edges' && /^\[\w+(Edge|Item)!\]!$/.test(type);

function counted(name: string, value: unknown, fallback: number, most: number): number {
  const count = (value ?? fallback) as number;
  if (count >= 0 && count <= most) return Math.max(count, 1);
  throw apiError('ARGUMENT_INVALID', `${name} must be from 0 to ${most}, is ${count}.`, 400);
}
