// Widest service accounts
//
// Area: accounts
// Question: Which programs reach the most?
// For: security engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "resources" counts the resources that grants with ALLOW reach through memberships, roles and containment,
//   "sensitivity" is the highest among them. "everything" is true where one of the grants names every action. "actAs" counts who
//   may act as the account or can take it over.
// Limits: It counts what is granted, not what is decided: denials, conditions and bounds are not looked at. The exact list is
//   `grantlens access ACCOUNT --reach ENTITLED`.
:param at => datetime();
:param most => 25;

MATCH (account:ServiceAccount)-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)
      -[grant:GRANTS {effect: 'ALLOW'}]->(outer:Resource)
WHERE account.disabled IS NULL
  AND all(r IN had + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
WITH account, outer, max(coalesce(grant.inherit, true)) AS deep,
     max(any(a IN grant.actions WHERE a =~ '\\*+')) AS everything
MATCH (outer)-[inside:CONTAINS*0..]->(resource:Resource)
WHERE (deep OR resource = outer)
  AND all(c IN inside WHERE coalesce(c.validFrom <= $at, true) AND coalesce(c.validTo > $at, true))
WITH account, count(DISTINCT resource) AS resources, max(resource.sensitivity) AS sensitivity,
     max(everything) AS everything
ORDER BY resources DESC, account.id
LIMIT $most
RETURN account.id AS account, resources, sensitivity, everything,
       COUNT { ()-[:CAN_ASSUME|CONTROLS]->(account) } AS actAs, account.owner AS owner
ORDER BY resources DESC, account
