import type { GraphDraft } from './graph-draft.ts';
import { ANY, type ClusterIds, EVERYTHING, type Scope, typeText } from './ids.ts';
import { sensitivityOf, sensitivityOfScope } from './resource-types.ts';
import { nearestOf, type Target, widerThan } from './targets.ts';

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
    return nearestOf(above);
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
