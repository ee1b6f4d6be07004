/** What a client asks over HTTP, and how an answer is held against the second implementation of the model. */
import { decide, isAllowing, type OracleGraph } from '../../test/support/oracle/index.ts';

/** About whom and what. */
export interface Subject {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly edge: string;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON as the server sent it
type Answer = Readonly<Record<string, any>>;

export interface Question {
  readonly name: string;
  readonly document: string;
  /** How often, among the others. */
  readonly weight: number;
  readonly variables: (subject: Subject) => Readonly<Record<string, unknown>>;
  /** The version that the answer is about. */
  readonly version: (data: Answer) => number;
  /** What is wrong with the answer; undefined where nothing is. `at` is the instant that was asked about. */
  readonly wrong?: (data: Answer, subject: Subject, graph: OracleGraph, at: number) => string | undefined;
}

const WHO = '$identity: ID!, $action: String!, $resource: ID!, $at: DateTime!';
const ASKED = 'identity: $identity, action: $action, resource: $resource, at: $at';
const three = ({ identity, action, resource }: Subject) => ({ identity, action, resource });

/** Rows that are listed, of which a few are looked at. */
const LOOKED_AT = 3;

export const QUESTIONS: readonly Question[] = [
  {
    name: 'check',
    weight: 40,
    document: `query(${WHO}) { check(${ASKED}) { decision version } }`,
    variables: three,
    version: ({ check }) => check.version,
    wrong: ({ check }, subject, graph, at) => differs(graph, subject, at, check.decision),
  },
  {
    name: 'accessOf',
    weight: 15,
    document:
      'query($identity: ID!, $at: DateTime!) { accessOf(identity: $identity, at: $at, first: 50) { totalCount version edges { node { decision actions resource { id } } } } }',
    variables: ({ identity }) => ({ identity }),
    version: ({ accessOf }) => accessOf.version,
    wrong: ({ accessOf }, { identity }, graph, at) => {
      for (const { actions, resource, decision } of rowsOf(accessOf).slice(0, LOOKED_AT)) {
        // A pattern is asked about by an action that it alone matches.
        const action = actions[0].replaceAll('*', 'soak');
        const is = decide(graph, { identity, action, resource: resource.id, at });
        if (!isAllowing(is) && decision === 'ALLOWED') return `${identity} ${action} ${resource.id}: listed, ${is}`;
      }
      return undefined;
    },
  },
  {
    name: 'whoCan',
    weight: 15,
    document:
      'query($action: String!, $resource: ID!, $at: DateTime!) { whoCan(action: $action, resource: $resource, at: $at, first: 10000, includeDisabled: true) { version edges { node { decision identity { id } } } } }',
    variables: ({ action, resource }) => ({ action, resource }),
    version: ({ whoCan }) => whoCan.version,
    wrong: ({ whoCan }, subject, graph, at) => {
      const listed = new Map<string, string>(
        rowsOf(whoCan).map(({ identity, decision }) => [identity.id, decision as string]),
      );
      const asked = [subject.identity, ...[...listed.keys()].slice(0, LOOKED_AT)];
      for (const identity of asked) {
        const is = decide(graph, { ...three(subject), identity, at });
        if ((listed.get(identity) ?? 'none') !== (isAllowing(is) ? is : 'none'))
          return `${identity} ${subject.action} ${subject.resource}: ${listed.get(identity)}, ${is}`;
      }
      return undefined;
    },
  },
  {
    name: 'whyHasAccess',
    weight: 15,
    document: `query(${WHO}) { whyHasAccess(${ASKED}) { decision version pathCount paths { decision edges { id } } } }`,
    variables: three,
    version: ({ whyHasAccess }) => whyHasAccess.version,
    wrong: ({ whyHasAccess }, subject, graph, at) => differs(graph, subject, at, whyHasAccess.decision),
  },
  {
    name: 'whatIf',
    weight: 8,
    document:
      'query($changes: [ChangeInput!]!, $at: DateTime!) { whatIf(changes: $changes, at: $at) { version complete lostCount lost(first: 5) { decision actions identity { id } resource { id } } } }',
    variables: ({ edge }) => ({ changes: [{ op: 'REMOVE_EDGE', id: edge }] }),
    version: ({ whatIf }) => whatIf.version,
    wrong: ({ whatIf }, { edge }, graph, at) => {
      const without = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => id !== edge) };
      for (const { actions, identity, resource } of whatIf.lost.slice(0, 1)) {
        const asked = { identity: identity.id, resource: resource.id, action: actions[0].replaceAll('*', 'soak'), at };
        const [was, is] = [decide(graph, asked), decide(without, asked)];
        if (was === is && !isAllowing(is)) return `${asked.identity} ${asked.action} ${asked.resource}: lost, ${was}`;
      }
      return undefined;
    },
  },
  {
    name: 'search',
    weight: 7,
    document: 'query($text: String!) { search(text: $text, first: 20) { totalCount version edges { node { id } } } }',
    variables: ({ identity }) => ({ text: identity.slice(-4) }),
    version: ({ search }) => search.version,
  },
];

const rowsOf = (connection: Answer): readonly Answer[] => connection['edges'].map(({ node }: Answer) => node as Answer);

function differs(graph: OracleGraph, subject: Subject, at: number, told: string): string | undefined {
  const is = decide(graph, { ...three(subject), at });
  return is === told ? undefined : `${subject.identity} ${subject.action} ${subject.resource}: ${told}, ${is}`;
}
