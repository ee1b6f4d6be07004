/**
 * Who has a relation to an object, by an authorization model and its tuples: the plain reading of the language, as far as the bench
 * uses it. A relation that goes round in a circle gives what can be reached at all.
 */
import {
  type AuthorizationModel,
  type ObjectRef,
  objectText,
  type Rewrite,
  type SubjectRef,
  subjectText,
  type Tuple,
  tupleText,
} from '../../bench/peers/openfga/relations.ts';

export class OpenFgaEvaluator {
  readonly #model: AuthorizationModel;
  readonly #subjects = new Map<string, SubjectRef[]>();

  /** @throws Error for a tuple that the model does not take, or that comes twice, as a server would refuse it */
  constructor(model: AuthorizationModel, tuples: readonly Tuple[]) {
    this.#model = model;
    const seen = new Set<string>();
    for (const tuple of tuples) {
      if (seen.has(tupleText(tuple)) || !this.#takes(tuple)) throw new Error(`not taken: ${tupleText(tuple)}`);
      seen.add(tupleText(tuple));
      const place = `${objectText(tuple.object)}#${tuple.relation}`;
      this.#subjects.set(place, [...(this.#subjects.get(place) ?? []), tuple.subject]);
    }
  }

  /** Objects as `type:id`. @throws Error for a relation that the model does not have */
  usersOf(object: ObjectRef, relation: string): Set<string> {
    return this.#usersBy({ computedUserset: { relation } }, object, '');
  }

  #takes({ object, relation, subject }: Tuple): boolean {
    const type = this.#model.type_definitions.find((one) => one.type === object.type);
    const types = type?.metadata.relations[relation]?.directly_related_user_types ?? [];
    return types.some((one) => one.type === subject.type && one.relation === subject.relation);
  }

  #rewriteOf({ type }: ObjectRef, relation: string): Rewrite {
    const rewrite = this.#model.type_definitions.find((one) => one.type === type)?.relations[relation];
    if (rewrite === undefined) throw new Error(`no relation ${relation} of ${type}`);
    return rewrite;
  }

  #usersBy(first: Rewrite, object: ObjectRef, relation: string): Set<string> {
    const users = new Set<string>();
    const seen = new Set<string>();
    const follow = (of: ObjectRef, to: string): void => {
      const place = `${objectText(of)}#${to}`;
      if (seen.has(place)) return;
      seen.add(place);
      expand(this.#rewriteOf(of, to), of, to);
    };
    const expand = (rewrite: Rewrite, of: ObjectRef, to: string): void => {
      if ('this' in rewrite) {
        for (const subject of this.#subjects.get(`${objectText(of)}#${to}`) ?? []) {
          if (subject.relation === undefined) users.add(subjectText(subject));
          else follow(subject, subject.relation);
        }
      } else if ('computedUserset' in rewrite) follow(of, rewrite.computedUserset.relation);
      else if ('tupleToUserset' in rewrite) {
        const { tupleset, computedUserset } = rewrite.tupleToUserset;
        for (const parent of this.#subjects.get(`${objectText(of)}#${tupleset.relation}`) ?? [])
          follow(parent, computedUserset.relation);
      } else if ('union' in rewrite) for (const child of rewrite.union.child) expand(child, of, to);
      else {
        const without = this.#usersBy(rewrite.difference.subtract, of, to);
        for (const user of this.#usersBy(rewrite.difference.base, of, to)) if (!without.has(user)) users.add(user);
      }
    };
    expand(first, object, relation);
    return users;
  }
}
