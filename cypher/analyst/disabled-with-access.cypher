// Disabled accounts that keep access
//
// Area: accounts
// Question: Which accounts are switched off and would have access again the moment someone switches them on?
// For: access reviewers, security engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "grants" counts the grants with ALLOW that the account has through memberships and roles, "resources" the resources
//   that they name, "sensitivity" the highest of those. "actAs" counts who may act as it or can take it over: for them the
//   account is not off.
// Limits: Denials, conditions and bounds are not looked at; what the named resources contain is not counted.
:param at => datetime();
:param most => 500;

MATCH (identity:Identity {disabled: true})-[had:MEMBER_OF|HAS_ROLE|INHERITS*0..]->(:Principal)
      -[grant:GRANTS {effect: 'ALLOW'}]->(resource:Resource)
WHERE all(r IN had + grant WHERE coalesce(r.validFrom <= $at, true) AND coalesce(r.validTo > $at, true))
RETURN identity.id AS identity, count(DISTINCT grant) AS grants, count(DISTINCT resource) AS resources,
       max(resource.sensitivity) AS sensitivity,
       COUNT { ()-[:CAN_ASSUME|CONTROLS]->(identity) } AS actAs
ORDER BY actAs DESC, resources DESC, identity
LIMIT $most
