// Groups and roles that contain each other
//
// Area: groups
// Question: Which groups are members of themselves through others, and which roles inherit themselves?
// For: role engineers
// Shows: graph
// Parameter: longest - edges of a circle at most
// Parameter: at - the instant asked about
// Parameter: most - circles at most
// Reading: Each circle is told once, from its first id on. Whoever is in one of its groups is in all of them.
// Limits: A circle is no error and all answers are right with it. `grantlens stats` counts sets of groups and roles that belong
//   to each other; where circles share a group one such set has several circles.
:param longest => 12;
:param at => datetime();
:param most => 50;

MATCH circle = (first:Group|Role)-[:MEMBER_OF|INHERITS*1..12]->(first)
WHERE length(circle) <= $longest
  AND all(r IN relationships(circle) WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
  AND all(n IN nodes(circle)[1..] WHERE n.id >= first.id AND single(m IN nodes(circle)[1..] WHERE m = n))
RETURN circle
ORDER BY length(circle), [n IN nodes(circle) | n.id]
LIMIT $most
