/** Accounts that nobody answers for, and accounts that should have nothing any more. */
import { type Instant, NODE_KINDS } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import { GRANT, GROUP, MEMBERSHIP, OWNERSHIP, type Snapshot, TAKE, TIMED } from '../../snapshot/snapshot.ts';
import { counted } from '../counted.ts';
import { giving } from '../giving.ts';
import { NOBODY, type PeopleFacts, UNKNOWN_PERSON } from '../graph-facts.ts';
import type { FindingRule, Found, RemedyStep } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { stillThere } from '../still-there.ts';
import { isVendors } from '../vendors-own.ts';

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
    'a disabled account that still has access; a service account that is enabled, has access and no owner who is known and enabled, where an owner is told of some account of the same source; a person who is enabled and whose manager is unknown or has left',
  severityIs:
    'disabled with access: from 0.3 to 0.7, without an owner: from 0.3 to 0.6, each by how many edges of its own it has, half way at 10; without a manager: 0.1',
  remedyIs:
    'of a disabled account: remove all edges by which it has something; where an owner or manager has left: name the manager of that one, if enabled, where one source tells of the account; of the others somebody has to answer for them',
  remedyEffect: 'ACCESS_ENDS',
  needs: ['people'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const people = facts.people!;
    const tellingOwners = sourcesOfOwned(snapshot, people, at);
    const gives = giving(snapshot, at);
    const found: Found[] = [];
    for (const node of liveNodes(snapshot, 0, GROUP)) {
      if (pace.isDue()) await pace.rest();
      // Its vendor answers for it.
      if (isVendors(ground, node) && snapshot.disabled[node] === 0) continue;
      const orphan = orphaned(snapshot, people, node, { at, hasSomething: gives[node] === 1 });
      if (orphan === undefined) continue;
      if (orphan.because === 'NO_OWNER' && !sourcesOf(people, node).some((source) => tellingOwners.has(source)))
        continue;
      const edges = [GRANT, MEMBERSHIP, TAKE].flatMap((c) => stillThere(snapshot, c, 'out', node, at));
      const { because, range, ends, person, from = -1 } = orphan;
      found.push({
        severity: range === undefined ? NO_MANAGER : severityOf(range[0], range[1], edges.length, HALF),
        nodes: person === undefined ? [node] : [node, person],
        edges: edges.slice(0, SHOWN),
        key: { nodes: [node], edges: [], names: [because] },
        ...(ends
          ? { remedy: edges.map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })) }
          : { remedy: successor(snapshot, people, node, orphan), effect: 'NOTHING_CHANGES' }),
        values: { because, edges: edges.length, from },
      });
    }
    return found;
  },

  notes({ snapshot, at, facts }) {
    const told = sourcesOfOwned(snapshot, facts.people!, at);
    const silent = new Set<string>();
    for (const node of liveNodes(snapshot, SERVICE_ACCOUNT, SERVICE_ACCOUNT + 1))
      for (const source of sourcesOf(facts.people!, node)) if (!told.has(source)) silent.add(source);
    if (silent.size === 0) return [];
    if (told.size === 0) return ['No source tells who owns a service account, so none is said to have no owner.'];
    return [
      `Nobody tells who owns any service account of ${[...silent].sort().join(', ')}, so none of these is said to have no owner.`,
    ];
  },

  tell({ nodes, values, remedy }, words) {
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
      case 'NOT_OWNED_YET':
        return {
          title: `Nobody owns ${account} yet`,
          rationale: `${other} will from ${words.day(values['from'] as number)} on. ${has} Name somebody who answers for it until then.`,
        };
      case 'OWNER_UNKNOWN':
        return {
          title: `The owner of ${account} is in no system any more`,
          rationale: `No source knows the owner that is named. ${has} Name somebody who answers for it, or retire it.`,
        };
      case 'OWNER_LEFT':
        return {
          title: `The owner of ${account} has left`,
          rationale: `${other} is disabled. ${has} Give it to somebody who answers for it${remedy.length > 0 ? `: the remedy names the manager of ${other}` : ''}.`,
        };
      case 'MANAGER_UNKNOWN':
        return {
          title: `The manager of ${account} is in no system any more`,
          rationale: 'No source knows the manager that is named: nobody is asked when access is reviewed.',
        };
      case 'MANAGER_LEFT':
        return {
          title: `The manager of ${account} has left`,
          rationale: `${other} is disabled: nobody is asked when access is reviewed.${remedy.length > 0 ? ` The remedy names the manager of ${other}.` : ''}`,
        };
    }
  },
};

type Because =
  | 'DISABLED'
  | 'NO_OWNER'
  | 'NOT_OWNED_YET'
  | 'OWNER_UNKNOWN'
  | 'OWNER_LEFT'
  | 'MANAGER_UNKNOWN'
  | 'MANAGER_LEFT';

interface Orphan {
  readonly because: Because;
  /** Of severities; undefined where there is one only. */
  readonly range?: readonly [least: number, most: number];
  /** Whether its access is to end. */
  readonly ends?: boolean;
  /** Who has left, or will own it. */
  readonly person?: number;
  /** Since when somebody owns it. */
  readonly from?: Instant;
}

