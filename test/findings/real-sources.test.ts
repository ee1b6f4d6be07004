/** What is found in real configurations: every remedy is tried. Left out where they are not at hand. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding, FindingKind } from '../../engine/findings/questions.ts';
import { rulesOf } from '../../engine/findings/rules/index.ts';
import { REACHES } from '../../engine/model/index.ts';
import { awsLoader } from '../../loaders/aws/aws-loader.ts';
import { kubernetesLoader } from '../../loaders/kubernetes/loader.ts';
import { collect } from '../support/collect.ts';
import { type FoundIn, findingsOf, proposedOf } from '../support/findings-of.ts';
import { LONG } from '../support/seed.ts';

const AT = Date.UTC(2026, 0, 1);
const real = (path: string): string => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
const SOURCES = {
  'two accounts of AWS': {
    path: real('aws/account-authorization-details.json'),
    load: (path: string) => awsLoader.load({ paths: [path], options: {} }),
  },
  'the roles that Kubernetes brings': {
    path: real('kubernetes/kubernetes-bootstrappolicy'),
    load: (path: string) => kubernetesLoader.load({ paths: [path], source: 'c', options: {} }),
  },
  'kube-prometheus': {
    path: real('kubernetes/kube-prometheus'),
    load: (path: string) => kubernetesLoader.load({ paths: [path], source: 'c', options: {} }),
  },
} as const;
const KINDS = rulesOf([
  'REDUNDANT_GRANT',
  'DUPLICATE_ROLE',
  'SUBSUMED_ROLE',
  'EMPTY_ROLE',
  'UNUSED_ROLE',
  'MEMBERSHIP_CYCLE',
  'ORPHANED_ACCOUNT',
  'EXPIRED_GRANT',
] satisfies FindingKind[]).map(({ kind }) => kind);
/** Remedies of a kind that are tried. */
const MOST = 60;

for (const [name, { path, load }] of Object.entries(SOURCES)) {
  describe.skipIf(!existsSync(path))(`findings in ${name}`, () => {
    let found: FoundIn;
    beforeAll(async () => {
      found = await findingsOf(await collect(await load(path)), { at: AT, kinds: KINDS });
    }, LONG);
    const of = (kind: FindingKind): readonly Finding[] => found.findings.filter((one) => one.kind === kind);

    it.each(KINDS)(
      'of the kind %s do what they say',
      async (kind) => {
        const findings = of(kind);
        for (const { title, rationale } of findings)
          expect(`${title} ${rationale}`).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
        const step = Math.max(1, Math.ceil(findings.length / MOST));
        for (let i = 0; i < findings.length; i += step) {
          const { title, remedy, remedyEffect } = findings[i]!;
          if (remedy.length === 0) continue;
          for (const reach of REACHES) {
            const delta = await found.view.whatIf({ changes: proposedOf(remedy), reach, at: AT });
            const { gainedCount, lostCount, alteredCount } = delta;
            expect({ title, gainedCount }).toEqual({ title, gainedCount: 0 });
            if (remedyEffect === 'NOTHING_CHANGES')
              expect({ title, lostCount, alteredCount }).toEqual({ title, lostCount: 0, alteredCount: 0 });
          }
        }
      },
      LONG,
    );
  });
}
