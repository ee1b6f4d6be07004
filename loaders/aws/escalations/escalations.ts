import type { IamRole } from '../account-details.ts';
import type { AssumeCheck } from '../assume-check.ts';
import type { Estate, Identity } from '../estate.ts';
import type { GraphDraft } from '../graph-draft.ts';
import { both, unless } from '../policy-answer.ts';
import type { Assumption } from '../trust.ts';
import { Drawing } from './draw.ts';
import { Powers } from './powers.ts';
import { StandIns } from './stand-ins.ts';
import type { Matter } from './takeover.ts';
import { Targets } from './targets.ts';
import { Ways } from './ways.ts';

/** What the ways are worked out from and drawn with. */
export interface EscalationParts {
  readonly estate: Estate;
  readonly draft: GraphDraft;
  readonly assumptions: readonly Assumption[];
  readonly check: AssumeCheck;
  sourceOf(account: string): string;
  /** The node of everything in an account. */
  everything(account: string): string;
  /** Tells of a bound that was reached. */
  widened(account: string): void;
  /** Bounds a node as an identity is bounded. */
  bound(node: string, identity: Identity): void;
}

/** Draws who can take over whom, or everything, in each account of the estate. */
export function drawEscalations(parts: EscalationParts): void {
  const powers = new Powers(parts.estate);
  for (const account of parts.estate.accounts) {
    const source = parts.sourceOf(account);
    const standIns = new StandIns(parts.draft, account, source, parts.everything(account));
    const matter = matterOf(account, parts, powers, standIns);
    const ways = new Ways(matter);
    const drawing = new Drawing(parts.draft, standIns, source, parts.estate);
    for (const identity of matter.identities.values()) drawing.add(identity, ways.of(identity));
    drawing.draw();
    for (const [node, identity] of standIns.drawn) parts.bound(node, identity);
    if (powers.widened) parts.widened(account);
  }
}

function matterOf(account: string, parts: EscalationParts, powers: Powers, standIns: StandIns): Matter {
  const { estate, assumptions, check } = parts;
  const here = <T extends { readonly account: string; readonly arn: string }>(all: Iterable<T>): readonly T[] =>
    [...all].filter((one) => one.account === account);
  const arns = (all: readonly { readonly arn: string }[]): readonly string[] => all.map(({ arn }) => arn);
  const mine = assumptions.filter(({ role }) => role.account === account);
  return {
    account,
    estate,
    powers,
    users: new Targets('user', arns(here(estate.users.values()))),
    groups: new Targets('group', arns(here(estate.groups.values()))),
    roles: new Targets('role', arns(here(estate.roles.values()).filter(isTheAccounts))),
    policies: new Targets('policy', arns(here(estate.policies.values()))),
    trusted: groupedBy(mine, ({ role }) => role.arn),
    assumed: groupedBy(mine, ({ from }) => from),
    identities: new Map(here(estate.identities).map((identity) => [identity.arn, identity])),
    abroad: abroadOf(account, parts),
    everything: parts.everything(account),
    rewritten: (identity) => standIns.rewritten(identity),
    enter: (identity, role) => {
      const { denies, withinBoundary, withinControls } = check.of(identity, role);
      return unless(both([...withinControls, ...(identity.kind === 'role' ? [withinBoundary] : [])]), denies);
    },
  };
}

function abroadOf(account: string, { estate, assumptions }: EscalationParts): Matter['abroad'] {
  const goes = new Set(assumptions.filter(({ role }) => role.account !== account).map(({ from }) => from));
  const mine = estate.identities.filter((identity) => identity.account === account && goes.has(identity.arn));
  return mine.map(({ arn: to }) => ({ to }));
}

/** Roles of services and of Identity Center can neither be edited nor passed. */
const isTheAccounts = ({ path }: IamRole): boolean =>
  path?.startsWith('/aws-service-role/') !== true && path?.startsWith('/aws-reserved/') !== true;

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
