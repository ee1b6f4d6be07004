/** The files of an import and their columns. What a column holds is said where properties are made: `properties.ts`. */
import type { Column } from './import-csv.ts';
import { EDGE_PROPERTY_TYPES, NODE_PROPERTY_TYPES, type PropertyType } from './properties.ts';

const columnsOf = (types: Readonly<Record<string, PropertyType>>): readonly Column[] =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

const LABEL: Column = { name: '', type: 'LABEL' };

/** Nodes of the graph: found by their `id` when relationships are made. */
export const ENTITY_COLUMNS: readonly Column[] = Object.freeze([
  { name: 'id', type: 'ID(Entity)' },
  ...columnsOf(NODE_PROPERTY_TYPES).filter(({ name }) => name !== 'id'),
  ...columnsOf({ since: 'long', changed: 'long' }),
  LABEL,
] satisfies Column[]);

export const RELATIONSHIP_COLUMNS: readonly Column[] = Object.freeze([
  { name: '', type: 'START_ID(Entity)' },
  { name: '', type: 'END_ID(Entity)' },
  ...columnsOf(EDGE_PROPERTY_TYPES),
  ...columnsOf({ since: 'long' }),
  { name: '', type: 'TYPE' },
] satisfies Column[]);

/** Nodes of the store's own. */
const STORE_COLUMNS = {
  DanglingEdge: {
    kind: 'string',
    from: 'string',
    longFrom: 'string',
    to: 'string',
    longTo: 'string',
    ...EDGE_PROPERTY_TYPES,
    since: 'long',
  },
  AccessUse: {
    key: 'string',
    identity: 'string',
    action: 'string',
    resource: 'string',
    source: 'string',
    lastUsedAt: 'datetime',
    useCount: 'long',
    since: 'long',
  },
  SourceStatus: {
    source: 'string',
    longSource: 'string',
    nodes: 'long',
    edges: 'long',
    uses: 'long',
    loadedAt: 'long',
  },
  GraphDocument: { name: 'string', longName: 'string', value: 'string', revision: 'long' },
  GraphBatch: {
    id: 'string',
    version: 'long',
    source: 'string',
    appliedAt: 'long',
    added: 'long',
    changed: 'long',
    removed: 'long',
    digest: 'string',
    chain: 'string',
    sources: 'string',
  },
  GraphHead: {
    name: 'string',
    format: 'long',
    version: 'long',
    oldest: 'long',
    sweptTo: 'long',
    chain: 'string',
    documents: 'long',
    precedence: 'string[]',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;

export type StoreLabel = keyof typeof STORE_COLUMNS;

export const storeColumns = (label: StoreLabel): readonly Column[] => [...columnsOf(STORE_COLUMNS[label]), LABEL];
