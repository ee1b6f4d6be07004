import type { GraphToMatch } from '../loader.ts';

/** Resources of which it is remembered what contains them. */
const KEPT = 100_000;

/** Which resources of a graph contain which, asked about once each. */
export class KnownContainment {
  readonly #graph: Pick<GraphToMatch, 'containersOf'>;
  readonly #kept = new Map<string, ReadonlySet<string>>();

  constructor(graph: Pick<GraphToMatch, 'containersOf'>) {
    this.#graph = graph;
  }

  /** Those that contain none of the others. */
  async nearest(resources: readonly string[]): Promise<readonly string[]> {
    if (resources.length < 2) return resources;
    const further = new Set<string>();
    for (const resource of resources) {
      const containers = await this.#containersOf(resource);
      // Where two contain each other, the first stands for both.
      if (!further.has(resource)) for (const one of resources) if (containers.has(one)) further.add(one);
    }
    return resources.filter((one) => !further.has(one));
  }

  async #containersOf(resource: string): Promise<ReadonlySet<string>> {
    const known = this.#kept.get(resource);
    if (known !== undefined) return known;
    if (this.#kept.size >= KEPT) this.#kept.clear();
    const containers = new Set(await this.#graph.containersOf(resource));
    this.#kept.set(resource, containers);
    return containers;
  }
}
