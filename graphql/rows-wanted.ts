import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * The most rows that the fields below one ask for by `first`: who answers has to know before the fields are looked at.
 * Fields that are skipped may be counted.
 */
export function rowsWanted(info: GraphQLResolveInfo): number {
  const type = getNamedType(info.returnType) as GraphQLObjectType;
  const sizes = info.fieldNodes.flatMap(({ selectionSet }) =>
    [...fieldsOf(selectionSet, info)].map((field) => {
      const definition = type.getFields()[field.name.value];
      if (definition === undefined) return 0;
      return (getArgumentValues(definition, field, info.variableValues)['first'] as number | undefined) ?? 0;
    }),
  );
  return Math.max(0, ...sizes);
}

function* fieldsOf(selections: SelectionSetNode | undefined, info: GraphQLResolveInfo): Iterable<FieldNode> {
  for (const selection of selections?.selections ?? []) {
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(selection.selectionSet, info);
    else yield* fieldsOf(info.fragments[selection.name.value]?.selectionSet, info);
  }
}
