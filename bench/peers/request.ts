import type { Address } from '../neo4j/server.ts';

export const PEERS = ['cypher', 'graphology', 'openfga'] as const;
export type PeerName = (typeof PEERS)[number];

/** What a process that measures one peer is asked for. */
export interface PeerRequest {
  readonly peer: PeerName;
  readonly users: number;
  readonly seed: number;
  /** How many of each question at most. */
  readonly calls: number;
  /** Milliseconds, about, that a peer may be timed for with one kind of question. */
  readonly patience: number;
  /** Folder of the engine's embedded store. */
  readonly data: string;
  /** The Neo4j server that answers the Cypher. */
  readonly neo4j?: Address;
  /** The OpenFGA server. */
  readonly openfga?: { readonly url: string; readonly metricsUrl: string };
}
