import type { Draws } from './random.ts';

const DAY = 86_400_000;

/** The day that an estate is told on: what is recent, old or over is so from here. It never moves with the clock. */
export const REFERENCE = Date.UTC(2026, 0, 1);

/** An instant between two numbers of days after the reference (negative: before it), on a whole second. */
export function daysFrom(draw: Draws, earliest: number, latest: number): number {
  return REFERENCE + Math.floor((earliest + draw.unit() * (latest - earliest)) * 86_400) * 1_000;
}

/** A day as `2024-03-01`. */
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** When something in use was last used: mostly within weeks of the reference. */
export const lately = (draw: Draws): number =>
  REFERENCE - Math.floor(draw.unit() * draw.unit() * 120 * 86_400) * 1_000 - DAY;

/** When something forgotten was last used: one and a half to five years before the reference. */
export const longAgo = (draw: Draws): number => daysFrom(draw, -1_825, -550);
