/**
 * What identities lose and gain of what was agreed, by the engine. Lists tell an access by patterns as they are granted: where a grant
 * goes another one may come to be told that said nothing more until then, so that rows are compared by what they allow.
 */
import type { AccessDelta, AccessRow } from '../../access/questions.ts';
import type { Instant } from '../../model/index.ts';
import { covers, foldCase, overlap } from '../../snapshot/action-pattern.ts';
import type { AgreedRegion, Way } from '../exceptions/agreed-region.ts';

/** What a plan changes by agreement, by all reaches and instants that were looked at. */
export interface AgreedProof {
  readonly gainedCount: number;
  readonly lostCount: number;
  /** The first hundred of each. */
  readonly gained: readonly AccessRow[];
  readonly lost: readonly AccessRow[];
  /** Places of the exceptions of which something changes, ascending. */
  readonly used: readonly number[];
}

const TOLD = 100;

export class AgreedChanges {
  readonly #region: AgreedRegion;
  readonly #gained = new Map<string, AccessRow>();
  readonly #lost = new Map<string, AccessRow>();
  readonly #used = new Set<number>();

  constructor(region: AgreedRegion) {
    this.#region = region;
  }

  /**
   * Notes what differs in one reach at one instant.
   *
   * @param at that instant
   * @param before rows that are altered, as they were
   * @returns what is lost and gained though nobody agreed to it
   */
  add(
    at: Instant,
    delta: AccessDelta,
    before: readonly AccessRow[],
  ): Readonly<Record<'gained' | 'lost', readonly AccessRow[]>> {
    const had = byCell([...delta.lost, ...before]);
    const has = byCell([...delta.gained, ...delta.altered]);
    return {
      gained: this.#note(at, more(has, had), 'GAIN', this.#gained),
      lost: this.#note(at, more(had, has), 'LOSE', this.#lost),
    };
  }

  #note(at: Instant, rows: readonly AccessRow[], way: Way, into: Map<string, AccessRow>): readonly AccessRow[] {
    const { index } = this.#region.snapshot;
    const strange: AccessRow[] = [];
    for (const row of rows) {
      const [identity, resource] = [index.find(row.identity), index.find(row.resource)];
      const agreed = row.actions.map((action) => this.#region.covering(identity, foldCase(action), resource, way, at));
      if (agreed.some((entries) => entries.length === 0)) {
        strange.push(row);
        continue;
      }
      for (const entries of agreed) for (const { place } of entries) this.#used.add(place);
      into.set(JSON.stringify([row.identity, row.resource, row.actions, row.exceptions]), row);
    }
    return strange;
  }

  result(): AgreedProof {
    return {
      gainedCount: this.#gained.size,
      lostCount: this.#lost.size,
      gained: [...this.#gained.values()].slice(0, TOLD),
      lost: [...this.#lost.values()].slice(0, TOLD),
      used: [...this.#used].sort((a, b) => a - b),
    };
  }
}

/** By identity and resource. */
type Cells = ReadonlyMap<string, readonly AccessRow[]>;

function byCell(rows: readonly AccessRow[]): Cells {
  const cells = new Map<string, AccessRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.identity, row.resource]);
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [row]);
    else known.push(row);
  }
  return cells;
}

/** Of some rows, the patterns that say more than any of the others. */
function more(rows: Cells, others: Cells): readonly AccessRow[] {
  return [...rows].flatMap(([key, own]) => {
    const against = others.get(key) ?? [];
    return own.flatMap((row) => {
      const actions = row.actions.filter((action) => !against.some((other) => contains(other, row, action)));
      return actions.length === 0 ? [] : [{ ...row, actions }];
    });
  });
}

/** True when a row allows all that a pattern of another one allows, and as surely. */
function contains(wide: AccessRow, row: AccessRow, action: string): boolean {
  if (wide.decision === 'CONDITIONAL' && row.decision === 'ALLOWED') return false;
  const pattern = foldCase(action);
  const out = row.exceptions.map(foldCase);
  return (
    wide.actions.some((other) => covers(foldCase(other), pattern)) &&
    wide.exceptions.map(foldCase).every((one) => !overlap(one, pattern) || out.some((other) => covers(other, one)))
  );
}
