/** Which grants count on which sensitive resources: those that convey something there that is sensitive enough. */
import { conveyedOn, profileOf, rulesOf, type SensitivityTable } from '../sensitivity/sensitivity-table.ts';
import type { Terms } from '../snapshot/action-terms.ts';

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/**
 * Resources on which the same grants count share a filter. There are few: weights matter only as far as they are enough
 * or not.
 */
export class Acceptance {
  readonly #table: SensitivityTable;
  readonly #min: number;
  readonly #terms: readonly Terms[];
  /** Plus one; 0 is a profile that was not asked for yet. */
  readonly #filterOfProfile: Uint32Array;
  readonly #numbers = new Map<string, number>();
  /** Any profile of each filter. */
  readonly #profiles: number[] = [];
  readonly #known: Uint8Array[] = [];
  /** What any filter takes. */
  #anyKnown: Uint8Array;

  /** @param terms all of the snapshot, by number */
  constructor(table: SensitivityTable, minSensitivity: number, terms: readonly Terms[]) {
    this.#table = table;
    this.#min = minSensitivity;
    this.#terms = terms;
    this.#filterOfProfile = new Uint32Array(table.own.length);
    this.#anyKnown = new Uint8Array(terms.length);
  }

  isEnough(weight: number): boolean {
    return weight > 0 && weight >= this.#min;
  }

  /** How many filters there are so far. */
  get count(): number {
    return this.#profiles.length;
  }

  /** The filter of a resource. */
  filterOf(node: number): number {
    const profile = profileOf(this.#table, node);
    if (this.#filterOfProfile[profile] === 0) this.#filterOfProfile[profile] = this.#made(profile) + 1;
    return this.#filterOfProfile[profile]! - 1;
  }

  #made(profile: number): number {
    const flags = rulesOf(this.#table, profile).map(({ weight, actions }) => [this.isEnough(weight), actions]);
    const key = JSON.stringify([flags, this.isEnough(this.#table.own[profile]!)]);
    let filter = this.#numbers.get(key);
    if (filter === undefined) {
      filter = this.#profiles.push(profile) - 1;
      this.#known.push(new Uint8Array(this.#terms.length));
      this.#numbers.set(key, filter);
      this.#anyKnown = new Uint8Array(this.#terms.length);
    }
    return filter;
  }

  /** True when grants with terms of this number count on resources of a filter. */
  takes(filter: number, terms: number): boolean {
    const known = this.#known[filter]!;
    if (known[terms] === UNKNOWN) {
      const weight = conveyedOn(this.#table, this.#terms[terms]!, this.#profiles[filter]!);
      known[terms] = this.isEnough(weight) ? YES : NO;
    }
    return known[terms] === YES;
  }

  /** True when a filter that was asked for takes them. */
  takenByAny(terms: number): boolean {
    const known = this.#anyKnown;
    if (known[terms] === UNKNOWN)
      known[terms] = this.#profiles.some((_, filter) => this.takes(filter, terms)) ? YES : NO;
    return known[terms] === YES;
  }
}
