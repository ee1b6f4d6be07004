// What ends within thirty days
//
// Area: access
// Question: Which memberships, roles, grants and bounds end soon, and does access end with them or open?
// For: access reviewers, help desks
// Shows: table
// Parameter: days - how far to look ahead
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "then" tells what the end does: access closes where something that gives goes, and opens where a denial or a bound
//   goes.
// Limits: Another way may give the same after the end. `grantlens check --at` asks about a day to come.
:param days => 30;
:param at => datetime();
:param most => 500;

MATCH (from:Entity)-[edge:MEMBER_OF|HAS_ROLE|INHERITS|GRANTS|CONTAINS|CAN_ASSUME|CONTROLS|BOUNDED_BY|OWNS]->(to)
WHERE $at < edge.validTo <= $at + duration({days: $days}) AND coalesce(edge.validFrom <= $at, true)
RETURN from.id AS from, type(edge) AS kind, to.id AS to, edge.actions AS actions, edge.validTo AS ends,
       CASE WHEN edge.effect = 'DENY' OR type(edge) = 'BOUNDED_BY' THEN 'access opens'
            WHEN type(edge) = 'OWNS' THEN 'no owner by this edge'
            ELSE 'access closes' END AS then,
       edge.evidence AS evidence
ORDER BY ends, from, kind, to, edge.id
LIMIT $most
