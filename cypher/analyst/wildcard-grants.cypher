// Wildcards on sensitive resources
//
// Area: access
// Question: Which grants on sensitive resources, or on what contains them, name actions by a wildcard?
// For: security engineers
// Shows: table
// Parameter: least - sensitivity from which on a resource counts, from 0 to 1
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "patterns" are the actions with a star, "everything" is true where one of them is nothing but stars. "sensitive"
//   counts the sensitive resources that the grant reaches, "identities" those who hold the grant through memberships and roles.
// Limits: Exceptions narrow a wildcard and are shown, not worked out. Denials and bounds are not looked at.
:param least => 0.7;
:param at => datetime();
:param most => 200;

MATCH (holder:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(outer:Resource)
WHERE any(a IN grant.actions WHERE a CONTAINS '*')
  AND coalesce(grant.validFrom <= $at, true) AND coalesce(grant.validTo > $at, true)
MATCH (outer)-[inside:CONTAINS*0..]->(resource:Resource)
WHERE resource.sensitivity >= $least AND (outer = resource OR coalesce(grant.inherit, true))
  AND all(c IN inside WHERE coalesce(c.validFrom <= $at, true) AND coalesce(c.validTo > $at, true))
WITH holder, grant, outer, count(DISTINCT resource) AS sensitive
RETURN holder.id AS holder, outer.id AS resource, [a IN grant.actions WHERE a CONTAINS '*'] AS patterns,
       any(a IN grant.actions WHERE a =~ '\\*+') AS everything, grant.exceptActions AS exceptions,
       grant.condition AS condition, sensitive,
       COUNT {
         MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(holder)
         WHERE identity.disabled IS NULL
           AND all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
         RETURN DISTINCT identity
       } AS identities
ORDER BY everything DESC, sensitive DESC, identities DESC, holder, resource, grant.id
LIMIT $most
