import { type ASTVisitor, GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from 'graphql';
import { DEPTH_EXCEEDED } from './errors.ts';
import { LIMITS } from './limits.ts';

/**
 * A validation rule: fields nest at most so deep, fragments counted where they are used. Each fragment is measured once,
 * so the cost is that of the document's length. Runs after the rule that forbids fragments in a circle.
 */
export function depthLimit(context: ValidationContext): ASTVisitor {
  const measured = new Map<string, number>();

  const fragmentDepth = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = context.getFragment(name);
    const depth = fragment === null || fragment === undefined ? 0 : depthOf(fragment.selectionSet);
    measured.set(name, depth);
    return depth;
  };

  const depthOf = (set: SelectionSetNode | undefined): number => {
    let deepest = 0;
    for (const selection of set?.selections ?? []) {
      const depth =
        selection.kind === Kind.FIELD
          ? 1 + depthOf(selection.selectionSet)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? depthOf(selection.selectionSet)
            : fragmentDepth(selection.name.value);
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  };

  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet);
      if (depth <= LIMITS.depth) return;
      const message = `The query is ${depth} fields deep; at most ${LIMITS.depth} are taken.`;
      context.reportError(new GraphQLError(message, { extensions: { validationErrorCode: DEPTH_EXCEEDED } }));
    },
  };
}
