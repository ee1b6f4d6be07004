/**
 * Permissions of access policies of key vaults, as the data actions that roles have for the same (Microsoft's table for moving
 * from access policies to roles), so that one question is answered for both.
 */
import { DATA } from './role-definitions.ts';

const VAULTS = `${DATA}Microsoft.KeyVault/vaults`;

const ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  secrets: {
    get: ['secrets/getSecret/action', 'secrets/readMetadata/action'],
    list: ['secrets/readMetadata/action'],
    set: ['secrets/setSecret/action'],
    delete: ['secrets/delete'],
  },
  keys: {
    get: ['keys/read'],
    list: ['keys/read'],
    delete: ['keys/delete'],
    wrapkey: ['keys/wrap/action'],
    unwrapkey: ['keys/unwrap/action'],
    getrotationpolicy: ['keyrotationpolicies/read'],
    setrotationpolicy: ['keyrotationpolicies/write'],
  },
  certificates: {
    get: ['certificates/read'],
    list: ['certificates/read'],
    delete: ['certificates/delete'],
    managecontacts: ['certificatecontacts/write'],
    getissuers: ['certificatecas/read'],
    listissuers: ['certificatecas/read'],
    setissuers: ['certificatecas/write'],
    manageissuers: ['certificatecas/write'],
    deleteissuers: ['certificatecas/delete'],
  },
  storage: {
    get: ['storageaccounts/read'],
    list: ['storageaccounts/read'],
    delete: ['storageaccounts/delete'],
    set: ['storageaccounts/set/action'],
  },
};

/**
 * The actions of one permission; one that has no data action of another name is `TYPE/PERMISSION/action`.
 *
 * @param type `secrets`, `keys`, `certificates` or `storage`
 */
export function vaultActions(type: string, permission: string): readonly string[] {
  const name = permission.trim().toLowerCase();
  if (name === 'all') return [`${VAULTS}/${type}/*`];
  const known = ACTIONS[type]?.[name] ?? [`${type}/${name}/action`];
  return known.map((action) => `${VAULTS}/${action}`);
}

export const VAULT_DATA = `${VAULTS}/`;
