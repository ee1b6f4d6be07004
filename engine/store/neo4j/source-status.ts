/** How the sources of a version stand. */
import { SOURCES_NOW, SOURCES_TOLD } from '../../../cypher/index.ts';
import type { SourceStatus } from '../port.ts';
import { integer, type Neo4jDoor } from './door.ts';
import { headIn } from './head.ts';
import { byCodeUnits, type VersionRead } from './version-read.ts';

export interface SourceCounts {
  readonly nodes: number;
  readonly edges: number;
  readonly uses: number;
  readonly loadedAt: number;
}

/** Sources that vouch for anything, by name. */
export async function sourcesOf(read: VersionRead): Promise<readonly SourceStatus[]> {
  const counts = (await countsNow(read)) ?? (await countsTold(read.door, read.version));
  return [...counts]
    .filter(([, { nodes, edges, uses }]) => nodes + edges + uses > 0)
    .map(([source, { nodes, edges, loadedAt }]) => ({ source, nodes, edges, loadedAt }))
    .sort((a, b) => byCodeUnits(a.source, b.source));
}

/** Undefined when the graph has gone on since the version: what was read may be of a later one. */
async function countsNow(read: VersionRead): Promise<ReadonlyMap<string, SourceCounts> | undefined> {
  return read.door.read(async (tx) => {
    const counts = new Map<string, SourceCounts>();
    for (const [source, nodes, edges, uses, loadedAt] of await tx.all(SOURCES_NOW))
      counts.set(source as string, { nodes, edges, uses, loadedAt } as SourceCounts);
    return (await headIn(tx)).version === read.version ? counts : undefined;
  });
}

/** What each batch up to the version said last. */
export async function countsTold(door: Neo4jDoor, version: number): Promise<ReadonlyMap<string, SourceCounts>> {
  const counts = new Map<string, SourceCounts>();
  const rows = await door.read((tx) => tx.all(SOURCES_TOLD, { version: integer(version) }));
  for (const [text] of rows)
    for (const [source, told] of Object.entries(JSON.parse(text as string) as Record<string, SourceCounts>))
      counts.set(source, told);
  return counts;
}
