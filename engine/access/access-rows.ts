/**
 * What a set of grants on one resource comes to, as rows of (pattern, exceptions, decision) that speak for every action
 * exactly as `check` does: an action has the strongest decision among the rows whose pattern matches it and none of whose
 * exceptions does. Rows of patterns as granted come first; where a denial has exceptions of its own, is only conditional,
 * or a bound is narrower than the grant, the part that differs becomes a row of its own.
 */
import { ALLOWED, CONDITIONAL, type DecisionRank } from '../model/index.ts';
import { covers, foldCase, intersect, matches, overlap } from '../snapshot/action-pattern.ts';
import type { Terms } from '../snapshot/action-terms.ts';

/** A grant as it applies to the resource at hand; `sure` when neither it nor the way to it has a condition. */
export interface AppliedGrant {
  readonly terms: Terms;
  readonly sure: boolean;
}

/** All that decides one context, or one bound of it, on one resource. */
export interface AppliedGrants {
  readonly allows: readonly AppliedGrant[];
  readonly denials: readonly AppliedGrant[];
}

/** A context with its bounds. */
export interface AppliedContext extends AppliedGrants {
  readonly bounds: readonly AppliedGrants[];
  /** False when the context is reached only under a condition. */
  readonly sure: boolean;
}

/** One pattern less its exceptions, and what an action in it gets. */
export interface PatternRow {
  readonly pattern: string;
  readonly folded: string;
  /** Folded → as written. */
  readonly exceptions: ReadonlyMap<string, string>;
  readonly rank: DecisionRank;
  /** True for the overlap of two patterns: listed only where no other row already says as much. */
  readonly derived: boolean;
}

/** Patterns with the same exceptions and decision, as an answer shows them. */
export interface RowGroup {
  readonly actions: readonly string[];
  readonly exceptions: readonly string[];
  readonly rank: DecisionRank;
}

/** The rows of an identity on a resource, from all its contexts, ALLOWED first. */
export function rowGroups(contexts: readonly AppliedContext[]): readonly RowGroup[] {
  const rows: PatternRow[] = [];
  for (const context of contexts) rows.push(...rowsOfContext(context));
  return grouped(withoutDominated(inOrderOfText(rows)));
}

/**
 * So that of rows which say the same, by other letters or by exceptions that take out nothing, the same one is kept, that of the
 * fewest exceptions: however contexts were put together, and whichever of several grants that say so there are.
 */
