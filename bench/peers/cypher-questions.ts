/**
 * The questions as one writes them by hand in Cypher on the same graph: parameters, predicates inside the expansions, so
 * that the planner prunes them (VarLengthExpand(Pruning,BFS)), the small side first, and an early end where nothing is
 * granted. They are exact for what the generated estate has: nested memberships, roles, inheritance, containment,
 * assumption, denials, exceptions, conditions on grants, roles and assumptions, times, grants that are not inherited, bounds,
 * disabled accounts, and action patterns that end in `*`. Not for what it has not: patterns with a `*` elsewhere, times on
 * containment.
 *
 * A decision is a number here: 0 NONE, 1 DENIED, 2 CONDITIONAL, 3 ALLOWED.
 */

const live = (edge: string): string =>
  `(${edge}.validFrom IS NULL OR ${edge}.validFrom <= $at) AND (${edge}.validTo IS NULL OR ${edge}.validTo > $at)`;

const matches = (patterns: string): string =>
  `any(a IN ${patterns} WHERE a = '*' OR toLower(a) = $action OR (a ENDS WITH '*' AND $action STARTS WITH toLower(left(a, size(a) - 1))))`;

/** The grant `g` conveys the action now. */
const CONVEYS = `${live('g')} AND ${matches('g.actions')} AND NOT ${matches('coalesce(g.exceptActions, [])')}`;

const MEMBERSHIPS = 'MEMBER_OF|HAS_ROLE|INHERITS';
const WAYS = `${MEMBERSHIPS}|CAN_ASSUME`;
const all = (more = ''): string => `all(r IN rs WHERE ${live('r')}${more})`;
const CERTAIN = ' AND r.condition IS NULL';

/** Grants that apply on the resource: holder, denies, has a condition. No row where there is none. */
const GRANTS_ON_TARGET = `
  MATCH (target:Entity {id: $resource})
  MATCH (o)-[:CONTAINS*0..]->(target)
  WITH DISTINCT target, o
  MATCH (h)-[g:GRANTS]->(o)
  WHERE (g.inherit IS NULL OR o = target) AND ${CONVEYS}
  WITH collect([h, g.effect = 'DENY', g.condition IS NOT NULL]) AS grants
  WHERE size(grants) > 0`;

/** The identity's contexts, and whether each is reached without a condition. */
const CONTEXTS = `
  CALL (i) {
    RETURN i AS context, 1 AS sure
    UNION ALL
    MATCH (i)-[rs:${WAYS}*0..]->(m) WHERE ${all()}
    WITH DISTINCT i, m
    MATCH (m)-[a:CAN_ASSUME]->(context) WHERE ${live('a')}
    WITH i, collect([m, context, a.condition IS NULL]) AS steps
    WHERE size(steps) > 0
    CALL (i) {
      MATCH (i)-[rs:${WAYS}*0..]->(m) WHERE ${all(CERTAIN)}
      WITH DISTINCT m
      RETURN collect(m) AS certain
    }
    UNWIND steps AS step
    RETURN step[1] AS context, CASE WHEN step[2] AND step[0] IN certain THEN 1 ELSE 0 END AS sure
  }`;

/** A context and its bounds. */
const SUBJECTS = `
  CALL (context) {
    RETURN context AS subject, false AS isBound
    UNION ALL
    MATCH (context)-[b:BOUNDED_BY]->(subject) WHERE ${live('b')}
    RETURN subject, true AS isBound
  }`;

/** What the grants give to a subject, which holds them for certain or under conditions only. */
const rankOf = (held: string, certain: string): string => `
  CASE
    WHEN any(g IN ${held} WHERE g[1] AND NOT g[2] AND g[0] IN ${certain}) THEN 1
    WHEN any(g IN ${held} WHERE NOT g[1] AND NOT g[2] AND g[0] IN ${certain}) AND none(g IN ${held} WHERE g[1]) THEN 3
    WHEN any(g IN ${held} WHERE NOT g[1]) THEN 2
    ELSE 0
  END`;

