/** Service control policies: what the organization lets each of its accounts do, level by level from the root down. */
import type { HeldPolicy } from './estate.ts';
import type { JsonCursor } from './json-cursor.ts';
import { type IdentityPolicy, readIdentityPolicy } from './policy-document.ts';

/** What one level of the hierarchy lets an account do: the policies on the root, on a unit, or on the account itself. */
export interface ControlLevel {
  /** Root, unit or account. */
  readonly target: string;
  readonly policies: readonly HeldPolicy[];
  /** Set where some policies of the level are not in the files. */
  readonly unknown?: string;
}

export interface Organization {
  /** Levels that narrow what an account may do, from the root down. */
  levelsOf(account: string): readonly ControlLevel[];
  /** Accounts of the estate whose place the files do not tell. */
  isPlaced(account: string): boolean;
}

/** Files by name: the output of one command each. What a command was asked about stands in the name alone. */
const FILE =
  /^(?:(organization|roots)|(ous|accounts|policies)-of-([a-z0-9-]{1,68})|policy-(p-[A-Za-z0-9_]{1,128}))\.json$/;

/** True for the name of a file of the organization. */
export const isOrganizationFile = (name: string): boolean => FILE.test(name);

interface ControlPolicy {
  readonly name: string;
  readonly policy: IdentityPolicy;
}

/** Collects the files of an organization. */
export class OrganizationReader {
  #files = 0;
  #management: string | undefined;
  readonly #enabled = new Set<string>();
  readonly #roots = new Set<string>();
  readonly #parent = new Map<string, string>();
  readonly #attached = new Map<string, readonly string[]>();
  readonly #policies = new Map<string, ControlPolicy>();
  /** Resource control policies, which are not read. */
  readonly leftAside = new Set<string>();

  /** What is at fault is reported. */
  read(name: string, root: JsonCursor): void {
    const [, whole, list, of, policy] = FILE.exec(name)!;
    this.#files += 1;
    if (root.entries().length === 0) return;
    if (whole === 'organization') this.#organization(root);
    else if (whole === 'roots') for (const one of itemsOf(root, 'Roots')) this.#root(one);
    else if (policy !== undefined) this.#policy(policy, root);
    else if (list === 'policies') this.#policiesOf(of!, root);
    else for (const one of itemsOf(root, list === 'ous' ? 'OrganizationalUnits' : 'Accounts')) this.#child(of!, one);
  }

