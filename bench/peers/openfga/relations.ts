/** An authorization model and its tuples as values, and the model that a set of tuples calls for. */

export type ObjectType = 'identity' | 'group' | 'role' | 'resource';
export interface ObjectRef {
  readonly type: ObjectType;
  readonly id: string;
}
/** An object, or with a relation everyone who has it to the object. */
export interface SubjectRef extends ObjectRef {
  readonly relation?: string;
}
export interface Tuple {
  readonly object: ObjectRef;
  readonly relation: string;
  readonly subject: SubjectRef;
}

/** A rewrite in the form of the API, schema 1.1. */
export type Rewrite =
  | { readonly this: Record<string, never> }
  | { readonly computedUserset: { readonly relation: string } }
  | {
      readonly tupleToUserset: {
        readonly tupleset: { readonly relation: string };
        readonly computedUserset: { readonly relation: string };
      };
    }
  | { readonly union: { readonly child: readonly Rewrite[] } }
  | { readonly difference: { readonly base: Rewrite; readonly subtract: Rewrite } };

interface Restriction {
  readonly type: ObjectType;
  readonly relation?: string;
}

export interface TypeDefinition {
  readonly type: ObjectType;
  readonly relations: Readonly<Record<string, Rewrite>>;
  readonly metadata: {
    readonly relations: Readonly<Record<string, { readonly directly_related_user_types: readonly Restriction[] }>>;
  };
}

export interface AuthorizationModel {
  readonly schema_version: '1.1';
  readonly type_definitions: readonly TypeDefinition[];
}

export const direct: Rewrite = { this: {} };
export const computed = (relation: string): Rewrite => ({ computedUserset: { relation } });
export const fromParent = (relation: string): Rewrite => ({
  tupleToUserset: { tupleset: { relation: PARENT }, computedUserset: { relation } },
});
export const anyOf = (child: readonly Rewrite[]): Rewrite => (child.length === 1 ? child[0]! : { union: { child } });
export const butNot = (base: Rewrite, subtract: Rewrite): Rewrite => ({ difference: { base, subtract } });

/** Relation of a resource to the one that contains it. */
export const PARENT = 'parent';

export const objectText = ({ type, id }: ObjectRef): string => `${type}:${id}`;
export const subjectText = (subject: SubjectRef): string =>
  subject.relation === undefined ? objectText(subject) : `${objectText(subject)}#${subject.relation}`;
export const tupleText = ({ object, relation, subject }: Tuple): string =>
  `${objectText(object)}#${relation}@${subjectText(subject)}`;

const TYPES: readonly ObjectType[] = ['identity', 'group', 'role', 'resource'];

/**
 * The model for these tuples: a relation that they fill takes just the types that they name, so that the server looks for
 * nothing else. `rewrites` are the relations of a resource that are more than their tuples; one that is `direct` there and has no
 * tuples can be asked for and is nobody's.
 */
export function modelFor(tuples: readonly Tuple[], rewrites: Readonly<Record<string, Rewrite>>): AuthorizationModel {
  const filled = restrictionsOf(tuples);
  const type_definitions = TYPES.map((type): TypeDefinition => {
    const relations: Record<string, Rewrite> = {};
    const metadata: Record<string, { directly_related_user_types: readonly Restriction[] }> = {};
    const own = filled.get(type) ?? new Map<string, Map<string, Restriction>>();
    for (const [relation, restrictions] of own) {
      relations[relation] = direct;
      metadata[relation] = { directly_related_user_types: [...restrictions.values()] };
    }
    for (const [relation, rewrite] of Object.entries(type === 'resource' ? rewrites : {})) {
      relations[relation] = rewrite;
      if (rewrite === direct) metadata[relation] = { directly_related_user_types: [{ type: 'identity' }] };
    }
    return { type, relations, metadata: { relations: metadata } };
  });
  return { schema_version: '1.1', type_definitions };
}

function restrictionsOf(tuples: readonly Tuple[]): Map<ObjectType, Map<string, Map<string, Restriction>>> {
  const filled = new Map<ObjectType, Map<string, Map<string, Restriction>>>();
  const at = (type: ObjectType, relation: string): Map<string, Restriction> => {
    const relations = filled.get(type) ?? new Map<string, Map<string, Restriction>>();
    filled.set(type, relations);
    const restrictions = relations.get(relation) ?? new Map<string, Restriction>();
    relations.set(relation, restrictions);
    return restrictions;
  };
  for (const { object, relation, subject } of tuples) {
    const restriction =
      subject.relation === undefined ? { type: subject.type } : { type: subject.type, relation: subject.relation };
    at(object.type, relation).set(`${subject.type}#${subject.relation ?? ''}`, restriction);
  }
  return filled;
}

/** Without the tuples whose subject is a relation that no tuple fills: nobody is in them. */
export function withoutEmpty(tuples: readonly Tuple[]): readonly Tuple[] {
  let kept = tuples;
  for (;;) {
    const filled = new Set(kept.map(({ object, relation }) => `${objectText(object)}#${relation}`));
    const next = kept.filter(({ subject }) => subject.relation === undefined || filled.has(subjectText(subject)));
    if (next.length === kept.length) return next;
    kept = next;
  }
}
