import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** A validation rule: the schema answers questions and changes nothing. */
export function queriesOnly(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation === 'query') return;
      context.reportError(
        new GraphQLError(`This API has no ${node.operation}s; it takes queries only.`, { nodes: [node] }),
      );
    },
  };
}
