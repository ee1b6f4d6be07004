// Take-overs that open the most
//
// Area: escalation
// Question: Whose account, group or role is worth taking over, and how many can?
// For: security engineers
// Shows: table
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is a principal that others CAN_ASSUME or CONTROL. "identities" counts those who can, through memberships and
//   roles; "sensitive" the sensitive resources that it reaches by its own grants and those of its groups and roles.
// Limits: One step only: what can be taken over from there is told by escalation-paths. Denials, conditions and bounds are not
//   looked at. Identities that have the same access anyway are counted too.
:param least => 0.7;
:param at => datetime();
:param most => 50;

MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource:Resource)
WHERE resource.sensitivity >= $least
  AND all(c IN inside WHERE coalesce(c.validFrom <= $at, true) AND coalesce(c.validTo > $at, true))
MATCH (holder:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(outer)
WHERE coalesce(grant.validFrom <= $at, true) AND coalesce(grant.validTo > $at, true)
  AND (outer = resource OR coalesce(grant.inherit, true))
WITH holder, collect(DISTINCT resource) AS reached
MATCH (target:Principal)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(holder)
WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
  AND EXISTS {
    MATCH (:Principal)-[over:CAN_ASSUME|CONTROLS]->(target)
    WHERE coalesce(over.validFrom <= $at, true) AND coalesce(over.validTo > $at, true)
  }
WITH DISTINCT target, holder, reached
UNWIND reached AS resource
WITH target, count(DISTINCT resource) AS sensitive
ORDER BY sensitive DESC, target.id
LIMIT $most
MATCH (by:Principal)-[over:CAN_ASSUME|CONTROLS]->(target)
WHERE coalesce(over.validFrom <= $at, true) AND coalesce(over.validTo > $at, true)
WITH target, sensitive, by, over
ORDER BY over.technique
WITH target, sensitive, collect(DISTINCT by) AS takers, collect(DISTINCT type(over)) AS kinds,
     collect(DISTINCT over.technique) AS techniques
RETURN target.id AS target, sensitive,
       COUNT {
         UNWIND takers AS taker
         MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(taker)
         WHERE identity.disabled IS NULL
           AND all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
         RETURN DISTINCT identity
       } AS identities,
       kinds, techniques
ORDER BY sensitive DESC, identities DESC, target
