/**
 * A walker for any store: it knows nothing but how to scan all edges, and does so again and again until nothing new is
 * reached. Memory is some twenty bytes a node of the graph and what is found; time is a scan for each step of the longest
 * way. It is also what a store's own walker is held to.
 */
import { EDGE_KINDS, type EdgeKind, isDisabled, NODE_KINDS, type NodeKind } from '../model/index.ts';
import {
  EDGE_DENY,
  type EdgeVisitor,
  type GraphWalker,
  type KindCounts,
  type NodeVisitor,
  type ReachedVisitor,
  type StoreReader,
  type TermsVisitor,
  type Walk,
  type WalkVisitor,
} from '../store/port.ts';
import { NodeDirectory } from './node-directory.ts';
import { RefSet } from './ref-set.ts';

/** Nodes whose content is asked for at a time. */
const NODES_AT_A_TIME = 10_000;

/** True for the edges that a walk follows, whatever their ends have been reached from. */
type Follows = (kind: EdgeKind, from: number, to: number, flags: number) => boolean;

export class ScanWalker implements GraphWalker {
  readonly #reader: StoreReader;
  #directory: Promise<NodeDirectory> | undefined;
  #terms: Promise<ReadonlyMap<number, readonly [readonly string[], readonly string[]]>> | undefined;

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  async walk(walk: Walk, visitor: WalkVisitor): Promise<void> {
    const follows = await this.#followed(walk);
    const reached = new RefSet();
    for (const ref of await this.#starts(walk)) reached.add(ref);
    const near = walk.deep ? reached : reached.copy();
    const forward = walk.direction === 'out';
    for (let count = -1; walk.deep && count < reached.size; ) {
      count = reached.size;
      await this.#reader.scanEdges((_, kind, from, to, flags) => {
        if (near.has(forward ? from : to) && follows(kind, from, to, flags)) reached.add(forward ? to : from);
      });
    }
    await this.#reader.scanEdges((ref, kind, from, to, flags, terms, validFrom, validTo) => {
      if (!near.has(forward ? from : to) || !follows(kind, from, to, flags)) return;
      reached.add(forward ? to : from);
      visitor.edge(ref, kind, from, to, flags, terms, validFrom, validTo);
    });
    await this.#tellNodes(reached, visitor.node);
  }

  async #starts({ from }: Walk): Promise<readonly number[]> {
    const directory = await this.#nodes();
    return 'refs' in from ? from.refs.filter((ref) => directory.kind(ref) !== undefined) : this.#refsOf(from.ids);
  }

  /** Ids are known by their hashes, so those that are found are looked at. */
  async #refsOf(ids: readonly string[]): Promise<readonly number[]> {
    const directory = await this.#nodes();
    const found: number[] = [];
    for (const id of new Set(ids)) {
      const candidates = directory.candidates(id);
      const entities = await this.#reader.entities(candidates);
      found.push(...candidates.filter((_, i) => entities[i]?.id === id));
    }
    return found;
  }

  async #followed({ kinds, toward, denying, assignable }: Walk): Promise<Follows> {
    const directory = await this.#nodes();
    const isWanted = new Set(kinds);
    const wantsResource = toward === 'RESOURCE';
    const mayLeave = assignable === true ? await this.#assignable() : undefined;
    return (kind, from, to, flags) =>
      isWanted.has(kind) &&
      (toward === undefined || (directory.kind(to) === 'Resource') === wantsResource) &&
      (denying === undefined || (flags & EDGE_DENY) !== 0) &&
      (mayLeave === undefined || mayLeave(from));
  }

  async #assignable(): Promise<(ref: number) => boolean> {
    const directory = await this.#nodes();
    const assumed = new RefSet();
    await this.#reader.scanEdges((_, kind, __, to) => {
      if (kind === 'CAN_ASSUME') assumed.add(to);
    });
    return (ref) => isBundle(directory.kind(ref)) || assumed.has(ref);
  }

  async #tellNodes(refs: RefSet, visit: ReachedVisitor): Promise<void> {
    const all = refs.refs();
    for (let first = 0; first < all.length; first += NODES_AT_A_TIME) {
      const part = all.slice(first, first + NODES_AT_A_TIME);
      const entities = await this.#reader.entities(part);
      part.forEach((ref, i) => {
        const entity = entities[i];
        if (entity !== undefined) visit(ref, entity.kind, entity.id, isDisabled(entity));
      });
    }
  }

  async between(
    from: readonly number[],
    to: readonly number[],
    kinds: readonly EdgeKind[],
    visit: EdgeVisitor,
  ): Promise<void> {
    const sources = RefSet.of(from);
    const targets = RefSet.of(to);
    const isWanted = new Set(kinds);
    await this.#reader.scanEdges((ref, kind, source, target, ...rest) => {
      if (isWanted.has(kind) && sources.has(source) && targets.has(target)) visit(ref, kind, source, target, ...rest);
    });
  }

  async hierarchy(visitor: WalkVisitor): Promise<void> {
    const directory = await this.#nodes();
    await this.#tellNodes(
      directory.refs((kind) => isBundle(kind)),
      visitor.node,
    );
    await this.#reader.scanEdges((ref, kind, from, to, ...rest) => {
      const isMembership = kind === 'MEMBER_OF' || kind === 'HAS_ROLE' || kind === 'INHERITS';
      if (isMembership && isBundle(directory.kind(from))) visitor.edge(ref, kind, from, to, ...rest);
    });
  }

  async terms(numbers: readonly number[], visit: TermsVisitor): Promise<void> {
    this.#terms ??= this.#readTerms();
    const all = await this.#terms;
    for (const number of new Set(numbers)) {
      const found = all.get(number);
      if (found !== undefined) visit(number, ...found);
    }
  }

  async #readTerms() {
    const all = new Map<number, readonly [readonly string[], readonly string[]]>();
    await this.#reader.scanTerms((number, actions, exceptActions) => void all.set(number, [actions, exceptActions]));
    return all;
  }

  async search(words: readonly string[], kinds: readonly NodeKind[], visit: NodeVisitor): Promise<void> {
    const isWanted = new Set(kinds);
    // Half a character that stands alone is searched for as the sign that is kept in its place.
    const needles = words.map((word) => wellFormed(word));
    await this.#reader.scanNodes((ref, kind, id, disabled, text) => {
      if (!isWanted.has(kind)) return;
      const hay = wellFormed(text);
      if (needles.every((needle) => hay.includes(needle))) visit(ref, kind, id, disabled, text);
    });
  }

  async counts(): Promise<KindCounts> {
    const directory = await this.#nodes();
    const edges = Object.fromEntries(EDGE_KINDS.map((kind) => [kind, 0])) as Record<EdgeKind, number>;
    await this.#reader.scanEdges((_, kind) => void edges[kind]++);
    const nodes = Object.fromEntries(NODE_KINDS.map((kind) => [kind, directory.count(kind)]));
    return { nodes: nodes as KindCounts['nodes'], edges };
  }

  #nodes(): Promise<NodeDirectory> {
    this.#directory ??= NodeDirectory.read(this.#reader);
    return this.#directory;
  }
}

const isBundle = (kind: NodeKind | undefined): boolean => kind === 'Group' || kind === 'Role';

const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
