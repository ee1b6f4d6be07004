// Grants that bypass roles
//
// Area: access
// Question: Which people hold a grant in their own name, and do their groups or roles give it to them anyway?
// For: role engineers, access reviewers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is a grant with ALLOW from a user to a resource. "covered" is true where a grant that the user has through a
//   group or a role gives the same patterns, or every action, on the same resource or one that contains it, without
//   conditions and without exceptions: then the direct one can go and nothing changes today.
// Limits: "covered" compares patterns as texts, letter case aside; false may still be covered by a wider pattern. It looks at
//   the one instant: the group's grant may end earlier than the direct one.
:param at => datetime();
:param most => 500;

MATCH (user:User)-[grant:GRANTS {effect: 'ALLOW'}]->(resource:Resource)
WHERE coalesce(grant.validFrom <= $at, true) AND coalesce(grant.validTo > $at, true)
RETURN user.id AS user, resource.id AS resource, grant.actions AS actions,
       EXISTS {
         MATCH (user)-[had:MEMBER_OF|HAS_ROLE|INHERITS*1..]->(:Principal)-[other:GRANTS {effect: 'ALLOW'}]->(outer:Resource)
               -[inside:CONTAINS*0..]->(resource)
         WHERE all(r IN had + other + inside WHERE r.condition IS NULL
                   AND coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
           AND other.exceptActions IS NULL
           AND (outer = resource OR coalesce(other.inherit, true))
           AND ('*' IN other.actions
                OR all(a IN grant.actions WHERE toLower(a) IN [b IN other.actions | toLower(b)]))
       } AS covered,
       resource.sensitivity AS sensitivity, grant.lastUsedAt AS lastUsed, grant.validTo AS until, grant.evidence AS evidence
ORDER BY covered DESC, coalesce(sensitivity, 0) DESC, user, resource, grant.id
LIMIT $most
