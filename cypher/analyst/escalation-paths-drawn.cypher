// Shortest escalation paths to a sensitive resource, drawn
//
// Area: escalation
// Question: By which ways do people who cannot reach a resource as themselves get to it all the same?
// For: security engineers
// Shows: graph
// Pair: escalation-paths
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: resources - how many resources at most, the most sensitive first
// Parameter: at - the instant asked about
// Parameter: most - ways at most, the shortest first
// Reading: One shortest way from each identity, any one where several are equally short. CAN_ASSUME and CONTROLS edges are where one becomes someone else; an edge on
//   which many ways meet is where to close them.
// Limits: It decides nothing: denials and bounds in the way are not looked at. The decision for one action is
//   `grantlens why IDENTITY ACTION RESOURCE --reach ESCALATION`.
:param least => 0.7;
:param resources => 1;
:param at => datetime();
:param most => 25;

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
RETURN way
ORDER BY length(way), resource.sensitivity DESC, identity.id
LIMIT $most
