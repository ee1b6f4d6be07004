/** Who may import whom. A test plants a violation of each rule and sees it caught. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { pathNot: [...allowed, '^node:', '(^|/)node_modules/'], dependencyTypesNot: ['core'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(engine|algorithms|cypher|loaders|graphql|cli)/',
        pathNot: ['\\.d\\.ts$', '^cli/main\\.ts$'],
      },
      to: {},
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      from: { path: '^(engine|algorithms|cypher|loaders|graphql|cli)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-not-to-test',
      severity: 'error',
      from: { path: '^(engine|algorithms|cypher|loaders|graphql|cli)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    only('model-stands-alone', '^engine/model/', ['^engine/model/'], 'The model imports nothing of ours.'),
    only('algorithms-stand-alone', '^algorithms/', ['^algorithms/'], 'Kernels know typed arrays only.'),
    only(
      'cypher-sees-model',
      '^cypher/',
      ['^cypher/', '^engine/model/'],
      'Statements know the words of the model and nothing else.',
    ),
    only(
      'store-sees-model',
      '^engine/store/(?!neo4j/)',
      ['^engine/store/', '^engine/model/'],
      'A store keeps the model.',
    ),
    only(
      'neo4j-store-sees-cypher',
      '^engine/store/neo4j/',
      ['^engine/store/', '^engine/model/', '^cypher/index\\.ts$'],
      'The Neo4j store runs named statements.',
    ),
    {
      name: 'driver-behind-one-door',
      severity: 'error',
      comment: 'Only the Neo4j store talks to the driver.',
      from: { path: '^(engine|algorithms|cypher|loaders|graphql|cli)/', pathNot: '^engine/store/neo4j/' },
      to: { path: '(^|/)node_modules/neo4j-driver' },
    },
    only(
      'snapshot-sees-store-port',
      '^engine/snapshot/',
      ['^engine/snapshot/', '^engine/model/', '^engine/store/port\\.ts$', '^algorithms/'],
      'A snapshot is compiled through the port.',
    ),
    only(
      'access-sees-snapshot',
      '^engine/access/',
      ['^engine/access/', '^engine/snapshot/', '^engine/model/', '^engine/store/port\\.ts$', '^algorithms/'],
      'Questions are answered on the snapshot.',
    ),
    only(
      'peers-see-access',
      '^engine/peers/',
      [
        '^engine/peers/',
        '^engine/access/',
        '^engine/snapshot/',
        '^engine/model/',
        '^engine/store/port\\.ts$',
        '^algorithms/',
      ],
      'Who is like whom is found on the snapshot.',
    ),
    only(
      'slice-sees-access',
      '^engine/slice/',
      [
        '^engine/slice/',
        '^engine/access/',
        '^engine/snapshot/',
        '^engine/model/',
        '^engine/store/port\\.ts$',
        '^algorithms/',
      ],
      'Execution in the store finds parts of a graph through the port and asks them as a snapshot is asked.',
    ),
    only(
      'analysis-sees-snapshot',
      '^engine/analysis/',
      [
        '^engine/analysis/',
        '^engine/snapshot/',
        '^engine/model/',
        '^engine/store/port\\.ts$',
        '^engine/threads/program\\.ts$',
        '^algorithms/',
      ],
      'Analyses are computed on the snapshot, or by the store through the port.',
    ),
    only(
      'threads-see-work',
      '^engine/threads/',
      ['^engine/threads/', '^engine/access/', '^engine/peers/', '^engine/snapshot/', '^engine/model/'],
      'Threads do work on snapshots and know no store.',
    ),
    only('loaders-see-model', '^loaders/', ['^loaders/', '^engine/model/'], 'Loaders turn files into changes.'),
    only(
      'graphql-sees-engine-index',
      '^graphql/',
      ['^graphql/', '^engine/index\\.ts$'],
      'The API sees the public engine only.',
    ),
    only(
      'cli-sees-engine-index',
      '^cli/',
      ['^cli/', '^engine/index\\.ts$', '^loaders/index\\.ts$', '^graphql/index\\.ts$', '^cypher/analyst\\.ts$'],
      'The command line sees the public faces only.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    // Without the tsconfig, which maps no paths: with it, the package `graphql` would be taken for the folder graphql/.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
