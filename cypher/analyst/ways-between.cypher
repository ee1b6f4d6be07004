// All ways from an identity to a resource
//
// Area: access
// Question: Why does this identity have something to do with this resource?
// For: access reviewers, help desks
// Shows: graph
// Parameter: identity - id of a user or service account
// Parameter: resource - id of a resource
// Parameter: at - the instant asked about
// Parameter: most - ways at most, the shortest first
// Reading: Every way through memberships, roles and inheritance to a grant, and from there down to the resource. A way that
//   ends in a grant with the caption DENY takes away instead of giving.
// Limits: Actions are not looked at, and nor is what the identity can do as someone else. `grantlens paths` tells the
//   decision of each way; `grantlens why` tells the decision of all together.
:param identity => 'user:ann';
:param resource => 'app:ledger';
:param at => datetime();
:param most => 100;

MATCH way = (:Entity {id: $identity})-[:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)-[grant:GRANTS]->(outer:Resource)
            -[:CONTAINS*0..]->(resource:Entity {id: $resource})
WHERE all(r IN relationships(way) WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
  AND all(n IN nodes(way) WHERE single(m IN nodes(way) WHERE m = n))
  AND (outer = resource OR coalesce(grant.inherit, true))
RETURN way
ORDER BY length(way), [n IN nodes(way) | n.id], [r IN relationships(way) | r.id]
LIMIT $most
