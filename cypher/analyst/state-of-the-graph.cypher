// State of the graph
//
// Area: sources
// Question: Which version is this, what told of it, and is a load under way right now?
// For: everybody, first
// Shows: table
// Reading: "version" is the version that all answers of Grantlens are computed on. Where "loading" is true a large batch is being
//   written: until it is done, other queries of this folder may see some of its new facts, and some that go, already.
// Limits: Grantlens itself is not affected: it looks at finished versions only.

MATCH (head:GraphHead {name: 'head'})
OPTIONAL MATCH (status:SourceStatus)
RETURN head.version AS version, head.pending IS NOT NULL AS loading, status.source AS source, status.nodes AS nodes,
       status.edges AS edges, datetime({epochMillis: status.loadedAt}) AS loaded
ORDER BY source
