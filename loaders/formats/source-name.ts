import { basename, resolve } from 'node:path';
import type { LoadRequest } from '../loader.ts';
import { STDIN } from './open-text.ts';

/**
 * The source of a load: the one that the user named, else the name of the first path without what tells its format
 * (`estate.jsonl.gz` gives `estate`), `stdin` for standard input.
 */
export function sourceOf(request: LoadRequest): string {
  if (request.source !== undefined) return request.source;
  const path = request.paths[0];
  if (path === undefined || path === STDIN) return 'stdin';
  const name = basename(resolve(path));
  return name.replace(/\.(gz|zst)$/, '').replace(/(?<=.)\.[^.]+$/, '') || 'root';
}
