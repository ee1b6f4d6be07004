/** Which store a command works on: a folder, or a Neo4j server whose password comes from the environment and never from an argument. */
import { Option } from 'commander';
import { type Execution, isNeo4jAddress, type Neo4jConnection, neo4jConnection } from '../engine/index.ts';
import { UsageError } from './failure.ts';

export const DEFAULT_DATA = './grantlens-data';

/** The store, and how a person names it. */
export interface StorePlace {
  readonly data: string | Neo4jConnection;
  /** For messages. */
  readonly shown: string;
  /** What to add to a command line to mean this store: begins with a space; empty for the default. */
  readonly asArgument: string;
  readonly execution: Execution;
}

export interface StoreOptions {
  readonly data: string;
  readonly store?: string;
  readonly execution: Execution;
}

/** The options of every command that say where the graph is. */
export const storeOptions = (): readonly Option[] => [
  new Option('--data <folder>', 'folder of the embedded store').default(DEFAULT_DATA).env('GRANTLENS_DATA'),
  new Option(
    '--store <address>',
    'a Neo4j server instead: neo4j://host:7687/database; the password comes from GRANTLENS_NEO4J_PASSWORD or GRANTLENS_NEO4J_PASSWORD_FILE',
  ).env('GRANTLENS_STORE'),
  new Option(
    '--execution <where>',
    'where questions run: on a compiled snapshot, or in the store, for graphs larger than memory',
  )
    .choices(['snapshot', 'store'])
    .default('snapshot')
    .env('GRANTLENS_EXECUTION'),
];

/**
 * The place that the options and the environment mean.
 *
 * @param sourceOf where commander has the value of an option from
 * @throws UsageError for two stores at once, and for a store that is no address
 */
export function storePlace(options: StoreOptions, sourceOf: (option: string) => string | undefined): StorePlace {
  const { execution } = options;
  const store = options.store === '' ? undefined : options.store;
  const byHand = (option: string): boolean => sourceOf(option) === 'cli';
  if (store === undefined || (byHand('data') && !byHand('store'))) return folder(options.data, execution);
  if (byHand('data')) throw new UsageError('--data and --store are two stores.', 'Leave one of them out.');
  if (!isNeo4jAddress(store))
    throw new UsageError(
      'The address of a store looks like neo4j://host:7687/database.',
      'For the folder of an embedded store there is --data.',
    );
  const data = neo4jConnection(store, process.env);
  const shown = data.database === undefined ? data.uri : `${data.uri}/${data.database}`;
  return { data, shown, asArgument: ` --store ${shown}`, execution };
}

const folder = (data: string, execution: Execution): StorePlace => ({
  data,
  shown: data,
  asArgument: data === DEFAULT_DATA ? '' : ` --data ${data}`,
  execution,
});