  #organization(root: JsonCursor): void {
    const organization = root.needed('Organization');
    if (organization === undefined || organization.entries().length === 0) return;
    const id = (organization.member('MasterAccountId') ?? organization.needed('ManagementAccountId'))?.text();
    this.#management = id;
  }

  #root(root: JsonCursor): void {
    const id = idOf(root);
    if (id === undefined) return;
    this.#roots.add(id);
    const types = root.member('PolicyTypes')?.items();
    const isOn = (type: JsonCursor): boolean =>
      type.entries().length > 0 && type.member('Type')?.value === CONTROL && type.member('Status')?.value === 'ENABLED';
    if (types === undefined || types.some(isOn)) this.#enabled.add(id);
  }

  #child(parent: string, child: JsonCursor): void {
    const id = idOf(child);
    if (id === undefined) return;
    const before = this.#parent.get(id);
    if (before !== undefined && before !== parent)
      child.fail(`${id} lies in ${before} already; a folder holds one state`);
    this.#parent.set(id, parent);
  }

  #policiesOf(target: string, root: JsonCursor): void {
    const ids: string[] = [...(this.#attached.get(target) ?? [])];
    for (const one of itemsOf(root, 'Policies')) {
      const id = idOf(one);
      if (id === undefined) continue;
      if (one.member('Type')?.value === CONTROL || one.member('Type') === undefined) ids.push(id);
      else this.leftAside.add(id);
    }
    this.#attached.set(target, [...new Set(ids)]);
  }

  #policy(id: string, root: JsonCursor): void {
    const policy = root.needed('Policy');
    if (policy === undefined || policy.entries().length === 0) return;
    const summary = policy.needed('PolicySummary');
    const content = policy.needed('Content');
    if (summary === undefined || content === undefined || summary.entries().length === 0) return;
    if (idOf(summary) !== id) summary.fail(`describes another policy than the name of the file says, ${id}`);
    if ((summary.member('Type')?.value ?? CONTROL) !== CONTROL) {
      this.leftAside.add(id);
      return;
    }
    const document = readIdentityPolicy(content);
    if (document !== undefined)
      this.#policies.set(id, { name: summary.member('Name')?.text() ?? id, policy: document });
  }

  /** @returns undefined where there are no files of an organization */
  done(): Organization | undefined {
    if (this.#files === 0) return undefined;
    const known = new Map<string, readonly ControlLevel[]>();
    return {
      isPlaced: (account) => account === this.#management || this.#chain(account).length > 1,
      levelsOf: (account) => {
        const levels = known.get(account) ?? this.#levelsOf(account);
        known.set(account, levels);
        return levels;
      },
    };
  }

  /** The account and all above it. */
  #chain(account: string): readonly string[] {
    const chain = [account];
    for (let at = this.#parent.get(account); at !== undefined && !chain.includes(at); at = this.#parent.get(at)) {
      chain.unshift(at);
    }
    return chain;
  }

  /** Nothing narrows the management account. */
  #levelsOf(account: string): readonly ControlLevel[] {
    if (account === this.#management) return [];
    const chain = this.#chain(account);
    if (this.#roots.has(chain[0]!) && !this.#enabled.has(chain[0]!)) return [];
    if (chain.length < 2) return [{ target: 'unplaced', policies: [], unknown: unplaced(account) }];
    return chain.map((target) => this.#level(target)).filter(narrows);
  }

  #level(target: string): ControlLevel {
    const ids = this.#attached.get(target);
    if (ids === undefined) {
      return {
        target,
        policies: [],
        unknown: `the service control policies of ${target}, which no file lists, allow it`,
      };
    }
    const missing = ids.filter((id) => !this.#policies.has(id) && id !== EVERYTHING);
    const policies = ids.flatMap((id) => {
      const found = this.#policies.get(id);
      if (found === undefined) return id === EVERYTHING ? [{ title: titleOf(id, target), policy: ALL }] : [];
      return [{ title: titleOf(found.name, target), policy: found.policy }];
    });
    return missing.length === 0
      ? { target, policies }
      : {
          target,
          policies,
          unknown: `the service control policy ${missing.join(' and ')} of ${target}, which no file describes, allows it`,
        };
  }
}

const CONTROL = 'SERVICE_CONTROL_POLICY';
/** AWS' own policy that allows everything is the same for all. */
const EVERYTHING = 'p-FullAWSAccess';
const ALL: IdentityPolicy = {
  variables: true,
  statements: [
    {
      number: 1,
      label: '1',
      effect: 'ALLOW',
      actions: { not: false, patterns: ['*'] },
      resources: { not: false, patterns: ['*'] },
    },
  ],
};

const unplaced = (account: string): string =>
  `the service control policies above account ${account}, which no file places in the organization, allow it`;

const titleOf = (name: string, target: string): string => `service control policy ${name} on ${target}`;

/** A level that allows everything and denies nothing needs no bound. */
const narrows = ({ policies, unknown }: ControlLevel): boolean => {
  const statements = policies.flatMap(({ policy }) => policy.statements);
  const isAll = statements.some(
    ({ actions, resources, condition, effect }) =>
      effect === 'ALLOW' &&
      condition === undefined &&
      !actions.not &&
      actions.patterns.includes('*') &&
      !resources.not &&
      resources.patterns.includes('*'),
  );
  return unknown !== undefined || !isAll || statements.some(({ effect }) => effect === 'DENY');
};

const itemsOf = (root: JsonCursor, key: string): readonly JsonCursor[] =>
  (root.needed(key)?.items() ?? []).filter((item) => item.entries().length > 0);

const idOf = (cursor: JsonCursor): string | undefined => cursor.needed('Id')?.text();

/** The node of what one level lets an account do. */
export const controlNodeId = (account: string, target: string): string => `aws:${account}:scp:${target}`;
