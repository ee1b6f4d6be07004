// Roles that give the same
//
// Area: roles
// Question: Which roles grant and inherit exactly the same, so that one of them would do?
// For: role engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is a set of roles whose grants agree in resource, actions, exceptions, effect, inheritance and condition, and
//   that inherit the same roles. "holders" counts in the same order to whom each is assigned directly.
// Limits: Only what is written the same is found the same: "read, write" and "*" differ where nothing else can be done. What a
//   role may assume, controls or is bounded by is not compared.
:param at => datetime();
:param most => 200;

MATCH (role:Role)-[gives:GRANTS|INHERITS]->(to)
WHERE coalesce(gives.validFrom <= $at, true) AND coalesce(gives.validTo > $at, true)
WITH role, type(gives) + ' ' + to.id + ' ' + coalesce(gives.effect, '') + ' ' + coalesce(gives.inherit, true) + ' '
     + coalesce(gives.condition, '') + ' ' + reduce(text = '', a IN gives.actions | text + a + ',') + ' '
     + reduce(text = '', a IN coalesce(gives.exceptActions, []) | text + a + ',') AS given
ORDER BY given
WITH role, collect(DISTINCT given) AS given
ORDER BY role.id
WITH given, collect(role) AS roles
WHERE size(roles) > 1
RETURN [role IN roles | role.id] AS roles, size(given) AS edges,
       [role IN roles | COUNT { ()-[:HAS_ROLE]->(role) }] AS holders
ORDER BY size(roles) DESC, edges DESC, roles
LIMIT $most
