/** The work that threads know, by name: names go from thread to thread, functions do not. */
import type { LongWork } from '../access/apart.ts';
import { findChokes } from '../access/choke-points.ts';
import { findAffected, findDelta } from '../access/delta-work.ts';
import { findCuts, findWays } from '../access/revocation-work.ts';
import { findFindings } from '../findings/find-findings.ts';
import { findHubs } from '../hubs/find-hubs.ts';
import { findDrift } from '../peers/model-drift.ts';
import { findOutliers } from '../peers/outliers.ts';
import { findRoleClusters } from '../peers/role-clusters.ts';
import { embedAccess, findSimilar, mapAccess } from '../peers/similar.ts';
import { lookForBirthrights } from '../roles/mining/ask-birthrights.ts';
import { mineRoles } from '../roles/mining/mine-roles.ts';
import { searchRoles } from '../roles/plan-miner.ts';
import { foldArrays } from '../snapshot/fold.ts';

const WORKS = {
  findAffected,
  findDelta,
  findChokes,
  findWays,
  findCuts,
  findFindings,
  findHubs,
  embedAccess,
  findOutliers,
  findRoleClusters,
  findSimilar,
  mapAccess,
  findDrift,
  mineRoles,
  lookForBirthrights,
  searchRoles,
  foldArrays,
} as const;

export type WorkName = keyof typeof WORKS;

// biome-ignore lint/suspicious/noExplicitAny: each work has its own input and output
type AnyWork = LongWork<any, any>;

const NAMES = new Map<AnyWork, WorkName>(Object.entries(WORKS).map(([name, work]) => [work, name as WorkName]));

export const workOf = (name: WorkName): AnyWork => WORKS[name];

/** @throws Error for work that threads do not know */
export function nameOf(work: AnyWork): WorkName {
  const name = NAMES.get(work);
  if (name === undefined) throw new Error('threads do not know this work');
  return name;
}
