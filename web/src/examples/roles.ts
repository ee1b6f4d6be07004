import { type Example, ITEM } from './example.ts';

export const ROLES: readonly Example[] = [
  {
    question: 'Which people belong together?',
    answers: 'Groups of those that hold much the same: what is typical of each, who lacks it, who has more.',
    query: `query Clusters {
  roleClusters {
    resolution
    stability
    modularity
    identities
    because
    clusters {
      id
      label
      size
      stability
      signature { share elsewhere entitlement { action resource { name } } }
      lackingCount
      beyondCount
    }
  }
}`,
    variables: () => ({}),
  },
  {
    question: 'Who stands like this identity?',
    answers: 'The nearest of its kind, with what they share.',
    query: `query Similar($id: ID!) {
  similar(id: $id, first: 10) {
    compared
    because
    nodes { likeness sharedCount eitherCount entity { ...Item } shared { name } }
  }
}

${ITEM}`,
    variables: ({ identity }) => ({ id: identity }),
  },
  {
    question: 'Which roles would do?',
    answers:
      'Roles that together give everybody exactly what he has; lowerBound says how few would do at best. Name groups or resources in scope.',
    query: `query Mining($objective: PlanObjective, $scope: [ID!], $deadline: Int) {
  roleMining(objective: $objective, scope: $scope, deadline: $deadline) {
    structuralComplexity
    lowerBound
    provenOptimal
    exact
    identities
    entitlements
    because
    roles { name rationale size entitlements { action resource { name } } includes }
  }
}`,
    variables: ({ resource }) => ({ objective: 'FEWEST_ROLES', scope: [resource], deadline: 5_000 }),
  },
  {
    question: 'What does everybody of a department hold?',
    answers: 'Rules over attributes, with those who are the exceptions.',
    query: `query Birthrights {
  birthrights {
    people
    rules {
      terms { attribute value }
      people
      entitlements { holders entitlement { action resource { name } } }
      exceptionCount
    }
  }
}`,
    variables: () => ({}),
  },
  {
    question: 'How do we get to better roles?',
    answers:
      'A plan of steps after each of which nobody has lost or gained anything, with its proof. Name groups or roles in scope.',
    query: `query Plan($options: PlanOptions) {
  roleRestructurePlan(options: $options) {
    before { roles assignments roleGrants structuralComplexity }
    after { roles assignments roleGrants structuralComplexity }
    edits
    roles { fate name rationale membersAdded membersRemoved contentsAdded contentsRemoved }
    steps { title changeCount }
    front { how price edits isChosen metrics { roles structuralComplexity } }
    proof { steps engine twin }
  }
}`,
    variables: ({ resource }) => ({ options: { scope: [resource], deadline: 5_000 } }),
  },
];
