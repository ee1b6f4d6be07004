/** Writes a part of a batch: in place, where one transaction holds the whole batch, or so that the version before can still be read. */
import {
  CHANGE_NODES,
  CREATE_CHUNK,
  CREATE_DANGLING,
  CREATE_EDGES,
  CREATE_NODES,
  CREATE_USES,
  DELETE_DANGLING,
  DELETE_EDGES,
  DELETE_NODES,
  DELETE_USES,
  MARK_DANGLING,
  MARK_EDGES,
  MARK_NODES,
  MARK_USES,
  RELABEL_NODES,
  type Statement,
} from '../../../cypher/index.ts';
import type { EdgeRecord, UseRecord } from '../../model/index.ts';
import { placeAfter } from './batch-plan.ts';
import { integer, type Parameters, type Transaction } from './door.ts';
import type { DraftEdge, DraftNode, DraftUse } from './draft-facts.ts';
import { encodeChunk, type JournalChunk } from './journal-chunk.ts';
import { datetime, edgeProperties, idProperty, nodeProperties, type Properties } from './properties.ts';
import { slices } from './slices.ts';
import { useKey } from './use-key.ts';

/** Facts that are written in one transaction. */
export interface FactsPart {
  readonly nodes: readonly DraftNode[];
  readonly edges: readonly DraftEdge[];
  readonly uses: readonly DraftUse[];
  readonly gone: readonly DraftNode[];
}

export const rowsOf = ({ nodes, edges, uses, gone }: FactsPart): number =>
  nodes.length + edges.length + uses.length + gone.length;

/** Whether facts of the version before go or are put in the place of others. */
export const dropsAny = ({ nodes, edges, uses, gone }: FactsPart): boolean =>
  gone.length > 0 ||
  nodes.some((node) => node.before.length > 0) ||
  edges.some((edge) => edge.placeBefore !== 'none') ||
  uses.some((use) => use.before !== undefined);

export type EncodedChunk = Awaited<ReturnType<typeof encodeChunk>>;

