import { NODE_KINDS, type NodeKind } from '../../engine/model/index.ts';

/** Set in the number of a node that was put. */
const PUT = 8;

/** The nodes that a load describes: their kinds, and the other names by which they are found. */
export class KnownNodes {
  /** Id → index of its kind, and whether it was put. */
  readonly #kinds = new Map<string, number>();
  /** List → name → id; null where two nodes have the name. */
  readonly #names = new Map<string, Map<string, string | null>>();

  /** @returns the kind under which it was described before; undefined the first time */
  describe(id: string, kind: NodeKind): NodeKind | undefined {
    const before = this.#kinds.get(id);
    if (before === undefined) this.#kinds.set(id, NODE_KINDS.indexOf(kind));
    return before === undefined ? undefined : NODE_KINDS[before & (PUT - 1)];
  }

  kindOf(id: string): NodeKind | undefined {
    const known = this.#kinds.get(id);
    return known === undefined ? undefined : NODE_KINDS[known & (PUT - 1)];
  }

  /** True the first time that it is called for an id. */
  put(id: string): boolean {
    const known = this.#kinds.get(id)!;
    if ((known & PUT) !== 0) return false;
    this.#kinds.set(id, known | PUT);
    return true;
  }

  name(list: string, name: string, id: string): void {
    let names = this.#names.get(list);
    if (names === undefined) this.#names.set(list, (names = new Map()));
    const before = names.get(name);
    if (before === undefined) names.set(name, id);
    else if (before !== id) names.set(name, null);
  }

  /** The id of a name; undefined where no node has it, null where several do. */
  named(list: string, name: string): string | null | undefined {
    return this.#names.get(list)?.get(name);
  }
}
