/** What is asked of a database when it is opened, and what its first writer puts there. */
import { type Statement, statement } from '../statement.ts';

/** The head, or nothing in a database where no graph of this product lies. */
export const READ_GROUND = statement({
  name: 'schema.read-ground',
  mode: 'read',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    RETURN h.format, h.version, h.precedence
  `,
});

/** The labels that nodes bear. Asked only where there is no head. */
export const LABELS_IN_USE = statement({
  name: 'schema.labels-in-use',
  mode: 'read',
  parameters: {},
  text: 'CALL db.labels() YIELD label RETURN label',
});

/** Nodes that someone else called as this product calls its own. Asked only where there is no head, but such a label. */
export const COUNT_FOREIGN = statement({
  name: 'schema.count-foreign',
  mode: 'read',
  parameters: {},
  text: `
    CALL () { MATCH (n:Entity) RETURN count(n) AS found
    UNION ALL MATCH (n:GraphHead) RETURN count(n) AS found
    UNION ALL MATCH (n:GraphBatch) RETURN count(n) AS found
    UNION ALL MATCH (n:JournalChunk) RETURN count(n) AS found
    UNION ALL MATCH (n:DanglingEdge) RETURN count(n) AS found
    UNION ALL MATCH (n:AccessUse) RETURN count(n) AS found
    UNION ALL MATCH (n:SourceStatus) RETURN count(n) AS found
    UNION ALL MATCH (n:GraphDocument) RETURN count(n) AS found }
    RETURN sum(found)
  `,
});

/** Rules and indexes on the labels of this product, by name: what others made there would stand in the way. */
export const SHOW_CONSTRAINTS = statement({
  name: 'schema.show-constraints',
  mode: 'read',
  parameters: {},
  text: 'SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes, properties',
});

export const SHOW_INDEXES = statement({
  name: 'schema.show-indexes',
  mode: 'read',
  parameters: {},
  text: `
    SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint
    RETURN name, type, labelsOrTypes, properties, owningConstraint
  `,
});

export const AWAIT_INDEXES = statement({
  name: 'schema.await-indexes',
  mode: 'read',
  parameters: {},
  text: 'CALL db.awaitIndexes(600)',
});

/** The head with the format that the rules made; gives what `READ_GROUND` gives. One that another writer made stays. */
export const MAKE_HEAD = statement({
  name: 'schema.make-head',
  mode: 'write',
  parameters: { precedence: 'LIST<STRING>', format: 'INTEGER' },
  text: `
    MERGE (h:GraphHead {name: 'head'})
    ON CREATE SET h.version = 0, h.format = 0, h.oldest = 0, h.sweptTo = 0, h.chain = '', h.documents = 0,
      h.precedence = $precedence
    SET h.format = CASE WHEN h.format > $format THEN h.format ELSE $format END
    RETURN h.format, h.version, h.precedence
  `,
});

export const GROUND_STATEMENTS: readonly Statement[] = [
  READ_GROUND,
  LABELS_IN_USE,
  COUNT_FOREIGN,
  SHOW_CONSTRAINTS,
  SHOW_INDEXES,
  AWAIT_INDEXES,
  MAKE_HEAD,
];
