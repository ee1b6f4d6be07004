/**
 * A graph as the files of `neo4j-admin database import`: what comes out of that import is a store of ours at version 1.
 * Everything is streamed; what is held in memory grows with the edges without effect, of which there are few, and the sources.
 */
import { MIGRATIONS } from '../../../cypher/index.ts';
import { type EdgeRecord, GrantlensError, type NodeRecord, type UseRecord } from '../../model/index.ts';
import type { DocumentStore, SourceStatus, StoreReader } from '../port.ts';
import { batchChain, batchDigest, CHAIN_START } from './batch-chain.ts';
import { FreeDelimiter } from './import-csv.ts';
import { type ImportFiles, ImportRows, VERSION, type WriteText } from './import-rows.ts';
import { edgeProperties, idProperty, nodeProperties, PLAIN, type Properties } from './properties.ts';
import { useKey } from './use-key.ts';

/** What is written: a graph, what is kept beside it, and the order of sources by which nodes were merged. */
export interface ImportedGraph {
  readonly reader: StoreReader;
  readonly documents: DocumentStore;
  readonly precedence: readonly string[];
}

/** The graph lies as it does after all migrations; constraints and indexes are made by the first who opens it for writing. */
const FORMAT = MIGRATIONS.at(-1)!.format;
/** Id of the one batch that the journal begins with. */
const BATCH = 'neo4j-import';

/**
 * Writes the files. The graph keeps every record exactly; the journal begins with it, as version 1.
 *
 * @throws GrantlensError ARGUMENT_INVALID for actions that hold every control character there is
 */
export async function writeImportFiles(graph: ImportedGraph, write: WriteText): Promise<ImportFiles> {
  const rows = new ImportRows(await delimiterFor(graph), write);
  const counts = { nodes: await writeNodes(graph, rows), edges: await writeEdges(graph.reader, rows) };
  const uses = await writeUses(graph.reader, rows);
  const sources = await writeSources(graph.reader, uses, rows);
  const documents = await writeDocuments(graph.documents, rows);
  const batch = batchOf(counts.nodes + counts.edges + sum(uses.values()), sources);
  await rows.add('GraphBatch', batch);
  await rows.add('GraphHead', {
    name: 'head',
    format: FORMAT,
    version: VERSION,
    oldest: VERSION,
    sweptTo: 0,
    chain: batch['chain'],
    documents,
    // The importer makes no empty lists.
    ...(graph.precedence.length === 0 ? {} : { precedence: graph.precedence }),
  });
  return rows.summary();
}

/** Looks at all texts that become part of a list before any is written. Records are JSON, which has no control characters. */
async function delimiterFor({ reader, precedence }: ImportedGraph): Promise<string> {
  const delimiter = new FreeDelimiter();
  delimiter.avoid(precedence);
  delimiter.avoid((await reader.sources()).map(({ source }) => source));
  await reader.scanTerms((_, actions, exceptActions) => {
    delimiter.avoid(actions);
    delimiter.avoid(exceptActions);
  });
  for (const { actions = [], exceptActions = [] } of await withoutEffect(reader)) {
    delimiter.avoid(actions);
    delimiter.avoid(exceptActions);
  }
  if (delimiter.character !== undefined) return delimiter.character;
  throw new GrantlensError(
    'ARGUMENT_INVALID',
    'The actions or sources of this graph hold every control character there is, so that no list of them can be written for the importer.',
    { argument: 'format' },
  );
}

const withoutEffect = async (reader: StoreReader): Promise<readonly EdgeRecord[]> =>
  (await reader.danglingEdges(Number.MAX_SAFE_INTEGER)).edges;

/** @returns how many records there were, one for each source of a node */
async function writeNodes({ reader, precedence }: ImportedGraph, rows: ImportRows): Promise<number> {
  let count = 0;
  for await (const versions of nodesOf(reader)) {
    count += versions.length;
    const values = { ...nodeProperties(versions, precedence), since: VERSION, changed: VERSION };
    const busy = rows.entity(versions[0]!.kind, values);
    if (busy !== undefined) await busy;
  }
  return count;
}

