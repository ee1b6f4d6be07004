/** What threads are told and tell. */
import type { CompiledArrays } from '../snapshot/compiled-arrays.ts';
import type { Progress } from '../snapshot/pace.ts';
import type { SpaceImage, VersionImage } from '../snapshot/version-image.ts';
import type { WorkName } from './works.ts';

/** What a thread is told of a space: all of it the first time, later what came since. */
export interface SpaceNews {
  /** A number that stands for the space. */
  readonly space: number;
  /** The first time. */
  readonly arrays?: CompiledArrays;
  /** Action patterns from a number on: `[actions, exceptActions]` of each. */
  readonly termsFrom: number;
  readonly terms: readonly (readonly [readonly string[], readonly string[]])[];
  readonly image: SpaceImage;
}

export interface WorkMessage {
  readonly work: WorkName;
  readonly news: SpaceNews;
  /** Spaces that nobody will ask about any more. */
  readonly forget: readonly number[];
  readonly versions: readonly VersionImage[];
  readonly input: unknown;
  /** Milliseconds. */
  readonly deadline: number;
  /** One number in shared memory; not 0 when the work is given up. */
  readonly givenUp: Int32Array;
}

/** What a thread says before it answers. */
export interface ProgressMessage {
  readonly progress: Progress;
}

export type WorkAnswer =
  | { readonly output: unknown }
  | { readonly error: unknown; readonly code?: string; readonly facts?: Readonly<Record<string, unknown>> };
