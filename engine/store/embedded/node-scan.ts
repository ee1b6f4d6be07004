import { type Attributes, isDisabled, mergeVersions, NODE_KINDS, type NodeRecord } from '../../model/index.ts';
import { searchText } from '../../model/search-text.ts';
import type { NodeVisitor } from '../port.ts';
import { sortByText } from '../sort-by-text.ts';
import { Turns } from '../turns.ts';
import type { RowPage } from './row-page.ts';
import { NODE_BITS, NODE_DISABLED, NODE_KIND_MASK, NODE_REF, readNode, readNodeTexts } from './rows.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { corrupt } from './sqlite.ts';

/** Refs, and nodes told of, between two looks at the clock. */
const STRETCH = 1 << 16;
const VISITS = 1 << 7;

/** Walks over the rows of a fact that are part of a version, a few milliseconds at a time. */
export async function forLiveRows(
  view: SnapshotView,
  name: 'nodes' | 'edges' | 'uses',
  visit: (page: RowPage, slot: number, row: number) => void,
): Promise<void> {
  const { dead, end } = view.living(name);
  const turns = new Turns();
  for (const page of view.log(name).pages()) {
    for (let slot = 0; slot < page.count; slot++) {
      const row = page.rowAt(slot);
      if (row < end && !dead.has(row)) visit(page, slot, row);
    }
    if (turns.isDue()) await turns.pass();
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

/** Finds the rows of all nodes; `each` is called for every row, and told of all rows of the node up to it where it is not the first. */
export async function collectNodeRows(
  view: SnapshotView,
  each: (page: RowPage, slot: number, ref: number, several: readonly number[] | undefined) => void = () => {},
): Promise<NodeRows> {
  const refs = view.log('ids').next;
  const kinds = new Uint8Array(refs);
  const rows = new Int32Array(refs);
  const several = new Map<number, number[]>();
  await forLiveRows(view, 'nodes', (page, slot, row) => {
    const at = page.offsets[slot]!;
    const ref = page.words[at + NODE_REF]!;
    const known = kinds[ref] === 0 ? undefined : [...(several.get(ref) ?? [rows[ref]!]), row];
    if (known === undefined) rows[ref] = row;
    else several.set(ref, known);
    kinds[ref] = (page.words[at + NODE_BITS]! & NODE_KIND_MASK) + 1;
    each(page, slot, ref, known);
  });
  return { kinds, rows, several };
}

/** Sorts refs by what they stand for, in code unit order. */
export async function sortRefs(
  refs: Int32Array,
  ids: readonly (string | undefined)[],
  turns: Turns,
): Promise<Int32Array> {
  await sortByText(refs, (ref) => ids[ref]!, turns);
  return refs;
}

/** The refs of all nodes. */
export function refsOf(kinds: Uint8Array): Int32Array {
  const refs = new Int32Array(kinds.length);
  let count = 0;
  for (let ref = 1; ref < kinds.length; ref++) if (kinds[ref] !== 0) refs[count++] = ref;
  return refs.subarray(0, count);
}

/** The refs of the nodes of each kind, in the order of NODE_KINDS. */
async function refsByKind(kinds: Uint8Array, turns: Turns): Promise<readonly Int32Array[]> {
  const counts = new Uint32Array(NODE_KINDS.length + 1);
  for (const kind of kinds) counts[kind]!++;
  const refs = Array.from(counts.subarray(1), (count) => new Int32Array(count));
  const filled = new Uint32Array(NODE_KINDS.length);
  for (let first = 1; first < kinds.length; first += STRETCH) {
    for (let ref = first; ref < Math.min(kinds.length, first + STRETCH); ref++) {
      const kind = kinds[ref]! - 1;
      if (kind >= 0) refs[kind]![filled[kind]!++] = ref;
    }
    if (turns.isDue()) await turns.pass();
  }
  return refs;
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
  const found = await collectNodeRows(view, (page, slot, ref, several) => {
    if (several !== undefined) {
      const node = mergeVersions(
        several.map((row) => recordNear(page, view, row)),
        precedence,
      );
      texts[ref] = searchText(node.id, node.name, node.attributes);
      disabled[ref] = isDisabled(node) ? 1 : 0;
      return;
    }
    const { name, attributes } = readNodeTexts(page, slot);
    const id = idOf(ids, ref);
    texts[ref] = searchText(id, name ?? id, attributes === '' ? {} : (JSON.parse(attributes) as Attributes));
    disabled[ref] = page.words[page.offsets[slot]! + NODE_BITS]! & NODE_DISABLED;
  });
  const turns = new Turns();
  for (const [place, refs] of (await refsByKind(found.kinds, turns)).entries()) {
    await sortRefs(refs, ids, turns);
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i]!;
      visit(ref, NODE_KINDS[place]!, ids[ref]!, disabled[ref] !== 0, texts[ref]!);
      if (i % VISITS === 0 && turns.isDue()) await turns.pass();
    }
  }
  return found;
}

export function idOf(ids: readonly (string | undefined)[], ref: number): string {
  const id = ids[ref];
  if (id === undefined) throw corrupt(`id ${ref} is missing`);
  return id;
}

/** A row that is mostly on the page at hand: sources that are loaded together tell of a node one after the other. */
function recordNear(page: RowPage, view: SnapshotView, row: number): NodeRecord {
  const slot = page.slotOf(row);
  return slot < 0 ? recordAt(view, row) : readNode(page, slot, view);
}

export function recordAt(view: SnapshotView, row: number): NodeRecord {
  const found = view.find('nodes', row);
  if (found === undefined) throw corrupt(`row ${row} of nodes is missing`);
  return readNode(found.page, found.slot, view);
}
