import { EDGE_KINDS, NODE_KINDS } from '../../engine/model/index.ts';
import type { Counts } from './survey.ts';

/** Kinds that are shown; a file of more is none that a person maps. */
const MAX_SHOWN = 500;

/** A mapping to start from: every kind that was found, left out until somebody says what it is. */
export function startingMapping(nodes: Counts, edges: Counts): string {
  return [
    `# What each kind of node is: { kind: ${NODE_KINDS.join(' | ')} }, or ignore.`,
    'nodes:',
    ...kindLines(nodes, 'node'),
    `# What each kind of edge is: { kind: ${EDGE_KINDS.join(' | ')} }, or ignore.`,
    '# GRANTS need actions: [..]; CONTROLS tell a technique; reverse: true turns one round.',
    'edges:',
    ...kindLines(edges, 'edge'),
  ].join('\n');
}

function kindLines(counts: Counts, what: string): readonly string[] {
  const kinds = [...counts].filter(([kind]) => kind !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  if (kinds.length === 0) return ['  {}'];
  const lines = kinds
    .slice(0, MAX_SHOWN)
    .map(([kind, count]) => `  ${keyText(kind)}: ignore # ${count} ${what}${count === 1 ? '' : 's'}`);
  return kinds.length > MAX_SHOWN ? [...lines, `  # and ${kinds.length - MAX_SHOWN} kinds more`] : lines;
}

const keyText = (kind: string): string => (/^[A-Za-z]\w*$/.test(kind) ? kind : JSON.stringify(kind));
