import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { formatInstant, type Instant, parseInstant } from '../engine/index.ts';

/** RFC 3339 text outside, an instant inside. Its description is in the schema files. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  serialize: (value) => formatInstant(value as Instant),
  parseValue: instantOf,
  parseLiteral: (node) => instantOf(node.kind === Kind.STRING ? node.value : undefined),
});

function instantOf(value: unknown): Instant {
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at !== undefined) return at;
  throw new GraphQLError('DateTime must be a text such as "2027-01-01T00:00:00Z", with its offset.');
}

/** Any JSON value, as it is. */
export const Json = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

/** The largest number of GraphQL's `Int`. */
const MAX_INT = 2_147_483_647;

/** A count as an `Int`: the largest one stands for that many or more, as the schema says. */
export const countOf = (count: number): number => Math.min(count, MAX_INT);
