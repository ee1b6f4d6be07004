/** Names and rationales for the new roles of a target: from who has them, and from what they give that few others have. */
import { labelGround } from '../peers/cluster-label.ts';
import { readCodedAttributes } from '../peers/coded-attributes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { isIdentity, MEMBERSHIP, type Snapshot } from '../snapshot/snapshot.ts';
import { nameRoles, type RoleToName } from './meaning/role-names.ts';
import { type RoleState, requiredOf } from './role-state.ts';
import { type Target, targetGives } from './target.ts';

const AT_A_TIME = 2_000;

/** The same target, its new roles called by something that says what they are for; a name that a present role has is not taken. */
export async function named(state: RoleState, target: Target, pace: Pace): Promise<Target> {
  const { snapshot, reader, rows, atoms } = state;
  const fresh = target.roles.flatMap((role, place) => (role.basedOn === undefined ? [place] : []));
  if (fresh.length === 0) return target;
  const resources = await resourceNames(state, pace);
  const gives = targetGives(target);
  const holders = new Uint32Array(atoms.length);
  for (const row of rows.keys()) for (const atom of requiredOf(state, row)) holders[atom]!++;
  const described = fresh.map(
    (place): RoleToName => ({
      members: identitiesOf(
        snapshot,
        target.roles[place]!.rows.map((row) => rows[row]!.anchor),
      ),
      entitlements: [...gives[place]!].map((atom) => {
        const { actions, resource } = atoms[atom]!;
        const more = actions.length > 1 ? ` and ${actions.length - 1} more` : '';
        return {
          action: `${actions[0] === '*' ? 'everything' : actions[0]}${more}`,
          resource: resources.get(resource) ?? resource,
          holders: Math.max(holders[atom]!, target.roles[place]!.rows.length),
        };
      }),
    }),
  );
  const everybody = Uint32Array.from(new Set(described.flatMap(({ members }) => [...members])));
  const attributes = await readCodedAttributes(snapshot, reader, pace, everybody);
  const names = nameRoles(described, labelGround(attributes, everybody));
  const taken = new Set(state.roles.map(({ name }) => name));
  const nameOf = new Map(fresh.map((place, i) => [place, { ...names[i]!, name: free(names[i]!.name, taken) }]));
  return {
    ...target,
    roles: target.roles.map((role, place) => ({ ...role, ...nameOf.get(place) })),
  };
}

function free(name: string, taken: Set<string>): string {
  let [own, number] = [name, 2];
  while (taken.has(own)) own = `${name} ${number++}`;
  taken.add(own);
  return own;
}

/** Identities among some principals, and in the groups among them. */
function identitiesOf(snapshot: Snapshot, principals: readonly number[]): Uint32Array {
  const met = new Set(principals);
  for (const node of met) {
    if (isIdentity(snapshot, node)) continue;
    for (const edge of snapshot.adjacency[MEMBERSHIP]!.into.of(node)) met.add(snapshot.source[edge]!);
  }
  return Uint32Array.from(met)
    .filter((node) => isIdentity(snapshot, node))
    .sort();
}

async function resourceNames({ snapshot, reader, atoms }: RoleState, pace: Pace): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(atoms.map(({ resource }) => resource))];
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    await pace.rest();
    const part = ids.slice(from, from + AT_A_TIME);
    const entities = await reader.entities(part.map((id) => snapshot.nodeRef[snapshot.index.find(id)]!));
    part.forEach((id, i) => void names.set(id, entities[i]?.name ?? id));
  }
  return names;
}
