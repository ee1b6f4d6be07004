// documents.delete · write
// $name: STRING
MATCH (d:GraphDocument {name: $name}) DELETE d

// documents.get · read
// $name: STRING
MATCH (d:GraphDocument {name: $name}) RETURN d.value, d.revision

// documents.list · read
// $prefix: STRING
MATCH (d:GraphDocument)
WITH coalesce(d.longName, d.name) AS name
WHERE name STARTS WITH $prefix
RETURN name

// documents.next-revision · write
MATCH (h:GraphHead {name: 'head'})
SET h.name = 'head'
WITH h
SET h.documents = h.documents + 1
RETURN h.documents

// documents.put · write
// $name: STRING
// $longName: STRING?
// $value: STRING
// $revision: INTEGER
// $token: STRING
MERGE (d:GraphDocument {name: $name})
SET d.longName = $longName, d.value = $value, d.revision = $revision, d.token = $token

// documents.state · read
// $name: STRING
MATCH (d:GraphDocument {name: $name}) RETURN d.revision, d.token

// gds.betweenness · read
// $graph: STRING
CALL gds.betweenness.stream($graph)
YIELD nodeId, score
RETURN coalesce(gds.util.asNode(nodeId).longId, gds.util.asNode(nodeId).id) AS id, score AS value

// gds.drop · read
// $graph: STRING
CALL gds.graph.drop($graph, false) YIELD graphName RETURN graphName

// gds.find · read
SHOW FUNCTIONS YIELD name WHERE name = 'gds.version' RETURN name

// gds.leiden · read
// $graph: STRING
// $resolution: FLOAT
// $seed: INTEGER
CALL gds.leiden.stream($graph, {
  relationshipWeightProperty: 'weight', gamma: $resolution, randomSeed: $seed,
  maxLevels: 30, tolerance: 1e-8, concurrency: 1
})
YIELD nodeId, communityId
RETURN coalesce(gds.util.asNode(nodeId).longId, gds.util.asNode(nodeId).id) AS id, communityId AS value

// gds.louvain · read
// $graph: STRING
CALL gds.louvain.stream($graph, {
  relationshipWeightProperty: 'weight', maxLevels: 30, maxIterations: 100, tolerance: 1e-8, concurrency: 1
})
YIELD nodeId, communityId
RETURN coalesce(gds.util.asNode(nodeId).longId, gds.util.asNode(nodeId).id) AS id, communityId AS value

// gds.page-rank · read
// $graph: STRING
// $damping: FLOAT
// $tolerance: FLOAT
CALL gds.pageRank.stream($graph, {
  dampingFactor: $damping, tolerance: $tolerance, maxIterations: 1000, relationshipWeightProperty: 'weight'
})
YIELD nodeId, score
RETURN coalesce(gds.util.asNode(nodeId).longId, gds.util.asNode(nodeId).id) AS id, score AS value

// gds.project-directed · read
// $graph: STRING
// $version: INTEGER
// $at: INTEGER
// $kinds: LIST<STRING>
MATCH (a:Entity)
WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version)
OPTIONAL MATCH (a)-[edge]->(b:Entity)
WHERE a <> b AND type(edge) IN $kinds AND (edge.effect IS NULL OR edge.effect <> 'DENY')
  AND edge.since <= $version AND (edge.until IS NULL OR edge.until > $version)
  AND (edge.validFrom IS NULL OR edge.validFrom <= datetime({epochMillis: $at}))
  AND (edge.validTo IS NULL OR edge.validTo > datetime({epochMillis: $at}))
WITH a AS source, b AS target, count(edge) AS weight
WITH gds.graph.project($graph, source, target, {relationshipProperties: {weight: toFloat(weight)}}) AS projected
RETURN projected.nodeCount AS nodes, projected.relationshipCount AS edges

// gds.project-undirected · read
// $graph: STRING
// $version: INTEGER
// $at: INTEGER
// $kinds: LIST<STRING>
MATCH (a:Entity)
WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version)
OPTIONAL MATCH (a)-[edge]->(b:Entity)
WHERE a <> b AND type(edge) IN $kinds AND (edge.effect IS NULL OR edge.effect <> 'DENY')
  AND edge.since <= $version AND (edge.until IS NULL OR edge.until > $version)
  AND (edge.validFrom IS NULL OR edge.validFrom <= datetime({epochMillis: $at}))
  AND (edge.validTo IS NULL OR edge.validTo > datetime({epochMillis: $at}))
WITH CASE WHEN b IS NULL OR a.id < b.id THEN a ELSE b END AS source,
  CASE WHEN b IS NULL OR a.id < b.id THEN b ELSE a END AS target, count(edge) AS weight
WITH gds.graph.project($graph, source, target, {relationshipProperties: {weight: toFloat(weight)}},
  {undirectedRelationshipTypes: ['*']}) AS projected
RETURN projected.nodeCount AS nodes, projected.relationshipCount AS edges

// gds.version · read
RETURN gds.version() AS version

// ingest.change-nodes · write
// $rows: LIST<MAP>
UNWIND $rows AS row
MATCH (n:Entity) WHERE id(n) = row.ref
SET n = row.properties

// ingest.claim · write
// $batch: STRING
// $token: STRING
// $writer: STRING
// $lease: INTEGER
MATCH (h:GraphHead {name: 'head'})
SET h.pending = $batch, h.pendingToken = $token, h.pendingWriter = $writer, h.pendingSince = timestamp(),
  h.pendingUntil = timestamp() + $lease, h.pendingChunks = 0

// ingest.count-dangling · read
MATCH (d:DanglingEdge) RETURN count(d)

// ingest.count-nodes · read
MATCH (n:Entity) RETURN count(n)

