import type { Decision } from '../engine/index.ts';

/** Ways to make text stand out; the identity where colours are not wanted. */
export interface Colour {
  bold(text: string): string;
  faint(text: string): string;
  decision(decision: Decision, text?: string): string;
  warn(text: string): string;
}

const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const OF_DECISION: Readonly<Record<Decision, number>> = { ALLOWED: GREEN, CONDITIONAL: YELLOW, DENIED: RED, NONE: RED };

const paint = (code: number, text: string): string => `\u001b[${code}m${text}\u001b[0m`;

const PLAIN: Colour = {
  bold: (text) => text,
  faint: (text) => text,
  decision: (decision, text = decision) => text,
  warn: (text) => text,
};

const PAINTED: Colour = {
  bold: (text) => paint(1, text),
  faint: (text) => paint(2, text),
  decision: (decision, text = decision) => paint(OF_DECISION[decision], text),
  warn: (text) => paint(YELLOW, text),
};

/** Colours on a terminal, unless `NO_COLOR` is set to anything or the terminal is a `dumb` one. */
export function colourOf(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Colour {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return PLAIN;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return PAINTED;
  return isTerminal && TERM !== 'dumb' ? PAINTED : PLAIN;
}
