/** What a plan may rearrange of a graph of plain records. */
import { expect } from 'vitest';
import type { Instant } from '../../engine/model/index.ts';
import { readRoleState, type StateOptions } from '../../engine/roles/read-role-state.ts';
import type { RoleState } from '../../engine/roles/role-state.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { memoryReader } from './memory-reader.ts';
import type { OracleGraph } from './oracle/index.ts';

export async function groundOfGraph({ nodes, edges }: OracleGraph) {
  const reader = memoryReader(nodes, edges);
  return { reader, snapshot: await compileSnapshot(reader, roomForChanges) };
}

/** Undefined where nothing may be rearranged. */
export async function roleStateOf(
  graph: OracleGraph,
  at: Instant,
  options: Omit<StateOptions, 'at'> = {},
): Promise<RoleState | undefined> {
  return readRoleState(await groundOfGraph(graph), { at, ...options }, new Pace()).catch((error) => {
    expect(error).toMatchObject({ code: 'NOTHING_TO_RESTRUCTURE' });
    return undefined;
  });
}
