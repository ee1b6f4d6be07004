/** Reading of arguments that are more than text. What is wrong with one is told with what is right. */
import { InvalidArgumentError } from 'commander';
import {
  DEFAULT_REACH,
  EDGE_KINDS,
  type EdgeKind,
  FINDING_KINDS,
  type FindingKind,
  formatInstant,
  type Instant,
  NODE_KINDS,
  type NodeKind,
  parseInstant,
  REACHES,
  type Reach,
} from '../engine/index.ts';

export function reachOf(text: string): Reach {
  const reach = text.toUpperCase() as Reach;
  if (REACHES.includes(reach)) return reach;
  throw new InvalidArgumentError(`It is one of ${REACHES.join(', ')}; the default is ${DEFAULT_REACH}.`);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An instant, or a day, which stands for its first instant in UTC. */
export function instantOf(text: string): Instant {
  const at = parseInstant(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (at !== undefined) return at;
  throw new InvalidArgumentError('It is a date such as 2027-01-01 or an instant such as 2027-01-01T09:00:00Z.');
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

/** A number from 0 to 1. */
export function shareOf(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It is a number from 0 to 1.');
}

export function findingKindOf(text: string): FindingKind {
  const kind = FINDING_KINDS.find((one) => one === text.toUpperCase().replaceAll('-', '_'));
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It is one of ${FINDING_KINDS.join(', ')}.`);
}

export function kindOf(text: string): NodeKind {
  const plain = text.replace(/[_\s-]/g, '').toLowerCase();
  const kind = NODE_KINDS.find((one) => one.toLowerCase() === plain);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It is one of ${NODE_KINDS.join(', ')}.`);
}

export function edgeKindOf(text: string): EdgeKind {
  const kind = EDGE_KINDS.find((one) => one === text.toUpperCase().replaceAll('-', '_'));
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It is one of ${EDGE_KINDS.join(', ')}.`);
}

/** The day alone where the instant is its first, which is what most expiries are. */
export function shortInstant(at: Instant): string {
  const text = formatInstant(at);
  return text.endsWith('T00:00:00Z') ? text.slice(0, 10) : text;
}
