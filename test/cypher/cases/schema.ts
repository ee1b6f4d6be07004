import { expect } from 'vitest';
import type { StatementCase } from '../case.ts';
import { ADA, dangling, forEdgeKinds, HEAD, head, USE } from './facts.ts';

/** Cases run where the schema is made: making it again does nothing, and it is there. */
function made(what: 'CONSTRAINTS' | 'INDEXES', name: string, label: string, property: string): StatementCase {
  return {
    rows: [],
    after: [
      `SHOW ${what} YIELD name, labelsOrTypes, properties WHERE name = '${name}' RETURN labelsOrTypes, properties`,
      [[[label], [property]]],
    ],
  };
}
const unique = (label: string, property: string): StatementCase =>
  made('CONSTRAINTS', `grantlens_${label.toLowerCase()}_${property}`, label, property);
const index = (label: string, property: string): StatementCase =>
  made('INDEXES', `grantlens_${label.toLowerCase()}_${property.toLowerCase()}`, label, property);

export const SCHEMA_CASES: Readonly<Record<string, StatementCase>> = {
  'schema.unique-entity-id': unique('Entity', 'id'),
  'schema.unique-graphbatch-id': unique('GraphBatch', 'id'),
  'schema.unique-graphbatch-version': unique('GraphBatch', 'version'),
  'schema.unique-graphdocument-name': unique('GraphDocument', 'name'),
  'schema.unique-graphhead-name': unique('GraphHead', 'name'),
  'schema.unique-sourcestatus-source': unique('SourceStatus', 'source'),
  'schema.index-accessuse-key': index('AccessUse', 'key'),
  'schema.index-danglingedge-id': index('DanglingEdge', 'id'),
  'schema.index-danglingedge-from': index('DanglingEdge', 'from'),
  'schema.index-danglingedge-to': index('DanglingEdge', 'to'),
  'schema.index-journalchunk-version': index('JournalChunk', 'version'),
  ...forEdgeKinds('schema.index-edges', (kind) => index(kind, 'id')),
  'schema.await-indexes': { rows: [] },
  'schema.labels-in-use': {
    given: [ADA, 'CREATE (:Foreign)'],
    rows: expect.arrayContaining([['Entity'], ['Foreign']]) as never,
  },
  'schema.count-foreign': { given: [ADA, head(), dangling(), USE, 'CREATE (:Foreign)'], rows: [[4]], profile: {} },
  'schema.show-constraints': {
    rows: expect.arrayContaining([['grantlens_entity_id', 'UNIQUENESS', ['Entity'], ['id']]]) as never,
  },
  'schema.show-indexes': {
    rows: expect.arrayContaining([
      ['grantlens_entity_id', 'RANGE', ['Entity'], ['id'], 'grantlens_entity_id'],
      ['grantlens_danglingedge_to', 'RANGE', ['DanglingEdge'], ['to'], null],
    ]) as never,
  },
  'schema.make-head': {
    parameters: { precedence: ['hr'], format: 2 },
    rows: [[2, 0, ['hr']]],
    after: [
      `${HEAD} h.version, h.format, h.oldest, h.sweptTo, h.chain, h.documents, h.precedence`,
      [[0, 2, 0, 0, '', 0, ['hr']]],
    ],
  },
  'schema.read-ground': { given: [head()], rows: [[1, 4, ['hr', 'apps']]], profile: {} },
};
