/** What the identity's own policies say about assuming a role: worked out at load, because trust alone does not tell. */
import type { Estate, Identity } from './estate.ts';
import { isWild } from './glob.ts';
import { controlsOf, unknownBoundaryText } from './identity-bounds.ts';
import { type Answer, answer, either, type Relevant, relevantTo, withUnknown, YES } from './policy-answer.ts';

export const ASSUME_ROLE = 'sts:AssumeRole';

/** What the identity's policies, and its boundary, say of assuming one role. */
export interface IdentitySide {
  readonly allows: Answer;
  readonly denies: Answer;
  /** `yes` where there is no boundary. */
  readonly withinBoundary: Answer;
  /** Likewise of each level of service control policies. */
  readonly withinControls: readonly Answer[];
}

/** Answers for many identities and roles; keeps for each identity the few statements that are about assuming roles. */
export class AssumeCheck {
  readonly #estate: Estate;
  readonly #held = new Map<string, readonly Relevant[]>();
  readonly #boundary = new Map<string, readonly Relevant[]>();
  /** Numbers of identities by `account role`, where a statement names that one role. */
  readonly #byRole = new Map<string, number[]>();
  /** Numbers of identities by account, where a statement leaves open which role. */
  readonly #open = new Map<string, number[]>();

  constructor(estate: Estate) {
    this.#estate = estate;
    estate.identities.forEach((identity, at) => {
      this.#held.set(identity.arn, relevantTo(ASSUME_ROLE, identity.held));
      this.#index(identity, at);
      const arn = identity.entity.boundary;
      const policy = arn === undefined ? undefined : estate.policies.get(arn)?.policy;
      if (arn !== undefined && policy !== undefined)
        this.#boundary.set(identity.arn, relevantTo(ASSUME_ROLE, [{ title: arn, policy }]));
    });
  }

  /**
   * Identities of an account of which some statement might let them assume the role, in the order of the estate. Most
   * statements name single roles: these are looked up, so the cost is not that of all identities for each role.
   */
  candidates(account: string, role: string): readonly Identity[] {
    const named = this.#byRole.get(`${account} ${role}`) ?? [];
    const open = this.#open.get(account) ?? [];
    return [...new Set([...named, ...open])].sort((a, b) => a - b).map((at) => this.#estate.identities[at]!);
  }

  #index(identity: Identity, at: number): void {
    for (const { policy, statements } of this.#held.get(identity.arn)!) {
      for (const { effect, resources } of statements) {
        if (effect !== 'ALLOW') continue;
        for (const pattern of resources.patterns) {
          const single = !resources.not && !isWild(pattern) && !(policy.variables && pattern.includes('${'));
          if (single) push(this.#byRole, `${identity.account} ${pattern}`, at);
          else push(this.#open, identity.account, at);
        }
      }
    }
  }

  of(identity: Identity, role: string): IdentitySide {
    const held = this.#held.get(identity.arn)!;
    const boundary = this.#boundary.get(identity.arn);
    const controls = controlsOf(identity, this.#estate).map(({ policies, unknown }) => ({
      policies: relevantTo(ASSUME_ROLE, policies),
      unknown,
    }));
    const denying = [boundary ?? [], ...controls.map(({ policies }) => policies)];
    const unknown = identity.entity.boundary !== undefined && boundary === undefined;
    return {
      allows: answer(held, 'ALLOW', identity, role),
      denies: [held, ...denying].map((policies) => answer(policies, 'DENY', identity, role)).reduce(either),
      withinControls: controls.map(({ policies, unknown: lacking }) =>
        withUnknown(answer(policies, 'ALLOW', identity, role), lacking),
      ),
      withinBoundary: unknown
        ? { is: 'maybe', conditions: [unknownBoundaryText(identity.entity.boundary!)], evidence: [] }
        : boundary === undefined
          ? YES
          : answer(boundary, 'ALLOW', identity, role),
    };
  }

  get estate(): Estate {
    return this.#estate;
  }
}

function push(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
}
