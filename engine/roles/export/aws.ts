/**
 * A plan as calls of AWS IAM in the order of its steps: managed policies made, given another default version, attached, detached
 * and deleted. Ids and what they stand for: docs/loaders/aws.md.
 */
import { GrantlensError } from '../../model/index.ts';
import { digestOf } from '../../runs/canonical.ts';
import type { PlannedRole, RolePlan } from '../plan.ts';
import { policyDocument } from './aws-statements.ts';
import type { Exporter } from './exporter.ts';
import { givesSame, type RoleThen, rolesAfterSteps, type StepThen } from './roles-after-steps.ts';

interface Call {
  readonly step: number;
  readonly account: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string | boolean>>;
}

export const planAws: Exporter = {
  format: 'aws',
  about:
    'JSON Lines of calls of AWS IAM that change managed policies and whom they are attached to, in the order of the steps.',
  write: (plan) => {
    const lines = new PolicyCalls(plan).calls().map((call) => `${JSON.stringify(call)}\n`);
    return [{ name: `${plan.id}.aws.jsonl`, text: lines.join('') }];
  },
};

interface Policy {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
}

const POLICY = /^arn:[^:]+:iam::(\d{12}):policy\/(?:.*\/)?([^/]+)$/;
const HOLDER = /^arn:[^:]+:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/;
const WORDS: Readonly<Record<string, string>> = { user: 'User', group: 'Group', role: 'Role' };

class PolicyCalls {
  readonly #roles: ReadonlyMap<string, PlannedRole>;
  readonly #steps: readonly StepThen[];
  readonly #plan: RolePlan;
  /** Of new roles, those that are there by now: a policy without statements cannot be. */
  readonly #created = new Set<string>();

  constructor(plan: RolePlan) {
    this.#plan = plan;
    this.#roles = new Map(plan.roles.map((role) => [role.id, role]));
    this.#steps = rolesAfterSteps(plan);
  }

  calls(): readonly Call[] {
    return this.#steps.flatMap((step, i) => [
      ...this.#documents(step, i + 1),
      ...this.#attachments(step, i + 1),
      ...this.#deletions(step, i + 1),
    ]);
  }

  *#documents({ changed }: StepThen, step: number): Iterable<Call> {
    for (const [id, { before, after }] of changed) {
      const role = this.#roles.get(id)!;
      // What goes is detached from everybody by then, and deleted whole.
      if (givesSame(before, after) || role.fate === 'RETIRED') continue;
      const { arn, name, account } = this.#policyOf(role);
      const PolicyDocument = this.#documentOf(role, after);
      const isMade = role.fate === 'NEW' && !this.#created.has(id);
      if (isMade) this.#created.add(id);
      yield isMade
        ? { step, account, action: 'CreatePolicy', parameters: { PolicyName: name, PolicyDocument } }
        : {
            step,
            account,
            action: 'CreatePolicyVersion',
            parameters: { PolicyArn: arn, PolicyDocument, SetAsDefault: true },
          };
    }
  }

  #documentOf({ id }: PlannedRole, { gives }: RoleThen): string {
    if (gives.length === 0) refuse(`${JSON.stringify(id)} would grant nothing, and a policy has a statement`);
    const every = this.#plan.roles.flatMap(({ entitlements }) => entitlements);
    return JSON.stringify(policyDocument(id, gives, every));
  }

  *#attachments({ changes }: StepThen, step: number): Iterable<Call> {
    for (const { does, edge } of changes) {
      if (edge === undefined || edge.kind === 'OWNS') continue;
      const { kind, from, to, condition, validFrom, validTo } = edge;
      if (this.#roles.has(from) && (kind === 'GRANTS' || (kind === 'INHERITS' && this.#mayInclude(from)))) continue;
      if (kind !== 'HAS_ROLE')
        refuse(
          `${JSON.stringify(from)} is given ${JSON.stringify(to)}, or loses it, otherwise than by a managed policy`,
        );
      if (condition !== undefined || validFrom !== undefined || validTo !== undefined)
        refuse(`${JSON.stringify(from)} has ${JSON.stringify(to)} under a condition or for a time`);
      const [, account, type = '', name = ''] = HOLDER.exec(from) ?? [];
      const word = WORDS[type];
      const policy = this.#policyOf(this.#roles.get(to) ?? refuse(`${JSON.stringify(to)} is no role of the plan`));
      if (word === undefined || account !== policy.account)
        refuse(`${JSON.stringify(from)} is no user, group or role of the account of ${JSON.stringify(to)}`);
      const parameters = { [`${word}Name`]: name, PolicyArn: policy.arn };
      yield {
        step,
        account: policy.account,
        action: `${does === 'PUT' ? 'Attach' : 'Detach'}${word}Policy`,
        parameters,
      };
    }
  }

  /** A new role tells what it includes as its own; one that goes, goes whole. */
  #mayInclude(id: string): boolean {
    const { fate } = this.#roles.get(id)!;
    return fate === 'NEW' || fate === 'RETIRED';
  }

  *#deletions({ changes }: StepThen, step: number): Iterable<Call> {
    for (const { does, node } of changes) {
      if (node === undefined || does === 'PUT') continue;
      const { arn, account } = this.#policyOf(this.#roles.get(node.id)!);
      yield { step, account, action: 'DeletePolicy', parameters: { PolicyArn: arn } };
    }
  }

  #policyOf({ id, fate, name, sources }: PlannedRole): Policy {
    if (fate !== 'NEW') {
      const [, account, policy] = POLICY.exec(id) ?? [];
      if (account === undefined) refuse(`${JSON.stringify(id)} is no managed policy of an account`);
      return { arn: id, name: policy!, account };
    }
    const account = /^aws:(\d{12})$/.exec(sources[0]!)?.[1];
    if (account === undefined)
      refuse(`${JSON.stringify(name)} is of ${JSON.stringify(sources[0])}, which is no account`);
    const own = `${name.replaceAll(/[^\w+=,.@-]+/g, '-').slice(0, 100)}-${digestOf([id]).slice(0, 8)}`;
    return { arn: `arn:${this.#partition()}:iam::${account}:policy/${own}`, name: own, account };
  }

  /** Of all that is in the plan, for it is one for each estate. */
  #partition(): string {
    const arn = this.#plan.roles
      .flatMap(({ id, members }) => [id, ...members.map((member) => member.id)])
      .find((id) => id.startsWith('arn:'));
    return arn?.split(':')[1] ?? 'aws';
  }
}

function refuse(why: string): never {
  throw new GrantlensError('EXPORT_UNSUPPORTED', `The plan cannot be told in policies of AWS: ${why}.`, {
    format: 'aws',
  });
}