/** Rank of a subject by `grants`; null where it holds none of them. */
const SUBJECT_RANK = `
  OPTIONAL CALL (subject, grants) {
    MATCH (subject)-[rs:${MEMBERSHIPS}*0..]->(m) WHERE ${all()}
    WITH DISTINCT subject, grants, m
    WITH subject, grants, collect(m) AS members
    WITH subject, [g IN grants WHERE g[0] IN members] AS held
    WHERE size(held) > 0
    MATCH (subject)-[rs:${MEMBERSHIPS}*0..]->(m) WHERE ${all(CERTAIN)}
    WITH DISTINCT held, m
    WITH held, collect(m) AS certain
    RETURN ${rankOf('held', 'certain')} AS rank
  }`;

const WITHIN_BOUNDS = 'CASE WHEN own = 0 THEN 0 WHEN bound IS NULL OR bound > own THEN own ELSE bound END';
const CAPPED = 'CASE WHEN rank = 3 AND sure = 0 THEN 2 ELSE rank END';
const BY_CONTEXT = `
    coalesce(max(CASE WHEN isBound THEN null ELSE rank END), 0) AS own,
    min(CASE WHEN isBound THEN CASE WHEN coalesce(rank, 0) = 0 THEN 1 ELSE rank END END) AS bound`;

/** One row with the decision, or none for NONE. */
export const CHECK = `
  ${GRANTS_ON_TARGET}
  MATCH (i:Entity {id: $identity})
  ${CONTEXTS}
  WITH grants, context, max(sure) AS sure
  ${SUBJECTS}
  ${SUBJECT_RANK}
  WITH context, sure, ${BY_CONTEXT}
  WITH sure, ${WITHIN_BOUNDS} AS rank
  RETURN max(${CAPPED}) AS rank`;

/** One row: how many resources the identity may do the action on, and the first hundred by id with their decisions. */
export const ACCESS_OF = `
  MATCH (i:Entity {id: $identity})
  ${CONTEXTS}
  WITH context, max(sure) AS sure
  WITH context, sure, COUNT { (context)-[b:BOUNDED_BY]->() WHERE ${live('b')} } AS bounds
  ${SUBJECTS}
  CALL (subject) {
    MATCH (subject)-[rs:${MEMBERSHIPS}*0..]->(m) WHERE ${all(CERTAIN)}
    WITH DISTINCT subject, m
    WITH subject, collect(m) AS certain
    MATCH (subject)-[rs:${MEMBERSHIPS}*0..]->(m) WHERE ${all()}
    WITH DISTINCT certain, m
    MATCH (m)-[g:GRANTS]->(o) WHERE ${CONVEYS}
    WITH o, g.inherit IS NULL AS inherited, g.effect = 'DENY' AS denies, g.condition IS NULL AND m IN certain AS certainly
    WITH o, inherited,
      max(CASE WHEN denies AND certainly THEN 1 ELSE 0 END) AS denied, max(CASE WHEN denies THEN 1 ELSE 0 END) AS maybeDenied,
      max(CASE WHEN NOT denies AND certainly THEN 1 ELSE 0 END) AS allowed, max(CASE WHEN denies THEN 0 ELSE 1 END) AS maybeAllowed
    CALL (o, inherited) {
      WITH o, inherited WHERE NOT inherited RETURN o AS resource
      UNION ALL
      WITH o, inherited WHERE inherited MATCH (o)-[:CONTAINS*0..]->(resource) RETURN DISTINCT resource
    }
    WITH resource, max(denied) AS denied, max(maybeDenied) AS maybeDenied, max(allowed) AS allowed, max(maybeAllowed) AS maybeAllowed
    RETURN resource, CASE
      WHEN denied = 1 THEN 1 WHEN allowed = 1 AND maybeDenied = 0 THEN 3 WHEN maybeAllowed = 1 THEN 2 ELSE 0 END AS rank
  }
  WITH context, sure, bounds, resource, ${BY_CONTEXT}, sum(CASE WHEN isBound AND rank > 0 THEN 1 ELSE 0 END) AS met
  WITH resource, sure, CASE WHEN own > 0 AND met < bounds THEN 1 ELSE ${WITHIN_BOUNDS} END AS rank
  WITH resource, max(${CAPPED}) AS rank
  WHERE rank >= 2
  WITH resource.id AS id, rank ORDER BY id
  WITH collect([id, rank]) AS rows
  RETURN size(rows), rows[0..100]`;

