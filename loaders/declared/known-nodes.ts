import type { NodeKind } from '../../engine/model/index.ts';

/** A node that a load describes. */
export interface KnownNode {
  readonly id: string;
  /** Under which it was described first. */
  readonly kind: NodeKind;
}

interface Held extends KnownNode {
  isPut: boolean;
}

/** The nodes that a load describes: their kinds, and the other names by which they are found. */
export class KnownNodes {
  readonly #nodes = new Map<string, Held>();
  /** List → name → node; null where two nodes have the name. */
  readonly #names = new Map<string, Map<string, Held | null>>();
  /** The node that was asked for last: edges of one record share an end. */
  #last: Held | undefined;

  /** @returns the kind under which it was described before; undefined the first time */
  describe(id: string, kind: NodeKind): NodeKind | undefined {
    const before = this.#nodes.get(id);
    if (before === undefined) this.#nodes.set(id, { id, kind, isPut: false });
    return before?.kind;
  }

  get(id: string): KnownNode | undefined {
    if (this.#last?.id === id) return this.#last;
    const node = this.#nodes.get(id);
    if (node !== undefined) this.#last = node;
    return node;
  }

  /** True the first time that it is called for an id, which must be described. */
  put(id: string): boolean {
    const node = this.#nodes.get(id)!;
    const isFirst = !node.isPut;
    node.isPut = true;
    return isFirst;
  }

  name(list: string, name: string, id: string): void {
    let names = this.#names.get(list);
    if (names === undefined) {
      names = new Map();
      this.#names.set(list, names);
    }
    const before = names.get(name);
    if (before === undefined) {
      const node = this.#nodes.get(id)!;
      names.set(name === node.id ? node.id : ownText(name), node);
    } else if (before !== null && before.id !== id) names.set(name, null);
  }

  /** The node of a name; undefined where none has it, null where several do. */
  named(list: string, name: string): KnownNode | null | undefined {
    return this.#names.get(list)?.get(name);
  }
}

/** A text of its own: a part of a larger one would keep all of that in memory for as long as it lives. */
const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
