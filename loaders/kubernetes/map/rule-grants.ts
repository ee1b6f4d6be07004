/** What a rule of a role grants in a scope, and what of it no request can ever match. */

import type { Rule } from '../read/objects.ts';
import { ANY, isConcrete, type ResourcePattern, type Scope } from './ids.ts';

import { covers, type TypeScopes } from './resource-types.ts';
import type { Target } from './targets.ts';
import { normalizeUrl } from './urls.ts';

/** Verbs that are known to be lower case: written otherwise they match nothing. */
const REQUEST_VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'impersonate',
  'bind',
  'escalate',
  'approve',
  'sign',
  'attest',
  'use',
  'proxy',
  'head',
  'options',
  'post',
  'put',
];
/** Requests with these verbs name no object, unless they are for a subresource. */
const NAMELESS = ['create', 'deletecollection'];
/** These name an object only by a field selector. */
const SELECTING = ['list', 'watch'];

export interface RuleGrant {
  readonly target: Target | { readonly url: string };
  readonly actions: readonly string[];
  readonly exceptActions?: readonly string[];
  readonly condition?: string;
}

export interface RuleReader {
  readonly scopes: TypeScopes;
  /** Concrete types that any rule names, for wildcards that go with object names. */
  readonly types: Iterable<ResourcePattern>;
  /** Told of each part of a rule that matches no request. */
  dead(rule: Rule, why: string): void;
}

/** The grants of a rule in a scope. */
export function* grantsOf(rule: Rule, scope: Scope, reader: RuleReader): Generator<RuleGrant> {
  const verbs = verbsOf(rule, reader);
  if (verbs.length === 0) return;
  if (rule.nonResourceURLs.length > 0) {
    yield* urlGrants(rule, verbs, scope, reader);
    return;
  }
  for (const pattern of patternsOf(rule, reader)) {
    const actions = verbsIn(pattern, verbs, scope, rule, reader);
    if (actions.length === 0) continue;
    if (rule.resourceNames.length === 0) yield { target: { scope, pattern }, actions };
    else for (const type of concreteOf(pattern, reader)) yield* namedGrants(rule, type, actions, scope, reader);
  }
}

/** The resource types and wildcards that a rule names. */
export function* patternsOf(rule: Rule, reader?: Pick<RuleReader, 'dead'>): Generator<ResourcePattern> {
  for (const group of new Set(rule.apiGroups)) {
    if (group !== ANY && group.includes(ANY)) {
      reader?.dead(rule, `the API group ${JSON.stringify(group)}: a star within a name is no wildcard to Kubernetes`);
      continue;
    }
    for (const text of new Set(rule.resources)) {
      const pattern = patternOf(group, text);
      if (pattern !== undefined) yield pattern;
      else
        reader?.dead(
          rule,
          `the resource ${JSON.stringify(text)}: only "*" and "*/SUBRESOURCE" are wildcards to Kubernetes`,
        );
    }
  }
}

function patternOf(group: string, text: string): ResourcePattern | undefined {
  const slash = text.indexOf('/');
  const resource = slash < 0 ? text : text.slice(0, slash);
  const sub = slash < 0 ? undefined : text.slice(slash + 1);
  if (resource === '' || sub === '' || sub?.includes(ANY)) return undefined;
  if (resource !== ANY && resource.includes(ANY)) return undefined;
  return { group, resource, sub };
}

function verbsOf(rule: Rule, reader: RuleReader): readonly string[] {
  const verbs = new Set<string>();
  for (const verb of rule.verbs) {
    const lower = verb.toLowerCase();
    if (verb !== ANY && verb.includes(ANY))
      reader.dead(rule, `the verb ${JSON.stringify(verb)}: a star within a word is no wildcard to Kubernetes`);
    else if (verb !== lower && REQUEST_VERBS.includes(lower))
      reader.dead(
        rule,
        `the verb ${JSON.stringify(verb)}: Kubernetes compares letter by letter, and requests have ${JSON.stringify(lower)}`,
      );
    else verbs.add(verb);
  }
  return verbs.has(ANY) ? [ANY] : [...verbs];
}

/** The verbs that can be asked about a type in a scope: most of them not, for a type without namespace in a namespace. */
function verbsIn(
  pattern: ResourcePattern,
  verbs: readonly string[],
  scope: Scope,
  rule: Rule,
  reader: RuleReader,
): readonly string[] {
  const asked = scope === undefined ? undefined : reader.scopes.verbsInNamespace(pattern);
  if (asked === undefined) return verbs;
  const left = verbs.includes(ANY) ? asked : verbs.filter((verb) => asked.includes(verb));
  const lost = verbs.filter((verb) => !left.includes(verb));
  if (lost.length > 0) {
    const what = pattern.sub === undefined ? pattern.resource : `${pattern.resource}/${pattern.sub}`;
    reader.dead(
      rule,
      `${lost.join(', ')} on ${what}: these have no namespace, so a binding in a namespace does not give it`,
    );
  }
  return left;
}

function concreteOf(pattern: ResourcePattern, reader: RuleReader): readonly ResourcePattern[] {
  return isConcrete(pattern) ? [pattern] : [...reader.types].filter((type) => covers(pattern, type));
}

function* namedGrants(
  rule: Rule,
  pattern: ResourcePattern,
  actions: readonly string[],
  scope: Scope,
  reader: RuleReader,
): Generator<RuleGrant> {
  if (scope !== undefined && reader.scopes.verbsInNamespace(pattern)?.length === 0) return;
  for (const name of new Set(rule.resourceNames)) {
    if (isOwnNamespace(pattern) && scope !== undefined && scope !== name) {
      reader.dead(rule, `the namespace ${name}: a binding in another namespace does not give it`);
      continue;
    }
    const target = { scope, pattern, name };
    if (pattern.sub !== undefined) yield { target, actions };
    else yield* namedObjectGrants(rule, target, actions, reader);
  }
}

/** In a namespace, requests for `namespaces` are about that namespace alone. */
export const isOwnNamespace = ({ group, resource }: ResourcePattern): boolean =>
  group === '' && resource === 'namespaces';

function* namedObjectGrants(
  rule: Rule,
  target: Target,
  actions: readonly string[],
  reader: RuleReader,
): Generator<RuleGrant> {
  const condition = `only in requests with the field selector metadata.name=${target.name}`;
  if (actions.includes(ANY)) {
    yield { target, actions, exceptActions: [...NAMELESS, ...SELECTING] };
    yield { target, actions: SELECTING, condition };
    return;
  }
  const nameless = actions.filter((verb) => NAMELESS.includes(verb));
  if (nameless.length > 0) reader.dead(rule, `${nameless.join(', ')} with resourceNames: such requests name no object`);
  const direct = actions.filter((verb) => !NAMELESS.includes(verb) && !SELECTING.includes(verb));
  const selecting = actions.filter((verb) => SELECTING.includes(verb));
  if (direct.length > 0) yield { target, actions: direct };
  if (selecting.length > 0) yield { target, actions: selecting, condition };
}

function* urlGrants(rule: Rule, actions: readonly string[], scope: Scope, reader: RuleReader): Generator<RuleGrant> {
  if (scope !== undefined) {
    reader.dead(rule, 'nonResourceURLs: a binding in a namespace does not give them');
    return;
  }
  for (const url of new Set(rule.nonResourceURLs)) {
    const pattern = normalizeUrl(url);
    if (pattern === undefined) reader.dead(rule, `the URL ${JSON.stringify(url)}: it does not begin with "/"`);
    else yield { target: { url: pattern }, actions };
  }
}
