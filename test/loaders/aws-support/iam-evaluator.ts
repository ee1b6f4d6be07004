/**
 * IAM's rules worked out straight on the JSON of the authorization details: slow, plain, and sharing nothing with the
 * loader. What cannot be known without a request is `maybe`.
 */
export type Answer = 'no' | 'maybe' | 'yes';
export type Decision = 'NONE' | 'DENIED' | 'CONDITIONAL' | 'ALLOWED';

export interface Json {
  // biome-ignore lint/suspicious/noExplicitAny: the documents are read as they are
  readonly [key: string]: any;
}

export interface Principal {
  readonly arn: string;
  readonly kind: 'user' | 'role';
  readonly detail: Json;
}

const STRENGTH: readonly Decision[] = ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'];
const strongest = (decisions: readonly Decision[]): Decision =>
  decisions.reduce((a, b) => (STRENGTH.indexOf(a) >= STRENGTH.indexOf(b) ? a : b), 'NONE');
const weakest = (decisions: readonly Decision[]): Decision =>
  decisions.reduce((a, b) => (STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b), 'ALLOWED');

const any = (answers: readonly Answer[]): Answer =>
  answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
const all = (answers: readonly Answer[]): Answer =>
  answers.includes('no') ? 'no' : answers.includes('maybe') ? 'maybe' : 'yes';
