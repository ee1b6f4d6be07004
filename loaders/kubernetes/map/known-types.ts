/** Nodes for everything that can be asked about, so that a question never fails because no rule happened to name it there. */
import type { Estate } from '../read/estate.ts';
import { isConcrete, type ResourcePattern, typeText } from './ids.ts';
import type { ResourceTree } from './resource-tree.ts';
import { ALWAYS_SHOWN } from './resource-types.ts';
import { type ScopedRole, withJuniors } from './role-book.ts';
import { grantsOf, isOwnNamespace, patternsOf, type RuleReader } from './rule-grants.ts';

/** Every concrete type that a rule or a CustomResourceDefinition names, and those that are always shown. */
export function knownTypes(estate: Estate): readonly ResourcePattern[] {
  const types = new Map<string, ResourcePattern>();
  const add = (type: ResourcePattern): unknown => types.set(typeText(type), type);
  for (const type of ALWAYS_SHOWN) add(type);
  for (const { group, plural } of estate.types) add({ group, resource: plural });
  for (const role of estate.roles) {
    for (const rule of role.rules) for (const type of patternsOf(rule)) if (isConcrete(type)) add(type);
  }
  return [...types.values()];
}

/** All known types in all scopes that objects of them can be in, and the object of each namespace. */
export function addKnownTypes(tree: ResourceTree, { types, scopes }: RuleReader, namespaces: readonly string[]): void {
  for (const pattern of types) {
    tree.add({ scope: undefined, pattern });
    if (scopes.verbsInNamespace(pattern)?.length === 0) continue;
    for (const scope of namespaces) tree.add({ scope, pattern });
  }
  for (const scope of namespaces) tree.add({ scope, pattern: { group: '', resource: 'namespaces' }, name: scope });
}

/** Objects that the rules of these roles name, in every namespace, because they are held for all of them. */
export function addHeldNames(
  tree: ResourceTree,
  reader: RuleReader,
  namespaces: readonly string[],
  held: Iterable<ScopedRole>,
): void {
  const quiet = { ...reader, dead: () => {} };
  for (const role of new Set([...held].flatMap(withJuniors))) {
    for (const rule of role.rules) {
      for (const { target } of grantsOf(rule, undefined, quiet)) {
        if ('url' in target || target.name === undefined) continue;
        const { pattern, name } = target;
        if (reader.scopes.verbsInNamespace(pattern)?.length === 0) continue;
        for (const scope of namespaces)
          if (!isOwnNamespace(pattern) || scope === name) tree.add({ scope, pattern, name });
      }
    }
  }
}
