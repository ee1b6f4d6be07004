import type { StatementCase } from '../case.ts';
import { HEAD, head } from './facts.ts';

const CLAIMED = `pending: 'b', pendingToken: 't', pendingWriter: 'w', pendingSince: 1, pendingUntil: 2, pendingChunks: 3`;
const hold = (properties: string): string => `CREATE (:GraphHead {name: 'source/hr', ${properties}})`;
const HOLD = "MATCH (h:GraphHead {name: 'source/hr'}) RETURN";
const chunk = (version: number, number: number): string =>
  `CREATE (:JournalChunk {version: ${version}, number: ${number}, data: 'bytes', digest: 'd${number}'})`;
const CHUNKS = 'MATCH (c:JournalChunk) RETURN c.version, c.number ORDER BY c.version, c.number';

export const HEAD_CASES: Readonly<Record<string, StatementCase>> = {
  'ingest.read-version': { given: [head()], rows: [[4]], profile: {} },
  'ingest.lock-head': {
    // Neither swept nor claimed.
    given: [head()],
    rows: [[4, 'c4', null, null, null, null, null]],
  },
  'ingest.claim': {
    given: [head()],
    parameters: { batch: 'b', token: 't', writer: 'w', lease: 1000 },
    rows: [],
    after: [
      `${HEAD} h.pending, h.pendingToken, h.pendingWriter, h.pendingChunks, h.pendingUntil - h.pendingSince`,
      [['b', 't', 'w', 0, 1000]],
    ],
  },
  'ingest.renew-claim': {
    given: [head(CLAIMED)],
    parameters: { token: 't', lease: 1000, chunks: 4 },
    rows: [[3, 4]],
    after: [`${HEAD} h.pendingUntil > 1000, h.pendingChunks`, [[true, 4]]],
  },
  'ingest.take-over': {
    given: [head(CLAIMED)],
    parameters: { token: 'mine', writer: 'me', lease: 1000 },
    rows: [],
    after: [
      `${HEAD} h.pending, h.pendingToken, h.pendingWriter, h.pendingChunks, h.pendingUntil > 1000`,
      [['b', 'mine', 'me', 3, true]],
    ],
  },
  'ingest.end-claim': {
    given: [head(CLAIMED)],
    rows: [],
    after: [`${HEAD} [key IN keys(h) WHERE key STARTS WITH 'pending']`, [[[]]]],
  },
  'ingest.finish-batch': {
    // Nothing is said of what is swept: it stays.
    given: [head(`sweeping: 4, ${CLAIMED}`)],
    parameters: { batch: { id: 'b', version: 5 }, version: 5, chain: 'c5', swept: null, sweeping: null },
    rows: [],
    after: [
      `MATCH (b:GraphBatch) ${HEAD} h.version, h.chain, h.sweptTo, h.sweeping,
        [key IN keys(h) WHERE key STARTS WITH 'pending'], properties(b)`,
      [[5, 'c5', 2, null, [], { id: 'b', version: 5 }]],
    ],
  },
  'ingest.end-sweep': {
    given: [head('sweeping: 4')],
    parameters: { version: 4 },
    rows: [],
    after: [`${HEAD} h.sweeping`, [[null]]],
  },
  'ingest.take-hold': {
    given: [head(), hold("holdUntil: 1, holdToken: 't', holdWriter: 'w', holdSince: 0")],
    parameters: { name: 'source/hr', token: 'mine', writer: 'me', lease: 1000 },
    rows: [[true, 'me']],
    // Since when, and for how long, is the server's clock.
    as: (rows) => rows.map(([free, writer]) => [free, writer]),
    after: [`${HOLD} h.holdToken, h.holdUntil - h.holdSince`, [['mine', 1000]]],
  },
  'ingest.renew-hold': {
    given: [head(), hold("holdUntil: 1, holdToken: 't'")],
    parameters: { name: 'source/hr', token: 't', lease: 1000 },
    rows: [[true]],
    as: (rows) => rows.map(([until]) => [until === true || Number(until) > 1000]),
    after: [`${HOLD} h.holdUntil > 1000`, [[true]]],
  },
  'ingest.end-hold': {
    given: [head(), hold("holdUntil: 1, holdToken: 't'")],
    parameters: { name: 'source/hr', token: 't' },
    rows: [],
    after: ['MATCH (h:GraphHead) RETURN h.name', [['head']]],
  },
  'ingest.set-oldest': {
    given: [head()],
    parameters: { oldest: 3 },
    rows: [],
    after: [`${HEAD} h.oldest`, [[3]]],
  },
  'ingest.set-precedence': {
    given: [head()],
    parameters: { precedence: ['apps'] },
    rows: [],
    after: [`${HEAD} h.precedence`, [[['apps']]]],
  },
  'ingest.find-batch': {
    given: [
      `CREATE (:GraphBatch {id: 'b', version: 4, source: 's', appliedAt: 5, added: 1, changed: 2, removed: 3, token: 't'})`,
    ],
    parameters: { id: 'b' },
    rows: [[4, 'b', 's', 5, 1, 2, 3, 't']],
    profile: { id: 'unknown' },
  },
  'ingest.create-chunk': {
    parameters: { version: 4, number: 1, data: 'bytes', digest: 'd' },
    rows: [],
    after: ['MATCH (c:JournalChunk) RETURN properties(c)', [[{ version: 4, number: 1, data: 'bytes', digest: 'd' }]]],
  },
  'ingest.read-chunk': {
    given: [chunk(4, 1), chunk(4, 2), chunk(5, 1)],
    parameters: { version: 4, number: 2 },
    rows: [['bytes', 'd2']],
  },
  'ingest.list-chunks': {
    given: [chunk(4, 2), chunk(4, 1), chunk(5, 3)],
    parameters: { version: 4 },
    rows: [[1], [2]],
  },
  'ingest.delete-chunk': {
    given: [chunk(4, 1), chunk(4, 2), chunk(5, 1)],
    parameters: { version: 4, number: 1 },
    rows: [],
    after: [
      CHUNKS,
      [
        [4, 2],
        [5, 1],
      ],
    ],
  },
  'ingest.drop-chunks': {
    given: [chunk(3, 1), chunk(4, 1), chunk(5, 1)],
    parameters: { oldest: 4 },
    rows: [[2]],
    after: [CHUNKS, [[5, 1]]],
  },
  'ingest.read-sources': {
    given: ["CREATE (:SourceStatus {source: 'sha256:x', longSource: 'long', nodes: 1, edges: 2, uses: 3})"],
    rows: [['long', 1, 2, 3]],
    profile: {},
  },
  'ingest.set-sources': {
    given: ["CREATE (:SourceStatus {source: 's', nodes: 1, edges: 2, uses: 3})"],
    parameters: {
      rows: [
        { source: 's', nodes: 9 },
        { source: 't', nodes: 8 },
      ],
    },
    rows: [],
    after: [
      'MATCH (s:SourceStatus) RETURN properties(s) ORDER BY s.source',
      [[{ source: 's', nodes: 9 }], [{ source: 't', nodes: 8 }]],
    ],
  },
};