// ingest.create-chunk · write
// $version: INTEGER
// $number: INTEGER
// $data: BYTES
// $digest: STRING
CREATE (:JournalChunk {version: $version, number: $number, data: $data, digest: $digest})

// ingest.create-dangling · write
// $rows: LIST<MAP>
UNWIND $rows AS row
CREATE (d:DanglingEdge)
SET d = row

// ingest.create-edges · write
// $type: STRING
// $rows: LIST<LIST>
// $version: INTEGER
UNWIND $rows AS row
MATCH (a) WHERE id(a) = row[0]
MATCH (b) WHERE id(b) = row[1]
CREATE (a)-[:$($type) {
  id: row[2], source: row[3], key: row[4], technique: row[5], condition: row[6], validFrom: row[7], validTo: row[8], evidence: row[9], lastUsedAt: row[10], useCount: row[11],
  since: $version
}]->(b)

// ingest.create-grants · write
// $type: STRING
// $rows: LIST<LIST>
// $version: INTEGER
UNWIND $rows AS row
MATCH (a) WHERE id(a) = row[0]
MATCH (b) WHERE id(b) = row[1]
CREATE (a)-[:$($type) {
  id: row[2], source: row[3], key: row[4], actions: row[5], exceptActions: row[6], effect: row[7], inherit: row[8], technique: row[9], condition: row[10], validFrom: row[11], validTo: row[12], evidence: row[13], lastUsedAt: row[14], useCount: row[15],
  since: $version
}]->(b)

// ingest.create-nodes · write
// $labels: LIST<STRING>
// $rows: LIST<LIST>
// $version: INTEGER
UNWIND range(0, size($rows) - 1) AS place
WITH place, $rows[place] AS row
CREATE (n:Entity:$($labels) {
  id: row[0], longId: row[1], name: row[2], kind: row[3], sources: row[4], records: row[5], search: row[6], disabled: row[7], enabled: row[8], department: row[9], title: row[10], manager: row[11], employeeType: row[12], owner: row[13], distinguishedName: row[14], email: row[15], definition: row[16], resourceType: row[17], sensitivity: row[18],
  since: $version, changed: $version
})
RETURN collect(place), collect(id(n))

// ingest.create-uses · write
// $rows: LIST<MAP>
UNWIND $rows AS row
CREATE (u:AccessUse)
SET u = row

// ingest.dangling-at · read
// $ids: LIST<STRING>
UNWIND $ids AS key
CALL (key) {
  MATCH (d:DanglingEdge {from: key}) RETURN d
  UNION
  MATCH (d:DanglingEdge {to: key}) RETURN d
}
RETURN id(d), d.since, d.kind, coalesce(d.longFrom, d.from), coalesce(d.longTo, d.to), d.id, d.source, d.key, d.actions, d.exceptActions, d.effect, d.inherit, d.technique, d.condition, d.validFrom.epochMillis, d.validTo.epochMillis, d.evidence, d.lastUsedAt.epochMillis, d.useCount

// ingest.dangling-of-sources · read
// $sources: LIST<STRING>
MATCH (d:DanglingEdge)
WHERE d.source IN $sources
RETURN id(d), d.since, d.kind, coalesce(d.longFrom, d.from), coalesce(d.longTo, d.to), d.id, d.source, d.key, d.actions, d.exceptActions, d.effect, d.inherit, d.technique, d.condition, d.validFrom.epochMillis, d.validTo.epochMillis, d.evidence, d.lastUsedAt.epochMillis, d.useCount

// ingest.delete-chunk · write
// $version: INTEGER
// $number: INTEGER
MATCH (c:JournalChunk {version: $version}) WHERE c.number = $number DELETE c

// ingest.delete-dangling · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (d:DanglingEdge) WHERE id(d) = ref
DETACH DELETE d

// ingest.delete-edges.bounded-by · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:BOUNDED_BY]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.can-assume · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:CAN_ASSUME]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.contains · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:CONTAINS]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.controls · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:CONTROLS]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.grants · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:GRANTS]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.has-role · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:HAS_ROLE]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.inherits · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:INHERITS]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.member-of · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:MEMBER_OF]->() WHERE id(r) = ref
DELETE r

// ingest.delete-edges.owns · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH ()-[r:OWNS]->() WHERE id(r) = ref
DELETE r

// ingest.delete-nodes · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
DETACH DELETE n

// ingest.delete-uses · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (u:AccessUse) WHERE id(u) = ref
DETACH DELETE u

// ingest.drop-chunks · write
// $oldest: INTEGER
MATCH (c:JournalChunk) WHERE c.version <= $oldest
WITH c LIMIT 20
DELETE c
RETURN count(*)

// ingest.edges-of-nodes · read
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
MATCH (n)-[r]-(other:Entity)
WITH r, startNode(r) AS a, endNode(r) AS b
WHERE r.id IS NOT NULL AND r.since IS NOT NULL
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount, id(a), a.kind, id(b), b.kind

// ingest.edges-of-sources.bounded-by · read
// $sources: LIST<STRING>
MATCH (a)-[r:BOUNDED_BY]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.can-assume · read
// $sources: LIST<STRING>
MATCH (a)-[r:CAN_ASSUME]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.contains · read
// $sources: LIST<STRING>
MATCH (a)-[r:CONTAINS]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.controls · read
// $sources: LIST<STRING>
MATCH (a)-[r:CONTROLS]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.grants · read
// $sources: LIST<STRING>
MATCH (a)-[r:GRANTS]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.has-role · read
// $sources: LIST<STRING>
MATCH (a)-[r:HAS_ROLE]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.inherits · read
// $sources: LIST<STRING>
MATCH (a)-[r:INHERITS]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.member-of · read
// $sources: LIST<STRING>
MATCH (a)-[r:MEMBER_OF]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.edges-of-sources.owns · read
// $sources: LIST<STRING>
MATCH (a)-[r:OWNS]->(b)
WHERE r.source IN $sources
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.end-claim · write
MATCH (h:GraphHead {name: 'head'})
REMOVE h.pending, h.pendingToken, h.pendingWriter, h.pendingSince, h.pendingUntil, h.pendingChunks

