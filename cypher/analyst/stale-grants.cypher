// Grants and assignments not used for long
//
// Area: access
// Question: Which edges that give access were last used long ago, by what their source tells?
// For: access reviewers
// Shows: table
// Parameter: days - not used for this many days
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: A row is a membership, role or grant whose source told when it was last used, the longest ago first.
// Limits: Edges of which no use is told are left out: silence is not disuse. What is used once a year looks stale here.
:param days => 365;
:param at => datetime();
:param most => 500;

MATCH (from:Principal)-[edge:MEMBER_OF|HAS_ROLE|GRANTS|CAN_ASSUME]->(to)
WHERE edge.lastUsedAt < $at - duration({days: $days}) AND coalesce(edge.effect, 'ALLOW') = 'ALLOW'
  AND coalesce(edge.validFrom <= $at, true) AND coalesce(edge.validTo > $at, true)
RETURN from.id AS from, type(edge) AS kind, to.id AS to, edge.lastUsedAt AS lastUsed, edge.useCount AS uses,
       to.sensitivity AS sensitivity, edge.evidence AS evidence
ORDER BY lastUsed, from, kind, to, edge.id
LIMIT $most
