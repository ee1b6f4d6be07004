/** Where a Neo4j server is and how to get in. */
import { readFileSync } from 'node:fs';
import { GrantlensError } from '../../model/index.ts';

export interface Neo4jConnection {
  /** `neo4j://host:port` or another of the driver's schemes; never with a password in it. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Undefined: the user's home database. */
  readonly database?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SCHEMES = ['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:'];

/** True for what `--store` takes as the address of a server rather than a folder. */
export const isNeo4jAddress = (store: string): boolean => SCHEMES.some((scheme) => store.startsWith(`${scheme}//`));

/**
 * The connection that an address and the environment describe: `neo4j://host:port/database`, and GRANTLENS_NEO4J_USER,
 * GRANTLENS_NEO4J_PASSWORD or GRANTLENS_NEO4J_PASSWORD_FILE, GRANTLENS_NEO4J_DATABASE.
 *
 * @throws GrantlensError ARGUMENT_INVALID for an address that is none, or that holds a password: everybody on the machine
 *   could read it in the process list
 */
export function neo4jConnection(address: string, environment: Environment): Neo4jConnection {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !isNeo4jAddress(address) || url.hostname === '')
    throw invalid(`The address of the store must look like neo4j://host:7687/database.`);
  if (url.username !== '' || url.password !== '')
    throw invalid(
      'The address of the store holds a user or a password, which everybody on the machine can read in the process list. Take them out and set GRANTLENS_NEO4J_USER and GRANTLENS_NEO4J_PASSWORD, or GRANTLENS_NEO4J_PASSWORD_FILE.',
    );
  const path = decodeURIComponent(url.pathname.replace(/^\//, ''));
  const database = path !== '' ? path : environment['GRANTLENS_NEO4J_DATABASE'];
  return Object.freeze({
    uri: `${url.protocol}//${url.host}${url.search}`,
    user: environment['GRANTLENS_NEO4J_USER'] ?? 'neo4j',
    password: passwordOf(environment),
    ...(database === undefined || database === '' ? {} : { database }),
  });
}

function passwordOf(environment: Environment): string {
  const given = environment['GRANTLENS_NEO4J_PASSWORD'];
  if (given !== undefined) return given;
  const file = environment['GRANTLENS_NEO4J_PASSWORD_FILE'];
  if (file === undefined)
    throw invalid('There is no password: set GRANTLENS_NEO4J_PASSWORD, or GRANTLENS_NEO4J_PASSWORD_FILE.');
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new GrantlensError(
      'INPUT_NOT_FOUND',
      `The password file ${JSON.stringify(file)} cannot be read.`,
      { file },
      cause,
    );
  }
}

const invalid = (message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', message, { argument: 'store' });