// ingest.end-hold · write
// $name: STRING
// $token: STRING
MATCH (s:GraphHead {name: $name})
SET s.name = $name
WITH s WHERE s.holdToken = $token
DELETE s

// ingest.end-sweep · write
// $version: INTEGER
MATCH (h:GraphHead {name: 'head'}) WHERE h.sweeping = $version REMOVE h.sweeping

// ingest.find-batch · read
// $id: STRING
MATCH (b:GraphBatch {id: $id})
RETURN b.version, coalesce(b.longId, b.id), b.source, b.appliedAt, b.added, b.changed, b.removed, b.token

// ingest.find-dangling · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (d:DanglingEdge {id: key})
RETURN id(d), d.since, d.kind, coalesce(d.longFrom, d.from), coalesce(d.longTo, d.to), d.id, d.source, d.key, d.actions, d.exceptActions, d.effect, d.inherit, d.technique, d.condition, d.validFrom.epochMillis, d.validTo.epochMillis, d.evidence, d.lastUsedAt.epochMillis, d.useCount

// ingest.find-edges.bounded-by · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:BOUNDED_BY {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.can-assume · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:CAN_ASSUME {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.contains · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:CONTAINS {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.controls · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:CONTROLS {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.grants · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:GRANTS {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.has-role · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:HAS_ROLE {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.inherits · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:INHERITS {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.member-of · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:MEMBER_OF {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-edges.owns · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (a)-[r:OWNS {id: key}]->(b)
RETURN id(r), r.since, type(r), coalesce(a.longId, a.id), coalesce(b.longId, b.id), r.id, r.source, r.key, r.actions, r.exceptActions, r.effect, r.inherit, r.technique, r.condition, r.validFrom.epochMillis, r.validTo.epochMillis, r.evidence, r.lastUsedAt.epochMillis, r.useCount

// ingest.find-ends · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (n:Entity {id: key})
RETURN id(n), coalesce(n.longId, n.id), n.kind

// ingest.find-nodes · read
// $ids: LIST<STRING>
UNWIND $ids AS key
MATCH (n:Entity {id: key})
RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records

// ingest.find-uses · read
// $keys: LIST<STRING>
UNWIND $keys AS key
MATCH (u:AccessUse {key: key})
RETURN id(u), u.since, u.identity, u.action, u.resource, u.source, u.lastUsedAt.epochMillis, u.useCount

// ingest.finish-batch · write
// $batch: MAP
// $version: INTEGER
// $chain: STRING
// $swept: INTEGER?
// $sweeping: INTEGER?
MATCH (h:GraphHead {name: 'head'})
SET h.version = $version, h.chain = $chain, h.sweptTo = coalesce($swept, h.sweptTo), h.sweeping = $sweeping
REMOVE h.pending, h.pendingToken, h.pendingWriter, h.pendingSince, h.pendingUntil, h.pendingChunks
CREATE (b:GraphBatch)
SET b = $batch

// ingest.list-chunks · read
// $version: INTEGER
MATCH (c:JournalChunk {version: $version}) RETURN c.number ORDER BY c.number

// ingest.lock-head · write
MATCH (h:GraphHead {name: 'head'})
SET h.name = 'head'
WITH h
RETURN h.version, h.chain, h.sweeping, h.pendingToken, h.pendingUntil - timestamp() AS left, h.pendingWriter, h.pending

// ingest.mark-dangling · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH (d:DanglingEdge) WHERE id(d) = ref
SET d.until = $until

// ingest.mark-edges.bounded-by · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:BOUNDED_BY]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.can-assume · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:CAN_ASSUME]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.contains · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:CONTAINS]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.controls · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:CONTROLS]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.grants · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:GRANTS]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.has-role · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:HAS_ROLE]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.inherits · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:INHERITS]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.member-of · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:MEMBER_OF]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-edges.owns · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH ()-[r:OWNS]->() WHERE id(r) = ref
SET r.until = $until

// ingest.mark-nodes · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
SET n.until = $until

// ingest.mark-uses · write
// $refs: LIST<INTEGER>
// $until: INTEGER
UNWIND $refs AS ref
MATCH (u:AccessUse) WHERE id(u) = ref
SET u.until = $until

// ingest.merged-nodes · read
MATCH (n:Entity)
WHERE size(n.sources) > 1
RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records

// ingest.nodes-of-sources · read
// $sources: LIST<STRING>
MATCH (n:Entity)
WHERE any(source IN n.sources WHERE source IN $sources)
RETURN id(n), coalesce(n.longId, n.id), n.kind, n.since, n.changed, n.records

// ingest.read-chunk · read
// $version: INTEGER
// $number: INTEGER
MATCH (c:JournalChunk {version: $version}) WHERE c.number = $number RETURN c.data, c.digest

// ingest.read-sources · read
MATCH (s:SourceStatus) RETURN coalesce(s.longSource, s.source), s.nodes, s.edges, s.uses

// ingest.read-version · read
MATCH (h:GraphHead {name: 'head'}) RETURN h.version

// ingest.relabel-nodes.group · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
SET n:Principal:Group

