/** Validation rules: which operations are taken where. */
import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

const refusing =
  (operation: 'subscription' | 'mutation', because: string) =>
  (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(node) {
      if (node.operation === operation) context.reportError(new GraphQLError(because, { nodes: [node] }));
    },
  });

/** By HTTP nothing is followed. */
export const noSubscriptions = refusing(
  'subscription',
  'Subscriptions are taken over WebSocket (graphql-ws) at the address of the API.',
);

/** Over WebSocket nothing is changed. */
export const noMutationsHere = refusing('mutation', 'Mutations are taken by POST at the address of the API.');

/** Where the server was not started to allow changes. */
export const noMutations = refusing(
  'mutation',
  'This server takes no changes: it was started without --allow-changes, and listens to more than this machine.',
);
