import { type Example, ITEM, onlySubject, WAY } from './example.ts';

export const ACCESS: readonly Example[] = [
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
];
