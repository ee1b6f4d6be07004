/**
 * Walks of one version of the graph, run in the database. Each is one statement, which tells at its end whether the store
 * had moved on so far that part of the version was gone already; then nothing that was told counts. What later batches did
 * is not looked up here: scans do that, and whoever walks falls back to them.
 */
import {
  BETWEEN,
  COUNT_KINDS,
  HIERARCHY,
  SEARCH,
  type Statement,
  shapeKey,
  WALKS,
  WHETHER_SWEPT,
} from '../../../cypher/index.ts';
import { EDGE_KINDS, type EdgeKind, GrantlensError, NODE_KINDS, type NodeKind } from '../../model/index.ts';
import {
  EDGE_CONDITIONAL,
  EDGE_DENY,
  EDGE_NO_INHERIT,
  type EdgeVisitor,
  type GraphWalker,
  type KindCounts,
  type NodeVisitor,
  type TermsVisitor,
  type Walk,
  type WalkVisitor,
} from '../port.ts';
import { integer, type Parameters, type Transaction, type Values } from './door.ts';
import { idProperty } from './properties.ts';
import { corrupt, internalOf, refOf, type VersionRead } from './version-read.ts';

/**
 * From more nodes than this a deep walk goes level by level: from each start the server walks for itself, so that what many
 * starts have in common would be walked many times.
 */
const MOST_STARTS = 100;
/** Pairs up to which the edges between two sets are looked up pair by pair. */
const MOST_PAIRS = 20_000;
/** Refs sent at a time. */
const REFS_AT_ONCE = 50_000;

const IGNORED: WalkVisitor = { node: () => {}, edge: () => {} };

export class Neo4jWalker implements GraphWalker {
  readonly #read: () => VersionRead;
  /** Action patterns as they were met, numbered from 1. */
  readonly #terms: (readonly [readonly string[], readonly string[]])[] = [];
  readonly #termNumbers = new Map<string, number>();

  /** @param read the version, or an error when its reader has been closed */
  constructor(read: () => VersionRead) {
    this.#read = read;
  }

  async walk(walk: Walk, visitor: WalkVisitor): Promise<void> {
    if ('ids' in walk.from) {
      await this.#told(statementOf('ids', walk), { ids: walk.from.ids.map(idProperty) }, visitor);
    } else if (walk.deep && walk.from.refs.length > MOST_STARTS) await this.#byLevels(walk, walk.from.refs, visitor);
    else await this.#fromRefs(statementOf('refs', walk), walk.from.refs, visitor);
  }

