/**
 * What decides about an identity, written down: everything that it can come to act as, what each of these is granted and denied,
 * how surely, and within which bounds. Two identities, or two versions of one, of which the same is written are decided alike
 * in every question. Straight from the access model (docs/model.md), by breadth-first walks over records.
 */
import { createHash } from 'node:crypto';
import type { EdgeKind, EdgeRecord, Instant, NodeKind, Reach } from '../../model/index.ts';
import type { PlainGraph } from './plain-graph.ts';

const MEMBERSHIP: ReadonlySet<EdgeKind> = new Set(['MEMBER_OF', 'HAS_ROLE', 'INHERITS']);

const isThere = ({ validFrom, validTo }: EdgeRecord, at: Instant): boolean =>
  (validFrom === undefined || validFrom <= at) && (validTo === undefined || at < validTo);

/** Nodes, and whether they are come to without any condition too. */
type Reached = ReadonlyMap<string, boolean>;

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A graph at an instant. What was worked out of a node is kept. */
export class Standing {
  readonly #graph: PlainGraph;
  readonly at: Instant;
  readonly #linesOf = new Map<string, readonly string[]>();
  readonly #digests = new Map<string, string>();

  constructor(graph: PlainGraph, at: Instant) {
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
    return (this.#graph.out.get(node) ?? []).filter((edge) => isThere(edge, this.at));
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
    const kindOf = (id: string): NodeKind | undefined => this.#graph.kinds.get(id);
    const leaps = (edge: EdgeRecord): boolean =>
      edge.kind === 'CAN_ASSUME' ||
      (reach === 'ESCALATION' && edge.kind === 'CONTROLS' && kindOf(edge.to) !== 'Resource');
    for (let before = ''; before !== stateOf(contexts); ) {
      before = stateOf(contexts);
      for (const [context, isSure] of [...contexts])
        for (const [member, sure] of this.#closure(context, isSure, isMembership))
          for (const edge of this.#edges(member)) {
            if (!leaps(edge)) continue;
            const surely = sure && edge.condition === undefined;
            if (contexts.get(edge.to) !== true) contexts.set(edge.to, surely || contexts.get(edge.to) === true);
          }
    }
    return contexts;
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
    const { kind, to, effect, actions = [], exceptActions = [], inherit, condition } = edge;
    if (kind === 'GRANTS')
      return JSON.stringify([effect ?? 'ALLOW', to, actions, exceptActions, inherit !== false, condition ?? null]);
    const takesOver = kind === 'CONTROLS' && reach === 'ESCALATION' && this.#graph.kinds.get(to) === 'Resource';
    return takesOver ? JSON.stringify(['CONTROLS', to, condition ?? null]) : undefined;
  }
}

const isMembership = ({ kind }: EdgeRecord): boolean => MEMBERSHIP.has(kind);
const stateOf = (reached: Reached): string => `${reached.size} ${[...reached.values()].filter((sure) => sure).length}`;
