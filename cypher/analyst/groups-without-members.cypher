// Groups without members
//
// Area: groups
// Question: Which groups is no identity in, by any chain of groups, and what would the first member get?
// For: role engineers, access reviewers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "gives" counts the roles and grants that the group has directly: access that waits for whoever is put in.
//   "inner" counts the groups that are members of it and have no members either.
// Limits: Disabled identities count as members.
:param at => datetime();
:param most => 500;

MATCH (group:Group)
WHERE NOT EXISTS {
  MATCH (:Identity)-[had:MEMBER_OF*1..]->(group)
  WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
}
RETURN group.id AS group, group.name AS name,
       COUNT { (group)-[:HAS_ROLE|GRANTS|CAN_ASSUME|CONTROLS]->() } AS gives,
       COUNT { (:Group)-[:MEMBER_OF]->(group) } AS inner,
       group.sources AS sources
ORDER BY gives DESC, group
LIMIT $most
