/** Writes a part of a batch: in place, where one transaction holds the whole batch, or so that the version before can still be read. */
import {
  CHANGE_NODES,
  CREATE_CHUNK,
  CREATE_DANGLING,
  CREATE_EDGES,
  CREATE_GRANTS,
  CREATE_NODES,
  CREATE_USES,
  columnsOf,
  DELETE_DANGLING,
  DELETE_EDGES,
  DELETE_NODES,
  DELETE_USES,
  kindLabels,
  MARK_DANGLING,
  MARK_EDGES,
  MARK_NODES,
  MARK_USES,
  NODE_COLUMNS,
  RELABEL_NODES,
  type Statement,
} from '../../../cypher/index.ts';
import type { EdgeKind, EdgeRecord, NodeKind, UseRecord } from '../../model/index.ts';
import { placeAfter } from './batch-plan.ts';
import { integer, type Parameters, type Transaction, type Values } from './door.ts';
import type { DraftEdge, DraftNode, DraftUse } from './draft-facts.ts';
import type { EncodedChunk, FactsPart } from './facts-part.ts';
import { datetime, edgeProperties, idProperty, nodeProperties, type Properties } from './properties.ts';
import { slices } from './slices.ts';
import { useKey } from './use-key.ts';

/** Rows a statement: while the server works on some, the next are put into bytes. */
const ROWS_SENT = 5_000;

export interface WriteOptions {
  readonly version: number;
  readonly precedence: readonly string[];
  /** In place: what goes is deleted at once. Otherwise it is marked with the version that it is not part of any more. */
  readonly inPlace: boolean;
}

/** A statement with its rows made. */
interface Step {
  readonly statement: Statement;
  readonly parameters: Parameters;
  /** What has to be known of steps before it. */
  readonly complete?: () => void;
  readonly take?: (values: Values) => void;
}

/** A part that is ready to be sent. */
export interface PreparedFacts {
  /** Nodes that come to be: edges need their ids. */
  readonly made: readonly Step[];
  readonly rest: readonly Step[];
}

/** Makes the rows of a part. */
export function prepareFacts(part: FactsPart, options: WriteOptions): PreparedFacts {
  const rows = new FactRows(options);
  const made = part.nodes.filter((node) => node.before.length === 0);
  const changed = part.nodes.filter((node) => node.before.length > 0);
  return {
    made: [...rows.madeNodes(made)],
    rest: [
      ...rows.changedNodes(changed),
      ...rows.edges(part.edges),
      ...rows.uses(part.uses),
      ...rows.dropped(part.gone, DELETE_NODES, MARK_NODES),
    ],
  };
}

/**
 * Writes what was prepared. The nodes that come to be have their Neo4j ids then.
 *
 * @param onSent called when the server has got everything and works on it
 */
export async function writeFacts(tx: Transaction, { made, rest }: PreparedFacts, onSent = () => {}): Promise<void> {
  if (made.length > 0) await runAll(tx, made, rest.length === 0 ? onSent : () => {});
  if (rest.length > 0) await runAll(tx, rest, onSent);
}

/** Sends one statement after another without waiting for answers in between. */
async function runAll(tx: Transaction, steps: readonly Step[], onSent: () => void): Promise<void> {
  const running = steps.map(({ statement, parameters, complete, take = () => {} }) => {
    complete?.();
    return tx.each(statement, parameters, take);
  });
  setImmediate(onSent);
  await Promise.all(running);
}

export async function writeChunk(tx: Transaction, version: number, number: number, chunk: EncodedChunk): Promise<void> {
  const { digest } = chunk;
  // The driver takes signed bytes for bytes, and unsigned ones for a list of numbers.
  const data = new Int8Array(chunk.data.buffer, chunk.data.byteOffset, chunk.data.byteLength);
  await tx.all(CREATE_CHUNK, { version: integer(version), number: integer(number), data, digest });
}

const refsOf = (facts: readonly { readonly ref: number }[]): bigint[] => facts.map(({ ref }) => integer(ref));

class FactRows {
  readonly #options: WriteOptions;
  readonly #version: bigint;

  constructor(options: WriteOptions) {
    this.#options = options;
    this.#version = integer(options.version);
  }

  *madeNodes(nodes: readonly DraftNode[]): Generator<Step> {
    for (const [kind, made] of grouped(nodes, (node) => node.kindAfter!)) {
      for (const part of slices(made, ROWS_SENT)) yield this.#makeNodes(kind, part);
    }
  }

