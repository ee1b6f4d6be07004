/** Duties that must be kept apart and are in one hand. The rules come from a file: docs/separation-of-duties.md. */
import { type Frame, makeFrame } from '../../access/frame.ts';
import { type Workspace, withOwnWorkspace } from '../../access/workspace.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { CONDITIONAL_EDGE } from '../../snapshot/snapshot.ts';
import { cheapest, endingOf, windowOfEdges } from '../duties/ending-duty.ts';
import { holdersOf, wayOfDuty } from '../duties/held-duties.ts';
import type { ResolvedDuty, ResolvedSodRule } from '../duties/sod-rule.ts';
import type { FindingRule, Found, Words } from '../rule.ts';
import { UNDER_CONDITION } from '../severity.ts';
import { edgesOfWay, type ShownWay } from '../shown-way.ts';
import { isVendorsEdge } from '../vendors-own.ts';

export const sodViolation: FindingRule = {
  kind: 'SOD_VIOLATION',
  looksFor: 'a person or program that has something of both sides of a rule about duties to be kept apart',
  severityIs:
    'that of the rule, 0.8 where it tells none; three quarters of it where a way that is shown holds under a condition only',
  remedyIs:
    'end one side: of the edges that do, those that concern the fewest others; none where that would lift a denial on either side',
  remedyEffect: 'ACCESS_ENDS',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at, sod = [] } = ground;
    const mayCut = (edge: number): boolean => !isVendorsEdge(ground, edge);
    const found: Found[] = [];
    await withOwnWorkspace(snapshot, async (work) => {
      for (const [done, rule] of sod.entries()) {
        pace.progress('SOD_VIOLATION', done, sod.length);
        const frame = makeFrame(snapshot, rule.reach, at);
        for (const [identity, left, right] of await holdersOfBoth(frame, work, rule, pace)) {
          if (pace.isDue()) await pace.rest();
          found.push(violation({ frame, work, mayCut }, rule, identity, [left, right]));
        }
      }
    });
    return found;
  },

  notes({ sod = [] }) {
    return sod.length > 0 ? [] : ['No duties that must be kept apart are named, so nobody can be said to hold both.'];
  },

  accesses({ nodes, values }) {
    return ['left', 'right'].flatMap((side) => {
      const resources = values[`${side}Resources`] as readonly number[];
      if (resources.length === 0) return [];
      const reach = values['reach'] as ResolvedSodRule['reach'];
      return [{ reach, action: values[`${side}Asked`] as string, identities: [nodes[0]!], resources }];
    });
  },

  tell({ nodes, edges, values, remedy }, words) {
    const who = words.node(nodes[0]!);
    const sides = ['left', 'right'].map((side) => dutyText(values, side, words));
    const split = values['leftEdges'] as number;
    const ways = [edges.slice(0, split), edges.slice(split)].map((way) => wayText(way, words));
    const because = values['because'] === '' ? '' : ` ${values['because']}`;
    return {
      title: `${who} has ${sides[0]} and ${sides[1]}`,
      rationale:
        `The rule “${values['rule']}” keeps them apart.${because} ` +
        `One is had by ${ways[0]}; the other by ${ways[1]}. ${heldText(values, words)} ` +
        (remedy.length > 0
          ? 'The remedy ends one of them.'
          : 'No edge that is yours to change ends either without also lifting a denial; decide which of the two is to go.'),
    };
  },
};

type Held = readonly [identity: number, left: readonly ResolvedDuty[], right: readonly ResolvedDuty[]];

/**
 * Who has something of both sides, and what; in the order of node numbers. Duties are asked twice, so that what is held in
 * between grows with those who have both, not with all who have something.
 */
async function holdersOfBoth(
  frame: Frame,
  work: Workspace,
  { left, right }: ResolvedSodRule,
  pace: Pace,
): Promise<readonly Held[]> {
  const onLeft = await holdersOfAny(frame, work, left, undefined, pace);
  const onBoth = await holdersOfAny(frame, work, right, onLeft, pace);
  const held = new Map([...onBoth].sort((a, b) => a - b).map((identity) => [identity, [[], []] as ResolvedDuty[][]]));
  if (held.size === 0) return [];
  for (const [side, duties] of [left, right].entries()) {
    for (const duty of duties) {
      if (pace.isDue()) await pace.rest();
      for (const identity of holdersOf(frame, work, duty)) held.get(identity)?.[side]?.push(duty);
    }
  }
  return [...held].map(([identity, [ofLeft, ofRight]]) => [identity, ofLeft!, ofRight!]);
}

