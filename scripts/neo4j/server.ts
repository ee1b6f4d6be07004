import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAdminTool } from './admin-tool.ts';
import { archiveFlags } from './class-archive.ts';
import { keptPassword, passwordFile } from './password.ts';
import { launch, type ServerProcess } from './process.ts';
import { type Provision, provision } from './provision.ts';
import { writeSettings } from './settings.ts';

/** Which server to start. */
export interface Neo4jOptions {
  /** With the Graph Data Science plugin. */
  readonly gds?: boolean;
  /** Of Neo4j; that of this project unless told. */
  readonly version?: string;
  /** Folder that keeps the data; without it a temporary one, gone when the server stops. */
  readonly home?: string;
  /** Size of the Java heap, such as `2g`; 512m unless told. */
  readonly heap?: string;
  /** Size of the page cache, such as `1g`; 64m unless told. */
  readonly pageCache?: string;
  /** On loopback; any free one unless told. */
  readonly port?: number;
  /** Of user `neo4j`, for a home that is new or without a password file; a generated one unless told. */
  readonly password?: string;
  /** Settings of `neo4j.conf`, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** CSV files for the bulk importer: an argument each, as `neo4j-admin database import full` takes them. */
export interface CsvImport {
  /** Such as `User=header.csv,users.csv`, or files alone. */
  readonly nodes: readonly string[];
  readonly relationships: readonly string[];
  /** Further options, such as `--id-type=string`. */
  readonly options?: readonly string[];
}

/** A server on loopback, with authentication on. */
export interface RunningNeo4j {
  /** `neo4j://127.0.0.1:<port>`; the same after a restart. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Holds the password; its owner alone may read it. */
  readonly passwordFile: string;
  readonly database: string;
  readonly home: string;
  /** Of the server's process; undefined while it does not run. */
  pid(): number | undefined;
  /** Ends the server as a power cut would; the data stay. */
  kill(): Promise<void>;
  /** Ends the server in order; the data stay. */
  shutdown(): Promise<void>;
  /** Starts it again on the same port and data, whether it runs or not; further settings are added. */
  restart(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends the server for good; a temporary home goes. */
  stop(): Promise<void>;
  /** Runs `neo4j-admin` on the data of a server that is not running; gives what it said. Not for secrets: arguments are public. */
  adminTool(args: readonly string[]): Promise<string>;
  /** Replaces the data by those of the files, by the bulk importer; the server is stopped for it and started again. */
  importCsv(files: CsvImport): Promise<string>;
}

/** Starts Neo4j Community. The first time it is fetched from Maven Central; throws `NotProvisioned` where that cannot be. */
export async function startNeo4j(options: Neo4jOptions = {}): Promise<RunningNeo4j> {
  const { gds, version } = options;
  const program = await provision({ ...(gds !== undefined && { gds }), ...(version !== undefined && { version }) });
  const home = await homeOf(options);
  const password = await keptPassword(home, options.password);
  const server = new Neo4jServer(program, { ...options, home, password, temporary: options.home === undefined });
  await server.restart().catch(async (error) => {
    await server.stop();
    throw error;
  });
  return server;
}

async function homeOf({ home }: Neo4jOptions): Promise<string> {
  if (home === undefined) return mkdtemp(join(await realpath(tmpdir()), 'grantlens-neo4j-'));
  await mkdir(home, { recursive: true, mode: 0o700 });
  return realpath(home);
}

/** A small server starts faster with the simple collector; whoever chooses a heap gets what Java chooses for it. */
const memoryFlags = (heap: string | undefined): readonly string[] =>
  heap === undefined ? ['-Xmx512m', '-XX:+UseSerialGC'] : [`-Xmx${heap}`];

type Chosen = Neo4jOptions & { readonly home: string; readonly password: string; readonly temporary: boolean };

class Neo4jServer implements RunningNeo4j {
  readonly user = 'neo4j';
  readonly database = 'neo4j';
  readonly home: string;
  readonly password: string;
  readonly passwordFile: string;
  readonly #program: Provision;
  readonly #chosen: Chosen;
  #settings: Readonly<Record<string, string>>;
  #port: number;
  #process: ServerProcess | undefined;

  constructor(program: Provision, chosen: Chosen) {
    this.#program = program;
    this.#chosen = chosen;
    this.#settings = chosen.settings ?? {};
    this.#port = chosen.port ?? 0;
    this.home = chosen.home;
    this.password = chosen.password;
    this.passwordFile = passwordFile(chosen.home);
  }

  get uri(): string {
    return `neo4j://127.0.0.1:${this.#port}`;
  }

  pid(): number | undefined {
    return this.#process?.running() ? this.#process.pid : undefined;
  }

  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  async shutdown(): Promise<void> {
    await this.#process?.stop();
  }

  async restart(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.shutdown();
    this.#settings = { ...this.#settings, ...settings };
    const { heap, pageCache = '64m', home, password, temporary } = this.#chosen;
    await writeSettings(home, {
      port: this.#port,
      pageCache,
      plugins: this.#program.plugins,
      more: this.#settings,
    });
    const flags = [...memoryFlags(heap), ...(await archiveFlags(this.#program))];
    this.#process = await launch(this.#program, { home, temporary, password, flags });
    this.#port = this.#process.port;
  }

  async stop(): Promise<void> {
    await this.shutdown();
    if (this.#chosen.temporary) await rm(this.home, { recursive: true, force: true });
  }

  async adminTool(args: readonly string[]): Promise<string> {
    if (this.pid() !== undefined) throw new Error('The server runs; call shutdown() first.');
    return runAdminTool(this.#program, this.home, args);
  }

  async importCsv({ nodes, relationships, options = [] }: CsvImport): Promise<string> {
    await this.shutdown();
    const files = [...nodes.map((one) => `--nodes=${one}`), ...relationships.map((one) => `--relationships=${one}`)];
    const command = ['database', 'import', 'full', this.database, '--overwrite-destination'];
    const said = await this.adminTool([...command, ...options, ...files]);
    await this.restart();
    return said;
  }
}
