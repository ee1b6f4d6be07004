// Roles nobody uses
//
// Area: roles
// Question: Which roles did nobody who holds them use, as far as use is known?
// For: role engineers, access reviewers
// Shows: table
// Parameter: days - used within this many days counts as used
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A role counts as used when someone who holds it did something that the role, or one that it inherits, grants.
//   "lastUse" is empty and "verdict" says "no use is known" where there is no such use at all. "holders" counts the identities
//   that hold it through groups and roles.
// Limits: Whether a use went through this role or through another way cannot be told; a role that is never needed looks used
//   if its holders have the same from elsewhere. Where a source tells no use, nothing is used: look at "usesTold".
:param days => 90;
:param at => datetime();
:param most => 500;

MATCH (told:AccessUse)
WITH count(told) AS usesTold
CALL () {
  MATCH (use:AccessUse)
  MATCH (identity:Entity {id: use.identity})
  MATCH (resource:Entity {id: use.resource})
  MATCH (outer:Resource)-[inside:CONTAINS*0..]->(resource)
  MATCH (holder:Role)-[grant:GRANTS {effect: 'ALLOW'}]->(outer)
  WHERE (outer = resource OR coalesce(grant.inherit, true))
    AND all(r IN inside + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
    AND any(a IN grant.actions WHERE use.action =~ '(?ius)\\Q' + replace(a, '*', '\\E.*\\Q') + '\\E')
    AND none(a IN coalesce(grant.exceptActions, []) WHERE use.action =~ '(?ius)\\Q' + replace(a, '*', '\\E.*\\Q') + '\\E')
  MATCH (role:Role)-[inherited:INHERITS*0..]->(holder)
  WHERE all(r IN inherited WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
    AND EXISTS {
      MATCH (identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*1..]->(role)
      WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
    }
  WITH role, max(use.lastUsedAt) AS lastUse
  RETURN collect({role: role, lastUse: lastUse}) AS used
}
MATCH (role:Role)
WITH usesTold, role, head([u IN used WHERE u.role = role | u.lastUse]) AS lastUse
WHERE lastUse IS NULL OR lastUse < $at - duration({days: $days})
RETURN role.id AS role,
       CASE WHEN lastUse IS NULL THEN 'no use is known'
            ELSE 'not used for ' + duration.inDays(lastUse, $at).days + ' days' END AS verdict,
       lastUse,
       COUNT {
         MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*1..]->(role)
         WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
         RETURN DISTINCT identity
       } AS holders,
       usesTold
ORDER BY lastUse, holders DESC, role
LIMIT $most
