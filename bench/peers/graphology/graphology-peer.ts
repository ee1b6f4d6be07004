/** graphology in this process as a peer. */
import type { Kind } from '../asked.ts';
import type { Peer } from '../beside.ts';
import { decisionOf, exactText, type Rows, some, sortedRows } from '../rows.ts';
import type { TraversalAccess } from './access.ts';

export function graphologyPeer(access: TraversalAccess): Peer {
  const list = (kind: Kind, { identity, action, resource }: Parameters<Peer['ask']>[1]) =>
    kind === 'whoCan' ? access.whoCan(action, resource) : access.accessOf(identity, action);
  return {
    name: 'graphology',
    asks: ['check', 'accessOf', 'whoCan'],
    less: { accessOf: 'ids and decisions', whoCan: 'ids and decisions' },
    ask: async (kind, question) => {
      const { identity, action, resource } = question;
      if (kind === 'check') return decisionOf(access.check(identity, action, resource));
      return some(list(kind, question).size);
    },
    whole: async (kind, question) => {
      const { identity, action, resource } = question;
      if (kind === 'check') return exactText([[resource, access.check(identity, action, resource)]]);
      return exactText(sortedRows(list(kind, question)));
    },
    said: (rows: Rows) => exactText(rows),
  };
}
