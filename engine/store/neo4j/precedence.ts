import { CHANGE_NODES, MERGED_NODES, SET_PRECEDENCE } from '../../../cypher/index.ts';
import type { NodeKind } from '../../model/index.ts';
import { integer, type Values } from './door.ts';
import { lockHead } from './head-lock.ts';
import { nodeProperties, nodeRecords, type Properties } from './properties.ts';
import { clearTheWay, isClear } from './recovery.ts';
import { slices } from './slices.ts';
import type { Writing } from './write-settings.ts';

/**
 * Merges the nodes of several sources anew when the order of sources is another than that in which they were merged. What
 * the sources say stays as it is, so this makes no version.
 */
export async function mergeAnew(writing: Writing, before: readonly string[]): Promise<void> {
  const { door, precedence, settings } = writing;
  if (JSON.stringify(precedence) === JSON.stringify(before)) return;
  const options = { timeout: settings.longestTransaction };
  for (let done = false; !done; ) {
    await clearTheWay(writing);
    // One transaction: a batch that came in between would write by the order of before.
    done = await door.write(async (tx) => {
      if (!isClear(await lockHead(tx))) return false;
      const rows: { readonly ref: bigint; readonly properties: Properties }[] = [];
      await tx.each(MERGED_NODES, {}, (values) => void rows.push(mergedRow(values, precedence)));
      for (const part of slices(rows)) await tx.all(CHANGE_NODES, { rows: part });
      await tx.all(SET_PRECEDENCE, { precedence });
      return true;
    }, options);
  }
}

function mergedRow([ref, id, kind, since, changed, records]: Values, precedence: readonly string[]) {
  const versions = nodeRecords(kind as NodeKind, id as string, records as string[]);
  return {
    ref: integer(ref as number),
    properties: {
      ...nodeProperties(versions, precedence),
      since: integer(since as number),
      changed: integer(changed as number),
    },
  };
}
