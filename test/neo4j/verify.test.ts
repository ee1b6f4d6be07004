/** Damage by hand, as somebody with a Browser window or a script could do it, and that verification finds it. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Change, type ChangeBatch, makeEdge, type NodeKind } from '../../engine/model/index.ts';
import { Neo4jDoor } from '../../engine/store/neo4j/door.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { encodeChunk } from '../../engine/store/neo4j/journal-chunk.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { byHand } from '../support/cypher-by-hand.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { clearData } from '../support/neo4j-stores.ts';
import { batchOfVersion } from '../support/version-batches.ts';

const server = await neo4jForTests();
const MINUTES = 240_000;

const node = (kind: NodeKind, id: string, source = 'hr', attributes = {}): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source, name: `${id} of ${source}`, attributes },
});
const GRANT = makeEdge({
  kind: 'GRANTS',
  from: 'role:clerk',
  to: 'r:ledger',
  source: 'hr',
  actions: ['read'],
  validTo: 5_000,
});
const FIRST: ChangeBatch = {
  id: 'first',
  source: 'hr',
  complete: [],
  changes: [
    node('User', 'u:ada', 'hr', { enabled: false, title: 'Countess' }),
    node('User', 'u:ada', 'ldap'),
    node('ServiceAccount', 'sa:job'),
    node('Group', 'g:fin', 'ldap'),
    node('Role', 'role:clerk'),
    node('Resource', 'r:ledger'),
    node('Resource', `r:${'long'.repeat(1_200)}`),
    { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: 'u:ada', to: 'g:fin', source: 'hr' }) },
    { op: 'PUT_EDGE', edge: makeEdge({ kind: 'HAS_ROLE', from: 'u:ada', to: 'role:clerk', source: 'hr' }) },
    { op: 'PUT_EDGE', edge: GRANT },
    {
      op: 'PUT_USE',
      use: { identity: 'u:ada', action: 'read', resource: 'r:ledger', source: 'hr', lastUsedAt: 7, useCount: 2 },
    },
  ],
};
/** Takes the group away: the membership is left without effect. */
const SECOND: ChangeBatch = {
  id: 'second',
  source: 'ldap',
  complete: ['ldap'],
  changes: [node('User', 'u:ada', 'ldap')],
};