  async #fromRefs(statement: Statement, refs: readonly number[], visitor: WalkVisitor): Promise<void> {
    for (let i = 0; i < refs.length; i += REFS_AT_ONCE)
      await this.#told(statement, { refs: internals(refs.slice(i, i + REFS_AT_ONCE)) }, visitor);
  }

  async #byLevels(walk: Walk, starts: readonly number[], visitor: WalkVisitor): Promise<void> {
    const step = statementOf('refs', { ...walk, deep: false });
    const met = new Set(starts);
    for (let level = [...met]; level.length > 0; ) {
      const next: number[] = [];
      await this.#fromRefs(step, level, {
        edge: visitor.edge,
        node: (ref, ...node) => {
          if (!met.has(ref)) next.push(ref);
          met.add(ref);
          visitor.node(ref, ...node);
        },
      });
      level = next;
    }
  }

  async between(
    from: readonly number[],
    to: readonly number[],
    kinds: readonly EdgeKind[],
    visit: EdgeVisitor,
  ): Promise<void> {
    const found = BETWEEN[[...kinds].sort().join('|')];
    if (found === undefined) throw new Error(`no statement finds ${kinds.join(', ')} between nodes`);
    const statement = from.length * to.length <= MOST_PAIRS ? found.pairs : found.fans;
    await this.#told(statement, { from: internals(from), to: internals(to) }, { ...IGNORED, edge: visit });
  }

  async hierarchy(visitor: WalkVisitor): Promise<void> {
    await this.#told(HIERARCHY, {}, visitor, true);
  }

  async terms(numbers: readonly number[], visit: TermsVisitor): Promise<void> {
    for (const number of new Set(numbers)) {
      const terms = this.#terms[number - 1];
      if (terms !== undefined) visit(number, ...terms);
    }
  }

  async search(words: readonly string[], kinds: readonly NodeKind[], visit: NodeVisitor): Promise<void> {
    const { door, version } = this.#read();
    await door.read(async (tx) => {
      const parameters = { words, kinds, version: integer(version) };
      await tx.each(SEARCH, parameters, ([internal, kind, id, disabled, text]) => {
        visit(refOf(internal as number), kind as NodeKind, id as string, disabled === true, text as string);
      });
      const [row] = await tx.all(WHETHER_SWEPT);
      this.#check(row?.[0], row?.[1], true);
    });
  }

  async counts(): Promise<KindCounts> {
    const { door, version } = this.#read();
    return door.read(async (tx) => {
      const nodes = zeros(NODE_KINDS);
      const edges = zeros(EDGE_KINDS);
      await tx.each(COUNT_KINDS, { version: integer(version) }, ([row]) => {
        const [what, kind, number] = row as [string, string, number];
        if (what === 'nodes') nodes[kind as NodeKind] = number;
        else if (what === 'edges') edges[kind as EdgeKind] = number;
        else this.#check(kind, number, true);
      });
      return { nodes, edges };
    });
  }

  /** @param exact true for what is not told of every node it looked at, so that content that changed later is not seen */
  async #told(statement: Statement, parameters: Parameters, visitor: WalkVisitor, exact = false): Promise<void> {
    const { door, version } = this.#read();
    await door.read((tx: Transaction) =>
      tx.each(statement, { ...parameters, version: integer(version) }, ([row]) => {
        const told = row as Values;
        if (told[0] === 'nodes') this.#nodes(told, visitor);
        else if (told[0] === 'edges') this.#edges(told, visitor.edge);
        else this.#check(told[1], told[2], exact);
      }),
    );
  }

  #nodes([, kind, disabled, later, refs, ids]: Values, visitor: WalkVisitor): void {
    if (later === true) throw this.#gone();
    (refs as number[]).forEach((ref, i) => {
      visitor.node(refOf(ref), kind as NodeKind, (ids as string[])[i]!, disabled === true);
    });
  }

  #edges([, kind, deny, stops, conditional, actions, except, ...lists]: Values, visit: EdgeVisitor): void {
    const [refs, froms, tos, validFroms, validTos] = lists as (readonly (number | false)[])[];
    const flags =
      (deny === true ? EDGE_DENY : 0) |
      (stops === true ? EDGE_NO_INHERIT : 0) |
      (conditional === true ? EDGE_CONDITIONAL : 0);
    const terms = kind === 'GRANTS' ? this.#termNumber(actions, except) : 0;
    refs!.forEach((ref, i) => {
      visit(
        refOf(ref as number),
        kind as EdgeKind,
        refOf(froms![i] as number),
        refOf(tos![i] as number),
        flags,
        terms,
        bound(validFroms![i]!, Number.NEGATIVE_INFINITY),
        bound(validTos![i]!, Number.POSITIVE_INFINITY),
      );
    });
  }

  #termNumber(actions: unknown, except: unknown): number {
    const terms = [(actions ?? []) as string[], (except ?? []) as string[]] as const;
    const key = JSON.stringify(terms);
    let number = this.#termNumbers.get(key);
    if (number === undefined) {
      number = this.#terms.push(terms);
      this.#termNumbers.set(key, number);
    }
    return number;
  }

  #check(sweptTo: unknown, newest: unknown, exact: boolean): void {
    const { version } = this.#read();
    if (typeof sweptTo !== 'number' || typeof newest !== 'number') throw corrupt('it has no head');
    if (sweptTo > version || (exact && newest > version)) throw this.#gone();
  }

  #gone(): GrantlensError {
    const { version } = this.#read();
    return new GrantlensError('VERSION_NOT_FOUND', `Version ${version} is not the newest any more.`, { version });
  }
}

function statementOf(from: 'ids' | 'refs', { direction, kinds, deep, toward, denying, assignable }: Walk): Statement {
  const shape = {
    from,
    direction,
    kinds,
    deep,
    ...(toward === undefined ? {} : { toward }),
    ...(denying === undefined ? {} : { denying }),
    ...(assignable === undefined ? {} : { assignable }),
  };
  const found = WALKS[shapeKey(shape)];
  if (found === undefined) throw new Error(`no statement walks ${shapeKey(shape)}`);
  return found;
}

const bound = (at: number | false, without: number): number => (at === false ? without : at);

const internals = (refs: readonly number[]): readonly bigint[] =>
  refs.flatMap((ref) => {
    const internal = internalOf(ref);
    return internal === undefined ? [] : [integer(internal)];
  });

const zeros = <K extends string>(kinds: readonly K[]): Record<K, number> =>
  Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<K, number>;
