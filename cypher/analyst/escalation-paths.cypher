// Shortest escalation paths to sensitive resources
//
// Area: escalation
// Question: Who cannot reach a sensitive resource as themselves, and can by acting as someone else or taking something over?
// For: security engineers
// Shows: table
// Pair: escalation-paths-drawn
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: resources - how many resources at most, the most sensitive first
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "steps" are the edges of a shortest way (any one where several are equally short), "takeOvers" how many of them are CAN_ASSUME or CONTROLS, "route" the way
//   itself. "conditional" is true where this way has a condition on it.
// Limits: It decides nothing: denials and bounds in the way are not looked at, nor what can be done at its end. The decision for
//   one action is `grantlens why IDENTITY ACTION RESOURCE --reach ESCALATION`.
:param least => 0.7;
:param resources => 3;
:param at => datetime();
:param most => 100;

MATCH (resource:Resource)
WHERE resource.sensitivity >= $least
WITH resource ORDER BY resource.sensitivity DESC, resource.id LIMIT $resources
WITH resource, COLLECT {
  MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource)
  MATCH (holder:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(outer)
  WHERE (outer = resource OR coalesce(grant.inherit, true))
    AND all(r IN inside + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
  MATCH (entitled:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(holder)
  WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
  RETURN DISTINCT entitled
} AS entitled
MATCH way = SHORTEST 1 (
  (identity:Identity)
  (()-[step:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME|CONTROLS
       WHERE coalesce(step.validFrom <= $at, true) AND coalesce(step.validTo > $at, true)]->(:Principal))*
  (:Principal)-[last:GRANTS|CONTROLS
       WHERE coalesce(last.effect, 'ALLOW') = 'ALLOW'
         AND coalesce(last.validFrom <= $at, true) AND coalesce(last.validTo > $at, true)]->(outer:Resource)
  (()-[inside:CONTAINS
       WHERE coalesce(inside.validFrom <= $at, true) AND coalesce(inside.validTo > $at, true)]->())*
  (resource)
  WHERE outer = resource OR coalesce(last.inherit, true)
)
WHERE identity.disabled IS NULL AND NOT identity IN entitled
WITH identity, resource, way
ORDER BY resource.sensitivity DESC, resource.id, length(way), identity.id
LIMIT $most
RETURN identity.id AS identity, resource.id AS resource, length(way) AS steps,
       size([r IN relationships(way) WHERE type(r) IN ['CAN_ASSUME', 'CONTROLS']]) AS takeOvers,
       any(r IN relationships(way) WHERE r.condition IS NOT NULL AND type(r) <> 'CONTAINS') AS conditional,
       reduce(text = identity.id, r IN relationships(way) |
         text + ' -' + type(r) + coalesce(':' + r.technique, '') + '-> ' + endNode(r).id) AS route
