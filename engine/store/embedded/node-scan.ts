import { type Attributes, isDisabled, mergeVersions, NODE_KINDS, type NodeRecord } from '../../model/index.ts';
import { searchText } from '../../model/search-text.ts';
import type { NodeVisitor } from '../port.ts';
import { pause } from './pause.ts';
import type { RowPage } from './row-page.ts';
import { NODE_BITS, NODE_DISABLED, NODE_KIND_MASK, NODE_REF, readNode, readNodeTexts } from './rows.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { corrupt } from './sqlite.ts';

/** Pages read between two turns of the event loop: a few milliseconds. */
export const PAGES_A_TURN = 64;

/** Walks over the rows of a fact that are part of a version. */
export async function forLiveRows(
  view: SnapshotView,
  name: 'nodes' | 'edges' | 'uses',
  visit: (page: RowPage, slot: number, row: number) => void,
): Promise<void> {
  const { dead, end } = view.living(name);
  let pages = 0;
  for (const page of view.log(name).pages()) {
    for (let slot = 0; slot < page.count; slot++) {
      const row = page.rowAt(slot);
      if (row < end && !dead.has(row)) visit(page, slot, row);
    }
    if (++pages % PAGES_A_TURN === 0) await pause();
  }
}

/** The rows of each node: nearly always one, so only further ones are kept in lists. */
export interface NodeRows {
  /** By ref: the place of the kind in NODE_KINDS plus one, 0 where there is no such node. */
  readonly kinds: Uint8Array;
  /** By ref: one row of the node. */
  readonly rows: Int32Array;
  /** All rows of the nodes that several sources vouch for. */
  readonly several: ReadonlyMap<number, readonly number[]>;
}

/** Finds the rows of all nodes; `each` is called for every row. */
export async function collectNodeRows(
  view: SnapshotView,
  each: (page: RowPage, slot: number, ref: number) => void = () => {},
): Promise<NodeRows> {
  const refs = view.log('ids').next;
  const kinds = new Uint8Array(refs);
  const rows = new Int32Array(refs);
  const several = new Map<number, number[]>();
  await forLiveRows(view, 'nodes', (page, slot, row) => {
    const at = page.offsets[slot]!;
    const ref = page.words[at + NODE_REF]!;
    if (kinds[ref] === 0) rows[ref] = row;
    else several.set(ref, [...(several.get(ref) ?? [rows[ref]!]), row]);
    kinds[ref] = (page.words[at + NODE_BITS]! & NODE_KIND_MASK) + 1;
    each(page, slot, ref);
  });
  return { kinds, rows, several };
}

/** Sorts refs by what they stand for, in code unit order. */
export function sortRefs(refs: Int32Array, ids: readonly (string | undefined)[]): Int32Array {
  if (isSorted(refs, ids)) return refs;
  return refs.sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
}

function isSorted(refs: Int32Array, ids: readonly (string | undefined)[]): boolean {
  for (let i = 1; i < refs.length; i++) if (ids[refs[i - 1]!]! > ids[refs[i]!]!) return false;
  return true;
}

/** The refs of the nodes of a kind (its place in NODE_KINDS), or of all kinds. */
export function refsOf(kinds: Uint8Array, kind?: number): Int32Array {
  const refs = new Int32Array(kinds.length);
  let count = 0;
  for (let ref = 1; ref < kinds.length; ref++) {
    const found = kinds[ref]!;
    if (kind === undefined ? found !== 0 : found === kind + 1) refs[count++] = ref;
  }
  return refs.subarray(0, count);
}

/** Visits every node by kind, then id. Returns where they are. */
export async function scanNodes(
  view: SnapshotView,
  ids: readonly (string | undefined)[],
  precedence: readonly string[],
  visit: NodeVisitor,
): Promise<NodeRows> {
  const texts = new Array<string>(ids.length);
  const disabled = new Uint8Array(ids.length);
  const found = await collectNodeRows(view, (page, slot, ref) => {
    const { name, attributes } = readNodeTexts(page, slot);
    const id = idOf(ids, ref);
    texts[ref] = searchText(id, name ?? id, attributes === '' ? {} : (JSON.parse(attributes) as Attributes));
    disabled[ref] = page.words[page.offsets[slot]! + NODE_BITS]! & NODE_DISABLED;
  });
  for (const [ref, rows] of found.several) {
    const node = mergeVersions(
      rows.map((row) => recordAt(view, row)),
      precedence,
    );
    texts[ref] = searchText(node.id, node.name, node.attributes);
    disabled[ref] = isDisabled(node) ? 1 : 0;
  }
  for (const [place, kind] of NODE_KINDS.entries()) {
    await pause();
    for (const ref of sortRefs(refsOf(found.kinds, place), ids)) {
      visit(ref, kind, ids[ref]!, disabled[ref] !== 0, texts[ref]!);
    }
  }
  return found;
}

export function idOf(ids: readonly (string | undefined)[], ref: number): string {
  const id = ids[ref];
  if (id === undefined) throw corrupt(`id ${ref} is missing`);
  return id;
}

export function recordAt(view: SnapshotView, row: number): NodeRecord {
  const found = view.find('nodes', row);
  if (found === undefined) throw corrupt(`row ${row} of nodes is missing`);
  return readNode(found.page, found.slot, view);
}
