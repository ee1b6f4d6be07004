/**
 * Damages real files at random and checks what a loader makes of them: changes, or an error of this product; never
 * another throw, never a hang. Everything follows from the seed, so a failure can be run again.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inspect } from 'node:util';
import { GrantlensError } from '../../engine/model/index.ts';
import type { Loaded } from '../../loaders/loader.ts';
import { type Collected, collect } from './collect.ts';

/** A whole number from 0 to below the bound. */
export type Random = (below: number) => number;

/** Mulberry32: small, fast, the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Characters that mean something in one of the formats. */
const TELLING = Buffer.from('{}[]()"\'`,;:|-#&*!%@\\/<>=$ \t\r\n\0\x1b0123456789eE+.~');

const someRange = (bytes: Buffer, random: Random, most: number): readonly [number, number] => {
  const start = random(bytes.length + 1);
  return [start, Math.min(bytes.length, start + 1 + random(most))];
};

const linesOf = (bytes: Buffer): Buffer[] => {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(at, next));
    at = next;
  }
  return lines;
};

/** The ways in which a file goes bad. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flip(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let i = 1 + random(8); i > 0 && copy.length > 0; i--) copy[random(copy.length)]! ^= 1 << random(8);
    return copy;
  },
  replace(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let i = 1 + random(6); i > 0 && copy.length > 0; i--)
      copy[random(copy.length)] = TELLING[random(TELLING.length)]!;
    return copy;
  },
  insert(bytes, random) {
    const at = random(bytes.length + 1);
    const added = Buffer.from(
      Array.from({ length: 1 + random(12) }, () => (random(4) === 0 ? random(256) : TELLING[random(TELLING.length)]!)),
    );
    return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
  },
  cut: (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  remove(bytes, random) {
    const [start, end] = someRange(bytes, random, 200);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  repeat(bytes, random) {
    const [start, end] = someRange(bytes, random, 400);
    const part = bytes.subarray(start, end);
    return Buffer.concat([
      bytes.subarray(0, end),
      ...Array.from({ length: 1 + random(20) }, () => part),
      bytes.subarray(end),
    ]);
  },
  move(bytes, random) {
    const [start, end] = someRange(bytes, random, 200);
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    const at = random(rest.length + 1);
    return Buffer.concat([rest.subarray(0, at), bytes.subarray(start, end), rest.subarray(at)]);
  },
  shuffleLines(bytes, random) {
    const lines = linesOf(bytes);
    for (let i = lines.length - 1; i > 0; i--) {
      const other = random(i + 1);
      [lines[i], lines[other]] = [lines[other]!, lines[i]!];
    }
    return Buffer.concat(lines);
  },
  repeatLine(bytes, random) {
    const lines = linesOf(bytes);
    if (lines.length === 0) return bytes;
    const line = lines[random(lines.length)]!;
    lines.splice(random(lines.length + 1), 0, line);
    return Buffer.concat(lines);
  },
  removeLine(bytes, random) {
    const lines = linesOf(bytes);
    lines.splice(random(lines.length + 1), 1);
    return Buffer.concat(lines);
  },
  /** One word in place of another from the same file: keeps the form, breaks the sense. */
  swapWords(bytes, random) {
    const words = bytes.toString('latin1').match(/[A-Za-z0-9_:./-]{2,}/g) ?? [];
    if (words.length < 2) return bytes;
    const [from, to] = [words[random(words.length)]!, words[random(words.length)]!];
    const at = bytes.indexOf(from, random(bytes.length), 'latin1');
    if (at < 0) return bytes;
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(to, 'latin1'), bytes.subarray(at + from.length)]);
  },
};

export interface Mutant {
  readonly bytes: Buffer;
  /** What was done to the original, in order. */
  readonly done: readonly string[];
}

/** Damages a file in one to three ways. */
export function mutate(original: Buffer, random: Random): Mutant {
  const names = Object.keys(MUTATIONS);
  const done: string[] = [];
  let bytes = original;
  for (let i = 1 + random(3); i > 0; i--) {
    const name = names[random(names.length)]!;
    bytes = MUTATIONS[name]!(bytes, random);
    done.push(name);
  }
  return { bytes, done };
}

export interface Fuzz {
  /** Files that are damaged in turn; only their first megabyte is taken. */
  readonly originals: readonly string[];
  readonly seed: number;
  /** How many damaged files are tried. */
  readonly rounds: number;
  /** Loads a damaged file, which bears the name of the original. */
  readonly load: (path: string) => Promise<Loaded>;
  /** Milliseconds that one file may take; default 10,000. */
  readonly patience?: number;
  /** Further checks on what was loaded. */
  readonly check?: (collected: Collected) => void;
}

/** How the rounds ended. */
export interface FuzzOutcome {
  readonly loaded: number;
  readonly refused: number;
}

/**
 * Tries damaged files on a loader.
 *
 * @throws Error that names seed, round and damage when a loader throws anything but a GrantlensError or is too slow
 */
export async function fuzz({ originals, seed, rounds, load, patience = 10_000, check }: Fuzz): Promise<FuzzOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-fuzz-'));
  const random = randomOf(seed);
  const outcome = { loaded: 0, refused: 0 };
  try {
    const contents = await Promise.all(originals.map(async (path) => (await readFile(path)).subarray(0, 1024 * 1024)));
    for (let round = 0; round < rounds; round++) {
      const which = round % originals.length;
      const { bytes, done } = mutate(contents[which]!, random);
      const path = join(folder, basename(originals[which]!));
      await writeFile(path, bytes);
      const where = `seed ${seed}, round ${round}, ${basename(path)}: ${done.join(', ')}`;
      outcome[await tryOne(where, () => load(path), patience, check)] += 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return outcome;
}

async function tryOne(
  where: string,
  load: () => Promise<Loaded>,
  patience: number,
  check: Fuzz['check'],
): Promise<keyof FuzzOutcome> {
  const start = performance.now();
  let collected: Collected | undefined;
  try {
    collected = await collect(await load());
  } catch (error) {
    if (!(error instanceof GrantlensError)) throw new Error(`${where}: threw ${inspect(error)}`, { cause: error });
    if (error.message.includes('    at '))
      throw new Error(`${where}: the message holds a stack trace: ${error.message}`);
  }
  const took = performance.now() - start;
  if (took > patience) throw new Error(`${where}: took ${Math.round(took)} ms`);
  if (collected !== undefined) check?.(collected);
  return collected === undefined ? 'refused' : 'loaded';
}
