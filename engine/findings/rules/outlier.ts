/** Holdings that nothing else their holders have explains. */
import { type Frame, makeFrame } from '../../access/frame.ts';
import type { HeldEntitlement } from '../../peers/cluster-holdings.ts';
import type { Reason } from '../../peers/outlier-reasons.ts';
import { type FoundOutliers, findOutliers, type Outlier } from '../../peers/outliers.ts';
import { entitlementKey, heldOnlyThrough, wayToHolding } from '../../peers/ways-to-holdings.ts';
import { counted } from '../counted.ts';
import { mayLiftDenial } from '../lifts-denial.ts';
import type { FindingRule, Found, RemedyStep, Words } from '../rule.ts';

/** A holding is told when at least this share of those with its score is wrong, where one in a hundred is. */
const LEAST_CHANCE = 0.2;
const MOST_TOLD = 1_000;

export const outlier: FindingRule = {
  kind: 'OUTLIER',
  looksFor:
    'an entitlement that nothing else its holder has explains: its score, worked out without it, is one at which a fifth or more of all holdings are wrong, if one in a hundred is; a trial with wrong holdings put into this very graph says so',
  severityIs: '0.8 × that share',
  remedyIs:
    'remove the edge of its own that the identity has it by, where nothing but what is told here goes with it; else none',
  remedyEffect: 'ACCESS_ENDS',
  needs: [],

  async find({ snapshot, at }, pace, note) {
    const found = await findOutliers([snapshot], { at, first: MOST_TOLD }, pace);
    for (const sentence of silences(found)) note(sentence);
    if (!found.calibrated || !found.isTelling) return [];
    const frame = makeFrame(snapshot, 'ENTITLED', at);
    const told = found.outliers.filter(({ chance }) => chance! >= LEAST_CHANCE);
    const keys = keysByIdentity(frame, told);
    const check = found.checks.find(({ method }) => method === found.method)!;
    const findings: Found[] = [];
    for (const one of told) {
      if (pace.isDue()) await pace.rest();
      const way = wayToHolding(frame, one.identity, one.entitlement);
      if (way === undefined) continue;
      const remedy = remedyOf(frame, one, way[0]!, keys.get(one.identity)!);
      findings.push(foundOf(frame, one, { way, remedy, auc: check.auc, method: found.method }));
    }
    return findings;
  },

  tell({ values, edges, remedy, nodes }, words) {
    const [identity, resource] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const share = Math.round(100 * (values['chance'] as number));
    const together = (values['together'] as number) - 1;
    return {
      title: `${identity} holds ${values['what']} on ${resource}, which nothing else they hold explains`,
      rationale: [
        ...reasonText(values, 'against', resource, words),
        ...reasonText(values, 'missing', resource, words),
        `Of holdings with this score ${share} % are wrong, if one in a hundred is; ` +
          `in the trial on this graph ${values['method'] === 'EASE' ? 'EASE' : 'RP3β'} told wrong holdings from the others with an AUC of ${values['auc']}.`,
        ...(together > 0
          ? [`The same people hold ${counted(together, 'entitlement')} more that stand out alike.`]
          : []),
        ...(remedy.length > 0 ? [] : [elsewhere(edges, words)]),
      ].join(' '),
    };
  },
};

function silences({ calibrated, isTelling, checks, method, judged, undecided }: FoundOutliers): readonly string[] {
  const auc = checks.find((one) => one.method === method)?.auc;
  return [
    ...(calibrated ? [] : ['There are too few holdings to judge any by the others, so no outlier is told.']),
    ...(calibrated && !isTelling
      ? [
          `Wrong holdings that were put into the graph could not be told from the others (AUC ${auc?.toFixed(2)}), so no outlier is told.`,
        ]
      : []),
    ...(undecided > 0 && judged > 0
      ? [
          `Of ${judged + undecided} holdings ${undecided} have too little evidence to be judged: their holders have fewer than three, or fewer than five others hold the like.`,
        ]
      : []),
  ];
}

function keysByIdentity(frame: Frame, told: readonly Outlier[]): ReadonlyMap<number, ReadonlySet<string>> {
  const keys = new Map<number, Set<string>>();
  for (const { identity, entitlement, alike } of told) {
    const known = keys.get(identity) ?? new Set();
    for (const one of [entitlement, ...alike]) known.add(entitlementKey(frame, one));
    keys.set(identity, known);
  }
  return keys;
}

/** The first edge of the way, where it is the only way, and carries nothing that is not told as well. */
function remedyOf(frame: Frame, one: Outlier, edge: number, told: ReadonlySet<string>): readonly RemedyStep[] {
  const lost = heldOnlyThrough(frame, one.identity, edge);
  const isAlone = [...lost].every((key) => told.has(key));
  if (!lost.has(entitlementKey(frame, one.entitlement)) || !isAlone || mayLiftDenial(frame.snapshot, edge)) return [];
  return [{ op: 'REMOVE_EDGE', edge }];
}

interface Shown {
  readonly way: readonly number[];
  readonly remedy: readonly RemedyStep[];
  readonly auc: number;
  readonly method: string;
}

function foundOf(frame: Frame, one: Outlier, { way, remedy, auc, method }: Shown): Found {
  const { identity, entitlement, chance, together, speakAgainst, missing } = one;
  return {
    severity: 0.8 * chance!,
    nodes: [identity, entitlement.resource],
    edges: way,
    key: { nodes: [identity], edges: [], names: [entitlementKey(frame, entitlement)] },
    remedy,
    values: {
      what: whatOf(frame, entitlement),
      chance: chance!,
      together,
      method,
      auc: Math.round(auc * 1_000) / 1_000,
      ...reasonValues(frame, 'against', speakAgainst[0]),
      ...reasonValues(frame, 'missing', missing[0]),
    },
  };
}

/** `read and 2 more`, `everything`. */
function whatOf({ snapshot }: Frame, { terms }: HeldEntitlement): string {
  const [first, ...others] = snapshot.terms.all[terms]!.actions;
  if (first === '*') return 'everything';
  return others.length === 0 ? first! : `${first} and ${others.length} more`;
}

function reasonValues(frame: Frame, name: string, reason: Reason | undefined): Found['values'] {
  if (reason === undefined) return {};
  const { entitlement, holders, alsoHold } = reason;
  return {
    [`${name}What`]: whatOf(frame, entitlement),
    [`${name}Node`]: entitlement.resource,
    [`${name}Holders`]: holders,
    [`${name}Also`]: alsoHold,
  };
}

function reasonText(values: Found['values'], name: 'against' | 'missing', resource: string, words: Words) {
  const node = values[`${name}Node`] as number | undefined;
  if (node === undefined) return [];
  const [holders, also] = [values[`${name}Holders`], values[`${name}Also`]];
  const other = `${values[`${name}What`]} on ${words.node(node)}`;
  if (name === 'against')
    return [`They hold ${other}; of ${holders} others who do, ${also} hold ${values['what']} on ${resource} too.`];
  return [`Of ${holders} others who hold it, ${also} hold ${other}, and they do not.`];
}

function elsewhere(edges: readonly number[], words: Words): string {
  const { kind, to } = words.edge(edges[0]!);
  return `It comes by ${kind} ${to}, with more that does not stand out or by another way too: whether that edge goes, or what is granted behind it, is for a person to say.`;
}
