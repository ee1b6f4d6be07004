import type { GraphDraft } from './graph-draft.ts';
import { ANY, type ClusterIds, EVERYTHING, isConcrete, type ResourcePattern, type Scope, typeText } from './ids.ts';
import { covers, sensitivityOf, sensitivityOfScope } from './resource-types.ts';

/** A node of the tree: a type, a wildcard over types, or one named object, in a scope. */
export interface Target {
  readonly scope: Scope;
  readonly pattern: ResourcePattern;
  /** Of concrete types only. */
  readonly name?: string | undefined;
}

/**
 * The API resources of a cluster. Nodes are added as rules need them; `CONTAINS` then leads from each to those that are
 * next below it, so that a grant reaches exactly the requests that its rule matches. The containment has three
 * directions (wildcard over type, all objects over one object, cluster over namespace), so it is no tree in the strict
 * sense but free of circles.
 */
export class ResourceTree {
  readonly #ids: ClusterIds;
  readonly #targets = new Map<string, Target>();

  constructor(ids: ClusterIds) {
    this.#ids = ids;
    this.add({ scope: undefined, pattern: EVERYTHING });
  }

  /** Makes sure of a node, and of the type of a named object. */
  add(target: Target): string {
    const id = this.#ids.resource(target.scope, target.pattern, target.name);
    if (this.#targets.has(id)) return id;
    this.#targets.set(id, target);
    if (target.name !== undefined) this.add({ scope: target.scope, pattern: target.pattern });
    if (target.scope !== undefined) this.add({ scope: target.scope, pattern: EVERYTHING });
    return id;
  }

  /** Names of objects that stand in a scope, with their types. */
  *named(scope: Scope): Generator<Target> {
    for (const target of [...this.#targets.values()])
      if (target.name !== undefined && target.scope === scope) yield target;
  }

  draw(graph: GraphDraft): void {
    for (const [id, target] of this.#targets) this.#drawNode(graph, id, target);
    for (const [id, target] of this.#targets) {
      for (const parent of this.#parents(id, target)) graph.edge({ kind: 'CONTAINS', from: parent, to: id });
    }
    graph.edge({ kind: 'CONTAINS', from: this.#ids.cluster, to: this.#ids.resources });
  }

  /** The nodes next above: all that stand for more, without those that another of them already stands below. */
  #parents(id: string, target: Target): readonly string[] {
    const above = new Map<string, Target>();
    for (const wider of widerThan(target)) {
      const widerId = this.#ids.resource(wider.scope, wider.pattern, wider.name);
      if (widerId !== id && this.#targets.has(widerId)) above.set(widerId, wider);
    }
    const all = [...above];
    return all
      .filter(([one, wide]) => !all.some(([other, near]) => other !== one && isWider(wide, near)))
      .map(([one]) => one);
  }

  #drawNode(graph: GraphDraft, id: string, target: Target): void {
    const { scope, pattern, name } = target;
    const isScope = pattern.group === ANY && pattern.resource === ANY && pattern.sub === undefined;
    graph.node({
      kind: 'Resource',
      id,
      name: isScope ? (scope ?? 'all resources') : nameOf(target),
      resourceType: isScope ? (scope === undefined ? 'resources' : 'namespace') : typeText(pattern),
      sensitivity: isScope ? sensitivityOfScope(scope) : sensitivityOf(pattern),
      attributes: {
        ...(scope === undefined ? {} : { namespace: scope }),
        ...(isScope ? {} : { apiGroup: pattern.group, resource: pattern.resource }),
        ...(pattern.sub === undefined ? {} : { subresource: pattern.sub }),
        ...(name === undefined ? {} : { objectName: name }),
      },
    });
  }
}

function nameOf({ scope, pattern, name }: Target): string {
  const what = name === undefined ? typeText(pattern) : `${typeText(pattern)} ${name}`;
  return scope === undefined ? `${what} (cluster)` : `${what} in ${scope}`;
}

/** Everything that could stand for more than the target, the target itself included. At most 24. */
function* widerThan({ scope, pattern, name }: Target): Generator<Target> {
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
