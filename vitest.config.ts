import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // Patience, not an assertion: machines that are busy and servers that start.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // While one file waits for a server, another works.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/support/neo4j-broker.ts'],
  },
});
