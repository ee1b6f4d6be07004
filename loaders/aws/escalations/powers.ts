/** What identities may do in the end: what their policies allow, less what is denied, within what bounds them. */

import type { Estate, HeldPolicy, Identity } from '../estate.ts';
import { boundsOf } from '../identity-bounds.ts';
import { type KnownKeys, openCondition } from '../known-keys.ts';
import {
  type Answer,
  answer,
  both,
  either,
  NO,
  type Relevant,
  relevantTo,
  unless,
  withUnknown,
} from '../policy-answer.ts';
import { dependsOnRequester, resolveVariables } from '../policy-variables.ts';
import type { Targets } from './targets.ts';
import { Witness } from './witness.ts';

/** The statements that are about one action, of all that an identity has and of all that bounds it. */
export interface Layers {
  readonly action: string;
  readonly gives: readonly Relevant[];
  readonly bounds: readonly { readonly policies: readonly Relevant[]; readonly unknown?: string }[];
  /** Equal for identities of one account to which the same statements apply in the same way. */
  readonly key: string;
}

/** Single questions of one action on one resource that are worked out, at most, over all identities. */
const MAX_ASKED = 10_000_000;

const TOO_MANY: Answer = {
  is: 'maybe',
  conditions: ['it is not denied, and within what bounds it: there are too many policies to work that out'],
  evidence: [],
};

export class Powers {
  readonly #estate: Estate;
  readonly #numbers = new Map<object, number>();
  readonly #aboutOf = new Map<HeldPolicy['policy'], Map<string, Relevant['statements']>>();
  readonly #targets = new Map<string, ReadonlyMap<string, Answer>>();
  #asked = 0;

  constructor(estate: Estate) {
    this.#estate = estate;
  }

  /** True when some answers were widened to a condition because there are too many. */
  get widened(): boolean {
    return this.#asked > MAX_ASKED;
  }

  /** @returns undefined where no policy of the identity allows the action on anything */
  layers(identity: Identity, action: string): Layers | undefined {
    const gives = this.#about(identity.held, action);
    if (!gives.some(({ statements }) => statements.some(({ effect }) => effect === 'ALLOW'))) return undefined;
    const bounds = this.#boundsOf(identity, action);
    return { action, gives, bounds, key: this.#keyOf(identity, gives, bounds) };
  }

  /** Equal for identities of one account to which the same statements about an action apply; empty where none does. */
  key(identity: Identity, action: string): string {
    const gives = this.#about(identity.held, action);
    return gives.length === 0 ? '' : this.#keyOf(identity, gives, this.#boundsOf(identity, action));
  }

  /** Whether the identity may do it on one resource. */
  on(identity: Identity, { gives, bounds }: Layers, resource: string, known?: KnownKeys): Answer {
    this.#asked += 1;
    const allows = answer(gives, 'ALLOW', identity, resource, known);
    if (allows.is === 'no') return NO;
    const within = bounds.map(({ policies, unknown }) => ({
      ...withUnknown(answer(policies, 'ALLOW', identity, resource, known), unknown),
      evidence: [],
    }));
    const denials = [gives, ...bounds.map(({ policies }) => policies)]
      .map((policies) => answer(policies, 'DENY', identity, resource, known))
      .reduce(either, NO);
    return unless(both([allows, ...within]), denials);
  }

  /** All targets of a kind on which the identity may do it. Identities to which the same applies share one answer. */
  onEach(identity: Identity, layers: Layers, targets: Targets, known: KnownKeys = {}): ReadonlyMap<string, Answer> {
    const key = `${identity.account} ${targets.kind} ${layers.action} ${layers.key} ${JSON.stringify(known)}`;
    const before = this.#targets.get(key);
    if (before !== undefined) return before;
    const found = new Map<string, Answer>();
    for (const target of this.#candidates(identity, layers, targets)) {
      const one = this.widened ? TOO_MANY : this.on(identity, layers, target, known);
      if (one.is !== 'no') found.set(target, one);
    }
    this.#targets.set(key, found);
    return found;
  }

  /** Whether there is a resource of the kind, made or yet to be made, on which the identity may do all of it. */
  somewhere(identity: Identity, all: readonly Layers[], kind: string): Answer {
    return new Witness(identity, kind).of(all);
  }

  #boundsOf(identity: Identity, action: string): Layers['bounds'] {
    return boundsOf(identity, this.#estate).map(({ policies, unknown }) => ({
      policies: this.#about(policies, action),
      ...(unknown === undefined ? {} : { unknown }),
    }));
  }

  #candidates(identity: Identity, layers: Layers, targets: Targets): Iterable<string> {
    const spared = this.#sparedByDenial(identity, layers, targets);
    if (spared !== undefined) return spared;
    const { gives } = layers;
    const found = new Set<string>();
    for (const { policy, statements } of gives) {
      for (const { effect, resources } of statements) {
        if (effect !== 'ALLOW') continue;
        if (resources.not) return targets.all;
        for (const text of resources.patterns) {
          const pattern = policy.variables
            ? resolveVariables(text, identity.account, identity.requester)?.pattern
            : text;
          for (const target of pattern === undefined ? [] : targets.matching(pattern)) found.add(target);
        }
      }
    }
    return found;
  }

  /**
   * What a denial for certain of all but some resources leaves: nothing else need be looked at. Undefined where there is none, or
   * where it cannot be told what it spares.
   */
  #sparedByDenial(identity: Identity, { gives }: Layers, targets: Targets): ReadonlySet<string> | undefined {
    for (const { policy, statements } of gives) {
      for (const { effect, condition, resources } of statements) {
        if (effect !== 'DENY' || !resources.not || openCondition(condition, {}) !== undefined) continue;
        const patterns = resources.patterns.map((text) =>
          policy.variables ? resolveVariables(text, identity.requester.account, identity.requester)?.pattern : text,
        );
        if (patterns.every((pattern) => pattern !== undefined))
          return new Set(patterns.flatMap((pattern) => targets.matching(pattern)));
      }
    }
    return undefined;
  }

  #about(held: readonly HeldPolicy[], action: string): readonly Relevant[] {
    return held.flatMap((holding) => {
      const known = this.#aboutOf.get(holding.policy) ?? new Map<string, Relevant['statements']>();
      this.#aboutOf.set(holding.policy, known);
      const statements = known.get(action) ?? relevantTo(action, [holding])[0]?.statements ?? [];
      known.set(action, statements);
      return statements.length === 0 ? [] : [{ ...holding, statements }];
    });
  }

  #keyOf(identity: Identity, gives: readonly Relevant[], bounds: Layers['bounds']): string {
    const own = [gives, ...bounds.map(({ policies }) => policies)].some((policies) =>
      policies.some(
        ({ policy, statements }) =>
          policy.variables && statements.some(({ resources }) => resources.patterns.some(dependsOnRequester)),
      ),
    );
    const numbers = (policies: readonly Relevant[]): string =>
      [...new Set(policies.flatMap(({ statements }) => statements.map((statement) => this.#number(statement))))]
        .sort((a, b) => a - b)
        .join();
    const parts = bounds.map(({ policies, unknown }) => `${unknown ?? ''} ${numbers(policies)}`);
    return [numbers(gives), ...parts, ...(own ? [identity.arn] : [])].join('|');
  }

  #number(statement: object): number {
    const number = this.#numbers.get(statement) ?? this.#numbers.size;
    this.#numbers.set(statement, number);
    return number;
  }
}
