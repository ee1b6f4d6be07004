/**
 * An entitlement as roles are made of it: what a grant says, with all that sets it apart. Grants that differ in anything
 * never become one, so that a plan neither widens nor lengthens anything.
 */

import { type EdgeRecord, formatInstant, type Instant, makeEdge } from '../model/index.ts';
import { digestOf } from '../runs/canonical.ts';

export interface Atom {
  /** The connector that vouches for the grant: the system in which the role is carried out. */
  readonly source: string;
  /** Patterns, sorted. */
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  /** Id of the resource. */
  readonly resource: string;
  /** False when the grant stops at the resource it names. */
  readonly inherit: boolean;
  readonly condition?: string;
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
}

/** What an allowing grant says, whoever has it. */
export function atomOf(grant: EdgeRecord): Atom {
  const { source, to, actions = [], exceptActions = [], inherit, condition, validFrom, validTo } = grant;
  return {
    source,
    actions,
    exceptActions,
    resource: to,
    inherit: inherit !== false,
    ...(condition === undefined ? {} : { condition }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}

/** Equal for equal atoms. */
export function atomKey(atom: Atom): string {
  const { source, resource, actions, exceptActions, inherit, condition, validFrom, validTo } = atom;
  return JSON.stringify([
    source,
    resource,
    actions,
    exceptActions,
    inherit,
    condition ?? null,
    validFrom ?? null,
    validTo ?? null,
  ]);
}

/** A stable short name of an atom: 128 bits of SHA-256 of its key. */
export const atomId = (atom: Atom): string => digestOf([atomKey(atom)]).slice(0, 32);

/** The grant that gives an atom to a principal. Its key tells it from other grants between the two. */
export function grantOf(atom: Atom, principal: string): EdgeRecord {
  const { source, resource, actions, exceptActions, inherit, condition, validFrom, validTo } = atom;
  return makeEdge({
    kind: 'GRANTS',
    from: principal,
    to: resource,
    source,
    key: `plan ${atomId(atom).slice(0, 16)}`,
    actions,
    exceptActions,
    effect: 'ALLOW',
    inherit: inherit ? undefined : false,
    condition,
    validFrom,
    validTo,
  });
}

/** In words: what, on what, and when. */
export function atomText({ actions, exceptActions, resource, inherit, condition, validFrom, validTo }: Atom): string {
  const except = exceptActions.length === 0 ? '' : ` except ${exceptActions.join(', ')}`;
  const only = inherit ? '' : ' itself';
  const when = condition === undefined ? '' : ` if ${condition}`;
  const from = validFrom === undefined ? '' : ` from ${formatInstant(validFrom)}`;
  const to = validTo === undefined ? '' : ` until ${formatInstant(validTo)}`;
  return `${actions.join(', ')}${except} on ${resource}${only}${when}${from}${to}`;
}
