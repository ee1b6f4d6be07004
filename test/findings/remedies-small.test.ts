/** Remedies on graphs of a few nodes that use everything at once: one by one, and those that change nothing all of a kind together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../engine/findings/questions.ts';
import { rulesOf } from '../../engine/findings/rules/index.ts';
import { REACHES } from '../../engine/model/index.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';
import { crowdedGraph, INSTANTS, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const graphs = fc.oneof(randomGraph(), crowdedGraph(), returningGraph());

describe('a remedy, on small random graphs', () => {
  it.each(rulesOf(FINDING_KINDS).map(({ kind }) => kind))(
    'of %s does what it says',
    async (kind) => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(graphs, fc.constantFrom(...INSTANTS), async (graph, at) => {
          const { findings, view } = await findingsOf(graph, { at, kinds: [kind] });
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          for (const { remedy, remedyEffect } of findings) {
            if (remedy.length === 0) continue;
            tried++;
            for (const reach of REACHES) {
              for (const then of [at, ...INSTANTS.filter((instant) => instant > at), 1_000]) {
                const delta = await view.whatIf({ changes: proposedOf(remedy), reach, at: then });
                expect(delta.gainedCount).toBe(0);
                if (remedyEffect === 'NOTHING_CHANGES') expect([delta.lostCount, delta.alteredCount]).toEqual([0, 0]);
              }
            }
          }
        }),
        runs(300),
      );
      process.stderr.write(`${kind}: ${tried} remedies tried\n`);
    },
    LONG,
  );
});
