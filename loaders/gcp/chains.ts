/**
 * Roles that stand for all things of a kind below a place: who has a right over the service accounts of a folder has it over
 * those of each project in it. A node a place keeps this linear in the places, where an edge for each right and each thing
 * would be their product.
 */
import type { EdgeDraft, EdgeKind, NodeRecord } from '../../engine/model/index.ts';

/** What lies in what: resources that are things of some kind, and all around them. */
export class Nesting {
  readonly #parents = new Map<string, Set<string>>();

  within(id: string, parents: readonly string[]): void {
    let known = this.#parents.get(id);
    if (known === undefined) this.#parents.set(id, (known = new Set()));
    for (const parent of parents) if (parent !== id) known.add(parent);
  }

  parentsOf(id: string): Iterable<string> {
    return this.#parents.get(id) ?? [];
  }

  /** The resource and all around it, to any depth. */
  up(start: Iterable<string>): ReadonlySet<string> {
    const found = new Set(start);
    for (const id of found) for (const parent of this.parentsOf(id)) found.add(parent);
    return found;
  }
}

export interface Target {
  readonly kind: Extract<EdgeKind, 'CAN_ASSUME' | 'CONTROLS'>;
  readonly to: string;
  readonly technique?: string;
}

/** The chain of one kind of thing. */
export class Chain {
  readonly #name: string;
  readonly #source: string;
  readonly #things: ReadonlySet<string>;
  /** What having a thing means. */
  readonly #meaning: (thing: string) => readonly Target[];
  /** Why what lies in a place may be out of reach: a deny policy there. */
  readonly #hinder: (place: string) => string | undefined;
  /** Place → places and things directly in it that lead to things. */
  readonly #inner = new Map<string, string[]>();
  readonly #entered = new Set<string>();

  constructor(
    name: string,
    source: string,
    nesting: Nesting,
    things: ReadonlySet<string>,
    meaning: (thing: string) => readonly Target[],
    hinder: (place: string) => string | undefined,
  ) {
    this.#name = name;
    this.#source = source;
    this.#things = things;
    this.#meaning = meaning;
    this.#hinder = hinder;
    for (const id of nesting.up(things)) {
      for (const parent of nesting.parentsOf(id)) {
        const inner = this.#inner.get(parent);
        if (inner === undefined) this.#inner.set(parent, [id]);
        else inner.push(id);
      }
    }
  }

  /** What having the thing itself means; empty where the resource is none. */
  targetsOf(resource: string): readonly Target[] {
    return this.#things.has(resource) ? this.#meaning(resource) : [];
  }

  /** The role that stands for the things below a place; undefined where there are none. */
  enter(place: string): string | undefined {
    if (!this.#inner.has(place)) return undefined;
    this.#entered.add(place);
    return this.#role(place);
  }

  #role(place: string): string {
    return `${place}#${this.#name}`;
  }

  /** The roles that were entered, all below them, and what they lead to. */
  *changes(): Generator<NodeRecord | EdgeDraft> {
    for (const place of this.#entered) {
      const short = place.replace(/^\/\/[^/]+\//, '');
      const name = `${this.#name} in ${short}`;
      yield { kind: 'Role', id: this.#role(place), source: this.#source, name, attributes: { definition: this.#name } };
      for (const inner of this.#inner.get(place)!) if (this.#inner.has(inner)) this.#entered.add(inner);
    }
    for (const place of this.#entered) yield* this.#edges(place);
  }

  *#edges(place: string): Generator<EdgeDraft> {
    const [from, source] = [this.#role(place), this.#source];
    for (const inner of this.#inner.get(place)!) {
      const condition = this.#hinder(inner);
      const evidence = `${inner} lies in ${place}`;
      if (this.#inner.has(inner)) yield { kind: 'INHERITS', from, to: this.#role(inner), source, condition, evidence };
      for (const { kind, to, technique } of this.targetsOf(inner))
        yield { kind, from, to, source, technique, key: inner, condition, evidence };
    }
  }
}
