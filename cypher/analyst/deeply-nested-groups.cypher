// Groups nested more than three deep
//
// Area: groups
// Question: Which groups have members that are members only through a long chain of groups?
// For: role engineers, access reviewers
// Shows: table
// Pair: deeply-nested-groups-drawn
// Parameter: depth - only groups with more levels of groups below them than this
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "levels" is the number of MEMBER_OF edges in the longest chain of groups that ends in the group; "chain" is one such
//   chain, innermost group first. "identities" counts who is in the innermost group of it.
// Limits: A chain passes no group twice, so a circle has no end: see membership-cycles.
:param depth => 3;
:param at => datetime();
:param most => 200;

MATCH chain = (inner:Group)-[nested:MEMBER_OF*1..]->(outer:Group)
WHERE all(m IN nested WHERE coalesce(m.validFrom <= $at, true) AND coalesce(m.validTo > $at, true))
  AND size(nested) > $depth
  AND all(n IN nodes(chain) WHERE single(m IN nodes(chain) WHERE m = n))
WITH outer, inner, size(nested) AS levels, [g IN nodes(chain) | g.id] AS ids
ORDER BY levels DESC, ids
WITH outer, head(collect({inner: inner, levels: levels, ids: ids})) AS longest
WITH outer, longest, longest.inner AS inner
RETURN outer.id AS group, longest.levels AS levels, longest.ids AS chain,
       COUNT { (:Identity)-[:MEMBER_OF]->(inner) } AS identities
ORDER BY levels DESC, group
LIMIT $most
