import { type EdgeRecord, formatInstant, SAME_PERSON } from '../engine/index.ts';
import { shortInstant } from './arguments.ts';
import { visible } from './visible.ts';

const WORDS: Readonly<Record<EdgeRecord['kind'], string>> = {
  MEMBER_OF: 'is a member of',
  HAS_ROLE: 'has the role',
  INHERITS: 'includes the role',
  GRANTS: 'may',
  CONTAINS: 'contains',
  CAN_ASSUME: 'can act as',
  CONTROLS: 'can take over',
  BOUNDED_BY: 'is bounded by',
  OWNS: 'owns',
};

/** What an edge means, as the words between its two ends: `is a member of`, `may read, write on`. */
export function edgeWords(edge: EdgeRecord): string {
  if (edge.kind === 'GRANTS') return grantWords(edge);
  if (edge.kind === 'CAN_ASSUME' && edge.technique === SAME_PERSON) return 'has the account';
  return edge.technique === undefined ? WORDS[edge.kind] : `${WORDS[edge.kind]} (${visible(edge.technique)})`;
}

const MOST_ACTIONS = 8;

function grantWords(edge: EdgeRecord): string {
  const except = edge.exceptActions === undefined ? '' : ` except ${listed(edge.exceptActions)}`;
  return `${edge.effect === 'DENY' ? 'may not' : 'may'} ${listed(edge.actions ?? [])}${except} on`;
}

/** `read, write and 4 more`. @param most how many are named */
export function listed(actions: readonly string[], most = MOST_ACTIONS): string {
  const shown = actions.slice(0, most).map((action) => (action === '*' ? 'do everything' : visible(action)));
  const more = actions.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What limits an edge: its condition, its time, its reach. `CONTAINS` and `BOUNDED_BY` are structure, not limited by conditions. */
export function edgeLimits(edge: EdgeRecord): string[] {
  const limits: string[] = [];
  const structure = edge.kind === 'CONTAINS' || edge.kind === 'BOUNDED_BY';
  if (edge.condition !== undefined && !structure) limits.push(`if ${visible(edge.condition)}`);
  if (edge.validFrom !== undefined) limits.push(`since ${formatInstant(edge.validFrom).slice(0, 10)}`);
  if (edge.validTo !== undefined) limits.push(`until ${shortInstant(edge.validTo)}`);
  if (edge.inherit === false) limits.push('there only');
  return limits;
}