// ingest.relabel-nodes.resource · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
SET n:Resource

// ingest.relabel-nodes.role · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
SET n:Principal:Role

// ingest.relabel-nodes.serviceaccount · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
SET n:Principal:Identity:ServiceAccount

// ingest.relabel-nodes.user · write
// $refs: LIST<INTEGER>
UNWIND $refs AS ref
MATCH (n:Entity) WHERE id(n) = ref
REMOVE n:Principal:Identity:User:ServiceAccount:Group:Role:Resource
SET n:Principal:Identity:User

// ingest.renew-claim · write
// $token: STRING
// $lease: INTEGER
// $chunks: INTEGER?
MATCH (h:GraphHead {name: 'head'})
SET h.name = 'head'
WITH h, h.pendingChunks AS before WHERE h.pendingToken = $token
SET h.pendingUntil = timestamp() + $lease, h.pendingChunks = coalesce($chunks, before)
RETURN before, h.version

// ingest.renew-hold · write
// $name: STRING
// $token: STRING
// $lease: INTEGER
MATCH (s:GraphHead {name: $name})
SET s.name = $name
WITH s WHERE s.holdToken = $token
SET s.holdUntil = timestamp() + $lease
RETURN s.holdUntil

// ingest.set-oldest · write
// $oldest: INTEGER
MATCH (h:GraphHead {name: 'head'}) WHERE h.oldest < $oldest SET h.oldest = $oldest

// ingest.set-precedence · write
// $precedence: LIST<STRING>
MATCH (h:GraphHead {name: 'head'}) SET h.precedence = $precedence

// ingest.set-sources · write
// $rows: LIST<MAP>
UNWIND $rows AS row
MERGE (s:SourceStatus {source: row.source})
SET s = row

// ingest.sweep-dangling · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH (d:DanglingEdge {id: key}) WHERE d.until = $until
DETACH DELETE d

// ingest.sweep-edges.bounded-by · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:BOUNDED_BY {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.can-assume · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CAN_ASSUME {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.contains · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTAINS {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.controls · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTROLS {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.grants · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:GRANTS {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.has-role · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:HAS_ROLE {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.inherits · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:INHERITS {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.member-of · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:MEMBER_OF {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-edges.owns · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:OWNS {id: key}]->() WHERE r.until = $until
DELETE r

// ingest.sweep-nodes · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH (n:Entity {id: key}) WHERE n.until = $until
DETACH DELETE n

// ingest.sweep-uses · write
// $keys: LIST<STRING>
// $until: INTEGER
UNWIND $keys AS key
MATCH (u:AccessUse {key: key}) WHERE u.until = $until
DETACH DELETE u

// ingest.take-hold · write
// $name: STRING
// $token: STRING
// $writer: STRING
// $lease: INTEGER
MERGE (s:GraphHead {name: $name})
SET s.name = $name
WITH s, coalesce(s.holdToken = $token OR s.holdUntil <= timestamp(), true) AS free
SET s.holdSince = CASE WHEN free THEN timestamp() ELSE s.holdSince END,
  s.holdUntil = CASE WHEN free THEN timestamp() + $lease ELSE s.holdUntil END,
  s.holdWriter = CASE WHEN free THEN $writer ELSE s.holdWriter END,
  s.holdToken = CASE WHEN free THEN $token ELSE s.holdToken END
RETURN free, s.holdWriter, s.holdSince, s.holdUntil - timestamp()

// ingest.take-over · write
// $token: STRING
// $writer: STRING
// $lease: INTEGER
MATCH (h:GraphHead {name: 'head'})
SET h.pendingToken = $token, h.pendingWriter = $writer, h.pendingUntil = timestamp() + $lease

// ingest.unmake-dangling · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH (d:DanglingEdge {id: key}) WHERE d.since = $since
DETACH DELETE d

// ingest.unmake-edges.bounded-by · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:BOUNDED_BY {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.can-assume · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CAN_ASSUME {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.contains · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTAINS {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.controls · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTROLS {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.grants · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:GRANTS {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.has-role · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:HAS_ROLE {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.inherits · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:INHERITS {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.member-of · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:MEMBER_OF {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-edges.owns · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH ()-[r:OWNS {id: key}]->() WHERE r.since = $since
DELETE r

// ingest.unmake-nodes · write
// $ids: LIST<STRING>
// $since: INTEGER
UNWIND $ids AS key
MATCH (n:Entity {id: key}) WHERE n.since = $since
DETACH DELETE n

// ingest.unmake-uses · write
// $keys: LIST<STRING>
// $since: INTEGER
UNWIND $keys AS key
MATCH (u:AccessUse {key: key}) WHERE u.since = $since
DETACH DELETE u

// ingest.unmark-dangling · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH (d:DanglingEdge {id: key}) WHERE d.until = $until
REMOVE d.until

// ingest.unmark-edges.bounded-by · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:BOUNDED_BY {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.can-assume · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CAN_ASSUME {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.contains · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTAINS {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.controls · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:CONTROLS {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.grants · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:GRANTS {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.has-role · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:HAS_ROLE {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.inherits · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:INHERITS {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.member-of · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:MEMBER_OF {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-edges.owns · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH ()-[r:OWNS {id: key}]->() WHERE r.until = $until
REMOVE r.until

// ingest.unmark-nodes · write
// $ids: LIST<STRING>
// $until: INTEGER
UNWIND $ids AS key
MATCH (n:Entity {id: key}) WHERE n.until = $until
REMOVE n.until

