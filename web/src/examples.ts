/** Saved questions: each opens as a tab that is named after its operation, its variables filled in from the subject. */

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

const ITEM = `fragment Item on Entity {
  kind
  id
  name
}`;

const WAY = `fragment Way on GraphEdge {
  kind
  from { name }
  to { name }
  actions
  effect
  condition
  validTo
  evidence
}`;

const onlySubject = ({ identity, action, resource }: Subject) => ({ identity, action, resource });

export const EXAMPLES: readonly Example[] = [
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
    question: 'May this identity do this?',
    answers: 'ALLOWED, CONDITIONAL with the conditions, DENIED or NONE.',
    query: `query Check($identity: ID!, $action: String!, $resource: ID!) {
  check(identity: $identity, action: $action, resource: $resource) {
    decision
    conditions
    version
  }
}`,
    variables: onlySubject,
  },
  {
    question: 'Why may it?',
    answers: 'A sentence and a path for every way, and until when; chokeEdges are those whose removal ends the access.',
    query: `query Why($identity: ID!, $action: String!, $resource: ID!) {
  whyHasAccess(identity: $identity, action: $action, resource: $resource, maxPaths: 10) {
    decision
    sentences
    pathCount
    complete
    incompleteBecause
    validWindows { from to }
    paths {
      length
      decision
      edges { ...Way }
    }
    chokeEdges { ...Way }
  }
}

${WAY}`,
    variables: onlySubject,
  },
  {
    question: 'Why may it not, and what would allow it?',
    answers:
      'Denials in force and the smallest additions that would allow it. Change the action to one that is not allowed.',
    query: `query WhyNot($identity: ID!, $action: String!, $resource: ID!) {
  whyHasAccess(identity: $identity, action: $action, resource: $resource) {
    decision
    sentences
    denials { ...Way }
    grantOptions { op kind from to detail }
  }
}

${WAY}`,
    variables: ({ identity, resource }) => ({ identity, action: 'administer', resource }),
  },
  {
    question: 'Who can do this here?',
    answers: 'Every identity, with what a reviewer needs to know of it. Disabled ones are left out.',
    query: `query WhoCan($action: String!, $resource: ID!, $after: String) {
  whoCan(action: $action, resource: $resource, first: 50, after: $after) {
    totalCount
    complete
    incompleteBecause
    edges {
      node {
        decision
        actions
        exceptions
        identity {
          ...Item
          ... on User { department title manager { name } }
          ... on ServiceAccount { owner }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

${ITEM}`,
    variables: ({ action, resource }) => ({ action, resource, after: null }),
  },
  {
    question: 'Who could come to do this by taking over others?',
    answers: 'The count by design beside the count with take-overs: the difference is the attack surface.',
    query: `query WhoCould($action: String!, $resource: ID!) {
  asItself: whoCan(action: $action, resource: $resource, reach: ENTITLED, first: 0) { totalCount }
  byDesign: whoCan(action: $action, resource: $resource, reach: ASSUMABLE, first: 0) { totalCount }
  byTakeOver: whoCan(action: $action, resource: $resource, reach: ESCALATION, first: 50) {
    totalCount
    edges { node { decision identity { ...Item } } }
  }
}

${ITEM}`,
    variables: ({ action, resource }) => ({ action, resource }),
  },
  {
    question: 'What can this identity do?',
    answers: 'Every resource with the action patterns and what is taken out of them.',
    query: `query AccessOf($identity: ID!, $after: String) {
  accessOf(identity: $identity, first: 100, after: $after) {
    totalCount
    complete
    edges {
      node {
        decision
        actions
        exceptions
        resource { ...Item ... on Resource { resourceType sensitivity } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

${ITEM}`,
    variables: ({ identity }) => ({ identity, after: null }),
  },
  {
    question: 'On which resources was it granted something by name?',
    answers: 'Only the resources that grants name, not what those contain: where a reviewer would start.',
    query: `query NamedGrants($identity: ID!) {
  accessOf(identity: $identity, expand: false, first: 100) {
    totalCount
    edges { node { decision actions exceptions resource { ...Item } } }
  }
}

${ITEM}`,
    variables: ({ identity }) => ({ identity }),
  },
  {
    question: 'Which ways lead from it to the resource?',
    answers: 'Every way, the shortest first, whatever the action. Go on with endCursor as after.',
    query: `query Paths($identity: ID!, $resource: ID!, $after: String) {
  accessPaths(identity: $identity, resource: $resource, first: 20, after: $after) {
    totalCount
    complete
    incompleteBecause
    edges {
      node {
        length
        decision
        nodes { ...Item }
        edges { ...Way }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

${ITEM}

${WAY}`,
    variables: ({ identity, resource }) => ({ identity, resource, after: null }),
  },
  {
    question: 'What changes with time?',
    answers: 'The same question now and at another instant: access that expires, or begins.',
    query: `query ThenAndNow($identity: ID!, $action: String!, $resource: ID!, $at: DateTime!) {
  now: check(identity: $identity, action: $action, resource: $resource) { decision conditions }
  then: check(identity: $identity, action: $action, resource: $resource, at: $at) { decision conditions }
  accessNow: accessOf(identity: $identity, first: 0) { totalCount }
  accessThen: accessOf(identity: $identity, at: $at, first: 0) { totalCount }
}`,
    variables: (subject) => ({ ...onlySubject(subject), at: inAYear() }),
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

/** Midnight UTC of this day next year. */
function inAYear(): string {
  const day = new Date();
  return `${day.getUTCFullYear() + 1}-${day.toISOString().slice(5, 10).replace('02-29', '02-28')}T00:00:00Z`;
}
