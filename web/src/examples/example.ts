/** A saved question: it opens as a tab that is named after its operation, its variables filled in from the subject. */

/** What the questions are about. The page finds a first one in the graph; the reader changes it. */
export interface Subject {
  /** Id of a user or a service account. */
  readonly identity: string;
  /** One action as a program would send it. */
  readonly action: string;
  /** Id of a resource. */
  readonly resource: string;
}

export interface Example {
  /** The question in words. */
  readonly question: string;
  /** What the answer holds, and what to look at in it. */
  readonly answers: string;
  readonly query: string;
  readonly variables: (subject: Subject) => Readonly<Record<string, unknown>>;
}

export const ITEM = `fragment Item on Entity {
  kind
  id
  name
}`;

export const WAY = `fragment Way on GraphEdge {
  kind
  from { name }
  to { name }
  actions
  effect
  condition
  validTo
  evidence
}`;

export const onlySubject = ({ identity, action, resource }: Subject) => ({ identity, action, resource });