function orphaned(
  snapshot: Snapshot,
  people: PeopleFacts,
  node: number,
  { at, hasSomething }: { readonly at: Instant; readonly hasSomething: boolean },
): Orphan | undefined {
  if (snapshot.disabled[node] === 1)
    return hasSomething ? { because: 'DISABLED', range: DISABLED, ends: true } : undefined;
  if (snapshot.space.kindIndexOf(node) !== SERVICE_ACCOUNT) return withoutManager(snapshot, people.manager[node]!);
  if (isOwned(snapshot, people, node, at) || !hasSomething) return undefined;
  const owner = people.owner[node]!;
  if (owner === UNKNOWN_PERSON) return { because: 'OWNER_UNKNOWN', range: NO_OWNER };
  if (owner !== NOBODY) return { because: 'OWNER_LEFT', range: NO_OWNER, person: owner };
  const next = nextOwner(snapshot, node, at);
  if (next !== undefined) return { because: 'NOT_OWNED_YET', range: NO_OWNER, ...next };
  const former = ownersAt(snapshot, node, at)[0];
  if (former !== undefined) return { because: 'OWNER_LEFT', range: NO_OWNER, person: snapshot.source[former]! };
  return { because: 'NO_OWNER', range: NO_OWNER };
}

function withoutManager({ disabled }: Snapshot, manager: number): Orphan | undefined {
  if (manager === UNKNOWN_PERSON) return { because: 'MANAGER_UNKNOWN' };
  return manager !== NOBODY && disabled[manager] === 1 ? { because: 'MANAGER_LEFT', person: manager } : undefined;
}

/** The sources of the service accounts of which an owner is told, now or for later: there the silence about another says something. */
function sourcesOfOwned(snapshot: Snapshot, people: PeopleFacts, at: Instant): ReadonlySet<string> {
  const sets = new Set<number>();
  for (const node of liveNodes(snapshot, SERVICE_ACCOUNT, SERVICE_ACCOUNT + 1)) {
    const set = people.sourceSet[node]!;
    if (sets.has(set)) continue;
    if (people.owner[node] !== NOBODY || stillThere(snapshot, OWNERSHIP, 'into', node, at).length > 0) sets.add(set);
  }
  return new Set([...sets].flatMap((set) => people.sourceSets[set]!));
}

const sourcesOf = ({ sourceSet, sourceSets }: PeopleFacts, node: number): readonly string[] =>
  sourceSets[sourceSet[node]!] ?? [];

/** True where somebody answers for it now: the owner that is named, or whoever owns it by an edge. Groups answer too. */
function isOwned(snapshot: Snapshot, { owner }: PeopleFacts, node: number, at: Instant): boolean {
  const { source, disabled } = snapshot;
  const named = owner[node]!;
  if (named !== NOBODY && named !== UNKNOWN_PERSON && disabled[named] === 0) return true;
  return ownersAt(snapshot, node, at).some((edge) => disabled[source[edge]!] === 0);
}

/** The edges of those who own a node at an instant. */
const ownersAt = (snapshot: Snapshot, node: number, at: Instant): readonly number[] =>
  stillThere(snapshot, OWNERSHIP, 'into', node, at).filter((edge) => beginningOf(snapshot, edge) <= at);

/** The first who will own a node that nobody owns. */
function nextOwner(snapshot: Snapshot, node: number, at: Instant): Pick<Orphan, 'person' | 'from'> | undefined {
  const { source, disabled } = snapshot;
  const later = stillThere(snapshot, OWNERSHIP, 'into', node, at).filter(
    (edge) => beginningOf(snapshot, edge) > at && disabled[source[edge]!] === 0,
  );
  const [first] = later.sort((a, b) => beginningOf(snapshot, a) - beginningOf(snapshot, b) || a - b);
  return first === undefined ? undefined : { person: source[first]!, from: beginningOf(snapshot, first) };
}

const beginningOf = ({ flags, validFrom, windowOf }: Snapshot, edge: number): Instant =>
  (flags[edge]! & TIMED) === 0 ? Number.NEGATIVE_INFINITY : validFrom[windowOf[edge]!]!;

/** Where the attribute names somebody who has left: that one's manager, who answers for what is left behind. */
function successor(
  { disabled }: Snapshot,
  people: PeopleFacts,
  node: number,
  { because, person }: Orphan,
): readonly RemedyStep[] {
  const name = because === 'OWNER_LEFT' ? 'owner' : because === 'MANAGER_LEFT' ? 'manager' : undefined;
  if (name === undefined || person === undefined || people[name][node] !== person) return [];
  const to = people.manager[person]!;
  const isSomebody = to !== undefined && to !== NOBODY && to !== UNKNOWN_PERSON && to !== node && disabled[to] === 0;
  return isSomebody && sourcesOf(people, node).length === 1 ? [{ op: 'PUT_ATTRIBUTE', node, name, to }] : [];
}
