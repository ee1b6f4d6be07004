// Edges without effect
//
// Area: sources
// Question: Which edges are kept though one of their ends is gone, or is of a kind that they may not join?
// For: those who run the loaders
// Shows: table
// Parameter: most - rows at most
// Reading: "missing" names the ends that no source vouches for. The edge counts again as soon as they are back; where both ends
//   are there, one is of a kind that this edge may not join.
// Limits: They are no part of the graph that the other queries see.
:param most => 500;

MATCH (edge:DanglingEdge)
RETURN edge.kind AS kind, edge.from AS from, edge.to AS to, edge.source AS source,
       [id IN [edge.from, edge.to] WHERE NOT EXISTS { (:Entity {id: id}) }] AS missing
ORDER BY source, kind, from, to, edge.id
LIMIT $most
