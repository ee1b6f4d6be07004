/** `npm run neo4j`: a Neo4j server on this machine until Ctrl-C. See docs/neo4j-server.md. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { archiveFlags } from './class-archive.ts';
import { GDS_VERSION, NEO4J_VERSION } from './packages.ts';
import { cacheFolder, NotProvisioned, provision } from './provision.ts';
import { type RunningNeo4j, startNeo4j } from './server.ts';

const HELP = `npm run neo4j -- [options]

A Neo4j ${NEO4J_VERSION} Community server on this machine alone, until Ctrl-C. Needs a JDK 17 or 21 and Maven.

  --gds               with Graph Data Science ${GDS_VERSION}
  --home FOLDER       keeps the data there; otherwise they go when the server stops
  --port PORT         otherwise any free one
  --heap SIZE         of Java, such as 2g (512m)
  --page-cache SIZE   such as 1g (64m)
  --provision         fetches what is needed into the cache, which takes a minute or two, and ends
  --json              says the address as one line of JSON
  --help

The cache is ${cacheFolder()}
(GRANTLENS_NEO4J_CACHE chooses another folder).
`;

function chosen() {
  const { values } = parseArgs({
    options: {
      gds: { type: 'boolean', default: false },
      home: { type: 'string' },
      port: { type: 'string' },
      heap: { type: 'string' },
      'page-cache': { type: 'string' },
      provision: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new TypeError(`--port: ${values.port} is not a port, which is a number from 0 to 65535.`);
  for (const name of ['heap', 'page-cache'] as const)
    if (!/^\d+[kmg]$/i.test(values[name] ?? '1g'))
      throw new TypeError(`--${name}: ${values[name]} is not a size such as 512m or 2g.`);
  return { ...values, port };
}

type Chosen = ReturnType<typeof chosen>;

async function run(options: Chosen): Promise<void> {
  if (options.help) return void process.stdout.write(HELP);
  if (options.provision) return fetchOnly(options.gds);
  const { gds, home, port, heap, 'page-cache': pageCache } = options;
  const ended = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const given = Object.entries({ gds, home, port, heap, pageCache }).filter(([, value]) => value !== undefined);
  const server = await startNeo4j(Object.fromEntries(given));
  say(server, options);
  await ended;
  await server.stop();
}

async function fetchOnly(gds: boolean): Promise<void> {
  const program = await provision({ gds });
  await archiveFlags(program);
  process.stdout.write(`${program.folder}\n`);
}

function say({ uri, user, passwordFile, home }: RunningNeo4j, options: Chosen): void {
  if (options.json) return void process.stdout.write(`${JSON.stringify({ uri, user, passwordFile, home })}\n`);
  const plugin = options.gds ? ` with Graph Data Science ${GDS_VERSION}` : '';
  process.stdout.write(`Neo4j ${NEO4J_VERSION} Community${plugin} answers at ${uri}

  user      ${user}
  password  in ${passwordFile}, which you alone can read
  data      ${options.home === undefined ? 'gone when the server stops' : `kept in ${home}`}

Grantlens on it:

  export GRANTLENS_STORE=${uri} GRANTLENS_NEO4J_PASSWORD_FILE=${passwordFile}

Ctrl-C ends it.
`);
}

try {
  await run(chosen());
} catch (error) {
  if (!(error instanceof NotProvisioned || error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