/** @param among nobody else is looked for; everybody when undefined */
async function holdersOfAny(
  frame: Frame,
  work: Workspace,
  duties: readonly ResolvedDuty[],
  among: ReadonlySet<number> | undefined,
  pace: Pace,
): Promise<ReadonlySet<number>> {
  const holders = new Set<number>();
  if (among?.size === 0) return holders;
  for (const duty of duties) {
    if (pace.isDue()) await pace.rest();
    for (const identity of holdersOf(frame, work, duty)) if (among?.has(identity) ?? true) holders.add(identity);
  }
  return holders;
}

interface Judging {
  readonly frame: Frame;
  readonly work: Workspace;
  readonly mayCut: (edge: number) => boolean;
}

function violation(
  { frame, work, mayCut }: Judging,
  rule: ResolvedSodRule,
  identity: number,
  sides: readonly (readonly ResolvedDuty[])[],
): Found {
  const [left, right] = sides.map((side) => shortest(frame, work, identity, side));
  const [leftEdges, rightEdges] = [edgesOfWay(left!.way), edgesOfWay(right!.way)];
  const edges = [...leftEdges, ...rightEdges];
  const ending = cheapest(sides.map((side) => endingOf(frame, work, identity, side, mayCut)));
  const isConditional = edges.some((edge) => (frame.snapshot.flags[edge]! & CONDITIONAL_EDGE) !== 0);
  return {
    severity: rule.severity * (isConditional ? UNDER_CONDITION : 1),
    nodes: [...new Set([identity, left!.duty.node, right!.duty.node])],
    edges,
    key: { nodes: [identity], edges: [], names: [rule.name] },
    remedy: ending === undefined ? [] : ending.edges.map((edge) => ({ op: 'REMOVE_EDGE', edge })),
    values: {
      rule: rule.name,
      because: rule.because ?? '',
      leftEdges: leftEdges.length,
      leftNode: left!.duty.node,
      leftAction: left!.duty.shown ?? '',
      rightNode: right!.duty.node,
      rightAction: right!.duty.shown ?? '',
      reach: rule.reach,
      ...askedOf('left', sides[0]!),
      ...askedOf('right', sides[1]!),
      ...windowOfEdges(frame, edges),
    },
  };
}

/** All that is held of a side, where that is one action on resources: what to ask for so that the side ends. */
function askedOf(side: 'left' | 'right', duties: readonly ResolvedDuty[]): Found['values'] {
  const actions = new Set(duties.map(({ action }) => action));
  const [action] = actions;
  const isOne = actions.size === 1 && action !== undefined;
  return {
    [`${side}Asked`]: isOne ? action : '',
    [`${side}Resources`]: isOne ? [...new Set(duties.map(({ node }) => node))] : [],
  };
}

function shortest(
  frame: Frame,
  work: Workspace,
  identity: number,
  side: readonly ResolvedDuty[],
): { readonly duty: ResolvedDuty; readonly way: ShownWay } {
  const ways = side.flatMap((duty) => {
    const way = wayOfDuty(frame, work, identity, duty);
    return way === undefined ? [] : [{ duty, way }];
  });
  return ways.reduce((best, each) => (edgesOfWay(each.way).length < edgesOfWay(best.way).length ? each : best));
}

function dutyText(values: Found['values'], side: string, words: Words): string {
  const [node, action] = [words.node(values[`${side}Node`] as number), values[`${side}Action`]];
  return action === '' ? node : `${action} on ${node}`;
}

function wayText(way: readonly number[], words: Words): string {
  const steps = way.map((edge) => {
    const { kind, from, to } = words.edge(edge);
    return `${from} ${kind} ${to}`;
  });
  return steps.join(', ');
}

function heldText(values: Found['values'], words: Words): string {
  const [from, to] = [values['from'] as number, values['to'] as number];
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return 'Neither way ends by itself.';
  const since = from === Number.NEGATIVE_INFINITY ? '' : ` from ${words.day(from)}`;
  const until = to === Number.POSITIVE_INFINITY ? '' : ` until ${words.day(to)}`;
  return `Both ways are there together${since}${until}.`;
}
