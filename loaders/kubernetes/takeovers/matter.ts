/** What every way of becoming somebody else, or of rewriting what one may do, is worked out from. */
import type { EdgeKind } from '../../../engine/model/index.ts';
import type { ClusterIds, Scope } from '../map/ids.ts';
import { type Power, powersTo, typeNamed } from '../map/powers.ts';
import type { Principals } from '../map/principals.ts';
import type { RoleBook, ScopedRole } from '../map/role-book.ts';
import type { StandIns } from '../map/stand-ins.ts';
import type { Estate } from '../read/estate.ts';
import type { Rule } from '../read/objects.ts';

export interface Takeover {
  readonly kind: Extract<EdgeKind, 'CAN_ASSUME' | 'CONTROLS'>;
  readonly technique: string;
  readonly to: string;
  readonly rule: Rule;
  readonly condition?: string | undefined;
}

/** A role with everything that it allows, and what it is looked at with. */
export interface Matter {
  readonly role: ScopedRole;
  readonly scope: Scope;
  /** Its own rules and those of the roles that it takes rules from. */
  readonly rules: readonly Rule[];
  readonly ids: ClusterIds;
  readonly estate: Estate;
  readonly book: RoleBook;
  readonly principals: Principals;
  readonly standIns: StandIns;
  readonly namespaces: readonly string[];
  /** Told of roles that rules name and no file defines. */
  unresolved(id: string): void;
}

/** The ways that one kind of permission opens. */
export type Technique = (matter: Matter) => Generator<Takeover>;

export const READ = ['get', 'list', 'watch'] as const;

/** The ways in which the role allows one of the verbs on a type, such as `pods/exec` of the core group. */
export const powers = (matter: Matter, verbs: readonly string[], group: string, type: string): readonly Power[] =>
  powersTo(verbs, typeNamed(group, type), matter.rules);

/** How many names of a list a condition tells. */
const NAMES_TOLD = 5;

/** `a, b or c` */
export function oneOf(names: Iterable<string>): string {
  const all = [...names];
  const told = all.length > NAMES_TOLD ? [...all.slice(0, NAMES_TOLD), `${all.length - NAMES_TOLD} more`] : all;
  return told.length === 1 ? told[0]! : `${told.slice(0, -1).join(', ')} or ${told.at(-1)}`;
}

/** `a; b`, or undefined when nothing is missing. */
export const needing = (...needs: readonly (string | false)[]): string | undefined => {
  const missing = needs.filter((need) => need !== false);
  return missing.length === 0 ? undefined : missing.join('; ');
};

/** The namespaces that the role applies to. */
export const scopesOf = ({ scope, namespaces }: Matter): readonly string[] =>
  scope === undefined ? namespaces : [scope];

export const controls = (technique: string, to: string, rule: Rule, condition?: string): Takeover => ({
  kind: 'CONTROLS',
  technique,
  to,
  rule,
  condition,
});