// ingest.unmark-uses · write
// $keys: LIST<STRING>
// $until: INTEGER
UNWIND $keys AS key
MATCH (u:AccessUse {key: key}) WHERE u.until = $until
REMOVE u.until

// ingest.uses-of-sources · read
// $sources: LIST<STRING>
MATCH (u:AccessUse)
WHERE u.source IN $sources
RETURN id(u), u.since, u.identity, u.action, u.resource, u.source, u.lastUsedAt.epochMillis, u.useCount

// questions.between.any · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  MATCH (a)-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(b)
  WHERE id(b) IN $to AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.between.any.pairs · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  UNWIND $to AS other
  MATCH (b)
  WHERE id(b) = other
  MATCH (a)-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(b)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.between.granted · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  MATCH (a)-[r:GRANTS]->(b)
  WHERE id(b) IN $to AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.between.granted-or-controlled · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  MATCH (a)-[r:GRANTS|CONTROLS]->(b)
  WHERE id(b) IN $to AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.between.granted-or-controlled.pairs · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  UNWIND $to AS other
  MATCH (b)
  WHERE id(b) = other
  MATCH (a)-[r:GRANTS|CONTROLS]->(b)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.between.granted.pairs · read
// $from: LIST<INTEGER>
// $to: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  UNWIND $to AS other
  MATCH (b)
  WHERE id(b) = other
  MATCH (a)-[r:GRANTS]->(b)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(a) AS from, id(b) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.count-kinds · read
