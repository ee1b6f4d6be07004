// Groups nested more than three deep, drawn
//
// Area: groups
// Question: How do the longest chains of groups run?
// For: role engineers, access reviewers
// Shows: graph
// Pair: deeply-nested-groups
// Parameter: depth - only chains with more MEMBER_OF edges than this
// Parameter: at - the instant asked about
// Parameter: most - chains at most, the longest first
// Reading: Arrows lead from the inner group to the outer one.
// Limits: A chain passes no group twice, so a circle has no end: see membership-cycles.
:param depth => 3;
:param at => datetime();
:param most => 20;

MATCH chain = (:Group)-[nested:MEMBER_OF*1..]->(:Group)
WHERE all(m IN nested WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
  AND size(nested) > $depth
  AND all(n IN nodes(chain) WHERE single(m IN nodes(chain) WHERE m = n))
RETURN chain
ORDER BY length(chain) DESC, [n IN nodes(chain) | n.id]
LIMIT $most
