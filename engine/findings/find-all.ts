/** All findings of a version: read what rules need, look in a thread, put in order. */
import { type Apart, hereOrApart, type Waiting } from '../access/apart.ts';
import type { Instant } from '../model/index.ts';
import { readSensitivity } from '../sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../sensitivity/rule.ts';
import { Pace } from '../snapshot/pace.ts';
import { resolveSodRules } from './duties/resolve-sod-rules.ts';
import type { SodRule } from './duties/sod-rule.ts';
import { findFindings } from './find-findings.ts';
import { readFacts } from './graph-facts.ts';
import { FINDING_KINDS, type FindingKind } from './questions.ts';
import { rulesOf } from './rules/index.ts';
import { type OneFound, type Telling, withIds } from './told.ts';

export interface FindingsGround extends Telling {
  readonly apart: Apart | undefined;
}

/** Duties to be kept apart, as a file names them. */
export interface SodRules {
  readonly rules: readonly SodRule[];
  /** What the file is called in errors. */
  readonly file: string;
}

export interface Looking {
  readonly kinds: readonly FindingKind[];
  readonly at: Instant;
  readonly staleAfterDays?: number | undefined;
  /** Rules of a file, which come before the built-in ones. */
  readonly sensitivity: readonly SensitivityRule[];
  readonly sod?: SodRules | undefined;
}

/** The findings of one version, the severest first; equal ones by kind, then id. */
export interface AllFound {
  readonly found: readonly OneFound[];
  /** What a silence does not mean, by kind. */
  readonly notes: readonly string[];
}

/** @throws the reason of the signal; InputError for duties that name what the graph does not have */
export async function findAll(ground: FindingsGround, looking: Looking, waiting: Waiting): Promise<AllFound> {
  const { snapshot, reader, apart } = ground;
  const { kinds, at, staleAfterDays, sod } = looking;
  const pace = new Pace(waiting);
  const needs = new Set(rulesOf(kinds).flatMap((rule) => rule.needs));
  const facts = await readFacts(snapshot, reader, needs, pace);
  const sensitivity = await readSensitivity(snapshot, reader, looking.sensitivity, pace);
  const duties = sod && resolveSodRules(snapshot, sod.rules, sod.file);
  const input = {
    kinds,
    at,
    facts,
    sensitivity,
    ...(duties && { sod: duties }),
    ...(staleAfterDays !== undefined && { staleAfterDays }),
  };
  const looked = await hereOrApart(apart, findFindings, [snapshot], input, waiting);
  const found = await withIds(
    ground,
    looked.flatMap((of) =>
      of.found.map((one) => ({ kind: of.kind, found: { ...one, severity: rounded(one.severity) } })),
    ),
  );
  const place = (kind: FindingKind): number => FINDING_KINDS.indexOf(kind);
  return {
    found: [...found].sort(
      (a, b) => b.found.severity - a.found.severity || place(a.kind) - place(b.kind) || (a.id < b.id ? -1 : 1),
    ),
    notes: [...new Set(looked.flatMap(({ notes }) => notes))],
  };
}

/** To three digits: a severity that grows with the days is the same all day, or nearly. */
const rounded = (severity: number): number => Math.round(severity * 1_000) / 1_000;
