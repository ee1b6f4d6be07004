/**
 * The words in which the grants on a resource speak of actions, and actions that stand for them. There are endlessly many actions;
 * what a pattern comes to is asked of one action for each word within it.
 */
import { intersect } from '../snapshot/action-pattern.ts';
import { CONTAINMENT, GRANT, type Snapshot } from '../snapshot/snapshot.ts';

/** Folded patterns and exceptions of the grants on resources and on what contains them, whatever their times. */
export class ActionWords {
  readonly #snapshot: Snapshot;
  /** Numbers of terms of the grants that name a resource itself. */
  readonly #termsOn = new Map<number, readonly number[]>();
  readonly #words = new Map<string, readonly string[]>();
  readonly #on = new Map<number, readonly string[]>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Sorted, each once. The same array for resources with the same. */
  on(resource: number): readonly string[] {
    let words = this.#on.get(resource);
    if (words === undefined) {
      words = this.#wordsOn(resource);
      this.#on.set(resource, words);
    }
    return words;
  }

  #wordsOn(resource: number): readonly string[] {
    const { adjacency, source, terms } = this.#snapshot;
    const upward = new Set([resource]);
    for (const node of upward) for (const edge of adjacency[CONTAINMENT]!.into.of(node)) upward.add(source[edge]!);
    const numbers = [...new Set([...upward].flatMap((node) => this.#termsNaming(node)))].sort((a, b) => a - b);
    const key = numbers.join();
    let words = this.#words.get(key);
    if (words === undefined) {
      const all = numbers.flatMap((number) => [
        ...terms.all[number]!.foldedActions,
        ...terms.all[number]!.foldedExcept,
      ]);
      words = [...new Set(all)].sort();
      this.#words.set(key, words);
    }
    return words;
  }

  #termsNaming(node: number): readonly number[] {
    const { adjacency, termsOf } = this.#snapshot;
    let numbers = this.#termsOn.get(node);
    if (numbers === undefined) {
      const found = new Set<number>();
      for (const edge of adjacency[GRANT]!.into.of(node)) found.add(termsOf[edge]!);
      numbers = [...found];
      this.#termsOn.set(node, numbers);
    }
    return numbers;
  }
}

/** An action that stands for what a pattern and no narrower word matches. */
export interface StandIn {
  readonly action: string;
  /** The pattern that it stands for. */
  readonly shown: string;
}

/** Parts of a pattern beyond which what they have in common with each other is left out. */
const MOST_PARTS = 256;

/**
 * Actions that stand for a folded pattern: for itself, for what it has in common with each word, and so on with what these have
 * in common. Of words that begin or end alike, as they mostly do, what is in common is one of the words; where there are more
 * than MOST_PARTS, each word alone is stood for.
 */
export function standInsFor(pattern: string, words: readonly string[]): readonly StandIn[] {
  if (!pattern.includes('*')) return [{ action: pattern, shown: pattern }];
  const parts = new Set([pattern]);
  for (const part of parts) {
    if (part !== pattern && parts.size >= MOST_PARTS) break;
    for (const word of words) for (const both of intersect(part, word)) parts.add(both);
  }
  const letter = letterMissingIn([...words, pattern]);
  return [...parts].map((part) => ({ action: part.replaceAll('*', letter), shown: part }));
}

/** A letter in place of stars that only stars match. */
function letterMissingIn(patterns: readonly string[]): string {
  let code = 0xe000;
  while (patterns.some((pattern) => pattern.includes(String.fromCharCode(code)))) code++;
  return String.fromCharCode(code);
}
