/** What one request may ask for. Each limit answers with a code and leaves the server as it was. */
export const LIMITS = Object.freeze({
  /** Bytes of a request's body, after decompression. */
  bodyBytes: 1_048_576,
  /** Tokens of a document. The introspection query of GraphiQL has about 350. */
  tokens: 5_000,
  /** How deep brackets of a document nest: parsing walks them recursively. */
  nesting: 100,
  /** How deep fields nest, through fragments. The introspection query has 15. */
  depth: 20,
  /** Selections of a document with every fragment written out where it is used. */
  selections: 10_000,
  /** Values that an answer may hold at most, worked out before it is executed: see `cost.ts`. */
  cost: 500_000,
  /** Items of one part of a list. */
  first: 10_000,
  /** Paths that one explanation tells. */
  maxPaths: 1_000,
  /** Errors that one answer tells; the rest is counted. */
  errors: 100,
  /** Milliseconds until the questions of a request fail with DEADLINE_EXCEEDED. */
  deadline: 30_000,
  /** Milliseconds after which what was found of the difference of two versions is told. */
  comparing: 20_000,
  /** WebSocket connections at a time. */
  connections: 100,
  /** Operations of one connection at a time. */
  operations: 20,
  /** Milliseconds between pings; a connection that does not answer one until the next is ended. */
  ping: 20_000,
});
