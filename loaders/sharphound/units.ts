import type { EdgeDraft, NodeRecord } from '../../engine/model/index.ts';

/** A domain, unit or container, or a thing in one. */
export interface Placed {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  readonly is: 'domain' | 'ou' | 'container' | 'account' | 'group' | 'thing';
  /** What CONTAINS leads to: the machine of a computer, the object itself otherwise; undefined for what is no resource. */
  readonly resource: string | undefined;
  /** Entries that are inherited do not reach it. */
  readonly isProtected: boolean;
  /** Policies linked above it do not reach what is in it, unless they are enforced. */
  readonly blocksPolicies: boolean;
}

/** Which role stands for what a unit gives to those who rule it. */
export const controlOf = (unit: string): string => `${unit}/control`;
export const policyOf = (unit: string): string => `${unit}/policy`;
export const enforcedPolicyOf = (unit: string): string => `${unit}/enforced-policy`;

/**
 * What follows from where things lie: containment of resources, and for each unit with accounts in it three roles that
 * lead to them: its control (an inherited entry can be written), its policies, and those that are enforced. A role for each
 * unit keeps the edges at one for each object, where a list for each who rules a unit would have their product.
 */
export class Units {
  readonly #placed = new Map<string, Placed>();
  readonly #parents = new Map<string, string>();
  #ruling: ReadonlySet<string> | undefined;

  place(placed: Placed): void {
    if (!this.#placed.has(placed.id)) this.#placed.set(placed.id, placed);
  }

  /** The parent that the object itself names counts before that of a list of children. */
  within(child: string, parent: string): void {
    if (child !== parent && !this.#parents.has(child)) this.#parents.set(child, parent);
  }

  get(id: string): Placed | undefined {
    return this.#placed.get(id);
  }

  /** Whether the unit has roles of its own: an account, a group or such a unit lies in it, at any depth. */
  rules(unit: string): boolean {
    this.#ruling ??= this.#unitsWithAccounts();
    return this.#ruling.has(unit);
  }

  #unitsWithAccounts(): ReadonlySet<string> {
    const ruling = new Set<string>();
    for (const { id, is } of this.#placed.values()) {
      if (is === 'domain') ruling.add(id);
      if (is !== 'account' && is !== 'group') continue;
      let unit = this.#parents.get(id);
      while (unit !== undefined && this.#placed.has(unit) && !ruling.has(unit)) {
        ruling.add(unit);
        unit = this.#parents.get(unit);
      }
    }
    return ruling;
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    for (const placed of this.#placed.values()) {
      if (this.rules(placed.id)) yield* rolesOf(placed);
    }
    for (const placed of this.#placed.values()) {
      const parent = this.#placed.get(this.#parents.get(placed.id) ?? '');
      if (parent !== undefined) yield* this.#edgesTo(parent, placed);
    }
  }

  *#edgesTo(parent: Placed, child: Placed): Iterable<EdgeDraft> {
    const { source } = child;
    const evidence = `place of ${child.name}`;
    if (parent.resource !== undefined && child.resource !== undefined)
      yield { kind: 'CONTAINS', from: parent.resource, to: child.resource, source, evidence };
    if (!this.rules(parent.id)) return;
    const control = { kind: 'CONTROLS' as const, source, evidence };
    if (child.is === 'account' || child.is === 'group') {
      if (!child.isProtected)
        yield { ...control, from: controlOf(parent.id), to: child.id, technique: 'Contains', key: 'Contains' };
      if (child.is === 'account')
        yield { ...control, from: policyOf(parent.id), to: child.id, technique: 'GPLink', key: 'GPLink' };
    } else if (this.rules(child.id)) {
      if (!child.isProtected)
        yield { ...control, from: controlOf(parent.id), to: controlOf(child.id), technique: 'Contains' };
      if (!child.blocksPolicies)
        yield { ...control, from: policyOf(parent.id), to: policyOf(child.id), technique: 'GPLink' };
      yield { ...control, from: enforcedPolicyOf(parent.id), to: enforcedPolicyOf(child.id), technique: 'GPLink' };
    }
  }
}

function* rolesOf({ id, source, name, is }: Placed): Iterable<NodeRecord | EdgeDraft> {
  const role = (of: string, called: string): NodeRecord => ({
    kind: 'Role',
    id: of,
    source,
    name: called,
    attributes: { definition: id },
  });
  yield role(controlOf(id), `control of ${name}`);
  yield role(policyOf(id), `policies of ${name}`);
  yield role(enforcedPolicyOf(id), `enforced policies of ${name}`);
  const evidence = `policies of ${name}`;
  const [from, to] = [enforcedPolicyOf(id), policyOf(id)];
  yield { kind: 'CONTROLS', from, to, source, technique: 'GPLink', evidence };
  // Who can write entries can link a policy, too; not to a container.
  if (is === 'container') return;
  yield { kind: 'CONTROLS', from: controlOf(id), to: from, source, technique: 'WriteGPLink', evidence };
}
