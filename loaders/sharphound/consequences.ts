import type { EdgeDraft, JsonValue, NodeRecord } from '../../engine/model/index.ts';
import type { Following } from '../declared/declared-reading.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { outermostOfBoth } from './both.ts';
import { ENROLS, LINKS_POLICY, REPLICATES, TAKES_CONTENTS, TAKES_POLICY } from './rights.ts';
import { identifierOf } from './sids.ts';
import { trustEdges } from './trusts.ts';
import { controlOf, enforcedPolicyOf, type Placed, policyOf, Units } from './units.ts';

/** An entry of an access control list on something that rules others. */
interface Entry {
  readonly holder: string;
  readonly right: string;
}

/** A template of certificates by which its holder can take any name, and who may use it. */
interface Template {
  readonly name: string;
  readonly enrols: ReadonlySet<string>;
}

interface Authority {
  readonly name: string;
  readonly source: string;
  readonly domain: string;
  readonly templates: readonly string[];
  readonly enrols: ReadonlySet<string>;
}

interface Ruled {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly links: readonly { readonly policy: string; readonly enforced: boolean }[];
}

const PLACES: Readonly<Record<string, Placed['is']>> = {
  domains: 'domain',
  ous: 'ou',
  containers: 'container',
  users: 'account',
  computers: 'account',
  groups: 'group',
};

/** Where relative ids of a domain that every account passes through end. */
const GUESTS = /-514$/;

/**
 * What follows in Active Directory from several objects: where things lie, which policies apply where, who can replicate a
 * domain, who is an authenticated user, what trusts hand over, which certificates give any name.
 */
