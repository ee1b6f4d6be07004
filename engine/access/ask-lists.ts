/** The two lists, a page at a time. */
import { CONDITIONAL, type DecisionRank, decisionOf } from '../model/index.ts';
import { foldCase } from '../snapshot/action-pattern.ts';
import { kindIndexOf } from '../snapshot/snapshot.ts';
import { type AccessList, accessOf } from './access-list.ts';
import { type RowGroup, strongestFor } from './access-rows.ts';
import { decodeCursor, encodeCursor, markOf, pageSize } from './cursor.ts';
import { collectUpward, Question } from './decide.ts';
import type { Frame } from './frame.ts';
import { actionOf, frameOf, type Ground, identityOf, resourceOf } from './ground.ts';
import { rowsOn } from './on-resource.ts';
import type { AccessOfQuestion, AccessRow, Page, WhoCanQuestion } from './questions.ts';
import { type Holders, whoCan } from './who.ts';
import type { Workspace } from './workspace.ts';

const listedAs = (rank: DecisionRank): AccessRow['decision'] => decisionOf(rank) as AccessRow['decision'];

/** What an identity can do: one row for each resource and set of patterns with the same exceptions and decision. */
export async function askAccessOf(ground: Ground, asked: AccessOfQuestion): Promise<Page<AccessRow>> {
  const frame = frameOf(ground, asked);
  const identity = identityOf(ground, asked.identity);
  const size = pageSize(asked.first);
  const action = asked.action === undefined ? undefined : actionOf(asked.action);
  const expand = asked.expand ?? true;
  const mark = markOf(['accessOf', asked.identity, action, frame.reach, asked.at, expand]);
  const after = asked.after === undefined ? undefined : decodeCursor(mark, asked.after, ['string', 'number']);
  const list = accessOf(frame, ground.work, identity, { expand, action });
  return pageOfAccess(ground, asked.identity, list, size, mark, after);
}

function pageOfAccess(
  ground: Ground,
  identity: string,
  list: AccessList,
  size: number,
  mark: string,
  after: readonly (string | number)[] | undefined,
): Page<AccessRow> {
  const { ids, version } = ground.snapshot;
  const { resources } = list;
  let totalCount = 0;
  for (let i = 0; i < resources.length; i++) totalCount += list.rowsAt(i).length;
  const items: AccessRow[] = [];
  const rows: number[] = [];
  let cursors: readonly string[] | undefined;
  let [position, row] = after === undefined ? [0, 0] : placeAfter(ids, list, after[0] as string, after[1] as number);
  const hasPreviousPage = position > 0 || row > 0;
  for (; position < resources.length && items.length < size; position++, row = 0) {
    const resource = ids[resources[position]!]!;
    const groups = list.rowsAt(position);
    for (; row < groups.length && items.length < size; row++) {
      const { actions, exceptions, rank } = groups[row]!;
      items.push({ identity, resource, actions, exceptions, decision: listedAs(rank) });
      rows.push(row);
    }
    if (row < groups.length) break;
  }
  return {
    items,
    get cursors() {
      cursors ??= items.map((item, i) => encodeCursor(mark, [item.resource, rows[i]!]));
      return cursors;
    },
    totalCount,
    hasNextPage: position < resources.length,
    hasPreviousPage,
    version,
    complete: true,
  };
}

/** The first row after (resource, row), where the resource itself may have gone since. */
function placeAfter(
  ids: readonly string[],
  list: AccessList,
  resource: string,
  row: number,
): [position: number, row: number] {
  const { resources } = list;
  let low = 0;
  let high = resources.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[resources[middle]!]! < resource) low = middle + 1;
    else high = middle;
  }
  if (low === resources.length || ids[resources[low]!] !== resource) return [low, 0];
  return row + 1 < list.rowsAt(low).length ? [low, row + 1] : [low + 1, 0];
}

/** Which identities can do one thing: one row for each, by id. */
export async function askWhoCan(ground: Ground, asked: WhoCanQuestion): Promise<Page<AccessRow>> {
  return whoCanIn(frameOf(ground, asked), ground, asked);
}

