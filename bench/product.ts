/** What is measured is what ships: the built product, loaded from dist/. */
const built = <T>(path: string): Promise<T> => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;

export const productEngine = () => built<typeof import('../engine/index.ts')>('engine/index.js');
export const productLoaders = () => built<typeof import('../loaders/index.ts')>('loaders/index.js');
export const productGraphql = () => built<typeof import('../graphql/index.ts')>('graphql/index.js');