export class Consequences implements Following {
  readonly #units = new Units();
  readonly #ruled: Ruled[] = [];
  readonly #policies: Ruled[] = [];
  readonly #membersOf = new Map<string, string[]>();
  /** Domain → primary groups of its accounts. */
  readonly #primaryGroups = new Map<string, { readonly source: string; readonly groups: Set<string> }>();
  /** Accounts that inherited entries do not reach, with their domain. */
  readonly #protected: { readonly id: string; readonly domain: string; readonly source: string }[] = [];
  readonly #unconstrained: {
    readonly id: string;
    readonly domain: string;
    readonly source: string;
    readonly name: string;
  }[] = [];
  readonly #templates = new Map<string, Template>();
  readonly #authorities: Authority[] = [];
  readonly #trusts: (NodeRecord | EdgeDraft)[] = [];

  see(record: SourceRecord): void {
    const { type, fields } = record;
    if (type === 'local-groups' || type === 'user-rights') return;
    const place = placeOf(record);
    this.#units.place(place);
    const parent = idIn(fields, asObject(fields['ContainedBy'])['ObjectIdentifier']);
    if (parent !== undefined) this.#units.within(place.id, parent);
    for (const child of itemsOf(fields['ChildObjects'])) {
      const id = idIn(fields, child['ObjectIdentifier']);
      if (id !== undefined) this.#units.within(id, place.id);
    }
    if (type === 'groups') this.#seeMembers(place.id, fields);
    if (type === 'users' || type === 'computers') this.#seeAccount(place, fields);
    if (type === 'domains' || type === 'ous' || type === 'containers') this.#ruled.push(ruledOf(place, fields));
    if (type === 'gpos') this.#policies.push(ruledOf(place, fields));
    if (type === 'domains') this.#trusts.push(...trustEdges(place, itemsOf(fields['Trusts'])));
    if (type === 'certtemplates') this.#seeTemplate(place, fields);
    if (type === 'enterprisecas') this.#seeAuthority(place, fields);
  }

  #seeMembers(group: string, fields: Fields): void {
    for (const member of itemsOf(fields['Members'])) this.#member(group, idIn(fields, member['ObjectIdentifier']));
  }

  #member(group: string, member: string | undefined): void {
    if (member === undefined) return;
    const members = this.#membersOf.get(group);
    if (members === undefined) this.#membersOf.set(group, [member]);
    else members.push(member);
  }

  #seeAccount({ id, source, name, isProtected }: Placed, fields: Fields): void {
    const properties = asObject(fields['Properties']);
    const domain = textOf(properties['domainsid'])?.toUpperCase() ?? id.slice(0, id.lastIndexOf('-'));
    const primary = idIn(fields, fields['PrimaryGroupSID'] ?? undefined);
    if (primary !== undefined) {
      this.#member(primary, id);
      const domainName = textOf(properties['domain'])?.toUpperCase();
      if (domainName !== undefined && !GUESTS.test(primary)) this.#primary(domainName, source, primary);
    }
    if (isProtected) this.#protected.push({ id, domain, source });
    if (properties['unconstraineddelegation'] === true) this.#unconstrained.push({ id, domain, source, name });
  }

  #primary(domain: string, source: string, group: string): void {
    const known = this.#primaryGroups.get(domain);
    if (known === undefined) this.#primaryGroups.set(domain, { source, groups: new Set([group]) });
    else known.groups.add(group);
  }

  #seeTemplate({ id, name }: Placed, fields: Fields): void {
    const is = asObject(fields['Properties']);
    const anyName = is['enrolleesuppliessubject'] === true && is['authenticationenabled'] === true;
    const signed = Number(is['schemaversion'] ?? 1) > 1 && Number(is['authorizedsignatures'] ?? 0) > 0;
    if (!anyName || is['requiresmanagerapproval'] === true || signed) return;
    this.#templates.set(id, { name, enrols: holdersOf(entriesOf(fields, fields['Aces']), ENROLS) });
  }

  #seeAuthority({ source, name }: Placed, fields: Fields): void {
    const domain = textOf(asObject(fields['Properties'])['domainsid'])?.toUpperCase();
    if (domain === undefined) return;
    const own = asObject(asObject(fields['CARegistryData'])['CASecurity'])['Data'];
    const entries = [...entriesOf(fields, fields['Aces']), ...entriesOf(fields, own)];
    const enabled = itemsOf(fields['EnabledCertTemplates']).map((item) => idIn(fields, item['ObjectIdentifier']));
    const templates = enabled.filter((id) => id !== undefined);
    this.#authorities.push({ name, source, domain, templates, enrols: holdersOf(entries, ENROLS) });
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    yield* this.#units.changes();
    for (const policy of this.#policies) yield* policyRole(policy);
    for (const policy of this.#policies) yield* takenBy(policy, TAKES_POLICY, controlOf(policy.id));
    for (const unit of this.#ruled) yield* this.#unitEdges(unit);
    yield* this.#authenticated();
    yield* this.#ofDomains();
    yield* this.#trusts;
    yield* this.#certificates();
  }

  /** Who rules a unit rules what is in it; a container of things alone is taken as a thing. */
  *#unitEdges(unit: Ruled): Iterable<EdgeDraft> {
    const rules = this.#units.rules(unit.id);
    yield* takenBy(unit, TAKES_CONTENTS, rules ? controlOf(unit.id) : unit.id);
    if (!rules) return;
    if (this.#units.get(unit.id)?.is !== 'container') yield* takenBy(unit, LINKS_POLICY, enforcedPolicyOf(unit.id));
    for (const { policy, enforced } of unit.links) {
      const to = enforced ? enforcedPolicyOf(unit.id) : policyOf(unit.id);
      const evidence = `link to ${unit.name}`;
      yield { kind: 'CONTROLS', from: controlOf(policy), to, source: unit.source, technique: 'GPLink', evidence };
    }
  }

  /** All accounts that log in are authenticated users, and those are everyone: no list of members says so. */
  *#authenticated(): Iterable<EdgeDraft> {
    for (const [domain, { source, groups }] of this.#primaryGroups) {
      const evidence = 'every account of the domain';
      const to = `${domain}-S-1-5-11`;
      for (const from of groups) yield { kind: 'MEMBER_OF', from, to, source, evidence };
      yield { kind: 'MEMBER_OF', from: to, to: `${domain}-S-1-1-0`, source, evidence };
    }
  }

  *#ofDomains(): Iterable<EdgeDraft> {
    for (const domain of this.#ruled) {
      if (this.#units.get(domain.id)?.is !== 'domain') continue;
      yield* takenBy(domain, REPLICATES, controlOf(domain.id));
      yield* this.#replicating(domain);
    }
    for (const { id, domain, source } of this.#protected) {
      const evidence = 'secrets of the domain';
      yield { kind: 'CONTROLS', from: controlOf(domain), to: id, source, technique: 'DCSync', key: 'DCSync', evidence };
    }
    for (const { id, domain, source, name } of this.#unconstrained) {
      yield {
        kind: 'CONTROLS',
        from: id,
        to: controlOf(domain),
        source,
        technique: 'CoerceToTGT',
        condition: 'a domain controller can be made to log in to it',
        evidence: `unconstrained delegation of ${name}`,
      };
    }
  }

  *#replicating({ id, source, name, entries }: Ruled): Iterable<EdgeDraft> {
    const changes = holdersOf(entries, ['GetChanges']);
    const all = holdersOf(entries, ['GetChangesAll']);
    for (const from of outermostOfBoth(this.#membersOf, changes, all)) {
      const evidence = `GetChanges and GetChangesAll in the ACL of ${name}`;
      yield { kind: 'CONTROLS', from, to: controlOf(id), source, technique: 'DCSync', key: 'DCSync', evidence };
    }
  }

  /** Templates that let their holder name anyone, at an authority that issues them (known as ESC1). */
  *#certificates(): Iterable<EdgeDraft> {
    for (const { name, source, domain, templates, enrols } of this.#authorities) {
      for (const id of templates) {
        const template = this.#templates.get(id);
        if (template === undefined) continue;
        for (const from of outermostOfBoth(this.#membersOf, template.enrols, enrols)) {
          const evidence = `${template.name} issued by ${name}`;
          const key = `ADCSESC1 ${id}`;
          yield { kind: 'CONTROLS', from, to: controlOf(domain), source, technique: 'ADCSESC1', key, evidence };
        }
      }
    }
  }
}

