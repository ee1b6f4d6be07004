/** The two lists, a page at a time. */
import { CONDITIONAL, type DecisionRank, decisionOf } from '../model/index.ts';
import { foldCase } from '../snapshot/action-pattern.ts';
import type { IdTable } from '../snapshot/id-table.ts';
import { kindIndexOf, type Snapshot } from '../snapshot/snapshot.ts';
import { type AccessList, accessOf } from './access-list.ts';
import { type RowGroup, strongestFor } from './access-rows.ts';
import { decodeCursor, encodeCursor, type Mark, markOf, pageSize } from './cursor.ts';
import { collectUpward, Question } from './decide.ts';
import type { Frame } from './frame.ts';
import { actionOf, frameOf, type Ground, identityOf, resourceOf } from './ground.ts';
import { rowsOn } from './on-resource.ts';
import type { AccessOfQuestion, AccessRow, Page, WhoCanQuestion } from './questions.ts';
import { type Holders, whoCan } from './who.ts';
import type { Workspace } from './workspace.ts';

const listedAs = (rank: DecisionRank): AccessRow['decision'] => decisionOf(rank) as AccessRow['decision'];

/** What an identity can do: one row for each resource and set of patterns with the same exceptions and decision. */
export function askAccessOf(ground: Ground, asked: AccessOfQuestion): Page<AccessRow> {
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
  mark: Mark,
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
    const resource = ids.at(resources[position]!);
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
function placeAfter(ids: IdTable, list: AccessList, resource: string, row: number): [position: number, row: number] {
  const { resources } = list;
  let low = 0;
  let high = resources.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids.at(resources[middle]!) < resource) low = middle + 1;
    else high = middle;
  }
  if (low === resources.length || ids.at(resources[low]!) !== resource) return [low, 0];
  return row + 1 < list.rowsAt(low).length ? [low, row + 1] : [low + 1, 0];
}

/** Which identities can do one thing: one row for each, by id. */
export function askWhoCan(ground: Ground, asked: WhoCanQuestion): Page<AccessRow> {
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
  const kept = includeDisabled ? holders : withoutDisabled(ground.snapshot, holders);
  return pageOfHolders(ground, frame, kept, { action, resource, size, mark, after });
}

function withoutDisabled({ disabled }: Snapshot, { nodes, ranks }: Holders): Holders {
  const kept = { nodes: new Uint32Array(nodes.length), ranks: new Uint8Array(nodes.length) };
  let count = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (disabled[nodes[i]!] !== 0) continue;
    kept.nodes[count] = nodes[i]!;
    kept.ranks[count++] = ranks[i]!;
  }
  return { nodes: kept.nodes.subarray(0, count), ranks: kept.ranks.subarray(0, count) };
}

interface HolderPage {
  readonly action: string;
  readonly resource: number;
  readonly size: number;
  readonly mark: Mark;
  readonly after: string | undefined;
}

function pageOfHolders(ground: Ground, frame: Frame, holders: Holders, page: HolderPage): Page<AccessRow> {
  const { snapshot } = ground;
  const runs = new RunsById(snapshot, holders.nodes, page.after);
  const hasPreviousPage = runs.passed > 0;
  const items: AccessRow[] = [];
  for (let position = 0; items.length < page.size; ) {
    position = runs.next();
    if (position < 0) break;
    items.push(new HolderRow(ground, frame, page, holders.nodes[position]!, holders.ranks[position]! as DecisionRank));
  }
  let cursors: readonly string[] | undefined;
  return {
    items,
    get cursors() {
      cursors ??= items.map((item) => encodeCursor(page.mark, [item.identity]));
      return cursors;
    },
    totalCount: holders.nodes.length,
    hasNextPage: runs.passed < holders.nodes.length,
    hasPreviousPage,
    version: snapshot.version,
    complete: true,
  };
}

/** Positions of identities by id: users and service accounts are each in order, and are merged as far as a page goes. */
class RunsById {
  readonly #ids: IdTable;
  readonly #nodes: Uint32Array;
  readonly #split: number;
  #user: number;
  #account: number;

  /** @param after begins after this id */
  constructor(snapshot: Snapshot, nodes: Uint32Array, after: string | undefined) {
    this.#ids = snapshot.ids;
    this.#nodes = nodes;
    this.#split = firstIn(0, nodes.length, (i) => kindIndexOf(snapshot, nodes[i]!) > 0);
    const isAfter = (i: number): boolean => after === undefined || snapshot.ids.at(nodes[i]!) > after;
    this.#user = firstIn(0, this.#split, isAfter);
    this.#account = firstIn(this.#split, nodes.length, isAfter);
  }

  /** How many have been told or passed over. */
  get passed(): number {
    return this.#user + this.#account - this.#split;
  }

  /** -1 when there are no more. */
  next(): number {
    const users = this.#user < this.#split;
    if (this.#account >= this.#nodes.length) return users ? this.#user++ : -1;
    return users && this.#idAt(this.#user) < this.#idAt(this.#account) ? this.#user++ : this.#account++;
  }

  #idAt(position: number): string {
    return this.#ids.at(this.#nodes[position]!);
  }
}

/** The first place of a range from which on something holds; its end where it never does. */
function firstIn(first: number, end: number, holds: (place: number) => boolean): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
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
    this.identity = ground.snapshot.ids.at(node);
    this.resource = ground.snapshot.ids.at(page.resource);
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
