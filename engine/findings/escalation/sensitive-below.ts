/** Sensitive resources that grants give, the most sensitive first, and actions on them that make them so. */
import { counts, type Frame } from '../../access/frame.ts';
import {
  conveyedOn,
  greatestOf,
  profileOf,
  rulesOf,
  type SensitivityTable,
  weightOf,
} from '../../sensitivity/sensitivity-table.ts';
import { termsMatch } from '../../snapshot/action-terms.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { CONTAINMENT, NO_INHERIT } from '../../snapshot/snapshot.ts';
import { ActionWords, type StandIn, standInsFor } from '../action-words.ts';

export interface Sensitive extends StandIn {
  readonly resource: number;
  /** More than 0. */
  readonly weight: number;
}

export class SensitiveBelow {
  readonly #frame: Frame;
  readonly #table: SensitivityTable;
  readonly #words: ActionWords;
  /** By node: the greatest weight of an action on it or on what it contains. */
  readonly #below: Float64Array;
  /** Weights more than 0 that there are, the greatest first. */
  readonly #levels: readonly number[];
  /** By terms, by the words of a resource, by its profile: what the terms give there, by weight. */
  readonly #actions = new Map<number, Map<readonly string[], Map<number, ByWeight>>>();

  private constructor(frame: Frame, table: SensitivityTable, below: Float64Array) {
    this.#frame = frame;
    this.#table = table;
    this.#words = new ActionWords(frame.snapshot);
    this.#below = below;
    const weights = new Set([...table.own, ...table.rules.map(({ weight }) => weight)]);
    this.#levels = [...weights].filter((weight) => weight > 0).sort((a, b) => b - a);
  }

  /** O(nodes + containment + sensitive nodes · log of them). */
  static async of(frame: Frame, table: SensitivityTable, pace: Pace): Promise<SensitiveBelow> {
    const { nodeSpace, adjacency, source } = frame.snapshot;
    const weights = Float64Array.from({ length: nodeSpace }, (_, node) => greatestOf(table, node));
    const sensitive = [...weights.keys()].filter((node) => weights[node]! > 0);
    sensitive.sort((a, b) => weights[b]! - weights[a]!);
    const below = new Float64Array(nodeSpace);
    for (const start of sensitive) {
      if (below[start]! > 0) continue;
      const weight = weights[start]!;
      below[start] = weight;
      const upward = [start];
      for (const node of upward) {
        if (pace.isDue()) await pace.rest();
        for (const edge of adjacency[CONTAINMENT]!.into.of(node)) {
          const outer = source[edge]!;
          if (below[outer]! > 0 || !counts(frame, edge)) continue;
          below[outer] = weight;
          upward.push(outer);
        }
      }
    }
    return new SensitiveBelow(frame, table, below);
  }

  /** True when something sensitive may be given by a grant on a resource. */
  isSensitive(resource: number): boolean {
    return this.#below[resource]! > 0;
  }

  /**
   * What allowing grants give, each resource and action once, the greatest weight first. Work is done as it is asked for: for
   * each weight, what contains something of at least that weight.
   */
  *given(grants: readonly number[]): Iterable<Sensitive> {
    const { target, flags, termsOf } = this.#frame.snapshot;
    const told = new Map<number, Set<string>>();
    for (const level of this.#levels) {
      for (const grant of grants) {
        if (this.#below[target[grant]!]! < level) continue;
        const isDeep = (flags[grant]! & NO_INHERIT) === 0;
        const terms = termsOf[grant]!;
        for (const resource of this.#resourcesBelow(target[grant]!, level, isDeep)) {
          if (conveyedOn(this.#table, this.#frame.snapshot.terms.all[terms]!, profileOf(this.#table, resource)) < level)
            continue;
          const actions = this.#actionsOf(terms, resource).get(level);
          if (actions === undefined) continue;
          const before = told.get(resource) ?? new Set();
          told.set(resource, before);
          for (const each of actions) {
            if (before.has(each.action)) continue;
            before.add(each.action);
            yield { resource, weight: level, ...each };
          }
        }
      }
    }
  }

  /** Resources on which some action weighs at least so much, from one downward. */
  *#resourcesBelow(start: number, level: number, isDeep: boolean): Iterable<number> {
    const { adjacency, target } = this.#frame.snapshot;
    const downward = new Set([start]);
    for (const node of downward) {
      if (greatestOf(this.#table, node) >= level) yield node;
      if (!isDeep) return;
      for (const edge of adjacency[CONTAINMENT]!.out.of(node))
        if (this.#below[target[edge]!]! >= level && counts(this.#frame, edge)) downward.add(target[edge]!);
    }
  }

  /** Actions that stand for what terms give on a resource, by weight. */
  #actionsOf(terms: number, resource: number): ByWeight {
    const words = this.#words.on(resource);
    const profile = profileOf(this.#table, resource);
    const ofTerms = this.#actions.get(terms) ?? new Map<readonly string[], Map<number, ByWeight>>();
    const ofWords = ofTerms.get(words) ?? new Map<number, ByWeight>();
    let actions = ofWords.get(profile);
    if (actions === undefined) {
      actions = this.#weighed(terms, words, profile, resource);
      this.#actions.set(terms, ofTerms.set(words, ofWords.set(profile, actions)));
    }
    return actions;
  }

  #weighed(terms: number, words: readonly string[], profile: number, resource: number): ByWeight {
    const given = this.#frame.snapshot.terms.all[terms]!;
    const all = [...words, ...rulesOf(this.#table, profile).flatMap(({ actions }) => actions)];
    const byWeight = new Map<number, StandIn[]>();
    for (const each of given.foldedActions.flatMap((pattern) => standInsFor(pattern, all))) {
      if (!termsMatch(given, each.action)) continue;
      const weight = weightOf(this.#table, resource, each.action);
      const same = byWeight.get(weight);
      if (same === undefined) byWeight.set(weight, [each]);
      else same.push(each);
    }
    return byWeight;
  }
}

type ByWeight = ReadonlyMap<number, readonly StandIn[]>;