const not = (answer: Answer): Answer => (answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'maybe');
const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
const literally = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
const glob = (pattern: string, text: string, flags = 's'): boolean =>
  new RegExp(`^${literally(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(text);

export class IamEvaluator {
  readonly #details: Json;
  readonly principals: readonly Principal[];

  constructor(details: Json) {
    this.#details = details;
    this.principals = [
      ...details['UserDetailList'].map((detail: Json) => ({ arn: detail['Arn'], kind: 'user', detail })),
      ...details['RoleDetailList'].map((detail: Json) => ({ arn: detail['Arn'], kind: 'role', detail })),
    ];
  }

  /**
   * What the identity can do itself or as any role that it can come to be.
   *
   * @param knows whether an account's principals can be asked about the resource; where not, they add nothing
   */
  decide(identity: string, action: string, resource: string, knows: (account: string) => boolean): Decision {
    const decisions: Decision[] = [];
    for (const [arn, certain] of this.contexts(identity)) {
      if (!knows(accountOf(arn))) continue;
      const own = this.decideAs(this.principal(arn), action, resource);
      decisions.push(certain ? own : weakest([own, 'CONDITIONAL']));
    }
    return strongest(decisions);
  }

  /** What a user or role can do by its own policies, within its boundary. */
  decideAs(principal: Principal, action: string, resource: string): Decision {
    const own = this.#byPolicies(this.#policiesOf(principal), principal, action, resource);
    const boundary = this.#boundaryOf(principal);
    return boundary === undefined
      ? own
      : weakest([own, strongest(['DENIED', this.#byPolicies([boundary], principal, action, resource)])]);
  }

  contexts(identity: string): ReadonlyMap<string, boolean> {
    const contexts = new Map([[identity, true]]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const [arn, certain] of [...contexts]) {
        for (const role of this.#details['RoleDetailList'] as readonly Json[]) {
          const may = this.mayAssume(this.principal(arn), role);
          if (may === 'no' || role['Arn'] === arn) continue;
          const reached = certain && may === 'yes';
          const before = contexts.get(role['Arn']);
          if (before === undefined || (reached && !before)) {
            contexts.set(role['Arn'], reached);
            grown = true;
          }
        }
      }
    }
    return contexts;
  }

  /** Trust policy and, where it takes them, identity policies. */
  mayAssume(who: Principal, role: Json): Answer {
    const action = 'sts:AssumeRole';
    const home = accountOf(who.arn) === accountOf(role['Arn']);
    const policies = this.#policiesOf(who);
    const boundary = this.#boundaryOf(who);
    const bounds = boundary === undefined ? [] : [boundary];
    const ownAllow = this.#some(policies, 'Allow', who, action, role['Arn']);
    const ownDeny = this.#some([...policies, ...bounds], 'Deny', who, action, role['Arn']);
    const within = boundary === undefined ? 'yes' : this.#some(bounds, 'Allow', who, action, role['Arn']);
    const statements = list<Json>(role['AssumeRolePolicyDocument']['Statement']).filter((statement) =>
      list<string>(statement['Action']).some((pattern) => glob(pattern, action, 'is')),
    );
    const trusts = statements
      .filter((statement) => statement['Effect'] === 'Allow')
      .flatMap((statement) => {
        const condition: Answer = statement['Condition'] === undefined ? 'yes' : 'maybe';
        return this.#principalsOf(statement).map((named) => {
          const how = this.#names(named, who);
          if (how === 'no') return 'no' as const;
          if (how === 'session') return all([condition, 'maybe', home ? 'yes' : all([ownAllow, within])]);
          if (!home || how === 'account') return all([condition, ownAllow, within]);
          if (who.kind === 'role') return all([condition, within]);
          if (how === 'everyone' && within === 'no') return all([condition, 'maybe']);
          return condition;
        });
      });
    const refuses = statements
      .filter((statement) => statement['Effect'] === 'Deny')
      .map((statement) => {
        const named = any(
          this.#principalsOf(statement).map((name) => {
            const how = this.#names(name, who);
            return how === 'no' ? 'no' : how === 'session' ? 'maybe' : 'yes';
          }),
        );
        return all([statement['Condition'] === undefined ? 'yes' : 'maybe', named]);
      });
    return all([any(trusts), not(any(refuses)), not(ownDeny)]);
  }

  #names(named: string, who: Principal): 'no' | 'direct' | 'session' | 'account' | 'everyone' {
    if (named === '*') return 'everyone';
    if (named === who.arn) return 'direct';
    if (named === accountOf(who.arn) || named === `arn:aws:iam::${accountOf(who.arn)}:root`) return 'account';
    const session = `arn:aws:sts::${accountOf(who.arn)}:assumed-role/${who.detail['RoleName']}/`;
    return who.kind === 'role' && named.startsWith(session) ? 'session' : 'no';
  }

  #principalsOf(statement: Json): readonly string[] {
    if (statement['Principal'] === '*') return ['*'];
    return list<string>(statement['Principal']['AWS']);
  }

  principal(arn: string): Principal {
    return this.principals.find((principal) => principal.arn === arn)!;
  }

  #policiesOf({ kind, detail }: Principal): readonly Json[] {
    if (kind === 'role') return this.#held(detail, 'RolePolicyList');
    const account = accountOf(detail['Arn']);
    const groups = (this.#details['GroupDetailList'] as readonly Json[]).filter(
      (group) => detail['GroupList'].includes(group['GroupName']) && accountOf(group['Arn']) === account,
    );
    return [
      ...this.#held(detail, 'UserPolicyList'),
      ...groups.flatMap((group) => this.#held(group, 'GroupPolicyList')),
    ];
  }

  #held(detail: Json, inline: string): readonly Json[] {
    return [
      ...list<Json>(detail[inline]).map((policy) => policy['PolicyDocument'] as Json),
      ...list<Json>(detail['AttachedManagedPolicies']).map((policy) => this.#managed(policy['PolicyArn'])),
    ];
  }

  #managed(arn: string): Json {
    const policy = (this.#details['Policies'] as readonly Json[]).find((one) => one['Arn'] === arn)!;
    return list<Json>(policy['PolicyVersionList']).find((version) => version['IsDefaultVersion'] === true)!['Document'];
  }

  #boundaryOf({ detail }: Principal): Json | undefined {
    const boundary = detail['PermissionsBoundary'];
    return boundary === undefined ? undefined : this.#managed(boundary['PermissionsBoundaryArn']);
  }

  #byPolicies(policies: readonly Json[], who: Principal, action: string, resource: string): Decision {
    const deny = this.#some(policies, 'Deny', who, action, resource);
    const said = this.#some(policies, 'Allow', who, action, resource);
    const foreign = /^\d{12}$/.test(accountOf(resource)) && accountOf(resource) !== accountOf(who.arn);
    const allow = foreign ? all([said, 'maybe']) : said;
    if (deny === 'yes') return 'DENIED';
    if (allow === 'yes' && deny === 'no') return 'ALLOWED';
    return allow === 'no' ? 'NONE' : 'CONDITIONAL';
  }

  #some(policies: readonly Json[], effect: string, who: Principal, action: string, resource: string): Answer {
    return any(
      policies.flatMap((policy) =>
        list<Json>(policy['Statement'])
          .filter((statement) => statement['Effect'] === effect)
          .map((statement) => this.#applies(statement, policy['Version'], who, action, resource)),
      ),
    );
  }

  #applies(statement: Json, version: string | undefined, who: Principal, action: string, resource: string): Answer {
    const actionHit = (pattern: string): boolean => glob(pattern, action, 'is');
    const actions =
      statement['Action'] !== undefined
        ? list<string>(statement['Action']).some(actionHit)
        : !list<string>(statement['NotAction']).some(actionHit);
    const hit = (pattern: string, isNot: boolean): Answer => this.#resourceHit(pattern, version, who, resource, isNot);
    const resources =
      statement['Resource'] !== undefined
        ? any(list<string>(statement['Resource']).map((pattern) => hit(pattern, false)))
        : not(any(list<string>(statement['NotResource']).map((pattern) => hit(pattern, true))));
    return all([actions ? 'yes' : 'no', resources, statement['Condition'] === undefined ? 'yes' : 'maybe']);
  }

  #resourceHit(pattern: string, version: string | undefined, who: Principal, resource: string, isNot: boolean): Answer {
    if (version !== '2012-10-17') return glob(pattern, resource) ? 'yes' : 'no';
    if (pattern.includes('${aws:username}') && who.kind === 'role') return isNot ? 'maybe' : 'no';
    const known = pattern.replaceAll('${aws:username}', who.detail['UserName'] ?? '');
    if (!known.includes('${')) return glob(known, resource) ? 'yes' : 'no';
    return glob(known.replace(/\$\{[^}]*\}/g, '*'), resource) ? 'maybe' : 'no';
  }
}
