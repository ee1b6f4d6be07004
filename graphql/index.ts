/** The GraphQL API: over HTTP, and in process for the command line. */
export { executeInProcess } from './in-process.ts';
export { DEFAULT_PORT, type RunningServer, type ServerOptions, startServer } from './server.ts';
