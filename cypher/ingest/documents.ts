/** Documents: small named records with compare-and-set. */
import { type Statement, statement } from '../statement.ts';

export const GET_DOCUMENT = statement({
  name: 'documents.get',
  mode: 'read',
  parameters: { name: 'STRING' },
  text: 'MATCH (d:GraphDocument {name: $name}) RETURN d.value, d.revision',
});

export const LIST_DOCUMENTS = statement({
  name: 'documents.list',
  mode: 'read',
  parameters: { prefix: 'STRING' },
  text: `
    MATCH (d:GraphDocument)
    WITH coalesce(d.longName, d.name) AS name
    WHERE name STARTS WITH $prefix
    RETURN name
  `,
});

/** A revision that was never given before. Takes the lock of the head, so that compare and set are one step. */
export const NEXT_REVISION = statement({
  name: 'documents.next-revision',
  mode: 'write',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.name = 'head'
    WITH h
    SET h.documents = h.documents + 1
    RETURN h.documents
  `,
});

export const PUT_DOCUMENT = statement({
  name: 'documents.put',
  mode: 'write',
  parameters: { name: 'STRING', longName: 'STRING?', value: 'STRING', revision: 'INTEGER', token: 'STRING' },
  text: `
    MERGE (d:GraphDocument {name: $name})
    SET d.longName = $longName, d.value = $value, d.revision = $revision, d.token = $token
  `,
});

/** Who put the document as it is now: told apart when an answer got lost. */
export const DOCUMENT_STATE = statement({
  name: 'documents.state',
  mode: 'read',
  parameters: { name: 'STRING' },
  text: 'MATCH (d:GraphDocument {name: $name}) RETURN d.revision, d.token',
});

export const DELETE_DOCUMENT = statement({
  name: 'documents.delete',
  mode: 'write',
  parameters: { name: 'STRING' },
  text: 'MATCH (d:GraphDocument {name: $name}) DELETE d',
});

export const DOCUMENT_STATEMENTS: readonly Statement[] = [
  GET_DOCUMENT,
  LIST_DOCUMENTS,
  NEXT_REVISION,
  PUT_DOCUMENT,
  DOCUMENT_STATE,
  DELETE_DOCUMENT,
];
