/** A path in plain English. */
import { type Decision, type EdgeRecord, formatInstant, SAME_PERSON } from '../model/index.ts';

/** One sentence for one path: who, then each step as a clause, then what stands in the way. */
export function sentenceOf(edges: readonly EdgeRecord[], nameOf: (id: string) => string, decision: Decision): string {
  const clauses = edges.map((edge, i) => `${joint(edges, i)}${clause(edge, nameOf)}${remarks(edge)}`);
  const start = edges.length === 0 ? '' : nameOf(edges[0]!.from);
  return `${start} ${clauses.join('')}.${ending(decision)}`;
}

function joint(edges: readonly EdgeRecord[], i: number): string {
  if (i === 0) return '';
  return edges[i]!.kind === 'CONTAINS' || edges[i - 1]!.kind !== 'CONTAINS' ? ', which ' : ', ';
}

function clause(edge: EdgeRecord, nameOf: (id: string) => string): string {
  const to = nameOf(edge.to);
  switch (edge.kind) {
    case 'MEMBER_OF':
      return `is a member of ${to}`;
    case 'HAS_ROLE':
      return `has the role ${to}`;
    case 'INHERITS':
      return `inherits the role ${to}`;
    case 'GRANTS':
      return `is granted ${listed(edge.actions ?? [])}${excepted(edge)} on ${to}`;
    case 'CONTAINS':
      return `contains ${to}`;
    case 'CAN_ASSUME':
      return edge.technique === SAME_PERSON ? `has the account ${to}` : `can act as ${to}${by(edge)}`;
    case 'CONTROLS':
      return `can take over ${to}${by(edge)}`;
    case 'BOUNDED_BY':
      return `is bounded by ${to}`;
    case 'OWNS':
      return `owns ${to}`;
  }
}

const MOST_ACTIONS = 5;

function listed(actions: readonly string[]): string {
  const shown = actions.slice(0, MOST_ACTIONS).map((action) => (action === '*' ? 'every action' : action));
  const more = actions.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more actions`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

function excepted(edge: EdgeRecord): string {
  return edge.exceptActions === undefined ? '' : ` except ${listed(edge.exceptActions)}`;
}

function by(edge: EdgeRecord): string {
  return edge.technique === undefined ? '' : ` by ${edge.technique}`;
}

function remarks(edge: EdgeRecord): string {
  const said: string[] = [];
  if (edge.condition !== undefined && edge.kind !== 'CONTAINS') said.push(`if ${edge.condition}`);
  if (edge.validFrom !== undefined) said.push(`from ${formatInstant(edge.validFrom)}`);
  if (edge.validTo !== undefined) said.push(`until ${formatInstant(edge.validTo)}`);
  if (edge.inherit === false) said.push('there only');
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

function ending(decision: Decision): string {
  if (decision === 'DENIED') return ' A denial or a bound in force closes this way.';
  return decision === 'CONDITIONAL' ? ' Whether it holds depends on conditions that are not evaluated.' : '';
}
