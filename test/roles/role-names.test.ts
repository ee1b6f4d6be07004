/** Names of roles: from attributes, from what they give, never twice the same, never a number alone. */
import { describe, expect, it } from 'vitest';
import { labelGround } from '../../engine/peers/cluster-label.ts';
import { nameRoles } from '../../engine/roles/meaning/role-names.ts';

const everybody = Uint32Array.from({ length: 20 }, (_, i) => i);
const ground = labelGround(
  {
    nodes: everybody,
    columns: [
      { name: 'department', values: ['Finance', 'Sales'], codes: Int32Array.from(everybody, (i) => (i < 10 ? 0 : 1)) },
      { name: 'title', values: ['Clerk', 'Lead'], codes: Int32Array.from(everybody, (i) => i % 2) },
    ],
  },
  everybody,
);
const members = (...some: readonly number[]) => Uint32Array.from(some);
const read = (resource: string, holders: number) => ({ action: 'read', resource, holders });

describe('a role', () => {
  it('is called by what its members have in common', () => {
    const [finance, leads] = nameRoles(
      [
        { members: members(0, 1, 2, 3, 4, 5, 6, 7, 8), entitlements: [read('Ledger', 9)] },
        { members: members(11, 13, 15, 17, 19), entitlements: [read('Deals', 5), read('Calendar', 20)] },
      ],
      ground,
    );
    expect(finance).toEqual({
      name: 'Finance',
      rationale: '9 of its 9 members have department Finance, out of 10 who do. Nobody else holds read on Ledger.',
    });
    expect(leads!.name).toBe('Sales Lead');
  });

  it('is called by what it gives where attributes tell nothing, and where another has the same', () => {
    const names = nameRoles(
      [
        { members: members(1, 12), entitlements: [read('Vault', 4), { ...read('Vault', 4), action: 'open' }] },
        { members: members(0, 2, 4, 6, 8), entitlements: [read('Ledger', 9)] },
        { members: members(0, 2, 4, 6), entitlements: [read('Payroll', 9)] },
      ],
      ground,
    ).map(({ name }) => name);
    expect(names).toEqual(['Vault (read, open)', 'Finance Clerk: Ledger (read)', 'Finance Clerk: Payroll (read)']);
  });

  it('has a name of its own, even where nothing tells two apart', () => {
    const role = { members: members(1, 12), entitlements: [read('Vault', 4)] };
    const names = nameRoles([role, role, role, { ...role, entitlements: [] }], undefined).map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toBe('Vault (read), 1 entitlement');
    expect(names[1]).toBe('Vault (read), 1 entitlement 2');
  });
});
