// Roles that give nothing
//
// Area: roles
// Question: Which roles grant nothing, neither themselves nor through what they inherit, may or may control?
// For: role engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "holders" counts the identities that hold the role for nothing, through groups and roles too.
// Limits: A source that was read only in part may have left the grants out. A role that bounds others and grants nothing lets
//   nothing through: "bounds" counts what it bounds.
:param at => datetime();
:param most => 500;

MATCH (role:Role)
WHERE NOT EXISTS {
  MATCH (role)-[inherited:INHERITS*0..]->(:Role)-[gives:GRANTS|CAN_ASSUME|CONTROLS]->()
  WHERE all(r IN inherited + gives WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
}
RETURN role.id AS role, role.name AS name,
       COUNT {
         MATCH (identity:Identity)-[had:MEMBER_OF|HAS_ROLE|INHERITS*1..]->(role)
         WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
         RETURN DISTINCT identity
       } AS holders,
       COUNT { ()-[:BOUNDED_BY]->(role) } AS bounds,
       role.sources AS sources
ORDER BY holders DESC, role
LIMIT $most