/** What is done by hand, and what verification says of it. */
const DAMAGES: readonly (readonly [name: string, statement: string, says: RegExp])[] = [
  ['a batch is gone', 'MATCH (b:GraphBatch {version: 1}) DELETE b', /batch of version 1 is missing/],
  ['the last batch is gone', 'MATCH (b:GraphBatch {version: 2}) DELETE b', /batch of version 2 is missing/],
  ['a batch tells another number', 'MATCH (b:GraphBatch {version: 1}) SET b.added = 3', /chain .* version 1/],
  ['a batch tells another source', "MATCH (b:GraphBatch {version: 2}) SET b.source = 'x'", /chain .* version 2/],
  ['a batch has another chain', "MATCH (b:GraphBatch {version: 2}) SET b.chain = 'x'", /chain .* version 2/],
  ['the head is at another batch', "MATCH (h:GraphHead) SET h.chain = 'x'", /does not end where the head says/],
  ['the head is a version behind', 'MATCH (h:GraphHead) SET h.version = 1', /head says|no batch has/],
  ['the head is a version ahead', 'MATCH (h:GraphHead) SET h.version = 3', /batch of version 3 is missing/],
  ['the head says nothing', 'MATCH (h:GraphHead) REMOVE h.oldest', /where the graph stands/],
  ['the journal is gone', 'MATCH (c:JournalChunk {version: 1}) DELETE c', /journal of version 1/],
  ['a part has another number', 'MATCH (c:JournalChunk {version: 1}) SET c.number = 1', /part 0 .* version 1/],
  ['a part is of another version', 'MATCH (c:JournalChunk {version: 2}) SET c.version = 3', /version 2/],
  [
    'a part has other bytes',
    'MATCH (a:JournalChunk {version: 1}), (b:JournalChunk {version: 2}) SET a.data = b.data',
    /part 0 .* version 1/,
  ],
  ['a part has another digest', "MATCH (c:JournalChunk {version: 1}) SET c.digest = 'x'", /version 1/],
  [
    'a part is left of a batch that is none',
    "CREATE (:JournalChunk {version: 9, number: 0, digest: 'x'})",
    /version 9, which no batch has/,
  ],
  ['a name was changed', "MATCH (n {id: 'u:ada'}) SET n.name = 'Eve'", /"u:ada" does not show/],
  ['a shown attribute was changed', "MATCH (n {id: 'u:ada'}) SET n.title = 'Duke'", /"u:ada" does not show/],
  ['an account was enabled', "MATCH (n {id: 'u:ada'}) REMOVE n.disabled", /"u:ada" does not show/],
  ['a text to search was changed', "MATCH (n {id: 'u:ada'}) SET n.search = ''", /"u:ada" does not show/],
  ['a property came to it', "MATCH (n {id: 'u:ada'}) SET n.rank = 0.5", /"u:ada" does not show/],
  ['sources were changed', "MATCH (n {id: 'u:ada'}) SET n.sources = ['hr']", /"u:ada" does not show/],
  ['records cannot be read', "MATCH (n {id: 'u:ada'}) SET n.records = ['{']", /records of the node "u:ada"/],
  ['records are gone', "MATCH (n {id: 'u:ada'}) REMOVE n.records", /"u:ada" has no records/],
  ['a kind is none', "MATCH (n {id: 'u:ada'}) SET n.kind = 'Robot'", /"u:ada" is of no kind/],
  ['a label went', "MATCH (n {id: 'u:ada'}) REMOVE n:Identity", /"u:ada" has labels/],
  ['a label came', "MATCH (n {id: 'u:ada'}) SET n:Group", /"u:ada" has labels/],
  [
    'a kind was changed, label and all',
    "MATCH (n {id: 'sa:job'}) SET n.kind = 'User' REMOVE n:ServiceAccount SET n:User",
    /"sa:job" is not what the last batch/,
  ],
  ['a node is gone', "MATCH (n {id: 'sa:job'}) DELETE n", /"sa:job" is missing/],
  ['a node is hidden', "MATCH (n {id: 'sa:job'}) REMOVE n:Entity", /"sa:job" is missing/],
  ['a node says another id', "MATCH (n {id: 'sa:job'}) SET n.id = 'sa:other'", /"sa:other"/],
  ['a node with a long id says another', "MATCH (n:Resource) WHERE n.longId IS NOT NULL SET n.longId = 'x'", /"x"/],
  [
    'a node came',
    "CREATE (:Entity:Principal:Group {id: 'g:x', name: 'g:x', kind: 'Group', sources: ['hr'], search: 'g:x\ng:x\n', records: ['{\"source\":\"hr\",\"attributes\":{}}'], since: 1, changed: 1})",
    /no batch brought the node "g:x"/,
  ],
  ['a node came without anything', "CREATE (:Entity {id: 'g:x'})", /"g:x" does not say since when/],
  [
    'a node is of a version to come',
    "MATCH (n {id: 'sa:job'}) SET n.since = 5, n.changed = 5",
    /"sa:job" is of a version that no batch/,
  ],
  [
    'a node was changed in a version to come',
    "MATCH (n {id: 'sa:job'}) SET n.changed = 5",
    /"sa:job" does not say when/,
  ],
  ['a node should have gone', "MATCH (n {id: 'sa:job'}) SET n.until = 2", /"sa:job" is still there after version 2/],
  ['a node is about to go', "MATCH (n {id: 'sa:job'}) SET n.until = 3", /"sa:job" is of a version that no batch/],
  ['a relationship is gone', 'MATCH ()-[r:GRANTS]->() DELETE r', /edge .* is missing/],
  [
    'a relationship is there twice',
    'MATCH (a)-[r:GRANTS]->(b) CREATE (a)-[c:GRANTS]->(b) SET c = properties(r)',
    /is there twice/,
  ],
  [
    'a relationship leads elsewhere',
    'MATCH (a)-[r:GRANTS]->(), (b:Resource) WHERE b.longId IS NOT NULL CREATE (a)-[c:GRANTS]->(b) SET c = properties(r) DELETE r',
    /id that does not follow/,
  ],
  [
    'a relationship is of another type',
    'MATCH (a)-[r:HAS_ROLE]->(b) CREATE (a)-[c:BOUNDED_BY]->(b) SET c = properties(r) DELETE r',
    /id that does not follow/,
  ],
  ['a relationship has another source', "MATCH ()-[r:GRANTS]->() SET r.source = 'x'", /id that does not follow/],
  [
    'a relationship leads from what is no node',
    'MATCH (a)-[r:GRANTS]->(b) CREATE (x:Stranger)-[c:GRANTS]->(b) SET c = properties(r)',
    /what is no node/,
  ],
  ['a grant gives more', "MATCH ()-[r:GRANTS]->() SET r.actions = ['*']", /not what the last batch made/],
  ['a grant was turned', "MATCH ()-[r:GRANTS]->() SET r.effect = 'DENY'", /not what the last batch made/],
  ['a grant lost its effect', 'MATCH ()-[r:GRANTS]->() REMOVE r.effect', /actions or an effect/],
  [
    'a grant holds longer',
    "MATCH ()-[r:GRANTS]->() SET r.validTo = datetime('2030-01-01')",
    /not what the last batch made/,
  ],
  [
    'a grant says a time in another type',
    'MATCH ()-[r:GRANTS]->() SET r.validTo = 5000',
    /properties that are not those/,
  ],
  ['a key of another type', 'MATCH ()-[r:HAS_ROLE]->() SET r.technique = date()', /not what the last batch made/],
  ['a name of another type', "MATCH (n {id: 'u:ada'}) SET n.name = date()", /"u:ada" does not show/],
  ['a use says when in another type', 'MATCH (u:AccessUse) SET u.lastUsedAt = 7', /when it was/],
  ['a relationship has a property more', 'MATCH ()-[r:GRANTS]->() SET r.weight = 1', /properties that are not those/],
  ['a relationship is of a version to come', 'MATCH ()-[r:GRANTS]->() SET r.since = 5', /version that no batch/],
  ['a relationship does not say since when', 'MATCH ()-[r:GRANTS]->() REMOVE r.since', /since when/],
  ['a relationship is marked', 'MATCH ()-[r:GRANTS]->() SET r.until = 2', /still there after version 2/],
  ['an edge without effect is gone', 'MATCH (d:DanglingEdge) DELETE d', /edge .* is missing/],
  ['an edge without effect leads elsewhere', "MATCH (d:DanglingEdge) SET d.from = 'sa:job'", /id that does not follow/],
  [
    'an edge without effect could have it',
    "MATCH (a {id: 'role:clerk'})-[r:GRANTS]->(b) CREATE (d:DanglingEdge {kind: 'GRANTS', from: a.id, to: b.id}) SET d += properties(r) DELETE r",
    /both ends are there/,
  ],
  ['a use is gone', 'MATCH (u:AccessUse) DELETE u', /use .* is missing/],
  ['a use is there twice', 'MATCH (u:AccessUse) CREATE (c:AccessUse) SET c = properties(u)', /is there twice/],
  ['a use was counted again', 'MATCH (u:AccessUse) SET u.useCount = 9', /not what the last batch made/],
  ['a use is of somebody else', "MATCH (u:AccessUse) SET u.identity = 'u:eve'", /key that does not follow/],
  ['a use does not say when', 'MATCH (u:AccessUse) REMOVE u.lastUsedAt', /when it was/],
  ['a source is miscounted', "MATCH (s:SourceStatus {source: 'hr'}) SET s.nodes = 1", /source "hr"/],
  ['a source is gone', "MATCH (s:SourceStatus {source: 'hr'}) DELETE s", /source "hr"/],
  ['a source came', "CREATE (:SourceStatus {source: 'x', nodes: 1, edges: 0, uses: 0, loadedAt: 1})", /source "x"/],
  ['a source was loaded at another time', "MATCH (s:SourceStatus {source: 'hr'}) SET s.loadedAt = 1", /source "hr"/],
  ['a batch says otherwise of its sources', "MATCH (b:GraphBatch {version: 2}) SET b.sources = '{}'", /source "ldap"/],
  ['a document cannot be read', "MATCH (d:GraphDocument) SET d.value = '{'", /document "rule" cannot be read/],
  [
    'a document has a revision to come',
    'MATCH (d:GraphDocument) SET d.revision = 99',
    /document "rule" has a revision/,
  ],
];

