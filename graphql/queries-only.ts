import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** A validation rule: the schema answers questions and changes nothing; what can be followed is not followed by HTTP. */
export function queriesOnly(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation === 'query') return;
      const message =
        node.operation === 'subscription'
          ? 'Subscriptions are taken over WebSocket (graphql-ws) at the address of the API.'
          : NO_MUTATIONS;
      context.reportError(new GraphQLError(message, { nodes: [node] }));
    },
  };
}

/** A validation rule for where subscriptions are taken too. */
export function noMutations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation === 'mutation') context.reportError(new GraphQLError(NO_MUTATIONS, { nodes: [node] }));
    },
  };
}

const NO_MUTATIONS = 'This API has no mutations; it answers questions only.';
