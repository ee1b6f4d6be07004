// Most shared roles by department
//
// Area: roles
// Question: Which roles do most people of a department share, so that they could be its basic role?
// For: role engineers
// Shows: table
// Parameter: share - least part of the department's people that holds the role, from 0 to 1
// Parameter: people - only departments of at least this many people
// Parameter: top - roles a department at most
// Parameter: at - the instant asked about
// Reading: A row is a department and a role. "held" counts its enabled people who hold the role through groups and roles,
//   "direct" those of them to whom it is assigned in their own name.
// Limits: A department is the text of the attribute, as it is written: "IT" and "it" are two.
:param share => 0.7;
:param people => 5;
:param top => 5;
:param at => datetime();

MATCH (user:User)
WHERE user.department IS NOT NULL AND user.disabled IS NULL
WITH user.department AS department, collect(user) AS users
WHERE size(users) >= $people
UNWIND users AS user
MATCH (user)-[had:MEMBER_OF|HAS_ROLE|INHERITS*1..]->(role:Role)
WHERE all(m IN had WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
WITH DISTINCT department, size(users) AS people, role, user
WITH department, people, role, count(user) AS held,
     count(CASE WHEN EXISTS { (user)-[:HAS_ROLE]->(role) } THEN 1 END) AS direct
WHERE held >= $share * people
ORDER BY held DESC, role.id
WITH department, people, collect({role: role.id, held: held, direct: direct})[..$top] AS roles
UNWIND roles AS one
RETURN department, people, one.role AS role, one.held AS held, round(1.0 * one.held / people, 2) AS share,
       one.direct AS direct
ORDER BY department, held DESC, role
