/** An explanation for people: the answer, the tree of ways, what denies, what would end it or what would allow it. */
import {
  type AccessExplanation,
  type EdgeRecord,
  type GrantOption,
  MOST_OTHER_RESOURCES,
  type TimeWindow,
} from '../engine/index.ts';
import { shortInstant } from './arguments.ts';
import type { Colour } from './colour.ts';
import { edgeLimits, edgeWords } from './edge-words.ts';
import { type Names, nameOf } from './names.ts';
import { CHOKE, pathTreeLines } from './path-tree.ts';
import { visible } from './visible.ts';

interface Report {
  readonly why: AccessExplanation;
  readonly names: Names;
  readonly colour: Colour;
}

/** Ids of all nodes that a report names. */
export function nodesNamed(why: AccessExplanation): string[] {
  const options = why.grantOptions.flatMap(({ change }) =>
    change.op === 'PUT_EDGE' ? [change.edge.from, change.edge.to] : [],
  );
  const edges = [...why.chokeEdges, ...why.denials].flatMap(({ from, to }) => [from, to]);
  return [why.identity, why.resource, ...why.paths.flatMap(({ nodes }) => nodes), ...edges, ...options];
}

export function whyLines(why: AccessExplanation, names: Names, colour: Colour): string[] {
  const report = { why, names, colour };
  const parts = [answer(report), ways(report), denials(report), ending(report), options(report)];
  return parts.filter((part) => part.length > 0).flatMap((part, place) => (place === 0 ? part : ['', ...part]));
}

const BECAUSE = { ALLOWED: '', CONDITIONAL: '', DENIED: ': it is denied', NONE: ': nothing grants it' } as const;

function answer({ why, names, colour }: Report): string[] {
  const { decision, action } = why;
  const what = `${visible(action)} on ${nameOf(names, why.resource)} by ${nameOf(names, why.identity)}`;
  const head = `${colour.decision(decision)}  ${what}${BECAUSE[decision]}`;
  const conditions = why.conditions.map((condition) => `  ${colour.warn(`if ${visible(condition)}`)}`);
  return [head, ...conditions, ...times(why).map((time) => `  ${colour.warn(time)}`)];
}

const WINDOWS_TOLD = 5;

/** When the decision is so, where it is not always so. */
function times({ validWindows }: AccessExplanation): string[] {
  const told = validWindows.slice(0, WINDOWS_TOLD).map(windowWords);
  const more = validWindows.length - told.length;
  if (more > 0) told.push(`and in ${more} more windows of time`);
  return told.filter((words) => words !== '');
}

function windowWords({ from, to }: TimeWindow): string {
  const ends = [
    ...(from === null ? [] : [`from ${shortInstant(from)}`]),
    ...(to === null ? [] : [`until ${shortInstant(to)}`]),
  ];
  return ends.join(' ');
}

function ways({ why, names, colour }: Report): string[] {
  if (why.paths.length === 0) return [];
  const chokes = new Set(why.chokeEdges.map(({ id }) => id));
  const tree = pathTreeLines({ root: why.identity, paths: why.paths, names, chokes, colour });
  const mark = chokes.size === 0 ? [] : [colour.faint(`${CHOKE} every way goes through this`)];
  return [...tree, ...mark, ...countOfWays(why).map(colour.faint)];
}

function countOfWays({ paths, pathCount, pathCountText, incompleteBecause }: AccessExplanation): string[] {
  if (pathCount !== null && pathCount <= paths.length) return pathCount === 1 ? [] : [`${pathCount} ways.`];
  const all =
    pathCountText === null
      ? `More ways than were counted (${incompleteBecause})`
      : `${BigInt(pathCountText).toLocaleString('en-US')} ways`;
  return [
    `${all}; the ${paths.length === 1 ? 'shortest is' : `${paths.length} shortest are`} shown, --max-paths shows more.`,
  ];
}

function denials({ why, names, colour }: Report): string[] {
  if (why.denials.length === 0) return [];
  const lines = why.denials.map(
    (edge) => `  ${colour.decision('DENIED', '✕')} ${sentence(edge, names)}${evidence(edge, colour)}`,
  );
  return ['Denials in force:', ...lines];
}

/** What an edge means, in words. */
export function sentence(edge: EdgeRecord, names: Names): string {
  const limits = edgeLimits(edge).map((limit) => ` [${limit}]`);
  return `${nameOf(names, edge.from)} ${edgeWords(edge)} ${nameOf(names, edge.to)}${limits.join('')}`;
}

/** Where an edge was read. */
export const evidence = ({ source, evidence }: EdgeRecord, colour: Colour): string =>
  colour.faint(`  (${visible(evidence === undefined ? source : `${source}: ${evidence}`)})`);

function ending({ why, names, colour }: Report): string[] {
  if (why.decision !== 'ALLOWED' && why.decision !== 'CONDITIONAL') return [];
  if (why.chokeEdges.length === 0)
    return ['What would end it: no single change. Its ways share no step, so each has to be cut.'];
  const lines = why.chokeEdges.map((edge) => `  - ${sentence(edge, names)}${evidence(edge, colour)}`);
  return [`What would end it, ${lines.length === 1 ? 'this' : 'any one of these'} taken away:`, ...lines];
}

function options({ why, colour }: Report): string[] {
  if (why.decision === 'ALLOWED') return [];
  const groups = new Map<number, GrantOption[]>();
  for (const one of why.grantOptions) groups.set(one.option, [...(groups.get(one.option) ?? []), one]);
  if (groups.size === 0)
    return [`What would allow it${surely(why)}: no addition alone; a denial or a bound stands in the way.`];
  const lines = [...groups.values()].map((group) => `  + ${together(group)}${besides(group, colour)}`);
  return [`What would allow it${surely(why)}, ${lines.length === 1 ? 'this' : 'any one of these'} added:`, ...lines];
}

const surely = ({ decision }: AccessExplanation): string => (decision === 'CONDITIONAL' ? ' without conditions' : '');

const together = (group: readonly GrantOption[]): string =>
  group.map(({ detail }) => visible(String(detail['summary']))).join(', and ');

function besides([first]: readonly GrantOption[], colour: Colour): string {
  const other = first?.detail['otherResources'];
  if (typeof other !== 'number') return '';
  const many = `${other.toLocaleString('en-US')}${other >= MOST_OTHER_RESOURCES ? ' or more' : ''}`;
  const text = other === 0 ? 'opens nothing else' : `opens ${many} other resources too`;
  return colour.faint(`  (${text})`);
}
