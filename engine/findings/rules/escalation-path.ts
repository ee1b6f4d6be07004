/** Ways from ordinary access to what is sensitive, over accounts, groups and machines that can be taken over. */
import { Question } from '../../access/decide.ts';
import { makeFrame } from '../../access/frame.ts';
import { whoCan } from '../../access/who.ts';
import { withOwnWorkspace } from '../../access/workspace.ts';
import { isAnythingKnown } from '../../sensitivity/sensitivity-table.ts';
import { GRANT, type Snapshot, TAKE, TAKEOVER } from '../../snapshot/snapshot.ts';
import { FirstSteps, type Opened } from '../escalation/first-steps.ts';
import { isHeldByVendorsAlone } from '../escalation/held-by-vendors.ts';
import { whoStandsBehind } from '../escalation/who-stands-behind.ts';
import type { FindingGround, FindingRule, Found, Words } from '../rule.ts';
import { UNDER_CONDITION } from '../severity.ts';
import { isVendorsEdge } from '../vendors-own.ts';

/** Share of the weight that a step counts which one identity can take, and by how much more for each ten times as many. */
const BY_ONE = 0.7;
const FOR_TEN_TIMES = 0.075;
/** What a vendor gives to what it manages is as it was meant to be, and not the estate's to change: it comes after what the estate gave. */
const OF_VENDORS = 0.5;

export const escalationPath: FindingRule = {
  kind: 'ESCALATION_PATH',
  looksFor:
    'a take-over (CONTROLS) that somebody can begin with what they have by design, and that leads to something sensitive which they do not have by design',
  severityIs:
    'the greatest weight that it opens × (0.7 + 0.075 × log10 of how many identities it opens that to), 1 × the weight at most; three quarters of that where it opens under a condition only, half where a vendor manages whoever can take over and all users and service accounts that have it',
  remedyIs: 'remove the CONTROLS edge; none where it is that of what a vendor manages',
  remedyEffect: 'ACCESS_ENDS',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at, sensitivity } = ground;
    if (sensitivity === undefined || !isAnythingKnown(sensitivity)) return [];
    const found: Found[] = [];
    await withOwnWorkspace(snapshot, async (work) => {
      const steps = await FirstSteps.at(snapshot, at, sensitivity, work, pace);
      const takeOvers = [...takeOversOf(snapshot)];
      for (const [done, step] of takeOvers.entries()) {
        if (pace.isDue()) await pace.rest();
        pace.progress('ESCALATION_PATH', done, takeOvers.length);
        const opened = await steps.opened(step, pace);
        if (opened !== undefined) found.push(foundOf(ground, step, opened));
      }
    });
    return found;
  },

  notes({ sensitivity }) {
    return sensitivity !== undefined && isAnythingKnown(sensitivity)
      ? []
      : ['No sensitivity of anything is known, so no way can be said to lead to what is sensitive.'];
  },

  accesses({ values }, { snapshot, at }, work) {
    const [action, resource] = [values['action'] as string, values['resourceNode'] as number];
    const [byDesign, escalated] = (['ASSUMABLE', 'ESCALATION'] as const).map((reach) => {
      const frame = makeFrame(snapshot, reach, at);
      return new Set(whoCan(new Question(frame, work, snapshot.terms.matcher(action), resource)).nodes);
    });
    const behind = whoStandsBehind(makeFrame(snapshot, 'ASSUMABLE', at), [values['fromNode'] as number]);
    const identities = behind.identities.filter((identity) => escalated!.has(identity) && !byDesign!.has(identity));
    return identities.length === 0 ? [] : [{ reach: 'ESCALATION', action, identities, resources: [resource] }];
  },

  tell({ edges, values, remedy }, words) {
    const [from, to] = [words.node(values['fromNode'] as number), words.node(values['toNode'] as number)];
    const target = words.node(values['resourceNode'] as number);
    const identities = values['identities'] as number;
    const { technique } = words.edge(edges[0]!);
    return {
      title: `${from} can take over ${to} and so come to ${target}`,
      rationale:
        `${from} can take over ${to}${technique === undefined ? '' : ` (${technique})`}. ` +
        `That leads${values['conditional'] === 1 ? ', under a condition,' : ''} to ${values['shown']} on ${target}, of weight ${values['weight']}: ${chainText(edges, words)}. ` +
        `${identities === 1 ? 'One identity' : `${identities} identities`} can begin so and ${identities === 1 ? 'does' : 'do'} not have it by design.${remedy.length > 0 ? '' : ` A vendor manages ${from}: take it from those who need not have it.`}`,
    };
  },
};

/** By principal, those of principals before those of resources. */
function* takeOversOf({ adjacency, flags, nodeSpace }: Snapshot): Iterable<number> {
  for (let node = 0; node < nodeSpace; node++)
    for (const edgeClass of [TAKE, GRANT])
      for (const edge of adjacency[edgeClass]!.out.of(node)) if ((flags[edge]! & TAKEOVER) !== 0) yield edge;
}

function foundOf(ground: FindingGround, step: number, opened: Opened): Found {
  const { source, target } = ground.snapshot;
  const { resource, weight, action, shown, identities, edges, isConditional } = opened;
  const [from, to] = [source[step]!, target[step]!];
  const isVendors = isHeldByVendorsAlone(ground, makeFrame(ground.snapshot, 'ASSUMABLE', ground.at), from);
  return {
    severity:
      weight *
      Math.min(1, BY_ONE + FOR_TEN_TIMES * Math.log10(identities)) *
      (isConditional ? UNDER_CONDITION : 1) *
      (isVendors ? OF_VENDORS : 1),
    nodes: [...new Set([from, to, resource])],
    edges,
    key: { nodes: [], edges: [step] },
    remedy: isVendorsEdge(ground, step) ? [] : [{ op: 'REMOVE_EDGE', edge: step }],
    values: {
      fromNode: from,
      toNode: to,
      resourceNode: resource,
      weight,
      action,
      shown,
      identities,
      conditional: isConditional ? 1 : 0,
    },
  };
}

function chainText(chain: readonly number[], words: Words): string {
  const steps = chain.map((edge) => {
    const { kind, from, to } = words.edge(edge);
    return `${from} ${kind} ${to}`;
  });
  return steps.join(', ');
}