/** The versions of each node, node by node. */
async function* nodesOf(reader: StoreReader): AsyncGenerator<readonly NodeRecord[]> {
  let versions: NodeRecord[] = [];
  for await (const record of reader.nodeRecords()) {
    if (versions.length > 0 && versions[0]!.id !== record.id) {
      yield versions;
      versions = [];
    }
    versions.push(record);
  }
  if (versions.length > 0) yield versions;
}

/** Relationships, and for edges without effect nodes that keep them. @returns how many there were */
async function writeEdges(reader: StoreReader, rows: ImportRows): Promise<number> {
  const dangling = new Set((await withoutEffect(reader)).map(({ id }) => id));
  let count = 0;
  for await (const edge of reader.edgeRecords()) {
    count += 1;
    const busy = dangling.has(edge.id) ? rows.add('DanglingEdge', danglingValues(edge)) : rows.relationship(edge);
    if (busy !== undefined) await busy;
  }
  return count;
}

const danglingValues = (edge: EdgeRecord): Properties => ({
  kind: edge.kind,
  ...keptText('from', 'longFrom', edge.from),
  ...keptText('to', 'longTo', edge.to),
  ...edgeProperties(edge, PLAIN),
  since: VERSION,
});

/** A text under a name by which it can be looked up, and itself beside it where an index does not take it. */
function keptText(name: string, longName: string, text: string): Properties {
  const kept = idProperty(text);
  return kept === text ? { [name]: text } : { [name]: kept, [longName]: text };
}

/** @returns how many uses each source told */
async function writeUses(reader: StoreReader, rows: ImportRows): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const use of reader.useRecords()) {
    counts.set(use.source, (counts.get(use.source) ?? 0) + 1);
    await rows.add('AccessUse', useValues(use));
  }
  return counts;
}

const useValues = (use: UseRecord): Properties => ({ ...use, key: useKey(use), since: VERSION });

type Standing = Omit<SourceStatus, 'source'> & { readonly uses: number };

/** @returns how each source stands */
async function writeSources(
  reader: StoreReader,
  uses: ReadonlyMap<string, number>,
  rows: ImportRows,
): Promise<ReadonlyMap<string, Standing>> {
  const standing = new Map<string, Standing>();
  for (const { source, nodes, edges, loadedAt } of await reader.sources()) {
    const status = { nodes, edges, uses: uses.get(source) ?? 0, loadedAt };
    standing.set(source, status);
    await rows.add('SourceStatus', { ...keptText('source', 'longSource', source), ...status });
  }
  return standing;
}

/** @returns the greatest revision, from which the next ones are counted */
async function writeDocuments(documents: DocumentStore, rows: ImportRows): Promise<number> {
  let greatest = 0;
  for (const name of await documents.list('')) {
    const document = await documents.get(name);
    if (document === undefined) continue;
    const { value, revision } = document;
    greatest = Math.max(greatest, revision);
    await rows.add('GraphDocument', {
      ...keptText('name', 'longName', name),
      value: JSON.stringify(value),
      revision,
    });
  }
  return greatest;
}

/** The first batch of the journal. It has no parts: what was there before it cannot be had back. */
function batchOf(added: number, sources: ReadonlyMap<string, Standing>): Properties {
  const batch = {
    id: BATCH,
    version: VERSION,
    source: BATCH,
    appliedAt: Math.max(0, ...[...sources.values()].map(({ loadedAt }) => loadedAt)),
    added,
    changed: 0,
    removed: 0,
    digest: batchDigest([]),
  };
  return { ...batch, chain: batchChain(CHAIN_START, batch), sources: JSON.stringify(Object.fromEntries(sources)) };
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};
