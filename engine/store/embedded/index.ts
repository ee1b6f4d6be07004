/** The embedded store: the graph in a folder, in SQLite. How it is laid out is on the page docs/store.md. */
export { type EmbeddedStoreOptions, openEmbeddedStore } from './embedded-store.ts';
