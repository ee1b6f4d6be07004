/** Why there are no such roles, in words that name what contradicts what. */
import { GrantlensError } from '../../model/index.ts';
import type { MiningGround } from './ask-mining.ts';
import type { NoRoles } from './mine-roles.ts';

export function conflictError(
  { snapshot }: Pick<MiningGround, 'snapshot'>,
  { conflict, identity, atom, role }: NoRoles,
): GrantlensError {
  const idOf = (node: number | undefined): string =>
    node === undefined ? 'somebody' : JSON.stringify(snapshot.ids.at(node));
  const what = atom === undefined ? 'something' : `${atom.action} on ${JSON.stringify(snapshot.ids.at(atom.resource))}`;
  const error = (message: string): GrantlensError =>
    new GrantlensError('NO_SUCH_ROLES', message, {
      conflict: conflict.kind,
      identity: identity === undefined ? null : snapshot.ids.at(identity),
    });
  switch (conflict.kind) {
    case 'fixedRoleNotHeld':
      return error(
        `The role ${idOf(role)} that is to stay gives ${idOf(identity)} ${what}, which is not held for good.`,
      );
    case 'fixedRoleHoldsPair':
      return error(
        `The role ${idOf(role)} that is to stay holds two entitlements that no role may hold both of; one is ${what}.`,
      );
    case 'fixedRoleTooWide':
      return error(
        `The role ${idOf(role)} that is to stay has ${conflict.columns} entitlements, and a role may have ${conflict.most}.`,
      );
    case 'fixedRoleTooLarge':
      return error(
        `The role ${idOf(role)} that is to stay has ${conflict.rows} members, and a role may have ${conflict.most}.`,
      );
    case 'fixedRolesOfRow':
      return error(`${idOf(identity)} has ${conflict.roles} roles that are to stay, and may have ${conflict.most}.`);
    case 'columnTooHeavy':
      return error(
        `${conflict.weight} entitlements that the same people hold, such as ${what}, do not fit into a role of ${conflict.most}.`,
      );
    case 'rowTooHeavy':
      return error(
        `${conflict.weight} identities that hold the same, such as ${idOf(identity)}, do not fit into a role for ${conflict.most}.`,
      );
    case 'rolesOfRow':
      return error(
        `${idOf(identity)} needs at least ${conflict.needed} roles of the size that is allowed, and may have ${conflict.most}.`,
      );
    case 'noneFound':
      return error(`No roles were found for ${idOf(identity)} within the limits; they may contradict each other.`);
  }
}
