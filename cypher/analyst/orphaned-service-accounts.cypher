// Service accounts without an owner
//
// Area: accounts
// Question: For which programs does nobody answer any more?
// For: access reviewers, security engineers
// Shows: table
// Parameter: at - the instant asked about
// Parameter: most - rows at most
// Reading: "why" tells what is wrong with the owner: none is named, the one named is in no source, or left. "grants" counts what
//   the account holds in its own name, "lastUse" is the last use that is known.
// Limits: An owner is named by an OWNS edge or by the attribute "owner"; one good owner is enough.
:param at => datetime();
:param most => 500;

CALL () {
  MATCH (use:AccessUse)
  MATCH (user:Entity {id: use.identity})
  WITH user, max(use.lastUsedAt) AS lastUse
  RETURN collect({account: user, lastUse: lastUse}) AS uses
}
MATCH (account:ServiceAccount)
OPTIONAL MATCH (named:Entity {id: account.owner})
OPTIONAL MATCH (owning:Principal)-[owns:OWNS]->(account)
WHERE coalesce(owns.validFrom <= $at, true) AND coalesce(owns.validTo > $at, true)
WITH uses, account, named, collect(owning) AS owners
WITH uses, account, named, owners + CASE WHEN named IS NULL THEN [] ELSE [named] END AS owners
WHERE none(o IN owners WHERE o.disabled IS NULL)
RETURN account.id AS account,
       CASE WHEN size(owners) > 0 THEN 'its owner is disabled'
            WHEN account.owner IS NULL THEN 'no owner is named'
            ELSE 'its owner is in no source' END AS why,
       coalesce(account.owner, head([o IN owners | o.id])) AS owner,
       account.disabled IS NOT NULL AS disabled,
       COUNT { (account)-[:MEMBER_OF|HAS_ROLE|GRANTS]->() } AS grants,
       head([use IN uses WHERE use.account = account | use.lastUse]) AS lastUse
ORDER BY disabled, grants DESC, account
LIMIT $most
