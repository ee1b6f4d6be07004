// Denials and whom they stop
//
// Area: access
// Question: Which denials are in force, whom do they reach, and would those people have had something there?
// For: access reviewers, security engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is a DENY grant. "identities" counts those who hold it through memberships and roles; "stopped" those of them
//   who also hold a grant with ALLOW that reaches the same resource. A denial with nobody stopped guards against the future,
//   or is forgotten.
// Limits: Actions are not compared, so a denial may stop fewer than it says. Someone stopped here may still get in by acting as
//   someone else: `grantlens check` looks at that.
:param at => datetime();
:param most => 200;

MATCH (holder:Principal)-[denial:GRANTS {effect: 'DENY'}]->(resource:Resource)
WHERE coalesce(denial.validFrom <= $at, true) AND coalesce(denial.validTo > $at, true)
OPTIONAL MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(holder)
WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
WITH DISTINCT holder, denial, resource, identity
WITH holder, denial, resource, identity,
     identity IS NOT NULL AND EXISTS {
       MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource)
       MATCH (identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)-[grant:GRANTS {effect: 'ALLOW'}]->(outer)
       WHERE all(r IN had + grant + inside WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
         AND (outer = resource OR coalesce(grant.inherit, true))
     } AS stopped
RETURN holder.id AS holder, resource.id AS resource, denial.actions AS actions, denial.condition AS condition,
       count(identity) AS identities, count(CASE WHEN stopped THEN 1 END) AS stopped, denial.evidence AS evidence
ORDER BY stopped DESC, identities DESC, holder, resource
LIMIT $most
