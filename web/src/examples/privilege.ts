import { type Example, ITEM, WAY } from './example.ts';

export const PRIVILEGE: readonly Example[] = [
  {
    question: 'Where does most sensitive access flow?',
    answers:
      'exposure: pairs with a way through it; exclusivePairs: those that end if it goes. Empty where nothing is known to be sensitive.',
    query: `query Hubs($minSensitivity: Float) {
  sensitivity(minSensitivity: $minSensitivity) { known resources because }
  privilegeHubs(minSensitivity: $minSensitivity, first: 20) {
    rank
    entity { ...Item }
    identities
    resources
    exposure
    exclusivePairs
    redundancy
    blastRadius
  }
}

${ITEM}`,
    variables: () => ({ minSensitivity: null }),
  },
  {
    question: 'Which single assignments are worth certifying?',
    answers: 'The edges without which most sensitive access ends.',
    query: `query CriticalEdges($minSensitivity: Float) {
  criticalEdges(minSensitivity: $minSensitivity, first: 20) {
    rank
    exclusivePairs
    weightedImpact
    edge { id ...Way }
  }
}

${WAY}`,
    variables: () => ({ minSensitivity: null }),
  },
  {
    question: 'What is wrong, the severest first?',
    answers:
      'Each with the edges that show it and the changes that put it right; remedyEffect says what these do to access.',
    query: `query Findings($kinds: [FindingKind!], $after: String) {
  findings(kinds: $kinds, first: 20, after: $after) {
    totalCount
    notes
    edges {
      node {
        id
        kind
        severity
        title
        rationale
        remedyEffect
        remedy { op kind from to id }
        edges { ...Way }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

${WAY}`,
    variables: () => ({ kinds: null, after: null }),
  },
  {
    question: 'What can go without anybody losing anything?',
    answers: 'Redundant grants, roles that are the same or within another, empty and unused ones.',
    query: `query CleanUp($kinds: [FindingKind!], $after: String) {
  findings(kinds: $kinds, first: 50, after: $after) {
    totalCount
    notes
    edges { node { id kind severity title remedyEffect remedy { op kind from to id } } }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: () => ({
      kinds: ['REDUNDANT_GRANT', 'DUPLICATE_ROLE', 'SUBSUMED_ROLE', 'EMPTY_ROLE', 'UNUSED_ROLE'],
      after: null,
    }),
  },
  {
    question: 'Who holds what nothing else explains?',
    answers: 'Holdings that are unlike all else their holders have. checks say how well that is told on this graph.',
    query: `query Outliers {
  outliers(first: 20) {
    method
    because
    isTelling
    judged
    undecided
    outliers {
      score
      chance
      identity { ...Item }
      entitlement { actions resource { ...Item } }
      speakAgainst { alsoHold holders entitlement { actions resource { name } } }
    }
  }
}

${ITEM}`,
    variables: () => ({}),
  },
  {
    question: 'Which nodes are central?',
    answers: 'PageRank; DEGREE, BETWEENNESS and ENTITLEMENT are other measures. Says what computed it, and why that.',
    query: `query Central($measure: CentralityMeasure!) {
  centrality(measure: $measure, first: 20) {
    rank
    score
    error
    entity { ...Item }
    implementation
    because
  }
}

${ITEM}`,
    variables: () => ({ measure: 'PAGERANK' }),
  },
];
