/** The question about peer groups as it is asked: reads attributes, looks in a thread, and gives names to the numbers. */
import { createHash } from 'node:crypto';
import { hereOrApart } from '../access/apart.ts';
import type { Ground } from '../access/ground.ts';
import { Pace } from '../snapshot/pace.ts';
import { checkedDeadline, Names } from './answering.ts';
import { readCodedAttributes } from './coded-attributes.ts';
import type { ModelEntry } from './model-registry.ts';
import type { PeerGroup, RoleClusters, RoleClustersQuestion } from './questions.ts';
import { findRoleClusters, type RoleCluster } from './role-clusters.ts';

/** An answer with what the registry of models keeps of how it came about. */
export interface ClustersFound {
  readonly answer: RoleClusters;
  readonly model: ModelEntry;
}

export type PeersGround = Pick<Ground, 'snapshot' | 'reader' | 'apart'>;

/**
 * @throws GrantlensError ARGUMENT_INVALID for what is out of its range; LIMIT_EXCEEDED when the time is up; the reason of the signal
 */
export async function askClusters(ground: PeersGround, asked: RoleClustersQuestion): Promise<ClustersFound> {
  const { snapshot, reader, apart } = ground;
  const { signal, onProgress, at = Date.now(), reach, seed, resolution, runs } = asked;
  const end = checkedDeadline(asked);
  const attributes = await readCodedAttributes(snapshot, reader, new Pace({ signal, onProgress }));
  const input = { at, reach, seed, resolution, runs, attributes };
  const found = await hereOrApart(apart, findRoleClusters, [snapshot], input, {
    signal,
    onProgress,
    deadline: Math.max(0, end - performance.now()),
  });
  const names = new Names(snapshot, reader);
  await names.readResources(found.clusters.flatMap(({ signature }) => signature.map(({ resource }) => resource)));
  const { clusters: _, quality: __, disconnected: ___, model, ...rest } = found;
  const answer = {
    ...rest,
    clusters: distinct(found.clusters.map((cluster) => told(cluster, names))),
    ...(found.clusters.length === 0 && { because: 'no enabled identity holds an entitlement' }),
    version: snapshot.version,
  };
  return { answer, model };
}

/** A label by attributes is taken where both hold: most of the group has them, and most who have them are in the group. */
const LEAST_SHARE = 0.5;
/** By how much more of a group than of others must hold what it is called by. */
const TELLING = 0.25;

function told(cluster: RoleCluster, names: Names): PeerGroup {
  const members = [...cluster.members].map((node) => names.id(node));
  const difference = ({ identity, entitlement, share, together }: RoleCluster['lacking'][number]) => ({
    identity: names.id(identity),
    entitlement: names.entitlement(entitlement),
    share,
    together,
  });
  const { label, stability, signatureCount, lackingCount, beyondCount, isEnough } = cluster;
  return {
    id: `cluster:${createHash('sha256').update(JSON.stringify(members)).digest('hex').slice(0, 16)}`,
    label: labelOf(cluster, names),
    members,
    attributes: label ?? null,
    stability,
    signature: cluster.signature.map(({ share, elsewhere, ...entitlement }) => ({
      entitlement: names.entitlement(entitlement),
      share,
      elsewhere,
    })),
    signatureCount,
    lacking: cluster.lacking.map(difference),
    lackingCount,
    beyond: cluster.beyond.map(difference),
    beyondCount,
    isEnough,
  };
}

function labelOf({ label, signature }: RoleCluster, names: Names): string {
  const words = label?.terms.map(({ attribute, value }) => `${attribute} ${value}`).join(', ');
  if (label !== undefined && label.precision >= LEAST_SHARE && label.recall >= LEAST_SHARE) return words!;
  const [first] = signature;
  if (first !== undefined && first.share - first.elsewhere >= TELLING) return `who can ${names.words(first)}`;
  return words === undefined ? 'people with little in common' : `partly ${words}`;
}

/** Groups with the same label are told apart by number, the largest first. */
function distinct(groups: readonly PeerGroup[]): readonly PeerGroup[] {
  const met = new Map<string, number>();
  return groups.map((group) => {
    const count = (met.get(group.label) ?? 0) + 1;
    met.set(group.label, count);
    return count === 1 ? group : { ...group, label: `${group.label} (${count})` };
  });
}
