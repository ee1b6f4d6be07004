// Access through many ways
//
// Area: access
// Question: Who reaches a sensitive resource in so many ways that taking one of them away changes nothing?
// For: access reviewers, role engineers
// Shows: table
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: ways - only pairs with more ways than this
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "ways" counts the ways that visit no node twice and end in a grant with ALLOW; "grants" counts the grants at which
//   they end, "first" the edges that leave the identity: where there is one first edge, taking it away ends all ways.
// Limits: It decides nothing: ways that a denial, a bound or the grant's own exceptions close are counted too. Edges without which nothing is left are
//   told by `grantlens why IDENTITY ACTION RESOURCE`.
:param least => 0.7;
:param ways => 3;
:param at => datetime();
:param most => 200;

MATCH (resource:Resource)
WHERE resource.sensitivity >= $least
MATCH way = (identity:Identity)-[:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(outer:Resource)
            -[:CONTAINS*0..]->(resource)
WHERE identity.disabled IS NULL
  AND all(r IN relationships(way) WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
  AND all(n IN nodes(way) WHERE single(m IN nodes(way) WHERE m = n))
  AND (outer = resource OR coalesce(grant.inherit, true))
WITH identity, resource, count(way) AS ways, count(DISTINCT grant) AS grants,
     count(DISTINCT relationships(way)[0]) AS first
WHERE ways > $ways
RETURN identity.id AS identity, resource.id AS resource, ways, grants, first
ORDER BY ways DESC, identity, resource
LIMIT $most
