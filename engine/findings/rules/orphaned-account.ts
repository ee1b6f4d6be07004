/** Accounts that nobody answers for, and accounts that should have nothing any more. */
import { NODE_KINDS } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import { GRANT, GROUP, MEMBERSHIP, OWNERSHIP, type Snapshot, TAKE } from '../../snapshot/snapshot.ts';
import { counted } from '../counted.ts';
import { NOBODY, type PeopleFacts, UNKNOWN_PERSON } from '../graph-facts.ts';
import type { FindingRule, Found, RemedyStep } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { stillThere } from '../still-there.ts';
import { givesSomething } from './empty-role.ts';

const SERVICE_ACCOUNT = NODE_KINDS.indexOf('ServiceAccount');
/** Severities: of a disabled account that has access, of a program without an owner, of a person without a manager. */
const DISABLED = [0.3, 0.7] as const;
const NO_OWNER = [0.3, 0.6] as const;
const NO_MANAGER = 0.1;
/** So many edges of its own take a severity half way. */
const HALF = 10;
const SHOWN = 20;

export const orphanedAccount: FindingRule = {
  kind: 'ORPHANED_ACCOUNT',
  looksFor:
    'a disabled account that still has access; a service account that is enabled, has access and no owner who is known and enabled, where owners are told at all; a person who is enabled and whose manager is unknown or has left',
  severityIs:
    'disabled with access: from 0.3 to 0.7, without an owner: from 0.3 to 0.6, each by how many edges of its own it has, half way at 10; without a manager: 0.1',
  remedyIs:
    'of a disabled account: remove all edges by which it has something; of the others somebody has to answer for them',
  remedyEffect: 'ACCESS_ENDS',
  needs: ['people'],

  async find({ snapshot, at, facts }, pace) {
    const people = facts.people!;
    const ownersAreTold = isAnyOwnerTold(snapshot, people, at);
    const found: Found[] = [];
    for (const node of liveNodes(snapshot, 0, GROUP)) {
      if (pace.isDue()) await pace.rest();
      const orphan = orphaned(snapshot, people, node, at);
      if (orphan === undefined || (orphan.because === 'NO_OWNER' && !ownersAreTold)) continue;
      const edges = [GRANT, MEMBERSHIP, TAKE].flatMap((c) => stillThere(snapshot, c, 'out', node, at));
      const { because, range, ends, person } = orphan;
      found.push({
        severity: range === undefined ? NO_MANAGER : severityOf(range[0], range[1], edges.length, HALF),
        nodes: person === undefined ? [node] : [node, person],
        edges: edges.slice(0, SHOWN),
        key: { nodes: [node], edges: [], names: [because] },
        remedy: ends ? edges.map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })) : [],
        values: { because, edges: edges.length },
      });
    }
    return found;
  },

  notes({ snapshot, at, facts }) {
    if (snapshot.nodeCounts[SERVICE_ACCOUNT] === 0 || isAnyOwnerTold(snapshot, facts.people!, at)) return [];
    return ['No source tells who owns a service account, so none is said to have no owner.'];
  },

  tell({ nodes, values }, words) {
    const account = words.node(nodes[0]!);
    const other = nodes[1] === undefined ? '' : words.node(nodes[1]);
    const edges = values['edges'] as number;
    const has = `It has ${counted(edges, 'edge')} of its own.`;
    switch (values['because'] as Because) {
      case 'DISABLED':
        return {
          title: `${account} is disabled and still has access`,
          rationale: `${has} Who enables the account again, or uses what it left behind, has all of it.`,
        };
      case 'NO_OWNER':
        return {
          title: `Nobody owns ${account}`,
          rationale: `No source names an owner. ${has} Name somebody who answers for it.`,
        };
      case 'OWNER_UNKNOWN':
        return {
          title: `The owner of ${account} is in no system any more`,
          rationale: `No source knows the owner that is named. ${has} Name somebody who answers for it, or retire it.`,
        };
      case 'OWNER_LEFT':
        return {
          title: `The owner of ${account} has left`,
          rationale: `${other} is disabled. ${has} Give it to somebody who answers for it, such as the manager of ${other}.`,
        };
      case 'MANAGER_UNKNOWN':
        return {
          title: `The manager of ${account} is in no system any more`,
          rationale: 'No source knows the manager that is named: nobody is asked when access is reviewed.',
        };
      case 'MANAGER_LEFT':
        return {
          title: `The manager of ${account} has left`,
          rationale: `${other} is disabled: nobody is asked when access is reviewed.`,
        };
    }
  },
};

type Because = 'DISABLED' | 'NO_OWNER' | 'OWNER_UNKNOWN' | 'OWNER_LEFT' | 'MANAGER_UNKNOWN' | 'MANAGER_LEFT';

interface Orphan {
  readonly because: Because;
  /** Of severities; undefined where there is one only. */
  readonly range?: readonly [least: number, most: number];
  /** Whether its access is to end. */
  readonly ends?: boolean;
  /** Who has left. */
  readonly person?: number;
}

function orphaned(snapshot: Snapshot, people: PeopleFacts, node: number, at: number): Orphan | undefined {
  if (snapshot.disabled[node] === 1)
    return givesSomething(snapshot, node, at) ? { because: 'DISABLED', range: DISABLED, ends: true } : undefined;
  if (snapshot.space.kindIndexOf(node) !== SERVICE_ACCOUNT) return withoutManager(snapshot, people.manager[node]!);
  if (isOwned(snapshot, people, node, at) || !givesSomething(snapshot, node, at)) return undefined;
  const owner = people.owner[node]!;
  if (owner === NOBODY) return { because: 'NO_OWNER', range: NO_OWNER };
  if (owner === UNKNOWN_PERSON) return { because: 'OWNER_UNKNOWN', range: NO_OWNER };
  return { because: 'OWNER_LEFT', range: NO_OWNER, person: owner };
}

function withoutManager({ disabled }: Snapshot, manager: number): Orphan | undefined {
  if (manager === UNKNOWN_PERSON) return { because: 'MANAGER_UNKNOWN' };
  return manager !== NOBODY && disabled[manager] === 1 ? { because: 'MANAGER_LEFT', person: manager } : undefined;
}

/** True where some service account's owner is told: then the silence about another says something. */
function isAnyOwnerTold(snapshot: Snapshot, { owner }: PeopleFacts, at: number): boolean {
  for (const node of liveNodes(snapshot, SERVICE_ACCOUNT, SERVICE_ACCOUNT + 1))
    if (owner[node] !== NOBODY || stillThere(snapshot, OWNERSHIP, 'into', node, at).length > 0) return true;
  return false;
}

/** True where somebody answers for it: the owner that is named, or whoever owns it by an edge. Groups answer too. */
function isOwned(snapshot: Snapshot, { owner }: PeopleFacts, node: number, at: number): boolean {
  const { source, disabled } = snapshot;
  const named = owner[node]!;
  if (named !== NOBODY && named !== UNKNOWN_PERSON && disabled[named] === 0) return true;
  return stillThere(snapshot, OWNERSHIP, 'into', node, at).some((edge) => disabled[source[edge]!] === 0);
}
