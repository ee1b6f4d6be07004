/** Whether what exceptions name is there: told before anything long begins. */
import { NODE_KINDS, Problems } from '../../model/index.ts';
import { isThere } from '../../snapshot/nodes.ts';
import { isIdentity, isResource, kindIndexOf, type Snapshot } from '../../snapshot/snapshot.ts';
import type { AgreedException, AgreedList } from './agreed-exception.ts';

/**
 * @returns the exceptions of a list
 * @throws InputError for each id that is not there, or is of something else
 */
export function knownExceptions(snapshot: Snapshot, { file, entries }: AgreedList): readonly AgreedException[] {
  const problems = new Problems();
  for (const { exception, place } of entries)
    for (const name of ['identity', 'resource'] as const) {
      const message = wrongWith(snapshot, exception[name], name);
      if (message === undefined) continue;
      const { field, ...where } = place;
      problems.add({ ...(file === undefined ? {} : { file }), ...where, field: `${field}.${name}`, message });
    }
  problems.throwIfAny();
  return entries.map(({ exception }) => exception);
}

function wrongWith(snapshot: Snapshot, id: string, name: 'identity' | 'resource'): string | undefined {
  const node = snapshot.index.find(id);
  if (node < 0 || !isThere(snapshot, node)) return `no node has the id ${JSON.stringify(id)}`;
  const isRight = name === 'identity' ? isIdentity(snapshot, node) : isResource(snapshot, node);
  if (isRight) return undefined;
  const wanted = name === 'identity' ? 'a user or a service account' : 'a resource';
  const kind = NODE_KINDS[kindIndexOf(snapshot, node)];
  const instead = kind === 'Group' ? '; name its members one by one' : '';
  return `must be ${wanted}, ${JSON.stringify(id)} is a ${kind}${instead}`;
}