server.describe('verification of a graph in Neo4j', () => {
  let store: GraphStore;
  let door: Neo4jDoor;
  beforeAll(() => {
    door = new Neo4jDoor(server);
  });
  beforeEach(async () => {
    await store?.close();
    await clearData(server);
    store = await openNeo4jStore({ connection: server, mode: 'write' });
    await store.apply(FIRST);
    await store.apply(SECOND);
    await store.documents.put('rule', { limit: 3 }, 0);
  }, MINUTES);
  afterAll(async () => {
    await store?.close();
    await door?.close();
  });

  it(
    'finds nothing where nothing is wrong: with a journal, without, and with batches in parts',
    async () => {
      await store.verify();
      await store.compact();
      await store.verify();
      const inParts = await openNeo4jStore({ connection: server, mode: 'write', chunkRows: 5 });
      for (let version = 3; version <= 6; version++) {
        await inParts.apply(batchOfVersion(version, 8));
        await inParts.verify();
      }
      await inParts.close();
    },
    MINUTES,
  );

  it(
    'goes on while others write',
    async () => {
      const other = await openNeo4jStore({ connection: server, mode: 'write', chunkRows: 8 });
      const writing = (async () => {
        for (let version = 3; version <= 5; version++) await other.apply(batchOfVersion(version, 10));
      })();
      await store.verify().catch((error: unknown) => expect(error).toMatchObject({ code: 'STORE_LOCKED' }));
      await writing;
      await store.verify();
      await other.close();
    },
    MINUTES,
  );

  it.for(DAMAGES)('%s', { timeout: MINUTES }, async ([, statement, says]) => {
    await byHand(door, statement);
    const found = await store.verify().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(found).toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringMatching(says) });
  });

  it(
    'a part of the journal put in the place of another, digest and all',
    async () => {
      const { data, digest } = await encodeChunk({ nodes: [], edges: [], uses: [] });
      const bytes = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
      const text = 'MATCH (c:JournalChunk {version: 1}) SET c.data = $data, c.digest = $digest';
      const forged = { name: 'by-hand', mode: 'write', parameters: { data: 'BYTES', digest: 'STRING' }, text } as const;
      await door.write((tx) => tx.all(forged, { data: bytes, digest }));
      await expect(store.verify()).rejects.toMatchObject({
        code: 'STORE_CORRUPT',
        message: expect.stringMatching(/version 1 is not that/),
      });
    },
    MINUTES,
  );
});
