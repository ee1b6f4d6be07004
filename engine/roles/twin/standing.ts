/**
 * What decides about an identity, written down: everything that it can come to act as, what each of these is granted and denied,
 * how surely, and within which bounds. Two identities, or two versions of one, of which the same is written are decided alike
 * in every question. Straight from the access model (docs/model.md), by breadth-first walks over one side of a change.
 */
import { createHash } from 'node:crypto';
import type { Instant, Reach } from '../../model/index.ts';
import {
  ACT,
  BOUND,
  CONTROL,
  GRANT,
  MEMBER,
  type NumberedGraph,
  type NumberedSides,
  TAKE_OVER,
} from './numbered-sides.ts';
import type { Lines, SaidLines } from './said-lines.ts';

/** Somebody to act as, by design or by taking over, and whether one can without any condition. */
interface Leap {
  readonly to: number;
  readonly isSure: boolean;
  readonly isTakeover: boolean;
}

/** What a node has by its memberships. */
interface Holding {
  readonly granted: Lines;
  /** The same with resources that it can take over. */
  readonly controlled: Lines;
  readonly leaps: readonly Leap[];
}

export interface Stand {
  /** SHA-256 of all that decides about the identity, in each reach. */
  readonly digests: readonly string[];
  /** Allowing grants that it has by itself, equal ones counted once. */
  readonly pairs: number;
}

/** A side at an instant. What was worked out of those whom others act as is kept. */
export class Standing {
  readonly at: Instant;
  readonly #graph: NumberedGraph;
  readonly #lines: SaidLines;
  /** Nodes that are met in one walk, in order, and in which walk each was met last. */
  readonly #queue: Uint32Array;
  readonly #met: Uint32Array;
  /** The same of lines; `2 * walk + 1` where one was met surely. */
  readonly #said: Uint32Array;
  #walk = 0;
  readonly #kept = new Map<number, Holding>();
  readonly #digests = new Map<string, string>();

  constructor(graph: NumberedGraph, { nodes, lines }: NumberedSides, at: Instant) {
    this.#graph = graph;
    this.#lines = lines;
    this.at = at;
    this.#queue = new Uint32Array(nodes);
    this.#met = new Uint32Array(nodes);
    this.#said = new Uint32Array(lines.count);
  }

