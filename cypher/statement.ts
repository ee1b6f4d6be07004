/**
 * A named Cypher statement as a frozen value: text, parameter types and mode. Everything about it can be tested before it
 * meets a database, and nothing that comes in is ever part of the text.
 */

/** Types of parameters, in Neo4j's words. */
export type ParameterType =
  | 'STRING'
  | 'INTEGER'
  | 'FLOAT'
  | 'BOOLEAN'
  | 'BYTES'
  | 'MAP'
  | 'LIST<STRING>'
  | 'LIST<INTEGER>'
  | 'LIST<MAP>'
  | 'LIST<LIST>'
  | 'STRING?'
  | 'INTEGER?';

/** `read` goes to any member of a cluster, `write` to the leader, `schema` changes constraints and indexes. */
export type StatementMode = 'read' | 'write' | 'schema';

export interface Statement {
  /** Unique, lower case, words joined by dots and dashes: `ingest.create-nodes.user`. */
  readonly name: string;
  readonly mode: StatementMode;
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** As sent. */
  readonly text: string;
}

const NAME = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const PARAMETER = /\$([A-Za-z][A-Za-z0-9]*)/g;

/**
 * Makes a statement.
 *
 * @throws Error when the name is no name, or the parameters declared are not those that the text uses: mistakes of a
 *   programmer, found when the module is loaded
 */
export function statement(draft: Statement): Statement {
  const text = unindented(draft.text);
  if (!NAME.test(draft.name)) throw new Error(`${JSON.stringify(draft.name)} is no name of a statement`);
  const used = new Set([...text.matchAll(PARAMETER)].map((match) => match[1]!));
  const declared = Object.keys(draft.parameters);
  const odd = [...declared.filter((name) => !used.has(name)), ...[...used].filter((name) => !declared.includes(name))];
  if (odd.length > 0) throw new Error(`${draft.name} declares or uses alone: ${odd.join(', ')}`);
  return Object.freeze({ ...draft, text, parameters: Object.freeze({ ...draft.parameters }) });
}

/** Without the indentation that the text has in its file. */
function unindented(text: string): string {
  const lines = text.replace(/^\n|\s+$/g, '').split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join('\n');
}
