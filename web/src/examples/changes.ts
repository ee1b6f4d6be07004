import { type Example, ITEM, onlySubject, WAY } from './example.ts';

const PAIR = `fragment Pair on Access {
  decision
  actions
  identity { ...Item }
  resource { ...Item }
}`;

export const CHANGES: readonly Example[] = [
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
    question: 'What would a grant give?',
    answers: 'Who would gain and lose what by a change that is only thought of; gains and losses are both possible.',
    query: `query WhatIf($changes: [ChangeInput!]!) {
  whatIf(changes: $changes) {
    gainedCount
    lostCount
    alteredCount
    gained(first: 20) { ...Pair }
    lost(first: 20) { ...Pair }
    complete
    incompleteBecause
  }
}

${PAIR}

${ITEM}`,
    variables: ({ identity, resource }) => ({
      changes: [
        { op: 'PUT_EDGE', kind: 'GRANTS', from: identity, to: resource, properties: { actions: ['administer'] } },
      ],
    }),
  },
  {
    question: 'What would go if this account went?',
    answers: 'All that ends with it, also what others have only by acting as it.',
    query: `query WithoutIt($changes: [ChangeInput!]!) {
  whatIf(changes: $changes) {
    lostCount
    lost(first: 50) { ...Pair }
    gainedCount
    complete
  }
}

${PAIR}

${ITEM}`,
    variables: ({ identity }) => ({ changes: [{ op: 'REMOVE_NODE', id: identity }] }),
  },
  {
    question: 'What is the least to remove so that it cannot?',
    answers: 'The cheapest cuts, with what others would lose by each, and what would give it back to them.',
    query: `query Revoke($identities: [ID!]!, $action: String!, $resource: ID!) {
  revocations(identities: $identities, action: $action, resource: $resource, repair: true) {
    alternatives {
      cost
      edges { id ...Way }
      collateral { lostCount gainedCount lost(first: 10) { ...Pair } }
      repair { exact because changes { op kind from to detail } }
    }
    because
    complete
    incompleteBecause
  }
}

${WAY}

${PAIR}

${ITEM}`,
    variables: ({ identity, action, resource }) => ({ identities: [identity], action, resource }),
  },
  {
    question: 'What does every way to the resource pass?',
    answers: 'Nodes and edges whose removal cuts identities off from it, those that cut off most first.',
    query: `query ChokePoints($resource: ID!) {
  chokePoints(resource: $resource, first: 20) {
    identities
    nodes { identities entity { ...Item } }
    edges { identities edge { id ...Way } }
  }
}

${ITEM}

${WAY}`,
    variables: ({ resource }) => ({ resource }),
  },
];

/** Midnight UTC of this day next year. */
function inAYear(): string {
  const day = new Date();
  return `${day.getUTCFullYear() + 1}-${day.toISOString().slice(5, 10).replace('02-29', '02-28')}T00:00:00Z`;
}
