/** All ways to more access that each identity of one account has. */

import { ASSUME_ROLE } from '../assume-check.ts';
import type { Identity } from '../estate.ts';
import { boundsOf } from '../identity-bounds.ts';
import { become, join, rewriteOthers, rewriteSelf } from './rewrite.ts';
import { runAs } from './run-as.ts';
import type { Matter, Takeover } from './takeover.ts';
import { BECOME, REWRITE, RUN_AS } from './techniques.ts';

const OF_SERVICES = [...new Set(['iam:PassRole', ...RUN_AS.flatMap(({ steps }) => steps.map(([action]) => action))])];
const OF_IAM = [
  ...new Set([ASSUME_ROLE, ...BECOME.flatMap(({ actions }) => actions), ...REWRITE.map(({ action }) => action)]),
];

/** Works the ways out once for all identities to which the same statements apply. */
export class Ways {
  readonly #matter: Matter;
  readonly #known = new Map<string, readonly Takeover[]>();

  constructor(matter: Matter) {
    this.#matter = matter;
  }

  *of(identity: Identity): Generator<Takeover> {
    const matter = this.#matter;
    if (this.#mayEverything(identity)) {
      if (matter.abroad.length > 0) yield this.#administrator(identity);
      return;
    }
    yield* this.#shared(identity, OF_SERVICES, () => [...runAs(identity, matter)]);
    yield* this.#shared(identity, OF_IAM, () => [...become(identity, matter)]);
    yield* this.#shared(
      identity,
      OF_IAM,
      () => [...rewriteOthers(identity, matter)],
      `rewrite ${this.#assumes(identity)}`,
    );
    yield* rewriteSelf(identity, matter);
    yield* join(identity, matter);
  }

  #shared(identity: Identity, actions: readonly string[], work: () => Takeover[], more = ''): readonly Takeover[] {
    const keys = actions.map((action) => this.#matter.powers.key(identity, action));
    if (keys.every((key) => key === '')) return [];
    const key = [actions.length, more, identity.kind, ...keys].join('\n');
    const known = this.#known.get(key) ?? work();
    this.#known.set(key, known);
    return known;
  }

  /** What is reached by assuming roles is of one identity, unless it can assume none. */
  #assumes({ arn }: Identity): string {
    return this.#matter.assumed.has(arn) ? arn : '';
  }

  /** Everything on everything, with nothing that denies or bounds it. */
  #mayEverything(identity: Identity): boolean {
    const layers = [identity.held, ...boundsOf(identity, this.#matter.estate).map(({ policies }) => policies)];
    return layers.every((policies) => {
      const statements = policies.flatMap(({ policy }) => policy.statements);
      return (
        statements.every(({ effect }) => effect === 'ALLOW') &&
        statements.some(
          ({ actions, resources, condition }) =>
            condition === undefined &&
            !actions.not &&
            actions.patterns.includes('*') &&
            !resources.not &&
            resources.patterns.includes('*'),
        )
      );
    });
  }

  /** Who may do everything needs no way to more in the account; but as others it may come to be at home elsewhere. */
  #administrator(identity: Identity): Takeover {
    const { abroad } = this.#matter;
    const evidence = identity.held
      .filter(({ policy }) => policy.statements.some(({ actions }) => actions.patterns.includes('*')))
      .map(({ title }) => title);
    return { technique: 'administrator', gains: abroad, evidence };
  }
}
