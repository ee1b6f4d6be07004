/** What was planted in a generated company is found, and what is told of it is so. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding, FindingKind } from '../../engine/findings/questions.ts';
import { rulesOf } from '../../engine/findings/rules/index.ts';
import { ESTATE_DAY, plantedProblems } from '../../engine/generate/index.ts';
import { REACHES } from '../../engine/model/index.ts';
import { estateRecords } from '../support/estate-records.ts';
import { type FoundIn, findingsOf, proposedOf } from '../support/findings-of.ts';
import { randomOf } from '../support/mutate.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

const USERS = 3_000;
/** True where a finding is the planted one. What its ids are: docs/generate.md. */
type Match = (finding: Finding, ids: readonly string[]) => boolean;

const first: Match = ({ entities }, ids) => entities[0] === ids[0];
const all: Match = ({ entities }, ids) => ids.every((id) => entities.includes(id));
const edge: Match = ({ edges }, ids) => edges[0]?.id === ids[0];
const MATCHES: Partial<Record<FindingKind, Match>> = {
  REDUNDANT_GRANT: edge,
  DUPLICATE_ROLE: all,
  SUBSUMED_ROLE: first,
  EMPTY_ROLE: first,
  UNUSED_ROLE: first,
  MEMBERSHIP_CYCLE: all,
  ORPHANED_ACCOUNT: first,
  EXPIRED_GRANT: edge,
};
const KINDS = rulesOf(Object.keys(MATCHES) as FindingKind[]).map(({ kind }) => kind);

describe.each([1, SEED])('in a generated company of the seed %i', (seed) => {
  let found: FoundIn;
  beforeAll(async () => {
    found = await findingsOf(estateRecords(USERS, seed), { at: ESTATE_DAY, kinds: KINDS });
  }, LONG);
  const of = (kind: FindingKind): readonly Finding[] => found.findings.filter((one) => one.kind === kind);

  it.each(KINDS)('every planted %s is found', (kind) => {
    const findings = of(kind);
    const planted = [...plantedProblems({ users: USERS, seed })].filter((one) => one.kind === kind);
    expect(planted).toHaveLength(USERS / 1_000);
    const missed = planted.filter(({ ids }) => !findings.some((finding) => MATCHES[kind]!(finding, ids)));
    expect(missed).toEqual([]);
  });

  it.each(KINDS)(
    'what would put a %s right does what it says',
    async (kind) => {
      const findings = of(kind).filter(({ remedy }) => remedy.length > 0);
      const random = randomOf(seed);
      const sample = new Set(findings);
      for (const most = runs(25).numRuns!; sample.size > most; ) sample.delete([...sample][random(sample.size)]!);
      for (const { title, remedy, remedyEffect } of sample) {
        for (const reach of REACHES) {
          const delta = await found.view.whatIf({ changes: proposedOf(remedy), reach, at: ESTATE_DAY });
          const { gainedCount, lostCount, alteredCount } = delta;
          expect({ title, reach, gainedCount }).toEqual({ title, reach, gainedCount: 0 });
          if (remedyEffect === 'NOTHING_CHANGES')
            expect({ title, reach, lostCount, alteredCount }).toEqual({ title, reach, lostCount: 0, alteredCount: 0 });
        }
      }
    },
    LONG,
  );

  it.each(KINDS)('every %s is told in whole sentences', (kind) => {
    for (const { title, rationale, severity } of of(kind)) {
      expect(title).toMatch(/^\S.*[^.]$/);
      expect(rationale).toMatch(/^\S.*\.$/s);
      expect(`${title} ${rationale}`).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
      expect(severity).toBeGreaterThan(0);
      expect(severity).toBeLessThanOrEqual(1);
    }
  });
});
