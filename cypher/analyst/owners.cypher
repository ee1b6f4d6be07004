// Who owns what
//
// Area: accounts
// Question: Who answers for what, and whose answer is no longer to be had?
// For: access reviewers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is an owner with the kinds of what is owned. "gone" is true where the owner is disabled: those things need a
//   new one. "sensitivity" is the highest of the resources owned.
// Limits: Only OWNS edges are looked at. To own gives no access.
:param at => datetime();
:param most => 500;

MATCH (owner:Principal)-[owns:OWNS]->(owned:Entity)
WHERE coalesce(owns.validFrom <= $at, true) AND coalesce(owns.validTo > $at, true)
WITH DISTINCT owner, owned
RETURN owner.id AS owner, owner.disabled IS NOT NULL AS gone, count(owned) AS owned,
       count(CASE WHEN owned:Resource THEN 1 END) AS resources,
       count(CASE WHEN owned:ServiceAccount THEN 1 END) AS serviceAccounts,
       count(CASE WHEN owned:Group OR owned:Role THEN 1 END) AS groupsAndRoles,
       max(owned.sensitivity) AS sensitivity
ORDER BY gone DESC, owned DESC, owner
LIMIT $most
