import { type EdgeRecord, GrantlensError, type NodeRecord } from '../../model/index.ts';
import type { Exporter } from './exporter.ts';
import { plannedChanges } from './planned-edges.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

interface Request {
  readonly step: number;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Requests of SCIM 2.0 in the order of the steps (RFC 7644, 3.5.2 for PATCH). Roles are groups, under their ids; who is assigned a
 * role is its member, and a role that includes another is a member of that one. What a role grants SCIM cannot say.
 */
export const planScim: Exporter = {
  format: 'scim',
  about: 'JSON Lines of SCIM 2.0 requests that change the members of roles, in the order in which they are done.',
  write: (plan) => {
    const going = new Set(plan.roles.filter(({ fate }) => fate === 'RETIRED').map(({ id }) => id));
    const requests = plannedChanges(plan).flatMap((changes, i): readonly Request[] => {
      const patches = new Patches();
      const others: Request[] = [];
      for (const { does, edge, node } of changes) {
        if (node !== undefined) others.push(groupRequest(i + 1, does, node));
        // Who owns a role is no member of it, and what a role grants that goes ends with it.
        else if (edge.kind !== 'OWNS' && !(edge.kind === 'GRANTS' && does === 'REMOVE' && going.has(edge.from)))
          patches.add(does, edge);
      }
      return [...others, ...patches.requests(i + 1)];
    });
    return [
      { name: `${plan.id}.scim.jsonl`, text: requests.map((request) => `${JSON.stringify(request)}\n`).join('') },
    ];
  },
};

function groupRequest(step: number, does: 'PUT' | 'REMOVE', { id, name }: NodeRecord): Request {
  if (does === 'REMOVE') return { step, method: 'DELETE', path: pathOf(id) };
  return {
    step,
    method: 'POST',
    path: '/Groups',
    body: { schemas: [GROUP], externalId: id, displayName: name ?? id, members: [] },
  };
}

const pathOf = (id: string): string => `/Groups/${encodeURIComponent(id)}`;

/** Members that come and go in one step, by role. */
class Patches {
  readonly #operations = new Map<string, { readonly op: string; readonly path: string; readonly value?: unknown }[]>();

  add(does: 'PUT' | 'REMOVE', edge: EdgeRecord): void {
    mustBeMembership(edge);
    const known = this.#operations.get(edge.to) ?? [];
    this.#operations.set(edge.to, known);
    if (does === 'PUT') known.push({ op: 'add', path: 'members', value: [{ value: edge.from }] });
    else known.push({ op: 'remove', path: `members[value eq ${JSON.stringify(edge.from)}]` });
  }

  requests(step: number): readonly Request[] {
    return [...this.#operations].map(([role, Operations]) => ({
      step,
      method: 'PATCH',
      path: pathOf(role),
      body: { schemas: [PATCH], Operations },
    }));
  }
}

function mustBeMembership({ kind, from, to, condition, validFrom, validTo }: EdgeRecord): void {
  if (kind !== 'HAS_ROLE' && kind !== 'INHERITS')
    refuse(
      `${JSON.stringify(from)} is given or loses a grant on ${JSON.stringify(to)}: SCIM says who is a member, not what is granted`,
    );
  if (condition !== undefined || validFrom !== undefined || validTo !== undefined)
    refuse(
      `${JSON.stringify(from)} has ${JSON.stringify(to)} under a condition or for a time, which a member of a SCIM group cannot have`,
    );
}

function refuse(why: string): never {
  throw new GrantlensError('EXPORT_UNSUPPORTED', `The plan cannot be told in SCIM: ${why}.`, { format: 'scim' });
}
