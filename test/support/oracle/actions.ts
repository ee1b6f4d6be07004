/** Finitely many actions that stand for all there are: no set of patterns can tell more of them apart. */
import { fold } from './glob.ts';
import type { OracleGraph } from './world.ts';

/** A letter that no pattern names, for all the others that none names. */
const STRANGER = '\u2022';

/** Every pattern of the graph's grants, each once. */
export function patternsOf(graph: OracleGraph): readonly string[] {
  const patterns = graph.edges.flatMap((edge) => [...(edge.actions ?? []), ...(edge.exceptActions ?? [])]);
  return [...new Set(patterns)].sort();
}

/**
 * One action, as short as can be, for each set of the patterns that some action matches exactly; no more than those.
 * Reads all texts at once, letter by letter: where a text stands in each pattern decides all that can still follow.
 */
export function actionsToldApart(patterns: readonly string[]): readonly string[] {
  const folded = patterns.map((pattern) => [...fold(pattern)]);
  const letters = [...new Set([...folded.flat().filter((letter) => letter !== '*'), STRANGER])];
  const start = folded.map((pattern) => skipStars(pattern, new Set([0])));
  const seen = new Set([keyOf(start)]);
  const witnesses = new Map<string, string>();
  const queue: { text: string; places: readonly ReadonlySet<number>[] }[] = [{ text: '', places: start }];
  for (const { text, places } of queue) {
    for (const letter of letters) {
      const next = places.map((place, index) => step(folded[index]!, place, letter));
      const matched = next.map((place, index) => (place.has(folded[index]!.length) ? '1' : '0')).join('');
      if (!witnesses.has(matched)) witnesses.set(matched, text + letter);
      if (seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      queue.push({ text: text + letter, places: next });
    }
  }
  return [...witnesses.values()].sort();
}

function step(pattern: readonly string[], places: ReadonlySet<number>, letter: string): ReadonlySet<number> {
  const next = new Set<number>();
  for (const place of places) {
    if (pattern[place] === '*') next.add(place);
    else if (pattern[place] === letter) next.add(place + 1);
  }
  return skipStars(pattern, next);
}

function skipStars(pattern: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === '*') all.add(place + 1);
  return all;
}

const keyOf = (places: readonly ReadonlySet<number>[]): string =>
  places.map((place) => [...place].sort((a, b) => a - b).join(',')).join(';');
