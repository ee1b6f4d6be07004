import type { Neo4jDoor } from './door.ts';

/** How a writer behaves. All times in milliseconds. */
export interface WriteSettings {
  /** Changes up to which a batch is one transaction; more come in parts of as many rows. */
  readonly chunkRows: number;
  /** How long the claim of a large batch lives without a sign of life from its writer. */
  readonly lease: number;
  /** How long to wait for another writer, and for a lock that someone holds. */
  readonly patience: number;
  /** How long the server lets one transaction run. */
  readonly longestTransaction: number;
}

export const DEFAULT_SETTINGS: WriteSettings = Object.freeze({
  chunkRows: 10_000,
  lease: 20_000,
  patience: 40_000,
  longestTransaction: 300_000,
});

/** What everything that writes needs. */
export interface Writing {
  readonly door: Neo4jDoor;
  readonly settings: WriteSettings;
  readonly precedence: readonly string[];
  /** Who writes: told to others who have to wait. Host and process. */
  readonly writer: string;
}
