/** What is measured is what ships: the built product, loaded from dist/. */
const built = <T>(path: string): Promise<T> => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;

export const productEngine = () => built<typeof import('../engine/index.ts')>('engine/index.js');
export const productLoaders = () => built<typeof import('../loaders/index.ts')>('loaders/index.js');
export const productGraphql = () => built<typeof import('../graphql/index.ts')>('graphql/index.js');

/** Parts of the engine that are measured by themselves. */
export const productNeo4j = () => built<typeof import('../engine/store/neo4j/index.ts')>('engine/store/neo4j/index.js');
export const productEmbedded = () =>
  built<typeof import('../engine/store/embedded/index.ts')>('engine/store/embedded/index.js');
export const productCompile = () => built<typeof import('../engine/snapshot/compile.ts')>('engine/snapshot/compile.js');
export const productAssemble = () =>
  built<typeof import('../engine/snapshot/assemble.ts')>('engine/snapshot/assemble.js');
export const productPace = () => built<typeof import('../engine/snapshot/pace.ts')>('engine/snapshot/pace.js');
export const productRevocation = () =>
  built<typeof import('../engine/access/revocation-work.ts')>('engine/access/revocation-work.js');
export const productView = () => built<typeof import('../engine/access/view.ts')>('engine/access/view.js');
export const productProperties = () =>
  built<typeof import('../engine/store/neo4j/properties.ts')>('engine/store/neo4j/properties.js');
export const productStore = () =>
  built<typeof import('../engine/store/embedded/index.ts')>('engine/store/embedded/index.js');
export const productSensitivity = () =>
  built<typeof import('../engine/sensitivity/read-sensitivity.ts')>('engine/sensitivity/read-sensitivity.js');
export const productHubs = () => built<typeof import('../engine/hubs/ask-hubs.ts')>('engine/hubs/ask-hubs.js');
export const productFindings = () =>
  built<typeof import('../engine/findings/find-findings.ts')>('engine/findings/find-findings.js');
export const productFindingFacts = () =>
  built<typeof import('../engine/findings/graph-facts.ts')>('engine/findings/graph-facts.js');
export const productFindingRules = () =>
  built<typeof import('../engine/findings/rules/index.ts')>('engine/findings/rules/index.js');
export const productFindingsTold = () => built<typeof import('../engine/findings/told.ts')>('engine/findings/told.js');
export const productEase = () => built<typeof import('../algorithms/ease.ts')>('algorithms/ease.js');
export const productOutliers = () => built<typeof import('../engine/peers/outliers.ts')>('engine/peers/outliers.js');