function placeOf({ type, fields, source }: SourceRecord): Placed {
  const id = identifierOf(textOf(fields['ObjectIdentifier']) ?? '', fields);
  const properties = asObject(fields['Properties']);
  const isPrincipal = type === 'users' || type === 'groups';
  return {
    id,
    source,
    name: textOf(properties['name']) ?? id,
    is: PLACES[type] ?? 'thing',
    resource: isPrincipal ? undefined : type === 'computers' ? `${id}/machine` : id,
    isProtected: fields['IsACLProtected'] === true,
    blocksPolicies: properties['blocksinheritance'] === true,
  };
}

function ruledOf({ id, source, name }: Placed, fields: Fields): Ruled {
  const links = itemsOf(fields['Links']).flatMap((link) => {
    const policy = idIn(fields, link['GUID']);
    return policy === undefined ? [] : [{ policy, enforced: link['IsEnforced'] === true }];
  });
  return { id, source, name, entries: entriesOf(fields, fields['Aces']), links };
}

function entriesOf(fields: Fields, list: JsonValue | undefined): readonly Entry[] {
  return itemsOf(list).flatMap((item) => {
    const holder = idIn(fields, item['PrincipalSID']);
    const right = textOf(item['RightName']);
    return holder === undefined || right === undefined ? [] : [{ holder, right }];
  });
}

const holdersOf = (entries: readonly Entry[], rights: readonly string[]): ReadonlySet<string> =>
  new Set(entries.filter(({ right }) => rights.includes(right)).map(({ holder }) => holder));

function* policyRole({ id, source, name }: Ruled): Iterable<NodeRecord> {
  yield { kind: 'Role', id: controlOf(id), source, name: `control of ${name}`, attributes: { definition: id } };
}

function* takenBy({ source, name, entries }: Ruled, rights: readonly string[], to: string): Iterable<EdgeDraft> {
  for (const { holder: from, right } of entries) {
    if (!rights.includes(right)) continue;
    yield { kind: 'CONTROLS', from, to, source, technique: right, key: right, evidence: `ACL of ${name}` };
  }
}

const asObject = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const itemsOf = (value: JsonValue | undefined): readonly Fields[] => (Array.isArray(value) ? value.map(asObject) : []);

function idIn(fields: Fields, value: JsonValue | undefined): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : identifierOf(text, fields);
}
