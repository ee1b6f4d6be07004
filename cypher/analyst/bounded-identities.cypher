// What is bounded, and by what
//
// Area: accounts
// Question: Which identities and roles can do no more than a bound, and what have they beyond it?
// For: security engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "lets" counts the grants with ALLOW of the bound and what it inherits; "held" the resources that the bounded one has
//   a grant on, "outside" those of them that no grant of the bound reaches: what is granted there is worth nothing.
// Limits: Actions are not compared: a resource that the bound reaches may still be closed for the action. Of several bounds all
//   must let an action through; each is a row of its own. `grantlens why` decides.
:param at => datetime();
:param most => 500;

MATCH (bounded:Principal)-[by:BOUNDED_BY]->(bound:Role)
WHERE coalesce(by.validFrom <= $at, true) AND coalesce(by.validTo > $at, true)
WITH DISTINCT bounded, bound
WITH bounded, bound,
     COLLECT {
       MATCH (bounded)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(resource:Resource)
       WHERE all(r IN had + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
       RETURN DISTINCT resource
     } AS held,
     COLLECT {
       MATCH (bound)-[had:INHERITS*0..]->(:Role)-[grant:GRANTS {effect: 'ALLOW'}]->(:Resource)
       WHERE all(r IN had + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
       RETURN DISTINCT grant
     } AS lets
RETURN bounded.id AS bounded, bound.id AS bound, size(lets) AS lets, size(held) AS held,
       size([resource IN held WHERE NOT EXISTS {
         MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource)
         WHERE all(c IN inside WHERE coalesce(c.validFrom <= $at, true) AND coalesce(c.validTo > $at, true))
           AND any(grant IN lets WHERE endNode(grant) = outer AND (outer = resource OR coalesce(grant.inherit, true)))
       }]) AS outside
ORDER BY outside DESC, bounded, bound
LIMIT $most
