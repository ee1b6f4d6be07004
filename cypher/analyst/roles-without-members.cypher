// Roles without members
//
// Area: roles
// Question: Which roles does nobody have, by any chain of groups and roles, and nobody may assume?
// For: role engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "groups" counts the groups that are assigned the role and have no identity in them; "bounds" what the role bounds: a
//   role with bounds is in use though nobody has it. "grants" are those that would go with it.
// Limits: Disabled identities count as members.
:param at => datetime();
:param most => 500;

MATCH (role:Role)
WHERE NOT EXISTS {
  MATCH (:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS|CAN_ASSUME*1..]->(role)
  WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
}
RETURN role.id AS role, role.name AS name,
       COUNT { (:Group)-[:HAS_ROLE]->(role) } AS groups,
       COUNT { ()-[:BOUNDED_BY]->(role) } AS bounds,
       COUNT { (role)-[:GRANTS]->() } AS grants,
       role.sources AS sources
ORDER BY bounds, grants DESC, role
LIMIT $most
