/** What roles give, from what each grants itself and which others it includes. */
import { strongComponents } from '../../algorithms/strong-components.ts';

/**
 * By role, the atoms that it gives, ascending. Roles that include each other give the same, and share one list.
 * O(what all roles give + inclusions, for each of its role's atoms).
 *
 * @param own atoms that each role grants itself
 * @param juniors roles that each role includes itself
 */
export function givenAtoms(
  own: readonly Iterable<number>[],
  juniors: readonly (readonly number[])[],
): readonly Uint32Array[] {
  const bounds = new Uint32Array(juniors.length + 1);
  juniors.forEach((list, role) => {
    bounds[role + 1] = bounds[role]! + list.length;
  });
  const { component, count } = strongComponents(bounds, Uint32Array.from(juniors.flat()));
  const members: number[][] = Array.from({ length: count }, () => []);
  component.forEach((of, role) => {
    members[of]!.push(role);
  });
  const given: Uint32Array[] = [];
  // Those that include nobody come first.
  for (const of of members) {
    const atoms = new Set<number>();
    for (const role of of) {
      for (const atom of own[role]!) atoms.add(atom);
      for (const junior of juniors[role]!)
        if (component[junior] !== component[role]) for (const atom of given[component[junior]!]!) atoms.add(atom);
    }
    given.push(Uint32Array.from(atoms).sort());
  }
  return Array.from(component, (of) => given[of]!);
}
