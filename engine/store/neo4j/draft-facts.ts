/** What a batch concerns, fact by fact: how it was, how it shall be, and where it was told. */
import type { Change, EdgeKind, EdgeRecord, NodeKind, NodeRecord, UseRecord } from '../../model/index.ts';
import { sameRecord } from './same-record.ts';

export type NodePut = Change & { readonly op: 'PUT_NODE' };
export type EdgePut = Change & { readonly op: 'PUT_EDGE' };

/** What a batch says of one source's version of a node. Without a change it is removed. */
export interface SourceWord {
  readonly source: string;
  change: NodePut | undefined;
  /** Counted from 1 over all puts of the batch; 0 where only a removal was told. */
  put: number;
}

const NO_RECORDS: readonly NodeRecord[] = Object.freeze([]);
const NO_WORDS: SourceWord[] = [];

/** A node that a batch puts, removes, or that an edge of it leads to. */
export class DraftNode {
  readonly id: string;
  /** Neo4j's id, -1 where the node is not there. */
  ref = -1;
  since = 0;
  changed = 0;
  /** Its kind in the database, undefined where it is not there. */
  kindBefore: NodeKind | undefined;
  before: readonly NodeRecord[] = NO_RECORDS;
  words: SourceWord[] = NO_WORDS;
  /** Sources of which the batch told everything, so that what is not told again is gone; set where it was read for one. */
  whole: ReadonlySet<string> | undefined;
  #after: readonly NodeRecord[] | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** Whether its content matters, not only that it is there. */
  get isTold(): boolean {
    return this.words !== NO_WORDS || this.whole !== undefined;
  }

  wordOf(source: string): SourceWord {
    let word = this.words.find((each) => each.source === source);
    if (word !== undefined) return word;
    word = { source, change: undefined, put: 0 };
    if (this.words === NO_WORDS) this.words = [word];
    else this.words.push(word);
    return word;
  }

  /** Each source's version after the batch, by source. */
  get after(): readonly NodeRecord[] {
    this.#after ??= this.#workOut();
    return this.#after;
  }

  #workOut(): readonly NodeRecord[] {
    if (!this.isTold) return this.before;
    const kept = this.before.filter(
      ({ source }) => this.whole?.has(source) !== true && !this.words.some((word) => word.source === source),
    );
    const told = this.words.flatMap(({ change, source }) => (change === undefined ? [] : [this.#told(change, source)]));
    const after = [...kept, ...told];
    return after.length < 2 ? after : after.sort((a, b) => (a.source < b.source ? -1 : 1));
  }

  /** What says the same in another order of its attributes stays as it was. */
  #told({ node }: NodePut, source: string): NodeRecord {
    const known = this.before.find((record) => record.source === source);
    return known !== undefined && sameRecord(known, node) ? known : node;
  }

  /** Its kind after the batch; undefined when no source vouches for it. */
  get kindAfter(): NodeKind | undefined {
    return this.isTold ? this.after[0]?.kind : this.kindBefore;
  }

  /** Whether the batch changes anything of it. */
  get hasEffect(): boolean {
    if (!this.isTold) return false;
    const { before, after } = this;
    return before.length !== after.length || after.some((record, i) => record !== before[i]);
  }

  /** Forgets what was read. */
  forget(): void {
    this.ref = -1;
    this.since = 0;
    this.changed = 0;
    this.kindBefore = undefined;
    this.before = NO_RECORDS;
    this.whole = undefined;
    this.#after = undefined;
  }
}

/** Where an edge lies in the database. */
export type EdgePlace = 'none' | 'relationship' | 'dangling';

/** An edge that a batch puts or removes, or that gains or loses its effect with one of its ends. */
export class DraftEdge {
  readonly id: string;
  /** The put that stands, undefined for an edge that is removed or only concerned. */
  change: EdgePut | undefined;
  /** Counted from 1 over all puts of the batch, 0 for an edge that was not put. */
  put = 0;
  /** Sources that removed it. */
  removedBy: string[] | undefined;
  before: EdgeRecord | undefined;
  placeBefore: EdgePlace = 'none';
  ref = -1;
  since = 0;
  /** Whether its source was told whole without it. */
  withdrawn = false;
  from: DraftNode | undefined;
  to: DraftNode | undefined;
  #after: EdgeRecord | undefined;
  #settled = false;

  constructor(id: string) {
    this.id = id;
  }

  get kind(): EdgeKind {
    return (this.change?.edge ?? this.before)!.kind;
  }

  get after(): EdgeRecord | undefined {
    if (!this.#settled) {
      this.#after = this.#workOut();
      this.#settled = true;
    }
    return this.#after;
  }

  #workOut(): EdgeRecord | undefined {
    const { before, change } = this;
    if (change !== undefined) return before !== undefined && sameRecord(before, change.edge) ? before : change.edge;
    if (before === undefined || this.withdrawn || this.put > 0) return undefined;
    return this.removedBy?.includes(before.source) === true ? undefined : before;
  }

  forget(): void {
    this.before = undefined;
    this.placeBefore = 'none';
    this.ref = -1;
    this.since = 0;
    this.withdrawn = false;
    this.#after = undefined;
    this.#settled = false;
  }
}

/** A use that a batch puts or withdraws. */
export class DraftUse {
  readonly key: string;
  told: UseRecord | undefined;
  before: UseRecord | undefined;
  ref = -1;
  since = 0;

  constructor(key: string) {
    this.key = key;
  }

  get after(): UseRecord | undefined {
    const { before, told } = this;
    return before !== undefined && told !== undefined && sameRecord(before, told) ? before : told;
  }

  forget(): void {
    this.before = undefined;
    this.ref = -1;
    this.since = 0;
  }
}
