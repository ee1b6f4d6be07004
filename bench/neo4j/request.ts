import type { Address } from './server.ts';

/** What a process of the bench is asked for. */
export interface PartRequest {
  readonly part: PartName;
  readonly address: Address;
  readonly users: number;
  readonly seed: number;
  /** How many of each question. */
  readonly calls: number;
}

export type PartName = 'store load' | 'bare load' | 'compile' | 'follow' | 'ask';