function inOrderOfText(rows: readonly PatternRow[]): readonly PatternRow[] {
  if (rows.length < 2) return rows;
  const keyed = rows.map((row) => ({ row, key: JSON.stringify([row.pattern, [...row.exceptions.values()].sort()]) }));
  return keyed
    .sort((a, b) => a.row.exceptions.size - b.row.exceptions.size || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

function rowsOfContext(context: AppliedContext): readonly PatternRow[] {
  let rows = rowsOf(context);
  for (const bound of context.bounds) {
    if (rows.length === 0) break;
    rows = withoutDominated(weaker(rows, rowsOf(bound)));
  }
  return context.sure ? rows : rows.map((row) => (row.rank === ALLOWED ? { ...row, rank: CONDITIONAL } : row));
}

/** Step 5 of the decision without bounds: allowing patterns, less what denials take out of them. */
function rowsOf(grants: AppliedGrants): readonly PatternRow[] {
  let rows: readonly PatternRow[] = inOneOrder(grants.allows).flatMap(rowsOfGrant);
  if (grants.denials.length > 0) rows = inOrderOfText(rows);
  for (const denial of inOneOrder(grants.denials)) {
    if (rows.length === 0) break;
    rows = withoutDominated(rows.flatMap((row) => lessDenial(row, denial)));
  }
  return rows;
}

/** In which order grants were met would show in the letters of patterns that differ in their case alone. */
function inOneOrder(grants: readonly AppliedGrant[]): readonly AppliedGrant[] {
  if (grants.length < 2) return grants;
  return [...grants].sort((a, b) =>
    a.terms.key < b.terms.key ? -1 : a.terms.key > b.terms.key ? 1 : +b.sure - +a.sure,
  );
}

function rowsOfGrant({ terms, sure }: AppliedGrant): readonly PatternRow[] {
  const exceptions = new Map(terms.foldedExcept.map((folded, i) => [folded, terms.exceptActions[i]!]));
  const rows: PatternRow[] = [];
  for (let i = 0; i < terms.actions.length; i++) {
    const folded = terms.foldedActions[i]!;
    if (terms.foldedExcept.some((except) => covers(except, folded))) continue;
    rows.push({ pattern: terms.actions[i]!, folded, exceptions, rank: sure ? ALLOWED : CONDITIONAL, derived: false });
  }
  return rows;
}

function lessDenial(row: PatternRow, denial: AppliedGrant): readonly PatternRow[] {
  let rows: readonly PatternRow[] = [row];
  const { terms } = denial;
  for (let i = 0; i < terms.foldedActions.length; i++) {
    rows = rows.flatMap((each) => lessPattern(each, terms.foldedActions[i]!, terms.actions[i]!, denial));
  }
  return rows;
}

/** A row less one denying pattern: what lies outside it, inside its exceptions, and inside it if the denial is conditional. */
function lessPattern(row: PatternRow, denied: string, written: string, denial: AppliedGrant): readonly PatternRow[] {
  if (!overlap(row.folded, denied) || [...row.exceptions.keys()].some((except) => covers(except, denied))) return [row];
  const { terms } = denial;
  if (terms.foldedExcept.some((except) => covers(except, row.folded))) return [row];
  const rows: PatternRow[] = [];
  const all = covers(denied, row.folded);
  if (!all) rows.push({ ...row, exceptions: new Map(row.exceptions).set(denied, written) });
  for (let i = 0; i < terms.foldedExcept.length; i++) {
    for (const part of intersect(row.folded, terms.foldedExcept[i]!))
      rows.push(...partsInside(row, part, terms.exceptActions[i]!, denied));
  }
  if (!denial.sure) {
    const rank = Math.min(row.rank, CONDITIONAL) as DecisionRank;
    if (all) rows.push({ ...row, rank });
    else for (const part of intersect(row.folded, denied)) rows.push(...derivedRow(row, part, written, rank));
  }
  return rows;
}

function partsInside(row: PatternRow, part: string, written: string, denied: string): readonly PatternRow[] {
  return intersect(part, denied).flatMap((piece) => derivedRow(row, piece, written, row.rank));
}

/** The part of a row that a narrower pattern names, in that pattern's own letters where it is whole. */
function derivedRow(row: PatternRow, folded: string, written: string, rank: DecisionRank): readonly PatternRow[] {
  if ([...row.exceptions.keys()].some((except) => covers(except, folded))) return [];
  if (folded === row.folded) return [{ ...row, rank }];
  const exceptions = new Map([...row.exceptions].filter(([except]) => overlap(except, folded)));
  const pattern = foldCase(written) === folded ? written : folded;
  return [{ pattern, folded, exceptions, rank, derived: true }];
}

/** What both of two sets of rows give, at the weaker decision of the two: a context under a bound. */
function weaker(own: readonly PatternRow[], bound: readonly PatternRow[]): readonly PatternRow[] {
  const rows: PatternRow[] = [];
  for (const a of own) {
    for (const b of bound) {
      const rank = Math.min(a.rank, b.rank) as DecisionRank;
      const beyond = [...b.exceptions].filter(([except]) => overlap(except, a.folded));
      const exceptions = beyond.length === 0 ? a.exceptions : new Map([...a.exceptions, ...beyond]);
      for (const part of intersect(a.folded, b.folded))
        rows.push(...derivedRow({ ...a, exceptions }, part, b.pattern, rank));
    }
  }
  return rows;
}

/** Leaves out rows of which another says as much or more: any row of the same pattern, any derived row. */
function withoutDominated(all: readonly PatternRow[]): readonly PatternRow[] {
  if (all.length < 2) return all;
  const byPattern = new Map<string, number[]>();
  all.forEach((row, i) => {
    const same = byPattern.get(row.pattern);
    if (same === undefined) byPattern.set(row.pattern, [i]);
    else same.push(i);
  });
  // A pattern that is also listed as granted is no mere overlap.
  const rows = all.map((row) =>
    row.derived && byPattern.get(row.pattern)!.some((i) => !all[i]!.derived) ? { ...row, derived: false } : row,
  );
  const loses = (row: PatternRow, i: number, j: number): boolean =>
    j !== i && dominates(rows[j]!, row) && !(j > i && dominates(row, rows[j]!));
  return rows.filter((row, i) => {
    if (row.derived) return !rows.some((_, j) => loses(row, i, j));
    const same = byPattern.get(row.pattern)!;
    return same.length === 1 || !same.some((j) => loses(row, i, j));
  });
}

function dominates(strong: PatternRow, weak: PatternRow): boolean {
  if (strong.rank < weak.rank || (strong.derived && !weak.derived)) return false;
  if (strong.pattern !== weak.pattern && !(weak.derived && covers(strong.folded, weak.folded))) return false;
  const kept = [...weak.exceptions.keys()];
  for (const except of strong.exceptions.keys()) {
    if (overlap(except, weak.folded) && !kept.some((own) => covers(own, except))) return false;
  }
  return true;
}

function grouped(rows: readonly PatternRow[]): readonly RowGroup[] {
  const groups = new Map<string, { actions: Set<string>; exceptions: readonly string[]; rank: DecisionRank }>();
  for (const row of rows) {
    const exceptions = [...row.exceptions.values()].sort();
    const key = JSON.stringify([row.rank, exceptions]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { actions: new Set([row.pattern]), exceptions, rank: row.rank });
    else group.actions.add(row.pattern);
  }
  const made = [...groups.values()].map(({ actions, exceptions, rank }) => ({
    actions: [...actions].sort(),
    exceptions,
    rank,
  }));
  return made.sort(byRankThenActions);
}

function byRankThenActions(a: RowGroup, b: RowGroup): number {
  if (a.rank !== b.rank) return b.rank - a.rank;
  return compareTexts(a.actions, b.actions) || compareTexts(a.exceptions, b.exceptions);
}

/** Text by text, by code units; a list that goes on after the other ends comes later. */
function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i]! !== b[i]!) return a[i]! < b[i]! ? -1 : 1;
  }
  return a.length - b.length;
}

/** True when a group speaks for a folded action. */
export function speaksFor(group: RowGroup, action: string): boolean {
  return (
    group.actions.some((p) => matches(foldCase(p), action)) &&
    !group.exceptions.some((p) => matches(foldCase(p), action))
  );
}

/** All that speaks for a folded action at the strongest decision, as one row of the patterns that match it. */
export function strongestFor(groups: readonly RowGroup[], action: string): RowGroup | undefined {
  const speaking = groups.filter((group) => speaksFor(group, action));
  if (speaking.length === 0) return undefined;
  const rank = Math.max(...speaking.map((group) => group.rank)) as DecisionRank;
  const strongest = speaking.filter((group) => group.rank === rank);
  const actions = new Set(strongest.flatMap((group) => group.actions.filter((p) => matches(foldCase(p), action))));
  const exceptions = new Set(strongest.flatMap((group) => group.exceptions));
  return { actions: [...actions].sort(), exceptions: [...exceptions].sort(), rank };
}