  /** How an identity stands in each of some reaches. O(what it and those whom it can act as have). */
  of(identity: number, reaches: readonly Reach[]): Stand {
    const own = this.#holding(identity);
    // Who can act as nobody and take nothing over stands in every reach as in the first.
    const isAlike = own.leaps.length === 0 && own.controlled === own.granted && !this.#isBound(identity);
    const asked = isAlike ? reaches.slice(0, 1) : reaches;
    const found = asked.map((reach) => {
      const contexts = [...this.#contexts(identity, own, reach)].map(
        ([context, isSure]) =>
          `${isSure} ${this.#contextDigest(context, context === identity ? own : undefined, reach)}`,
      );
      return sha([...new Set(contexts)].sort().join('\n'));
    });
    const digests = isAlike ? reaches.map(() => found[0]!) : found;
    return { digests, pairs: own.granted.reduce((sum, line) => sum + (this.#lines.isAllowing(line >>> 1) ? 1 : 0), 0) };
  }

  /** Each thing that is granted or denied to what an identity can act as, once. For people to compare. */
  textsOf(identity: number, reach: Reach): ReadonlySet<string> {
    const texts = new Set<string>();
    for (const context of this.#contexts(identity, this.#holding(identity), reach).keys())
      for (const line of this.#linesOf(this.#keptHolding(context), reach))
        texts.add(this.#lines.text(line >>> 1, (line & 1) === 1));
    return texts;
  }

  /** SHA-256 of all that decides about an identity in a reach but for some lines, as if nobody had said them. */
  digestWithout(identity: number, reach: Reach, isLeftOut: (line: number) => boolean): string {
    const left = (lines: Lines): Lines => lines.filter((line) => !isLeftOut(line >>> 1));
    const contexts = [...this.#contexts(identity, this.#keptHolding(identity), reach)].map(
      ([context, isSure]) => `${isSure} ${this.#digest(context, this.#keptHolding(context), reach, left)}`,
    );
    return sha([...new Set(contexts)].sort().join('\n'));
  }

  /** Lines that are said to what an identity can act as, and how surely: 1 under a condition, 2 surely. */
  saidTo(identity: number, reach: Reach): ReadonlyMap<number, 1 | 2> {
    const said = new Map<number, 1 | 2>();
    for (const [context, isSure] of this.#contexts(identity, this.#keptHolding(identity), reach))
      for (const line of this.#linesOf(this.#keptHolding(context), reach)) {
        const surely = isSure && (line & 1) === 1;
        if (surely || !said.has(line >>> 1)) said.set(line >>> 1, surely ? 2 : 1);
      }
    return said;
  }

  #isThere(place: number): boolean {
    if (this.#graph.windows.size === 0) return true;
    const window = this.#graph.windows.get(place);
    return window === undefined || (window[0] <= this.at && this.at < window[1]);
  }

  #isBound(node: number): boolean {
    const { bounds, what } = this.#graph;
    for (let place = bounds[node]!; place < bounds[node + 1]!; place++) if (what[place] === BOUND) return true;
    return false;
  }

  #linesOf({ granted, controlled }: Holding, reach: Reach): Lines {
    return reach === 'ESCALATION' ? controlled : granted;
  }

  /** Whoever others act as is asked for again and again. */
  #keptHolding(node: number): Holding {
    const known = this.#kept.get(node) ?? this.#holding(node);
    this.#kept.set(node, known);
    return known;
  }

  /** Surely reached nodes first, so that each is met as surely as it can be. */
  #holding(start: number): Holding {
    const { bounds, what, to, isConditional } = this.#graph;
    const queue = this.#queue;
    const [count, sure] = this.#reach(start);
    const leaps: Leap[] = [];
    const granted: number[] = [];
    const controlled: number[] = [];
    for (let i = 0; i < count; i++) {
      const node = queue[i]!;
      for (let place = bounds[node]!; place < bounds[node + 1]!; place++) {
        const kind = what[place]!;
        if (kind === MEMBER || kind === BOUND || !this.#isThere(place)) continue;
        const isSure = i < sure && isConditional[place] === 0;
        if (kind === GRANT) this.#note(granted, to[place]!, isSure);
        else if (kind === CONTROL) this.#note(controlled, to[place]!, isSure);
        else leaps.push({ to: to[place]!, isSure, isTakeover: kind === TAKE_OVER });
      }
    }
    const own = this.#marked(granted);
    return {
      granted: own,
      controlled: controlled.length === 0 ? own : this.#marked([...granted, ...controlled]),
      leaps,
    };
  }

  /** Fills the queue with a node and all that it is a member of. @returns how many there are, and how many are sure */
  #reach(start: number): readonly [count: number, sure: number] {
    const { bounds, what, to, isConditional } = this.#graph;
    const [queue, met] = [this.#queue, this.#met];
    this.#walk += 1;
    let [count, sure] = [0, 0];
    queue[count++] = start;
    met[start] = this.#walk;
    for (const mayBeConditional of [0, 1]) {
      for (let i = 0; i < count; i++) {
        const node = queue[i]!;
        for (let place = bounds[node]!; place < bounds[node + 1]!; place++) {
          if (what[place] !== MEMBER || isConditional[place]! > mayBeConditional || met[to[place]!] === this.#walk)
            continue;
          if (!this.#isThere(place)) continue;
          met[to[place]!] = this.#walk;
          queue[count++] = to[place]!;
        }
      }
      if (mayBeConditional === 0) sure = count;
    }
    return [count, sure];
  }

  #note(lines: number[], line: number, isSure: boolean): void {
    const known = this.#said[line]!;
    const isKnown = known >>> 1 === this.#walk;
    if (!isKnown) lines.push(line);
    if (!isKnown || isSure) this.#said[line] = 2 * this.#walk + (isSure ? 1 : 0);
  }

  #marked(lines: readonly number[]): Lines {
    return Uint32Array.from(lines, (line) => 2 * line + (this.#said[line]! & 1)).sort();
  }

  #contexts(identity: number, own: Holding, reach: Reach): ReadonlyMap<number, boolean> {
    const contexts = new Map([[identity, true]]);
    if (reach === 'ENTITLED' || own.leaps.length === 0) return contexts;
    const found: (readonly [context: number, isSure: boolean])[] = [[identity, true]];
    // A list tells also what is added while it is walked.
    for (const [context, isSure] of found)
      for (const leap of context === identity ? own.leaps : this.#keptHolding(context).leaps) {
        if (leap.isTakeover && reach !== 'ESCALATION') continue;
        const surely = isSure && leap.isSure;
        const known = contexts.get(leap.to);
        if (known === true || known === surely) continue;
        contexts.set(leap.to, surely);
        found.push([leap.to, surely]);
      }
    return contexts;
  }

  /** @param own what the context has, where that is known and need not be kept */
  #contextDigest(context: number, own: Holding | undefined, reach: Reach): string {
    if (own !== undefined) return this.#digest(context, own, reach);
    const key = `${reach === 'ESCALATION'} ${context}`;
    const known = this.#digests.get(key) ?? this.#digest(context, this.#keptHolding(context), reach);
    this.#digests.set(key, known);
    return known;
  }

  /** @param left what counts of some lines; default: all */
  #digest(context: number, holding: Holding, reach: Reach, left = (lines: Lines): Lines => lines): string {
    const { bounds, what, to } = this.#graph;
    const within = new Set<string>();
    for (let place = bounds[context]!; place < bounds[context + 1]!; place++)
      if (what[place] === BOUND && this.#isThere(place))
        within.add(this.#lines.digestOf(left(this.#linesOf(this.#keptHolding(to[place]!), reach))));
    const lines = this.#lines.digestOf(left(this.#linesOf(holding, reach)));
    return within.size === 0 ? lines : sha([lines, ...[...within].sort()].join('\n'));
  }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Nodes from which a way leads to something that does not hold always, and those whom others may act as. */
export interface Special {
  readonly changesWithTime: Uint8Array;
  readonly isActedAs: Uint8Array;
}

/** O(edges of both sides). */
export function specialNodes({ nodes, before, after }: NumberedSides): Special {
  const [changesWithTime, isActedAs] = [new Uint8Array(nodes), new Uint8Array(nodes)];
  const found: number[] = [];
  const into = [before, after].map((side) => edgesInto(side, nodes));
  const note = (node: number): void => {
    if (changesWithTime[node] === 1) return;
    changesWithTime[node] = 1;
    found.push(node);
  };
  for (const { bounds, what, to, windows } of [before, after]) {
    for (let place = 0; place < what.length; place++)
      if (what[place] === ACT || what[place] === TAKE_OVER) isActedAs[to[place]!] = 1;
    for (let node = 0; node < nodes && windows.size > 0; node++)
      for (let place = bounds[node]!; place < bounds[node + 1]!; place++) if (windows.has(place)) note(node);
  }
  // A list tells also what is added while it is walked.
  for (const node of found)
    for (const { bounds, from } of into) for (let i = bounds[node]!; i < bounds[node + 1]!; i++) note(from[i]!);
  return { changesWithTime, isActedAs };
}

const isLeading = (what: number): boolean => what !== GRANT && what !== CONTROL;

/** Where edges that lead to a node come from: `from[bounds[n]]` to `from[bounds[n + 1]]`, excluded. */
function edgesInto({ bounds: out, what, to }: NumberedGraph, nodes: number) {
  const bounds = new Uint32Array(nodes + 1);
  for (let place = 0; place < what.length; place++) if (isLeading(what[place]!)) bounds[to[place]! + 1]!++;
  for (let node = 0; node < nodes; node++) bounds[node + 1]! += bounds[node]!;
  const next = bounds.slice();
  const from = new Uint32Array(bounds[nodes]!);
  for (let node = 0; node < nodes; node++)
    for (let place = out[node]!; place < out[node + 1]!; place++)
      if (isLeading(what[place]!)) from[next[to[place]!]!++] = node;
  return { bounds, from };
}
