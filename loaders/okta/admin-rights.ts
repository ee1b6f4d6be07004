import type { EdgeDraft, JsonValue, NodeRecord } from '../../engine/model/index.ts';
import type { Following } from '../declared/declared-reading.ts';
import type { SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { asObject, idIn, objectsIn } from './objects.ts';
import { type Power, STANDARD_ROLES, TAKES_OVER, TECHNIQUES } from './roles.ts';

interface Ruling {
  readonly role: string;
  readonly power: Power;
  readonly condition: string | undefined;
  readonly evidence: string;
}

const IS_NO_ADMINISTRATOR = 'it does not count as an administrator';

/**
 * What administrators can take over: users by their passwords, groups by their members, applications by their settings.
 * Roles `SOURCE/ruled/users` and so on stand for all of a kind, so that the edges are as many as users, not as users times roles.
 */
export class AdminRights implements Following {
  readonly #source: string;
  readonly #users = new Map<string, string>();
  /** Group → its type. */
  readonly #groups = new Map<string, string>();
  readonly #everyone: string[] = [];
  readonly #applications: string[] = [];
  readonly #membersOf = new Map<string, string[]>();
  readonly #administrators = new Set<string>();
  readonly #overAll: Ruling[] = [];
  readonly #over: (Ruling & { readonly targets: readonly string[] })[] = [];
  /** Set → addresses of what is in it. */
  readonly #sets = new Map<string, string[]>();
  readonly #bound = new Map<string, { readonly set: string; readonly permissions: JsonValue | undefined }>();

  constructor(source: string) {
    this.#source = source;
  }

  see({ type, fields }: SourceRecord): void {
    const id = textOf(fields['id']) ?? '';
    if (type === 'users') this.#users.set(id, textOf(fields['status']) ?? '');
    else if (type === 'groups')
      this.#group(id, textOf(fields['type']) ?? '', textOf(asObject(fields['profile'])['name']));
    else if (type === 'applications') this.#applications.push(id);
    else if (type === 'memberships') push(this.#membersOf, textOf(fields['group']) ?? '', id);
    else if (type === 'resources') push(this.#sets, textOf(fields['set']) ?? '', textOf(fields['about']) ?? '');
    else if (type === 'role-assignments') this.#assignment(fields);
    else if (type === 'bindings') {
      const role = textOf(fields['role']) ?? '';
      this.#bound.set(role, { set: textOf(fields['set']) ?? '', permissions: fields['permissions'] });
      this.#administrator(textOf(fields['assignee']));
    }
  }

  #group(id: string, type: string, name: string | undefined): void {
    this.#groups.set(id, type);
    if (type === 'BUILT_IN' && name === 'Everyone') this.#everyone.push(id);
  }

  #administrator(id: string | undefined): void {
    if (id !== undefined) this.#administrators.add(id);
  }

  #assignment(fields: SourceRecord['fields']): void {
    this.#administrator(textOf(fields['assignee']));
    const [role, type] = [textOf(fields['role']) ?? '', textOf(fields['type']) ?? ''];
    const targets = Array.isArray(fields['targets']) ? fields['targets'].map(String) : [];
    for (const power of STANDARD_ROLES[type]?.powers ?? []) {
      const ruling = { role, power, condition: undefined, evidence: `what ${type} may do` };
      if (targets.length > 0) this.#over.push({ ...ruling, targets });
      else this.#overAll.push(ruling);
    }
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    const source = this.#source;
    for (const to of this.#everyone) {
      for (const [from, status] of this.#users)
        if (status !== 'DEPROVISIONED') yield { kind: 'MEMBER_OF', from, to, source, evidence: 'all users' };
    }
    this.#ofSets();
    const administrators = this.#allAdministrators();
    const powers = new Set(this.#overAll.map(({ power }) => power));
    for (const power of powers) yield* this.#all(power, administrators);
    for (const { role: from, power, condition, evidence } of distinct(this.#overAll))
      yield { kind: 'INHERITS', from, to: this.#ruled(power), source, key: power, condition, evidence };
    for (const { role, power, targets, condition, evidence } of this.#over) {
      for (const target of this.#meant(power, targets)) {
        const guarded = administrators.has(target) ? IS_NO_ADMINISTRATOR : undefined;
        const both = [condition, guarded].filter((one) => one !== undefined).join(', and ');
        yield this.#takeover(role, target, power, both === '' ? undefined : both, evidence);
      }
    }
  }

  #ruled(power: Power): string {
    return `${this.#source}/ruled/${power}`;
  }

  /** Administrators are ruled by super administrators alone; whether one counts as such is not known for certain. */
  *#all(power: Power, administrators: ReadonlySet<string>): Generator<NodeRecord | EdgeDraft> {
    const from = this.#ruled(power);
    yield { kind: 'Role', id: from, source: this.#source, name: `all ${power}`, attributes: { definition: power } };
    for (const target of this.#targets(power)) {
      const isAdministrator = administrators.has(target);
      const condition = isAdministrator && power !== 'administrators' ? IS_NO_ADMINISTRATOR : undefined;
      if (power !== 'administrators' || isAdministrator)
        yield this.#takeover(from, target, power, condition, 'all of its kind');
    }
  }

  #targets(power: Power): Iterable<string> {
    if (power === 'applications') return this.#applications;
    if (power === 'users') return this.#users.keys();
    const own = [...this.#groups].filter(([, type]) => type === 'OKTA_GROUP').map(([id]) => id);
    return power === 'groups' ? own : [...this.#users.keys(), ...own];
  }

  #takeover(from: string, to: string, power: Power, condition: string | undefined, evidence: string): EdgeDraft {
    const technique = this.#groups.has(to) ? TECHNIQUES.groups : TECHNIQUES[power];
    return { kind: 'CONTROLS', from, to, source: this.#source, technique, key: power, condition, evidence };
  }

  /** Those who hold a role of administrators, directly or by a group. */
  #allAdministrators(): ReadonlySet<string> {
    const found = new Set(this.#administrators);
    for (const id of found) for (const member of this.#membersOf.get(id) ?? []) found.add(member);
    return found;
  }

  /** What a limited role is over: users are those of its groups. */
  *#meant(power: Power, targets: readonly string[]): Generator<string> {
    for (const target of targets) {
      if (power !== 'users') yield target;
      else if (this.#users.has(target)) yield target;
      else yield* this.#membersOf.get(target) ?? [];
    }
  }

  /** Custom roles take over what is in their set. */
  #ofSets(): void {
    for (const [role, { set, permissions }] of this.#bound) {
      for (const permission of objectsIn(permissions)) {
        const label = textOf(permission['label']) ?? '';
        const power = TAKES_OVER[label];
        if (power === undefined) continue;
        const ruling = { role, power, condition: textOf(permission['condition']), evidence: `${label} on ${set}` };
        for (const address of this.#sets.get(set) ?? []) this.#inSet(ruling, address);
      }
    }
  }

  #inSet(ruling: Ruling, address: string): void {
    const part = ruling.power === 'applications' ? 'apps' : ruling.power;
    const id = idIn(address, part) ?? (ruling.power === 'users' ? idIn(address, 'groups') : undefined);
    if (id !== undefined) this.#over.push({ ...ruling, targets: [id] });
    else if (new RegExp(`/${part}(?:[?#]|$)`).test(address)) this.#overAll.push(ruling);
  }
}

/** A role has a power once, without condition where it has it so anywhere. */
function distinct(rulings: readonly Ruling[]): Iterable<Ruling> {
  const found = new Map<string, Ruling>();
  for (const ruling of rulings) {
    const key = `${ruling.role} ${ruling.power}`;
    const before = found.get(key);
    if (before === undefined || (before.condition !== undefined && ruling.condition === undefined))
      found.set(key, ruling);
  }
  return found.values();
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
