/** Modules of the built product: what is measured is what is shipped. */
export const built = <T>(name: string): Promise<T> =>
  import(new URL(`../dist/${name}.js`, import.meta.url).href) as Promise<T>;
