import { ANY, isConcrete, type ResourcePattern, type Scope } from './ids.ts';
import { covers } from './resource-types.ts';

/** What a rule or a request is about: a type, a wildcard over types, or one named object, in a scope. */
export interface Target {
  readonly scope: Scope;
  readonly pattern: ResourcePattern;
  /** Of concrete types only. */
  readonly name?: string | undefined;
}

/** Everything that could stand for more than the target, the target itself included. At most 24. */
export function* widerThan({ scope, pattern, name }: Target): Generator<Target> {
  const groups = new Set([pattern.group, ANY]);
  const shapes: Pick<ResourcePattern, 'resource' | 'sub'>[] = [{ resource: pattern.resource, sub: pattern.sub }];
  if (pattern.sub !== undefined) shapes.push({ resource: ANY, sub: pattern.sub });
  shapes.push({ resource: ANY, sub: undefined });
  for (const place of new Set([scope, undefined])) {
    for (const group of groups) {
      for (const shape of shapes) {
        const wider = { group, ...shape };
        yield { scope: place, pattern: wider };
        if (name !== undefined && isConcrete(wider)) yield { scope: place, pattern: wider, name };
      }
    }
  }
}

/** The first stands for all that the second stands for. */
function isWider(wide: Target, narrow: Target): boolean {
  const scope = wide.scope === undefined || wide.scope === narrow.scope;
  const name = wide.name === undefined || wide.name === narrow.name;
  return scope && name && covers(wide.pattern, narrow.pattern);
}

/** By id, those that stand for more than none of the others: the nearest above what all of them stand above. */
export function nearestOf(targets: ReadonlyMap<string, Target>): readonly string[] {
  const all = [...targets];
  return all
    .filter(([one, wide]) => !all.some(([other, near]) => other !== one && isWider(wide, near)))
    .map(([one]) => one);
}