/** One row: how many identities may do it, and the first hundred by id; or none for nobody. */
export const WHO_CAN = `
  ${GRANTS_ON_TARGET}
  CALL (grants) {
    UNWIND grants AS g
    WITH g[0] AS h,
      max(CASE WHEN g[1] AND NOT g[2] THEN 1 ELSE 0 END) AS denies, max(CASE WHEN g[1] THEN 1 ELSE 0 END) AS mayDeny,
      max(CASE WHEN NOT g[1] AND NOT g[2] THEN 1 ELSE 0 END) AS allows, max(CASE WHEN g[1] THEN 0 ELSE 1 END) AS mayAllow
    CALL (h) {
      MATCH (context)-[rs:${MEMBERSHIPS}*0..]->(h) WHERE ${all(CERTAIN)}
      WITH DISTINCT context
      RETURN context, 1 AS certain
      UNION ALL
      MATCH (context)-[rs:${MEMBERSHIPS}*0..]->(h) WHERE ${all()}
      WITH DISTINCT context
      RETURN context, 0 AS certain
    }
    WITH context,
      max(denies * certain) AS denied, max(mayDeny) AS maybeDenied, max(allows * certain) AS allowed, max(mayAllow) AS maybeAllowed
    WHERE NOT context:Group
    RETURN context, CASE
      WHEN denied = 1 THEN 1 WHEN allowed = 1 AND maybeDenied = 0 THEN 3 WHEN maybeAllowed = 1 THEN 2 ELSE 0 END AS own
  }
  WITH grants, context, own WHERE own >= 2
  OPTIONAL CALL (context, grants) {
    MATCH (context)-[b:BOUNDED_BY]->(subject) WHERE ${live('b')}
    ${SUBJECT_RANK}
    RETURN min(CASE WHEN coalesce(rank, 0) = 0 THEN 1 ELSE rank END) AS bound
  }
  WITH context, ${WITHIN_BOUNDS} AS rank
  WHERE rank >= 2
  CALL (context) {
    WITH context WHERE context:Identity
    RETURN context AS i, 1 AS sure
    UNION ALL
    MATCH (m)-[a:CAN_ASSUME]->(context) WHERE ${live('a')}
    WITH m, max(CASE WHEN a.condition IS NULL THEN 1 ELSE 0 END) AS open
    CALL (m) {
      MATCH (i)-[rs:${WAYS}*0..]->(m) WHERE ${all(CERTAIN)}
      WITH DISTINCT i WHERE i:Identity
      RETURN i, 1 AS certain
      UNION ALL
      MATCH (i)-[rs:${WAYS}*0..]->(m) WHERE ${all()}
      WITH DISTINCT i WHERE i:Identity
      RETURN i, 0 AS certain
    }
    RETURN i, open * certain AS sure
  }
  WITH i, max(${CAPPED}) AS rank
  WHERE i.disabled IS NULL
  WITH i.id AS id, rank ORDER BY id
  WITH collect([id, rank]) AS rows
  RETURN size(rows), rows[0..100]`;

/** The ways, shortest first, no node twice: one row with how many there are and the ids of the first ten. */
export const PATHS = `
  MATCH (target:Entity {id: $resource})
  MATCH (o)-[:CONTAINS*0..]->(target)
  WITH DISTINCT target, o
  MATCH (h)-[g:GRANTS]->(o)
  WHERE g.effect = 'ALLOW' AND (g.inherit IS NULL OR o = target) AND ${CONVEYS}
  WITH target, collect([h, g, o]) AS grants
  WHERE size(grants) > 0
  MATCH (i:Entity {id: $identity})
  WITH target, i, grants, [g IN grants | g[0]] AS holders
  MATCH p = (i)-[rs:${WAYS}*0..]->(h)
  WHERE ${all()} AND h IN holders AND all(n IN nodes(p) WHERE single(other IN nodes(p) WHERE other = n))
  UNWIND [g IN grants WHERE g[0] = h] AS g
  WITH target, p, g[1] AS grant, g[2] AS o
  MATCH q = (o)-[:CONTAINS*0..]->(target)
  WITH [n IN nodes(p) + nodes(q) | n.id] AS ids, length(p) + 1 + length(q) AS steps
  ORDER BY steps
  WITH collect(ids) AS paths
  RETURN size(paths), paths[0..10]`;
