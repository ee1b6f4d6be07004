// Who reaches sensitive resources
//
// Area: access
// Question: Which identities reach a resource that matters, by how many grants, and what stands in the way?
// For: access reviewers, security engineers
// Shows: table
// Pair: sensitive-reach-drawn
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is an identity and a resource. "grants" are the grants with ALLOW that reach it through memberships, roles
//   and containment, "shortest" the edges of the shortest such way. "conditional" is true where every way has a condition on
//   it. "denials" are the DENY grants that reach the same resource the same way; "bounds" the roles that bound the identity.
// Limits: It decides nothing. A denial may close some actions or all, a condition may hold or not, a bound may let an action
//   through or not, exceptions may leave little of a grant, and what can be had by acting as someone else is left out. The decision for one action is
//   `grantlens why IDENTITY ACTION RESOURCE`.
:param least => 0.7;
:param at => datetime();
:param most => 200;

MATCH (resource:Resource)
WHERE resource.sensitivity >= $least
MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource)
WHERE all(c IN inside WHERE coalesce(c.validFrom <= $at, true) AND coalesce(c.validTo > $at, true))
MATCH (holder:Principal)-[grant:GRANTS]->(outer)
WHERE coalesce(grant.validFrom <= $at, true) AND coalesce(grant.validTo > $at, true)
  AND (outer = resource OR coalesce(grant.inherit, true))
MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(holder)
WHERE identity.disabled IS NULL
  AND all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
WITH identity, resource, grant, grant.effect = 'ALLOW' AS allows,
     min(size(had) + 1 + size(inside)) AS length,
     min(CASE WHEN grant.condition IS NULL AND all(m IN had WHERE m.condition IS NULL) THEN 0 ELSE 1 END) AS conditional
WITH identity, resource,
     count(CASE WHEN allows THEN grant END) AS grants,
     count(CASE WHEN NOT allows THEN grant END) AS denials,
     min(CASE WHEN allows THEN length END) AS shortest,
     min(CASE WHEN allows THEN conditional END) = 1 AS conditional
WHERE grants > 0
RETURN identity.id AS identity, resource.id AS resource, resource.sensitivity AS sensitivity,
       grants, shortest, conditional, denials, COUNT { (identity)-[:BOUNDED_BY]->() } AS bounds
ORDER BY sensitivity DESC, resource, identity
LIMIT $most