/** The journal of a part. */
export const journalOf = ({ nodes, edges, uses, gone }: FactsPart): Promise<EncodedChunk> => {
  const chunk: JournalChunk = {
    nodes: [...nodes, ...gone].map(({ before, after, ref, since, changed }) =>
      before.length === 0 ? { before, after } : { before, after, ref, since, changed },
    ),
    edges: edges.map(({ before, after, placeBefore, ref, since }) => ({
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(placeBefore === 'relationship' ? { ref, since } : {}),
    })),
    uses: uses.map(({ before, after }) => ({
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
  };
  return encodeChunk(chunk);
};

export interface WriteOptions {
  readonly version: number;
  readonly precedence: readonly string[];
  /** In place: what goes is deleted at once. Otherwise it is marked with the version that it is not part of any more. */
  readonly inPlace: boolean;
}

/** Writes a part's facts. Nodes that it makes get their Neo4j ids when the transaction has run: set by `keep`. */
export async function writeFacts(tx: Transaction, part: FactsPart, options: WriteOptions): Promise<void> {
  const writer = new FactsWriter(tx, options);
  await writer.makeNodes(part.nodes.filter((node) => node.before.length === 0));
  await writer.changeNodes(part.nodes.filter((node) => node.before.length > 0));
  await writer.writeEdges(part.edges);
  await writer.writeUses(part.uses);
  await writer.removeNodes(part.gone);
}

export async function writeChunk(tx: Transaction, version: number, number: number, chunk: EncodedChunk): Promise<void> {
  const { digest } = chunk;
  // The driver takes signed bytes for bytes, and unsigned ones for a list of numbers.
  const data = new Int8Array(chunk.data.buffer, chunk.data.byteOffset, chunk.data.byteLength);
  await tx.all(CREATE_CHUNK, { version: integer(version), number: integer(number), data, digest });
}

const refsOf = (facts: readonly { readonly ref: number }[]): bigint[] => facts.map(({ ref }) => integer(ref));

class FactsWriter {
  readonly #tx: Transaction;
  readonly #options: WriteOptions;
  readonly #version: bigint;

  constructor(tx: Transaction, options: WriteOptions) {
    this.#tx = tx;
    this.#options = options;
    this.#version = integer(options.version);
  }

  async makeNodes(nodes: readonly DraftNode[]): Promise<void> {
    for (const [kind, made] of grouped(nodes, (node) => node.kindAfter!)) {
      for (const part of slices(made)) {
        const rows = part.map((node) => this.#nodeProperties(node, this.#version));
        await this.#tx.each(CREATE_NODES[kind], { rows }, ([places, refs]) => {
          (places as number[]).forEach((place, i) => void (part[place]!.ref = (refs as number[])[i]!));
        });
      }
    }
  }

  async changeNodes(nodes: readonly DraftNode[]): Promise<void> {
    const row = (node: DraftNode) => ({
      ref: integer(node.ref),
      properties: this.#nodeProperties(node, integer(node.since)),
    });
    for (const part of slices(nodes)) await this.#run(CHANGE_NODES, { rows: part.map(row) });
    const turned = nodes.filter((node) => node.kindBefore !== node.kindAfter);
    for (const [kind, part] of grouped(turned, (node) => node.kindAfter!))
      await this.#run(RELABEL_NODES[kind], { refs: refsOf(part) });
  }

  #nodeProperties(node: DraftNode, since: bigint): Properties {
    const properties = nodeProperties(node.after, this.#options.precedence);
    properties['since'] = since;
    properties['changed'] = this.#version;
    return properties;
  }

  async removeNodes(nodes: readonly DraftNode[]): Promise<void> {
    await this.#drop(nodes, DELETE_NODES, MARK_NODES);
  }

  async writeEdges(edges: readonly DraftEdge[]): Promise<void> {
    for (const [kind, ofKind] of grouped(edges, (edge) => edge.kind)) {
      const dropped = (place: string) => ofKind.filter((edge) => edge.placeBefore === place);
      await this.#drop(dropped('relationship'), DELETE_EDGES[kind], MARK_EDGES[kind]);
      await this.#drop(dropped('dangling'), DELETE_DANGLING, MARK_DANGLING);
      for (const part of slices(ofKind.filter((edge) => placeAfter(edge) === 'relationship')))
        await this.#run(CREATE_EDGES[kind], { rows: part.map((edge) => this.#edgeRow(edge)) });
      for (const part of slices(ofKind.filter((edge) => placeAfter(edge) === 'dangling')))
        await this.#run(CREATE_DANGLING, { rows: part.map((edge) => this.#danglingRow(edge.after!)) });
    }
  }

  #edgeRow({ from, to, after }: DraftEdge): unknown[] {
    const properties = edgeProperties(after!);
    properties['since'] = this.#version;
    return [integer(from!.ref), integer(to!.ref), properties];
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

  async writeUses(uses: readonly DraftUse[]): Promise<void> {
    await this.#drop(
      uses.filter((use) => use.before !== undefined),
      DELETE_USES,
      MARK_USES,
    );
    const made = uses.flatMap(({ after }) => (after === undefined ? [] : [after]));
    for (const part of slices(made)) await this.#run(CREATE_USES, { rows: part.map((use) => this.#useRow(use)) });
  }

  #useRow(use: UseRecord): Properties {
    const { identity, action, resource, source, lastUsedAt, useCount } = use;
    const rest = { lastUsedAt: datetime(lastUsedAt), useCount: integer(useCount), since: this.#version };
    return { key: useKey(use), identity, action, resource, source, ...rest };
  }

  async #drop(facts: readonly { readonly ref: number }[], remove: Statement, mark: Statement): Promise<void> {
    const { inPlace } = this.#options;
    for (const part of slices(facts)) {
      const refs = refsOf(part);
      if (inPlace) await this.#run(remove, { refs });
      else await this.#run(mark, { refs, until: this.#version });
    }
  }

  async #run(statement: Statement, parameters: Parameters): Promise<void> {
    await this.#tx.all(statement, parameters);
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
