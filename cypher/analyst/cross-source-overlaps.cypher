// What several sources tell
//
// Area: sources
// Question: Which edges are told by more than one source, so that taking one away changes nothing?
// For: those who run the loaders, access reviewers
// Shows: table
// Parameter: most - rows at most
// Reading: A row is an edge of the same kind, ends and key from several sources. "differ" is true where they do not agree in
//   actions, effect, condition or time: then somebody is wrong.
// Limits: Edges with different keys are different facts here, even if they say the same.
:param most => 500;

MATCH (from:Entity)-[edge:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(to)
WITH from, to, type(edge) AS kind, edge.key AS key, edge
ORDER BY edge.source
WITH from, to, kind, key, collect(edge) AS edges
WHERE size(edges) > 1
RETURN from.id AS from, kind, to.id AS to, key, [e IN edges | e.source] AS sources,
       any(e IN edges WHERE coalesce(e.actions, []) <> coalesce(edges[0].actions, [])
                         OR coalesce(e.exceptActions, []) <> coalesce(edges[0].exceptActions, [])
                         OR coalesce(e.effect, '') <> coalesce(edges[0].effect, '')
                         OR coalesce(e.inherit, true) <> coalesce(edges[0].inherit, true)
                         OR coalesce(e.condition, '') <> coalesce(edges[0].condition, '')
                         OR coalesce(toString(e.validFrom), '') <> coalesce(toString(edges[0].validFrom), '')
                         OR coalesce(toString(e.validTo), '') <> coalesce(toString(edges[0].validTo), '')) AS differ
ORDER BY differ DESC, from, kind, to, key
LIMIT $most
