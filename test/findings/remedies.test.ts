/** Every remedy does what it says: tried in `whatIf`, in every reach, now and at every later instant at which something turns. */
import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../engine/findings/questions.ts';
import { REACHES } from '../../engine/model/index.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { INSTANTS } from '../support/random-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

describe('a remedy, on random graphs of a few hundred nodes', () => {
  it.each(FINDING_KINDS)(
    'of %s does what it says',
    async (kind) => {
      let tried = 0;
      for (let i = 0; i < runs(12).numRuns!; i++) {
        for (const at of [INSTANTS[0]!, INSTANTS[1]!]) {
          const { findings, view } = await findingsOf(middlingGraph(SEED + i), { at, kinds: [kind] });
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          for (const { remedy, remedyEffect, severity } of findings.slice(0, 20)) {
            expect(severity).toBeGreaterThanOrEqual(0);
            expect(severity).toBeLessThanOrEqual(1);
            if (remedy.length === 0) continue;
            tried++;
            for (const reach of REACHES) {
              for (const then of new Set([at, ...INSTANTS.filter((instant) => instant > at), 1_000])) {
                const delta = await view.whatIf({ changes: proposedOf(remedy), reach, at: then });
                expect(delta.gainedCount).toBe(0);
                if (remedyEffect === 'NOTHING_CHANGES') expect([delta.lostCount, delta.alteredCount]).toEqual([0, 0]);
              }
            }
          }
        }
      }
      process.stderr.write(`${kind}: ${tried} remedies tried\n`);
    },
    LONG,
  );
});
