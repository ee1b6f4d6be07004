import { type Example, ITEM } from './example.ts';

export const LOOK_UP: readonly Example[] = [
  {
    question: 'Where is it? Find a node and its id',
    answers: 'Nodes whose name, id or attributes hold all the words. Every other question takes the ids.',
    query: `query Find($text: String!, $kinds: [NodeKind!]) {
  search(text: $text, kinds: $kinds, first: 20) {
    totalCount
    edges {
      node {
        ...Item
        sources
        ... on User { department title enabled }
        ... on Resource { resourceType sensitivity }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

${ITEM}`,
    variables: () => ({ text: 'finance', kinds: ['USER', 'GROUP', 'ROLE', 'RESOURCE'] }),
  },
  {
    question: 'What does the graph hold?',
    answers: 'How many nodes and edges of each kind, from which sources, and when each was last loaded.',
    query: `query Holdings {
  graph {
    version
    nodeCounts
    edgeCounts
    sources { source nodes edges loadedAt }
    danglingEdges
  }
}`,
    variables: () => ({}),
  },
  {
    question: 'What is this node joined to?',
    answers: 'Its facts, and the edges that leave it and reach it, with the place where each was read.',
    query: `query Neighbours($id: ID!) {
  node(id: $id) {
    ... on Entity {
      ...Item
      sources
      attributes
      outgoing(first: 50) {
        totalCount
        edges { node { kind to { ...Item } actions effect condition validTo lastUsedAt evidence } }
      }
      incoming(first: 50) {
        totalCount
        edges { node { kind from { ...Item } actions effect condition validTo lastUsedAt evidence } }
      }
    }
  }
}

${ITEM}`,
    variables: ({ identity }) => ({ id: identity }),
  },
];
