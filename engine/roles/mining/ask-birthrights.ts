/** The question about birthright rules as it is asked. */
import { hereOrApart, type LongWork } from '../../access/apart.ts';
import { makeFrame } from '../../access/frame.ts';
import { frameOf, invalid } from '../../access/ground.ts';
import { readFacts } from '../../findings/graph-facts.ts';
import type { Instant, Reach } from '../../model/index.ts';
import type { CodedAttributes } from '../../peers/cluster-label.ts';
import { readCodedAttributes } from '../../peers/coded-attributes.ts';
import { columnSize, type EntitlementMatrix, entitlementMatrix } from '../../peers/entitlement-matrix.ts';
import { type Limit, Limits } from '../../peers/limits.ts';
import { Pace } from '../../snapshot/pace.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { type BirthrightTerm, exceptionsOf, findBirthrights } from '../meaning/birthrights.ts';
import { atomsOfTerms, type MinedAtom } from './action-columns.ts';
import type { MiningGround } from './ask-mining.ts';
import { MinedNames } from './mined-names.ts';
import type { Birthrights, BirthrightsQuestion } from './questions.ts';

const LEAST_SHARE = 0.95;
const LEAST_PEOPLE = 5;
const EXCEPTIONS_TOLD = 100;
/** Milliseconds. */
const DEADLINE = 300_000;

export interface BirthrightsInput {
  readonly at: Instant;
  readonly reach: Reach;
  readonly leastShare: number;
  readonly leastPeople: number;
  readonly conditions: Uint32Array;
  readonly attributes: CodedAttributes;
}

export interface FoundBirthrights {
  readonly rules: readonly {
    readonly terms: readonly BirthrightTerm[];
    readonly people: number;
    /** Places in `atoms`. */
    readonly entitlements: readonly { readonly atom: number; readonly holders: number }[];
    readonly exceptionCount: number;
    readonly exceptions: readonly (readonly [identity: number, atom: number])[];
  }[];
  readonly atoms: readonly MinedAtom[];
  readonly limits: readonly Limit[];
  readonly people: number;
}

/** @throws what the pace throws */
export const lookForBirthrights: LongWork<BirthrightsInput, FoundBirthrights> = async ([snapshot], input, pace) => {
  const limits = new Limits(snapshot!, input.conditions);
  const matrix = await entitlementMatrix(makeFrame(snapshot!, input.reach, input.at), pace, { limits });
  const found = await findBirthrights(matrix, input.attributes, input, pace);
  const atoms: MinedAtom[] = [];
  const placesOf = new Map<number, readonly number[]>();
  const places = (column: number): readonly number[] => {
    let known = placesOf.get(column);
    if (known === undefined) {
      known = atomsIn(snapshot!, matrix, column).map((atom) => atoms.push(atom) - 1);
      placesOf.set(column, known);
    }
    return known;
  };
  const rules = found.map((rule) => {
    const exceptions: (readonly [number, number])[] = [];
    let exceptionCount = 0;
    for (const { identity, column } of exceptionsOf(matrix, rule))
      for (const atom of places(column)) {
        exceptionCount++;
        if (exceptions.length < EXCEPTIONS_TOLD) exceptions.push([identity, atom]);
      }
    return {
      terms: rule.terms,
      people: rule.people.length,
      entitlements: rule.columns.flatMap(({ column, holders }) => places(column).map((atom) => ({ atom, holders }))),
      exceptionCount,
      exceptions,
    };
  });
  return { rules, atoms, limits: limits.all, people: matrix.identities.length };
};

function atomsIn(snapshot: Snapshot, matrix: EntitlementMatrix, column: number): readonly MinedAtom[] {
  const first = matrix.columnBounds[column]!;
  return Array.from({ length: columnSize(matrix, column) }, (_, i) => first + i).flatMap((e) =>
    atomsOfTerms(snapshot, matrix.terms[e]!, {
      resource: matrix.resources[e]!,
      inherits: matrix.inherits[e] === 1,
      limit: matrix.limits[e]!,
    }),
  );
}

/** @throws GrantlensError ARGUMENT_INVALID for what is out of its range; the reason of the signal */
export async function askBirthrights(ground: MiningGround, asked: BirthrightsQuestion): Promise<Birthrights> {
  const { snapshot, reader, apart } = ground;
  const { leastShare = LEAST_SHARE, leastPeople = LEAST_PEOPLE, signal, onProgress } = asked;
  if (!(leastShare > 0.5 && leastShare <= 1))
    throw invalid('leastShare', `leastShare must be above 0.5 and at most 1, is ${leastShare}`);
  if (!(Number.isSafeInteger(leastPeople) && leastPeople >= 2))
    throw invalid('leastPeople', `leastPeople must be a whole number from 2 on, is ${leastPeople}`);
  const { at, reach } = frameOf(ground, { at: asked.at, reach: asked.reach ?? 'ENTITLED' });
  const pace = new Pace({ signal, onProgress });
  const { conditions } = await readFacts(snapshot, reader, new Set(['conditions']), pace);
  const attributes = await readCodedAttributes(snapshot, reader, pace);
  const input = { at, reach, leastShare, leastPeople, conditions: conditions!, attributes };
  const found = await hereOrApart(apart, lookForBirthrights, [snapshot], input, {
    signal,
    onProgress,
    deadline: DEADLINE,
  });
  const names = await MinedNames.of(snapshot, reader, { ...found, roles: [] }, conditions!);
  return {
    rules: found.rules.map(({ terms, people, entitlements, exceptionCount, exceptions }) => ({
      terms,
      people,
      entitlements: entitlements.map(({ atom, holders }) => ({ entitlement: names.entitlement(atom), holders })),
      exceptionCount,
      exceptions: exceptions.map(([identity, atom]) => ({
        identity: snapshot.ids.at(identity),
        entitlement: names.entitlement(atom),
      })),
    })),
    people: found.people,
    version: snapshot.version,
  };
}
