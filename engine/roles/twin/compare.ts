/**
 * Whether changes leave every identity as it stands, worked out a second time and in another way than the engine does: from
 * the records alone, without a compiled graph, and with nothing but the access model in common.
 */
import { createHash } from 'node:crypto';
import { type Change, type EdgeRecord, type Instant, REACHES, type Reach } from '../../model/index.ts';
import { bothSides, type PlainGraph, type Records } from './plain-graph.ts';
import { Standing } from './standing.ts';

/** What one side comes to. */
export interface SideSum {
  /** (identity, allowing grant) pairs at the first instant, by memberships alone. */
  readonly pairs: number;
  /** Classes of identities that stand alike: how many there are. */
  readonly classes: number;
  /** Root of a Merkle tree of SHA-256 whose leaves are the identities in the order of their ids, each with its digest. */
  readonly root: string;
}

/** Somebody who stands otherwise afterwards. */
export interface Difference {
  readonly identity: string;
  readonly reach: Reach;
  readonly at: Instant;
  /** What is granted or denied on one side only. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface TwinProof {
  /** Identities that stand behind something that changes: all that were looked at. */
  readonly identities: number;
  readonly before: SideSum;
  readonly after: SideSum;
  readonly differenceCount: number;
  /** The first hundred, by id. */
  readonly differences: readonly Difference[];
}

const TOLD = 100;

/** O(identities concerned · instants · what each comes to have). @param rest called now and then, so that others have a turn */
export async function compareSides(
  records: Records,
  changes: readonly Change[],
  instants: readonly Instant[],
  rest: () => Promise<void>,
): Promise<TwinProof> {
  const { before, after, identities } = await bothSides(records, changes);
  const sums = [new Sum(), new Sum()] as const;
  const said = new Map<EdgeRecord, string>();
  const [was, is] = [new Times(before, instants, said), new Times(after, instants, said)];
  const differences: Difference[] = [];
  let differenceCount = 0;
  for (const identity of identities) {
    await rest();
    const digests = [was.digestOf(identity), is.digestOf(identity)] as const;
    sums[0].add(identity, digests[0], was.pairsOf(identity));
    sums[1].add(identity, digests[1], is.pairsOf(identity));
    if (digests[0] === digests[1]) continue;
    differenceCount += 1;
    if (differences.length < TOLD) differences.push(differenceOf(was, is, identity));
  }
  return {
    identities: identities.length,
    before: sums[0].result(),
    after: sums[1].result(),
    differenceCount,
    differences,
  };
}

/** One side at all instants. */
class Times {
  readonly standings: readonly Standing[];

  constructor(graph: PlainGraph, instants: readonly Instant[], said: Map<EdgeRecord, string>) {
    this.standings = instants.map((at) => new Standing(graph, at, said));
  }

  digestOf(identity: string): string {
    return sha(
      this.standings.flatMap((standing) => REACHES.map((reach) => standing.digestOf(identity, reach))).join('\n'),
    );
  }

  pairsOf(identity: string): number {
    return this.standings[0]!.pairsOf(identity);
  }
}

function differenceOf(was: Times, is: Times, identity: string): Difference {
  for (const [i, before] of was.standings.entries())
    for (const reach of REACHES) {
      const after = is.standings[i]!;
      if (before.digestOf(identity, reach) === after.digestOf(identity, reach)) continue;
      const [had, has] = [before.linesOf(identity, reach), after.linesOf(identity, reach)];
      return {
        identity,
        reach,
        at: before.at,
        gained: [...has].filter((line) => !had.has(line)).sort(),
        lost: [...had].filter((line) => !has.has(line)).sort(),
      };
    }
  throw new Error('two digests differ whose parts do not');
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

class Sum {
  #pairs = 0;
  readonly #classes = new Set<string>();
  readonly #leaves: string[] = [];

  add(identity: string, digest: string, pairs: number): void {
    this.#pairs += pairs;
    this.#classes.add(digest);
    this.#leaves.push(sha(`${identity}\n${digest}`));
  }

  result(): SideSum {
    return { pairs: this.#pairs, classes: this.#classes.size, root: merkleRoot(this.#leaves) };
  }
}

/** Pairs are joined level by level; one that is left over goes up as it is. The root of no leaves is the digest of nothing. */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha('');
  let level = leaves;
  while (level.length > 1) {
    const next: string[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? sha(`${level[i]!}\n${level[i + 1]!}`) : level[i]!);
    level = next;
  }
  return level[0]!;
}
