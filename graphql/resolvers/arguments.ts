import type { AccessScope, PageRequest, Reach, Scope } from '../../engine/index.ts';
import type { AccessScope as AccessScopeInput, InputMaybe } from '../generated/resolver-types.ts';

/** An argument that was left out and one that is null are the same to the engine. */
export const given = <T>(value: InputMaybe<T> | undefined): T | undefined => value ?? undefined;

/** The part of a list that was asked for. Its bounds are checked before anything is executed, and by the engine. */
export function pageOf(args: {
  readonly first?: InputMaybe<number>;
  readonly after?: InputMaybe<string>;
}): PageRequest {
  return { first: given(args.first), after: given(args.after) };
}

/** How far and when. */
export function scopeOf(args: { readonly reach?: InputMaybe<Reach>; readonly at?: InputMaybe<number> }): Scope {
  return { reach: given(args.reach), at: given(args.at) };
}

/** Which accesses are looked at. */
export function accessScopeOf(scope: InputMaybe<AccessScopeInput> | undefined): AccessScope {
  const { identities, resources, minSensitivity } = scope ?? {};
  return { identities: given(identities), resources: given(resources), minSensitivity: given(minSensitivity) };
}

/** An empty list of kinds would find nothing; left out or null means all. */
export const kindsOf = <T>(kinds: readonly T[] | null | undefined): readonly T[] | undefined =>
  kinds === null || kinds === undefined ? undefined : [...new Set(kinds)];
