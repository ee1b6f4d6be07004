/** Questions that the page itself asks, at the address it came from. */
export const API = '/graphql';

/** Answers a document. @throws Error with the first error's message */
export async function ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
  const response = await fetch(API, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: readonly { readonly message: string }[] };
  if (data === undefined || data === null) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data;
}

/** What the header shows. */
export interface Holdings {
  readonly version: number;
  readonly nodes: number;
  readonly edges: number;
}

type Counts = Readonly<Record<string, number>>;
const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The version of the graph and how much it holds. */
export async function holdings(): Promise<Holdings> {
  const { graph } = await ask<{ graph: { version: number; nodeCounts: Counts; edgeCounts: Counts } }>(
    'query PageHeader { graph { version nodeCounts edgeCounts } }',
  );
  return { version: graph.version, nodes: total(graph.nodeCounts), edges: total(graph.edgeCounts) };
}

/** A node as a suggestion. */
export interface Suggestion {
  readonly id: string;
  readonly name: string;
}

interface Found {
  readonly search: { readonly edges: readonly { readonly node: Suggestion }[] };
}

/** Nodes that hold the words of a text. */
export async function suggestions(text: string, kinds: readonly string[]): Promise<readonly Suggestion[]> {
  if (text.trim() === '') return [];
  const { search } = await ask<Found>(
    'query PageSuggestions($text: String!, $kinds: [NodeKind!]) { search(text: $text, kinds: $kinds, first: 12) { edges { node { id name } } } }',
    { text, kinds },
  );
  return search.edges.map(({ node }) => node);
}