// $version: INTEGER
CALL () {
  MATCH (n:Entity)
  WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
  WITH n.kind AS kind, count(n) AS number
  RETURN ['nodes', kind, number] AS row
  UNION ALL
  MATCH (:Entity)-[r]->(:Entity)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH type(r) AS kind, count(r) AS number
  RETURN ['edges', kind, number] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.hierarchy · read
// $version: INTEGER
CALL () {
  MATCH (n:Group)
  WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  MATCH (n:Role)
  WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  MATCH (n:Group)-[r:MEMBER_OF|HAS_ROLE]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (n)-[r:INHERITS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.search · read
// $words: LIST<STRING>
// $kinds: LIST<STRING>
// $version: INTEGER
MATCH (n:Entity)
WHERE n.kind IN $kinds AND all(word IN $words WHERE n.search CONTAINS word) AND n.since <= $version AND (n.until IS NULL OR n.until > $version)
RETURN id(n), n.kind, coalesce(n.longId, n.id), n.disabled, n.search

// questions.walk.assumed-by · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CAN_ASSUME]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CAN_ASSUME]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.bounds · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.bundles · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:MEMBER_OF|HAS_ROLE|INHERITS*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  WHERE (n = s OR (n:Group OR n:Role OR EXISTS { (n)<-[a:CAN_ASSUME]-() WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version) }))
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND (m:Group OR m:Role OR EXISTS { (m)<-[a:CAN_ASSUME]-() WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version) })
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.bundles-near · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND (m:Group OR m:Role OR EXISTS { (m)<-[a:CAN_ASSUME]-() WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version) })
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND (m:Group OR m:Role OR EXISTS { (m)<-[a:CAN_ASSUME]-() WHERE a.since <= $version AND (a.until IS NULL OR a.until > $version) })
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.contained · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:CONTAINS*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:CONTAINS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.containers · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:CONTAINS*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CONTAINS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.containers-of · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:CONTAINS*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CONTAINS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.denials · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND r.effect = 'DENY'
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND r.effect = 'DENY'
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.edges-in · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.edges-out · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.granted-in · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:GRANTS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:GRANTS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.granted-or-controlled-in · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:GRANTS|CONTROLS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND n:Resource
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:GRANTS|CONTROLS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND n:Resource
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.granted-or-controlled-out · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Resource
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Resource
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.granted-out · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:GRANTS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders-near.assumable · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders-near.entitled · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders-near.escalation · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME|CONTROLS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND n:Principal
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME|CONTROLS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND n:Principal
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders.assumable · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders.entitled · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:MEMBER_OF|HAS_ROLE|INHERITS*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.holders.escalation · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)<-[rs:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME|CONTROLS*0..]-(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  WHERE n:Principal
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME|CONTROLS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND n:Principal
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.inner · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:CONTAINS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:CONTAINS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.nodes · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.outer · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CONTAINS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)<-[r:CONTAINS]-(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(m) AS from, id(n) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-near.assumable · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-near.entitled · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-near.escalation · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  RETURN DISTINCT s AS n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Principal
  WITH DISTINCT m
  WITH id(m) % 64 AS part, m.kind AS kind, m.disabled AS disabled, m.changed > $version AS later,
    collect(id(m)) AS refs, collect(coalesce(m.longId, m.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Principal
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-of.assumable · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-of.entitled · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals-of.escalation · read
// $ids: LIST<STRING>
// $version: INTEGER
CALL () {
  UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  WHERE n:Principal
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Principal
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals.assumable · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals.entitled · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.walk.principals.escalation · read
// $refs: LIST<INTEGER>
// $version: INTEGER
CALL () {
  UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND s.since <= $version AND (s.until IS NULL OR s.until > $version)
  MATCH (s)-[rs:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS*0..]->(n)
  WHERE all(r IN rs WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version))
  WITH DISTINCT s, n
  WHERE n:Principal
  RETURN DISTINCT n
}
WITH collect(n) AS near
CALL (near) {
  UNWIND near AS n
  WITH DISTINCT n
  WITH id(n) % 64 AS part, n.kind AS kind, n.disabled AS disabled, n.changed > $version AS later,
    collect(id(n)) AS refs, collect(coalesce(n.longId, n.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row
  UNION ALL
  UNWIND near AS n
  MATCH (n)-[r:MEMBER_OF|HAS_ROLE|INHERITS|BOUNDED_BY|CAN_ASSUME|CONTROLS]->(m)
  WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version) AND m:Principal
  WITH id(r) % 64 AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(n) AS from, id(m) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row
  UNION ALL
  MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row
}
RETURN row

// questions.whether-swept · read
MATCH (h:GraphHead {name: 'head'})
RETURN h.sweptTo, h.version

// reading.batches-between · read
// $after: INTEGER
// $to: INTEGER
MATCH (b:GraphBatch)
WHERE b.version > $after AND b.version <= $to
RETURN b.version, coalesce(b.longId, b.id), b.source, b.appliedAt, b.added, b.changed, b.removed, b.digest, b.chain
ORDER BY b.version

// reading.chunk-data · read
// $version: INTEGER
// $number: INTEGER
MATCH (c:JournalChunk {version: $version})
WHERE c.number = $number
RETURN c.data, c.digest

// reading.chunks-of-version · read
// $version: INTEGER
MATCH (c:JournalChunk {version: $version})
RETURN c.number, c.digest
ORDER BY c.number

// reading.count-edges.bounded-by · read
MATCH ()-[r:BOUNDED_BY]->()
RETURN count(r)

// reading.count-edges.can-assume · read
MATCH ()-[r:CAN_ASSUME]->()
RETURN count(r)

// reading.count-edges.contains · read
MATCH ()-[r:CONTAINS]->()
RETURN count(r)

// reading.count-edges.controls · read
MATCH ()-[r:CONTROLS]->()
RETURN count(r)

// reading.count-edges.grants · read
MATCH ()-[r:GRANTS]->()
RETURN count(r)

// reading.count-edges.has-role · read
MATCH ()-[r:HAS_ROLE]->()
RETURN count(r)

// reading.count-edges.inherits · read
MATCH ()-[r:INHERITS]->()
RETURN count(r)

// reading.count-edges.member-of · read
MATCH ()-[r:MEMBER_OF]->()
RETURN count(r)

// reading.count-edges.owns · read
MATCH ()-[r:OWNS]->()
RETURN count(r)

// reading.dangling-by-id · read
// $ids: LIST<STRING>
// $version: INTEGER
UNWIND $ids AS key
MATCH (d:DanglingEdge {id: key})
WHERE d.since <= $version AND (d.until IS NULL OR d.until > $version)
RETURN null AS ref, d.kind AS kind, coalesce(d.longFrom, d.from) AS from, coalesce(d.longTo, d.to) AS to, d.id AS id, d.source AS source, d.key AS key, d.actions AS actions, d.exceptActions AS exceptActions, d.effect AS effect, d.inherit AS inherit, d.technique AS technique, d.condition AS condition, d.validFrom.epochMillis AS validFrom, d.validTo.epochMillis AS validTo, d.evidence AS evidence, d.lastUsedAt.epochMillis AS lastUsedAt, d.useCount AS useCount

// reading.edge-by-id · read
// $id: STRING
// $version: INTEGER
MATCH (a:Entity)-[r:MEMBER_OF {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:HAS_ROLE {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:INHERITS {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:GRANTS {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:CONTAINS {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:CAN_ASSUME {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:CONTROLS {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:BOUNDED_BY {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (a:Entity)-[r:OWNS {id: $id}]->(b:Entity)
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN id(r) AS ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount
UNION ALL
MATCH (d:DanglingEdge {id: $id})
WHERE d.since <= $version AND (d.until IS NULL OR d.until > $version)
RETURN null AS ref, d.kind AS kind, coalesce(d.longFrom, d.from) AS from, coalesce(d.longTo, d.to) AS to, d.id AS id, d.source AS source, d.key AS key, d.actions AS actions, d.exceptActions AS exceptActions, d.effect AS effect, d.inherit AS inherit, d.technique AS technique, d.condition AS condition, d.validFrom.epochMillis AS validFrom, d.validTo.epochMillis AS validTo, d.evidence AS evidence, d.lastUsedAt.epochMillis AS lastUsedAt, d.useCount AS useCount

// reading.edges-by-ref · read
// $refs: LIST<INTEGER>
// $version: INTEGER
UNWIND $refs AS ref
MATCH (a:Entity)-[r]->(b:Entity)
WHERE id(r) = ref AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN ref, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo, r.evidence AS evidence, r.lastUsedAt.epochMillis AS lastUsedAt, r.useCount AS useCount

// reading.head · read
MATCH (h:GraphHead {name: 'head'})
RETURN h.version, h.oldest, h.precedence

// reading.later-chunks · read
// $after: INTEGER
MATCH (c:JournalChunk)
WHERE c.version > $after
RETURN c.version, c.number, c.digest
ORDER BY c.version, c.number

// reading.list-dangling · read
// $version: INTEGER
MATCH (d:DanglingEdge)
WHERE d.since <= $version AND (d.until IS NULL OR d.until > $version)
RETURN d.id, d.kind, coalesce(d.longFrom, d.from) AS from, coalesce(d.longTo, d.to) AS to

// reading.list-nodes · read
// $version: INTEGER
MATCH (n:Entity)
WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
RETURN id(n), coalesce(n.longId, n.id)

// reading.nodes-by-ref · read
// $refs: LIST<INTEGER>
// $version: INTEGER
UNWIND $refs AS ref
MATCH (n)
WHERE id(n) = ref AND n:Entity AND n.since <= $version AND (n.until IS NULL OR n.until > $version)
RETURN ref, n.kind, coalesce(n.longId, n.id), n.records, n.changed > $version

// reading.refs-of-edges · read
// $ids: LIST<STRING>
// $version: INTEGER
UNWIND $ids AS key
MATCH ()-[r:MEMBER_OF {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:HAS_ROLE {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:INHERITS {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:GRANTS {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:CONTAINS {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:CAN_ASSUME {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:CONTROLS {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:BOUNDED_BY {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref
UNION ALL
UNWIND $ids AS key
MATCH ()-[r:OWNS {id: key}]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN r.id AS id, id(r) AS ref

// reading.refs-of-nodes · read
// $ids: LIST<STRING>
// $version: INTEGER
UNWIND $ids AS key
MATCH (n:Entity {id: key})
WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
RETURN coalesce(n.longId, n.id), id(n)

// reading.scan-edges.bounded-by · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:BOUNDED_BY]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.can-assume · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:CAN_ASSUME]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.contains · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:CONTAINS]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.controls · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:CONTROLS]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.grants · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:GRANTS]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, r.actions AS actions, r.exceptActions AS exceptActions,
  r.effect = 'DENY' AS deny, r.inherit = false AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.has-role · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:HAS_ROLE]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.inherits · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:INHERITS]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.member-of · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:MEMBER_OF]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-edges.owns · read
// $version: INTEGER
// $slices: INTEGER
// $from: INTEGER
// $to: INTEGER
MATCH (a)-[r:OWNS]->(b)
WHERE id(r) % $slices >= $from AND id(r) % $slices < $to
  AND r.since <= $version AND (r.until IS NULL OR r.until > $version)
WITH id(r) % $slices AS slice, null AS actions, null AS exceptActions, null AS deny, null AS stops,
  r.condition IS NOT NULL AS conditional, id(r) AS ref, id(a) AS from, id(b) AS to,
  r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
RETURN slice, actions, exceptActions, deny, stops, conditional,
  collect(ref) AS refs, collect(from) AS froms, collect(to) AS tos,
  collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos

// reading.scan-nodes · read
// $version: INTEGER
MATCH (n:Entity)
WHERE n.since <= $version AND (n.until IS NULL OR n.until > $version)
RETURN id(n), n.kind, coalesce(n.longId, n.id), n.disabled, n.search, n.changed > $version

// reading.scan-terms · read
// $version: INTEGER
MATCH ()-[r:GRANTS]->()
WHERE r.since <= $version AND (r.until IS NULL OR r.until > $version)
RETURN DISTINCT r.actions, r.exceptActions

// reading.scan-uses · read
// $version: INTEGER
MATCH (u:AccessUse)
WHERE u.since <= $version AND (u.until IS NULL OR u.until > $version)
RETURN u.identity, u.action, u.resource, u.source, u.lastUsedAt.epochMillis, u.useCount

// reading.sources-now · read
MATCH (s:SourceStatus)
RETURN coalesce(s.longSource, s.source), s.nodes, s.edges, s.uses, s.loadedAt

// reading.sources-told · read
// $version: INTEGER
MATCH (b:GraphBatch)
WHERE b.version <= $version AND b.sources IS NOT NULL
RETURN b.sources
ORDER BY b.version

// schema.await-indexes · read
CALL db.awaitIndexes(600)

// schema.count-foreign · read
CALL () { MATCH (n:Entity) RETURN count(n) AS found
UNION ALL MATCH (n:GraphHead) RETURN count(n) AS found
UNION ALL MATCH (n:GraphBatch) RETURN count(n) AS found
UNION ALL MATCH (n:JournalChunk) RETURN count(n) AS found
UNION ALL MATCH (n:DanglingEdge) RETURN count(n) AS found
UNION ALL MATCH (n:AccessUse) RETURN count(n) AS found
UNION ALL MATCH (n:SourceStatus) RETURN count(n) AS found
UNION ALL MATCH (n:GraphDocument) RETURN count(n) AS found }
RETURN sum(found)

// schema.index-accessuse-key · schema
CREATE INDEX grantlens_accessuse_key IF NOT EXISTS FOR (n:AccessUse) ON (n.key)

// schema.index-danglingedge-from · schema
CREATE INDEX grantlens_danglingedge_from IF NOT EXISTS FOR (n:DanglingEdge) ON (n.from)

// schema.index-danglingedge-id · schema
CREATE INDEX grantlens_danglingedge_id IF NOT EXISTS FOR (n:DanglingEdge) ON (n.id)

// schema.index-danglingedge-to · schema
CREATE INDEX grantlens_danglingedge_to IF NOT EXISTS FOR (n:DanglingEdge) ON (n.to)

// schema.index-edges.bounded-by · schema
CREATE INDEX grantlens_bounded_by_id IF NOT EXISTS FOR ()-[r:BOUNDED_BY]-() ON (r.id)

// schema.index-edges.can-assume · schema
CREATE INDEX grantlens_can_assume_id IF NOT EXISTS FOR ()-[r:CAN_ASSUME]-() ON (r.id)

// schema.index-edges.contains · schema
CREATE INDEX grantlens_contains_id IF NOT EXISTS FOR ()-[r:CONTAINS]-() ON (r.id)

// schema.index-edges.controls · schema
CREATE INDEX grantlens_controls_id IF NOT EXISTS FOR ()-[r:CONTROLS]-() ON (r.id)

// schema.index-edges.grants · schema
CREATE INDEX grantlens_grants_id IF NOT EXISTS FOR ()-[r:GRANTS]-() ON (r.id)

// schema.index-edges.has-role · schema
CREATE INDEX grantlens_has_role_id IF NOT EXISTS FOR ()-[r:HAS_ROLE]-() ON (r.id)

// schema.index-edges.inherits · schema
CREATE INDEX grantlens_inherits_id IF NOT EXISTS FOR ()-[r:INHERITS]-() ON (r.id)

// schema.index-edges.member-of · schema
CREATE INDEX grantlens_member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() ON (r.id)

// schema.index-edges.owns · schema
CREATE INDEX grantlens_owns_id IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.id)

// schema.index-journalchunk-version · schema
CREATE INDEX grantlens_journalchunk_version IF NOT EXISTS FOR (n:JournalChunk) ON (n.version)

// schema.labels-in-use · read
CALL db.labels() YIELD label RETURN label

// schema.make-head · write
// $precedence: LIST<STRING>
// $format: INTEGER
MERGE (h:GraphHead {name: 'head'})
ON CREATE SET h.version = 0, h.format = 0, h.oldest = 0, h.sweptTo = 0, h.chain = '', h.documents = 0,
  h.precedence = $precedence
SET h.format = CASE WHEN h.format > $format THEN h.format ELSE $format END
RETURN h.format, h.version, h.precedence

// schema.read-ground · read
MATCH (h:GraphHead {name: 'head'})
RETURN h.format, h.version, h.precedence

// schema.show-constraints · read
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes, properties

// schema.show-indexes · read
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint
RETURN name, type, labelsOrTypes, properties, owningConstraint

// schema.unique-entity-id · schema
CREATE CONSTRAINT grantlens_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE

// schema.unique-graphbatch-id · schema
CREATE CONSTRAINT grantlens_graphbatch_id IF NOT EXISTS FOR (n:GraphBatch) REQUIRE n.id IS UNIQUE

// schema.unique-graphbatch-version · schema
CREATE CONSTRAINT grantlens_graphbatch_version IF NOT EXISTS FOR (n:GraphBatch) REQUIRE n.version IS UNIQUE

// schema.unique-graphdocument-name · schema
CREATE CONSTRAINT grantlens_graphdocument_name IF NOT EXISTS FOR (n:GraphDocument) REQUIRE n.name IS UNIQUE

// schema.unique-graphhead-name · schema
CREATE CONSTRAINT grantlens_graphhead_name IF NOT EXISTS FOR (n:GraphHead) REQUIRE n.name IS UNIQUE

// schema.unique-sourcestatus-source · schema
CREATE CONSTRAINT grantlens_sourcestatus_source IF NOT EXISTS FOR (n:SourceStatus) REQUIRE n.source IS UNIQUE

// verify.dangling · read
MATCH (d:DanglingEdge)
OPTIONAL MATCH (a:Entity {id: d.from})
OPTIONAL MATCH (b:Entity {id: d.to})
RETURN d.since, d.until, keys(d), a.kind, b.kind, d.kind AS kind, coalesce(d.longFrom, d.from) AS from, coalesce(d.longTo, d.to) AS to, d.id AS id, d.source AS source, d.key AS key, d.actions AS actions, d.exceptActions AS exceptActions, d.effect AS effect, d.inherit AS inherit, d.technique AS technique, d.condition AS condition, CASE WHEN d.validFrom IS :: ZONED DATETIME THEN d.validFrom.epochMillis END AS validFrom, CASE WHEN d.validTo IS :: ZONED DATETIME THEN d.validTo.epochMillis END AS validTo, d.evidence AS evidence, CASE WHEN d.lastUsedAt IS :: ZONED DATETIME THEN d.lastUsedAt.epochMillis END AS lastUsedAt, d.useCount AS useCount

// verify.documents · read
MATCH (d:GraphDocument)
RETURN d.name, d.longName, d.value, d.revision

// verify.edges.bounded-by · read
MATCH (a)-[r:BOUNDED_BY]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.can-assume · read
MATCH (a)-[r:CAN_ASSUME]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.contains · read
MATCH (a)-[r:CONTAINS]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.controls · read
MATCH (a)-[r:CONTROLS]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.grants · read
MATCH (a)-[r:GRANTS]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.has-role · read
MATCH (a)-[r:HAS_ROLE]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.inherits · read
MATCH (a)-[r:INHERITS]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.member-of · read
MATCH (a)-[r:MEMBER_OF]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.edges.owns · read
MATCH (a)-[r:OWNS]->(b)
RETURN r.since, r.until, keys(r), a.kind, b.kind, type(r) AS kind, coalesce(a.longId, a.id) AS from, coalesce(b.longId, b.id) AS to, r.id AS id, r.source AS source, r.key AS key, r.actions AS actions, r.exceptActions AS exceptActions, r.effect AS effect, r.inherit AS inherit, r.technique AS technique, r.condition AS condition, CASE WHEN r.validFrom IS :: ZONED DATETIME THEN r.validFrom.epochMillis END AS validFrom, CASE WHEN r.validTo IS :: ZONED DATETIME THEN r.validTo.epochMillis END AS validTo, r.evidence AS evidence, CASE WHEN r.lastUsedAt IS :: ZONED DATETIME THEN r.lastUsedAt.epochMillis END AS lastUsedAt, r.useCount AS useCount

// verify.head · read
MATCH (h:GraphHead {name: 'head'})
RETURN h.version, h.oldest, h.chain, h.precedence, h.pendingToken, h.pendingChunks, h.sweeping, h.documents

// verify.nodes · read
MATCH (n:Entity)
RETURN labels(n), properties(n)

// verify.uses · read
MATCH (u:AccessUse)
RETURN u.since, u.until, u.key, u.identity, u.action, u.resource, u.source, CASE WHEN u.lastUsedAt IS :: ZONED DATETIME THEN u.lastUsedAt.epochMillis END, u.useCount
