/** What holders have lost and gained by agreement so far, step by step: what comes back is as if it had never gone. */
import type { AgreedGrants, Given } from './agreed-grants.ts';

/** What somebody is given under which name: a line, and the grant that says it. */
export type Lines = ReadonlyMap<string, Given>;

export interface HeldChange {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface TakenApart {
  readonly agreed: HeldChange;
  /** What nobody agreed to. */
  readonly other: HeldChange;
}

export class AgreedLedger {
  readonly #agreed: AgreedGrants;
  readonly #changed = new Map<string, Map<string, 'LOST' | 'GAINED'>>();

  /** @param begun what was lost and gained before the first step, of a plan of which some is done */
  constructor(agreed: AgreedGrants, begun: readonly (HeldChange & { readonly holder: string })[] = []) {
    this.#agreed = agreed;
    for (const { holder, gained, lost } of begun) {
      const own = this.#of(holder);
      for (const line of gained) if (!own.delete(line)) own.set(line, 'GAINED');
      for (const line of lost) if (!own.delete(line)) own.set(line, 'LOST');
    }
  }

  #of(holder: string): Map<string, 'LOST' | 'GAINED'> {
    const own = this.#changed.get(holder) ?? new Map<string, 'LOST' | 'GAINED'>();
    this.#changed.set(holder, own);
    return own;
  }

  /** Takes apart what a holder gains and loses by a step, and writes down what was agreed. */
  takenApart(holder: string, had: Lines, has: Lines): TakenApart {
    const gained = [...has].filter(([line]) => !had.has(line)).sort(byLine);
    const lost = [...had].filter(([line]) => !has.has(line)).sort(byLine);
    const isAgreed =
      (way: 'LOSE' | 'GAIN') =>
      ([line, given]: readonly [string, Given]) =>
        this.#note(holder, line, given, way);
    const [gains, losses] = [split(gained, isAgreed('GAIN')), split(lost, isAgreed('LOSE'))];
    return {
      agreed: { gained: gains.agreed, lost: losses.agreed },
      other: { gained: gains.other, lost: losses.other },
    };
  }

  #note(holder: string, line: string, given: Given, way: 'LOSE' | 'GAIN'): boolean {
    const isReturn = this.#changed.get(holder)?.get(line) === (way === 'LOSE' ? 'GAINED' : 'LOST');
    // What comes back was lost by agreement, also where somebody else says so.
    const asAgreed = isReturn ? OTHER[way] : way;
    if (!this.#agreed.allAgree(holder, given, asAgreed)) return false;
    const own = this.#of(holder);
    if (isReturn) own.delete(line);
    else own.set(line, way === 'LOSE' ? 'LOST' : 'GAINED');
    return true;
  }
}

const OTHER = { LOSE: 'GAIN', GAIN: 'LOSE' } as const;

const byLine = ([a]: readonly [string, Given], [b]: readonly [string, Given]): number => (a < b ? -1 : 1);

function split(lines: readonly (readonly [string, Given])[], isAgreed: (line: readonly [string, Given]) => boolean) {
  const [agreed, other]: [string[], string[]] = [[], []];
  for (const line of lines) (isAgreed(line) ? agreed : other).push(line[0]);
  return { agreed, other };
}
