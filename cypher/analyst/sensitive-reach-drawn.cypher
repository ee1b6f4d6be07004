// Who reaches sensitive resources, drawn
//
// Area: access
// Question: By which ways do identities reach the most sensitive resources?
// For: access reviewers, security engineers
// Shows: graph
// Pair: sensitive-reach
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: resources - how many resources at most, the most sensitive first
// Parameter: at - the instant asked about
// Parameter: most - ways at most, the shortest first
// Reading: A picture of whole ways: identity, groups and roles, grant, and down to the resource. A grant with the caption
//   DENY takes away instead of giving.
// Limits: It decides nothing, and what can be had by acting as someone else is left out. The decision for one action is
//   `grantlens why IDENTITY ACTION RESOURCE`.
:param least => 0.7;
:param resources => 1;
:param at => datetime();
:param most => 50;

MATCH (resource:Resource)
WHERE resource.sensitivity >= $least
WITH resource ORDER BY resource.sensitivity DESC, resource.id LIMIT $resources
MATCH way = (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)-[grant:GRANTS]->(outer:Resource)
            -[:CONTAINS*0..]->(resource)
WHERE identity.disabled IS NULL
  AND all(r IN relationships(way) WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
  AND all(n IN nodes(way) WHERE single(m IN nodes(way) WHERE m = n))
  AND (outer = resource OR coalesce(grant.inherit, true))
RETURN way
ORDER BY length(way), resource.sensitivity DESC, [n IN nodes(way) | n.id], [r IN relationships(way) | r.id]
LIMIT $most
