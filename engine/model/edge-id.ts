import { hash } from 'node:crypto';
import type { EdgeKind } from './kinds.ts';

/**
 * The id of an edge: the same source, kind, ends and key give the same id, anywhere and at any time.
 * SHA-256 over the parts, each preceded by its length so that no two lists of parts read alike, cut to 132 bits:
 * `e_` and 22 characters of base64url.
 */
export function edgeId(source: string, kind: EdgeKind, from: string, to: string, key = ''): string {
  const text = `${source.length}:${source}${kind.length}:${kind}${from.length}:${from}${to.length}:${to}${key}`;
  return `e_${hash('sha256', text, 'base64url').slice(0, 22)}`;
}