  #makeNodes(kind: NodeKind, nodes: readonly DraftNode[]): Step {
    const rows = nodes.map((node) => {
      const properties = nodeProperties(node.after, this.#options.precedence);
      return NODE_COLUMNS.map((column) => properties[column] ?? null);
    });
    const take = ([places, refs]: Values) =>
      (places as number[]).forEach((place, i) => void (nodes[place]!.ref = (refs as number[])[i]!));
    const parameters = { labels: kindLabels(kind), rows, version: this.#version };
    return { statement: CREATE_NODES, parameters, take };
  }

  *changedNodes(nodes: readonly DraftNode[]): Generator<Step> {
    for (const part of slices(nodes, ROWS_SENT))
      yield { statement: CHANGE_NODES, parameters: { rows: part.map((node) => this.#changedRow(node)) } };
    const turned = nodes.filter((node) => node.kindBefore !== node.kindAfter);
    for (const [kind, part] of grouped(turned, (node) => node.kindAfter!))
      yield { statement: RELABEL_NODES[kind], parameters: { refs: refsOf(part) } };
  }

  #changedRow({ ref, since, after }: DraftNode): Properties {
    const properties = nodeProperties(after, this.#options.precedence);
    properties['since'] = integer(since);
    properties['changed'] = this.#version;
    return { ref: integer(ref), properties };
  }

  *edges(edges: readonly DraftEdge[]): Generator<Step> {
    for (const [kind, ofKind] of grouped(edges, (edge) => edge.kind)) {
      const wasAt = (place: string) => ofKind.filter((edge) => edge.placeBefore === place);
      yield* this.dropped(wasAt('relationship'), DELETE_EDGES[kind], MARK_EDGES[kind]);
      yield* this.dropped(wasAt('dangling'), DELETE_DANGLING, MARK_DANGLING);
      const isAt = (place: string) => ofKind.filter((edge) => placeAfter(edge) === place);
      for (const part of slices(isAt('relationship'), ROWS_SENT)) yield this.#makeEdges(kind, part);
      for (const part of slices(isAt('dangling'), ROWS_SENT))
        yield { statement: CREATE_DANGLING, parameters: { rows: part.map(({ after }) => this.#danglingRow(after!)) } };
    }
  }

  #makeEdges(kind: EdgeKind, edges: readonly DraftEdge[]): Step {
    const columns = columnsOf(kind);
    const rows = edges.map(({ after }): unknown[] => {
      const properties = edgeProperties(after!);
      const row: unknown[] = [null, null];
      for (const column of columns) row.push(properties[column] ?? null);
      return row;
    });
    const complete = () =>
      edges.forEach(({ from, to }, i) => {
        rows[i]![0] = integer(from!.ref);
        rows[i]![1] = integer(to!.ref);
      });
    const statement = kind === 'GRANTS' ? CREATE_GRANTS : CREATE_EDGES;
    return { statement, parameters: { type: kind, rows, version: this.#version }, complete };
  }

  #danglingRow(edge: EdgeRecord): Properties {
    const from = idProperty(edge.from);
    const to = idProperty(edge.to);
    return {
      ...edgeProperties(edge),
      kind: edge.kind,
      from,
      to,
      ...(from === edge.from ? {} : { longFrom: edge.from }),
      ...(to === edge.to ? {} : { longTo: edge.to }),
      since: this.#version,
    };
  }

  *uses(uses: readonly DraftUse[]): Generator<Step> {
    const before = uses.filter((use) => use.before !== undefined);
    yield* this.dropped(before, DELETE_USES, MARK_USES);
    const made = uses.flatMap(({ after }) => (after === undefined ? [] : [after]));
    for (const part of slices(made, ROWS_SENT))
      yield { statement: CREATE_USES, parameters: { rows: part.map((use) => this.#useRow(use)) } };
  }

  #useRow(use: UseRecord): Properties {
    const { identity, action, resource, source, lastUsedAt, useCount } = use;
    const rest = { lastUsedAt: datetime(lastUsedAt), useCount: integer(useCount), since: this.#version };
    return { key: useKey(use), identity, action, resource, source, ...rest };
  }

  *dropped(facts: readonly { readonly ref: number }[], remove: Statement, mark: Statement): Generator<Step> {
    for (const part of slices(facts)) {
      const refs = refsOf(part);
      if (this.#options.inPlace) yield { statement: remove, parameters: { refs } };
      else yield { statement: mark, parameters: { refs, until: this.#version } };
    }
  }
}

/** In the order in which the groups are met first. */
function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
