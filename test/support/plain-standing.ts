/**
 * What decides about an identity in the plainest way: breadth-first walks over records, one identity and one reach at a time. Slow;
 * what the twin of a proof writes down with numbers is held to it.
 */
import { createHash } from 'node:crypto';
import type { EdgeKind, EdgeRecord, Instant, Reach } from '../../engine/model/index.ts';
import type { PlainGraph } from '../../engine/roles/twin/plain-graph.ts';

const MEMBERSHIP: ReadonlySet<EdgeKind> = new Set(['MEMBER_OF', 'HAS_ROLE', 'INHERITS']);

const isThere = ({ validFrom, validTo }: EdgeRecord, at: Instant): boolean =>
  (validFrom === undefined || validFrom <= at) && (validTo === undefined || at < validTo);

/** Somebody to act as, and whether one can without any condition. */
interface Leap {
  readonly to: string;
  readonly sure: boolean;
}

/** Nodes, and whether they are come to without any condition too. */
type Reached = ReadonlyMap<string, boolean>;

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A graph at an instant. What was worked out of a node is kept. */
export class PlainStanding {
  readonly #graph: PlainGraph;
  readonly at: Instant;
  readonly #edgesOf = new Map<string, readonly EdgeRecord[]>();
  readonly #leapsOf = new Map<string, readonly Leap[]>();
  /** What an edge says is the same at all instants and on both sides: the map may be theirs together. */
  readonly #said: Map<EdgeRecord, string>;
  readonly #linesOf = new Map<string, readonly string[]>();
  readonly #digests = new Map<string, string>();

  constructor(graph: PlainGraph, at: Instant, said: Map<EdgeRecord, string> = new Map()) {
    this.#said = said;
    this.#graph = graph;
    this.at = at;
  }

  /** SHA-256 of all that decides about an identity in a reach. */
  digestOf(identity: string, reach: Reach): string {
    const contexts = [...this.#contexts(identity, reach)].map(
      ([context, sure]) => `${sure} ${this.#contextDigest(context, reach)}`,
    );
    return sha([...new Set(contexts)].sort().join('\n'));
  }

  /** Each thing that is granted or denied to what an identity can act as, once. For people to compare. */
  linesOf(identity: string, reach: Reach): ReadonlySet<string> {
    const lines = new Set<string>();
    for (const context of this.#contexts(identity, reach).keys())
      for (const line of this.#lines(context, reach)) lines.add(line);
    return lines;
  }

  /** How many allowing grants the identity has by itself, equal ones counted once. */
  pairsOf(identity: string): number {
    return this.#lines(identity, 'ENTITLED').filter((line) => line.startsWith('["ALLOW"')).length;
  }

  #edges(node: string): readonly EdgeRecord[] {
    const known = this.#edgesOf.get(node);
    if (known !== undefined) return known;
    const all = this.#graph.out.get(node) ?? [];
    // Mostly all are there: the list is then the graph's own.
    const edges = all.every((edge) => isThere(edge, this.at)) ? all : all.filter((edge) => isThere(edge, this.at));
    this.#edgesOf.set(node, edges);
    return edges;
  }

  /** Surely reached ones first, so that each is met as surely as it can be. */
  #closure(start: string, isSure: boolean, follows: (edge: EdgeRecord) => boolean): Reached {
    const reached = new Map([[start, isSure]]);
    for (const sure of isSure ? [true, false] : [false]) {
      const queue = [...reached.keys()];
      for (const node of queue)
        for (const edge of this.#edges(node)) {
          if (!follows(edge) || reached.has(edge.to) || (sure && edge.condition !== undefined)) continue;
          reached.set(edge.to, sure);
          queue.push(edge.to);
        }
    }
    return reached;
  }

  #contexts(identity: string, reach: Reach): Reached {
    const contexts = new Map([[identity, true]]);
    if (reach === 'ENTITLED') return contexts;
    const found: Leap[] = [{ to: identity, sure: true }];
    // A list tells also what is added while it is walked.
    for (const { to: context, sure } of found)
      for (const leap of this.#leaps(context, sure, reach)) {
        const known = contexts.get(leap.to);
        if (known === true || known === leap.sure) continue;
        contexts.set(leap.to, leap.sure);
        found.push(leap);
      }
    return contexts;
  }

  /** What a context can come to act as next, once for each way. */
  #leaps(context: string, isSure: boolean, reach: Reach): readonly Leap[] {
    const key = `${reach === 'ESCALATION'} ${isSure} ${context}`;
    const known = this.#leapsOf.get(key);
    if (known !== undefined) return known;
    const leaps: Leap[] = [];
    for (const [member, sure] of this.#closure(context, isSure, isMembership))
      for (const edge of this.#edges(member))
        if (this.#isLeap(edge, reach)) leaps.push({ to: edge.to, sure: sure && edge.condition === undefined });
    this.#leapsOf.set(key, leaps);
    return leaps;
  }

  #isLeap({ kind, to }: EdgeRecord, reach: Reach): boolean {
    if (kind === 'CAN_ASSUME') return true;
    return reach === 'ESCALATION' && kind === 'CONTROLS' && this.#graph.kinds.get(to) !== 'Resource';
  }

  #contextDigest(context: string, reach: Reach): string {
    const key = `${reach === 'ESCALATION'} ${context}`;
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    const bounds = this.#edges(context)
      .filter(({ kind }) => kind === 'BOUNDED_BY')
      .map(({ to }) => sha(this.#lines(to, reach).join('\n')));
    const digest = sha([this.#lines(context, reach).join('\n'), ...[...new Set(bounds)].sort()].join('\n\n'));
    this.#digests.set(key, digest);
    return digest;
  }

  /** What a context is granted and denied, and whether surely. */
  #lines(context: string, reach: Reach): readonly string[] {
    const key = `${reach === 'ESCALATION'} ${context}`;
    const known = this.#linesOf.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, boolean>();
    for (const [member, isSure] of this.#closure(context, true, isMembership))
      for (const edge of this.#edges(member)) {
        const says = this.#saidBy(edge, reach);
        if (says === undefined) continue;
        const surely = isSure && edge.condition === undefined;
        found.set(says, surely || found.get(says) === true);
      }
    const lines = [...found].map(([says, surely]) => `${says}${surely ? '' : ' under a condition'}`).sort();
    this.#linesOf.set(key, lines);
    return lines;
  }

  #saidBy(edge: EdgeRecord, reach: Reach): string | undefined {
    if (edge.kind !== 'GRANTS' && (edge.kind !== 'CONTROLS' || reach !== 'ESCALATION')) return undefined;
    const known = this.#said.get(edge);
    if (known !== undefined) return known;
    const { kind, to, effect, actions = [], exceptActions = [], inherit, condition } = edge;
    if (kind === 'CONTROLS' && this.#graph.kinds.get(to) !== 'Resource') return undefined;
    const says =
      kind === 'GRANTS'
        ? JSON.stringify([effect ?? 'ALLOW', to, actions, exceptActions, inherit !== false, condition ?? null])
        : JSON.stringify(['CONTROLS', to, condition ?? null]);
    this.#said.set(edge, says);
    return says;
  }
}

const isMembership = ({ kind }: EdgeRecord): boolean => MEMBERSHIP.has(kind);
