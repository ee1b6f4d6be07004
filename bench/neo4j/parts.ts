import { memory } from '../measure.ts';
import { type AskResult, askAll } from './ask.ts';
import { compileTwice } from './compile.ts';
import type { Done } from './done.ts';
import { type FollowResult, followChanges } from './follow.ts';
import { loadByBareLoop, loadByStore } from './loads.ts';
import type { PartName, PartRequest } from './request.ts';

export interface PartResult {
  readonly done: readonly (Done & { readonly name: string })[];
  readonly follow?: FollowResult;
  readonly ask?: AskResult;
  /** MiB. */
  readonly memory: { readonly resident: number; readonly most: number };
}

export const PARTS: Readonly<Record<PartName, (request: PartRequest) => Promise<PartResult>>> = {
  'store load': async (request) => ({ done: [{ name: 'store', ...(await loadByStore(request)) }], memory: memory() }),
  'bare load': async (request) => ({ done: [{ name: 'bare', ...(await loadByBareLoop(request)) }], memory: memory() }),
  compile: async (request) => ({ done: await compileTwice(request), memory: memory() }),
  follow: async (request) => ({ done: [], follow: await followChanges(request), memory: memory() }),
  ask: async (request) => ({ done: [], ask: await askAll(request), memory: memory() }),
};