/** The same within a frame that has been made. */
export function whoCanIn(frame: Frame, ground: Ground, asked: WhoCanQuestion): Page<AccessRow> {
  const action = actionOf(asked.action);
  const resource = resourceOf(ground, asked.resource);
  const size = pageSize(asked.first);
  const includeDisabled = asked.includeDisabled ?? false;
  const mark = markOf(['whoCan', foldCase(action), asked.resource, frame.reach, asked.at, includeDisabled]);
  const after = asked.after === undefined ? undefined : (decodeCursor(mark, asked.after, ['string'])[0] as string);
  const holders = whoCan(new Question(frame, ground.work, ground.snapshot.terms.matcher(action), resource));
  const order = byId(ground, holders, includeDisabled);
  return pageOfHolders(ground, frame, holders, order, { action, resource, size, mark, after });
}

/** Positions in `holders` in the order of ids: users and service accounts are each in order, so two runs are merged. */
function byId(ground: Ground, holders: Holders, includeDisabled: boolean): readonly number[] {
  const { snapshot } = ground;
  const { ids, disabled } = snapshot;
  const kept: number[] = [];
  for (let i = 0; i < holders.nodes.length; i++) {
    if (includeDisabled || disabled[holders.nodes[i]!] === 0) kept.push(i);
  }
  const split = kept.findIndex((i) => kindIndexOf(snapshot, holders.nodes[i]!) > 0);
  if (split <= 0) return kept;
  const idAt = (i: number): string => ids[holders.nodes[kept[i]!]!]!;
  const merged: number[] = [];
  for (let u = 0, s = split; u < split || s < kept.length; ) {
    if (s >= kept.length || (u < split && idAt(u) < idAt(s))) merged.push(kept[u++]!);
    else merged.push(kept[s++]!);
  }
  return merged;
}

interface HolderPage {
  readonly action: string;
  readonly resource: number;
  readonly size: number;
  readonly mark: string;
  readonly after: string | undefined;
}

function pageOfHolders(
  ground: Ground,
  frame: Frame,
  holders: Holders,
  order: readonly number[],
  page: HolderPage,
): Page<AccessRow> {
  const { ids, version } = ground.snapshot;
  const idAt = (i: number): string => ids[holders.nodes[order[i]!]!]!;
  let start = 0;
  if (page.after !== undefined) {
    let high = order.length;
    while (start < high) {
      const middle = (start + high) >> 1;
      if (idAt(middle) <= page.after) start = middle + 1;
      else high = middle;
    }
  }
  const end = Math.min(order.length, start + page.size);
  let cursors: readonly string[] | undefined;
  const items: AccessRow[] = [];
  for (let i = start; i < end; i++) {
    const position = order[i]!;
    items.push(new HolderRow(ground, frame, page, holders.nodes[position]!, holders.ranks[position]! as DecisionRank));
  }
  return {
    items,
    get cursors() {
      cursors ??= items.map((item) => encodeCursor(page.mark, [item.identity]));
      return cursors;
    },
    totalCount: order.length,
    hasNextPage: end < order.length,
    hasPreviousPage: start > 0,
    version,
    complete: true,
  };
}

/** The patterns that give an identity the access it has. */
export function holderRow(frame: Frame, work: Workspace, action: string, identity: number, resource: number): RowGroup {
  collectUpward(frame, resource, work.upward);
  const groups = rowsOn(frame, work, identity, resource);
  return strongestFor(groups, foldCase(action)) ?? { actions: [], exceptions: [], rank: CONDITIONAL };
}

/** One identity of `whoCan`. Which patterns give it the access is worked out only if somebody looks. */
class HolderRow implements AccessRow {
  readonly identity: string;
  readonly resource: string;
  readonly decision: AccessRow['decision'];
  readonly #rows: () => RowGroup;
  #row: RowGroup | undefined;

  constructor(ground: Ground, frame: Frame, page: HolderPage, node: number, rank: DecisionRank) {
    this.identity = ground.snapshot.ids[node]!;
    this.resource = ground.snapshot.ids[page.resource]!;
    this.decision = listedAs(rank);
    this.#rows = () => holderRow(frame, ground.work, page.action, node, page.resource);
  }

  get actions(): readonly string[] {
    this.#row ??= this.#rows();
    return this.#row.actions;
  }

  get exceptions(): readonly string[] {
    this.#row ??= this.#rows();
    return this.#row.exceptions;
  }
}
