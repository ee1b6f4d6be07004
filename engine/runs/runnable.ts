/** The analyses that can be run, by what they take and what is kept of their answers. */
import { FINDING_KINDS, type FindingKind, type FindingsPage } from '../findings/questions.ts';
import { HUB_RANKINGS, type HubRanking } from '../hubs/questions.ts';
import { GrantlensError, type JsonValue, REACHES, type Reach } from '../model/index.ts';
import { OUTLIER_METHODS } from '../peers/outlier-check.ts';
import type { OutliersQuestion, RoleClustersQuestion } from '../peers/questions.ts';
import type { RunnableAnalysis } from './analysis.ts';
import { canonicalJson } from './canonical.ts';
import type { Parameters, RunItem } from './questions.ts';

/** How a parameter is checked: its value when it is left out, and what is wrong with one that is given. */
interface Parameter {
  readonly fallback: () => JsonValue;
  readonly wrong: (value: JsonValue) => string | undefined;
}

const between = (least: number, most: number, fallback: number): Parameter => ({
  fallback: () => fallback,
  wrong: (value) =>
    typeof value === 'number' && value >= least && value <= most ? undefined : `must be from ${least} to ${most}`,
});

const whole = (least: number, most: number, fallback: number): Parameter => ({
  fallback: () => fallback,
  wrong: (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`,
});

const oneOf = (allowed: readonly string[], fallback: string): Parameter => ({
  fallback: () => fallback,
  wrong: (value) => (allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`),
});

const someOf = (allowed: readonly string[]): Parameter => ({
  fallback: () => [...allowed],
  wrong: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => allowed.includes(one as string))
      ? undefined
      : `must be a list of ${allowed.join(', ')}`,
});

/** Null where it is left out: the analysis then chooses. */
const orNone = ({ wrong }: Parameter): Parameter => ({
  fallback: () => null,
  wrong: (value) => (value === null ? undefined : wrong(value)),
});

/** Milliseconds since 1970. */
const instant: Parameter = {
  fallback: () => Date.now(),
  wrong: (value) => (Number.isFinite(value) ? undefined : 'must be an instant: milliseconds since 1970'),
};

const checkedBy =
  (known: Readonly<Record<string, Parameter>>) =>
  (parameters: Parameters): Parameters => {
    for (const name of Object.keys(parameters))
      if (!(name in known))
        throw invalid(name, `there is no parameter ${name}; known are ${Object.keys(known).join(', ')}`);
    return Object.fromEntries(
      Object.entries(known).map(([name, { fallback, wrong }]) => {
        const value = parameters[name] ?? fallback();
        const because = wrong(value);
        if (because !== undefined) throw invalid(name, `${name} ${because}, is ${JSON.stringify(value)}`);
        return [name, value];
      }),
    );
  };

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });

const privilegeHubs: RunnableAnalysis = {
  analysis: 'PRIVILEGE_HUBS',
  checked: checkedBy({
    at: instant,
    reach: oneOf(REACHES, 'ASSUMABLE'),
    minSensitivity: between(0, 1, 0),
    rankBy: oneOf(HUB_RANKINGS, 'IMPACT'),
    first: whole(1, 1_000, 100),
  }),
  async run(view, parameters, waiting) {
    const { at, minSensitivity, first } = parameters as { at: number; minSensitivity: number; first: number };
    const named = { reach: parameters['reach'] as Reach, rankBy: parameters['rankBy'] as HubRanking };
    const answer = await view.analysis.privilegeHubs({ at, minSensitivity, first, ...named, ...waiting });
    const { hubs, edges, hubCount, edgeCount, pairs, weight, sensitivity } = answer;
    return {
      summary: { hubCount, edgeCount, pairs, weight, sensitivity: plain(sensitivity) },
      items: [
        ...hubs.map((hub): RunItem => ({ key: `node ${hub.id}`, ...(plain(hub) as Parameters) })),
        ...edges.map(({ edge, ...lost }): RunItem => {
          const { id, kind, from, to } = edge;
          return { key: `edge ${id}`, edge: { id, kind, from, to }, ...(plain(lost) as Parameters) };
        }),
      ],
      model: {
        name: 'sensitivity',
        kind: 'RISK',
        trainedAtVersion: answer.version,
        hyperParameters: Object.fromEntries(sensitivity.rulesUsed.map(({ name, weight }) => [name, weight])),
        evaluation: { resources: sensitivity.resources, pairs, weight },
        features: [],
      },
    };
  },
};

/** Findings that are asked for at a time. */
const AT_A_TIME = 5_000;

const findings: RunnableAnalysis = {
  analysis: 'FINDINGS',
  checked: checkedBy({
    at: instant,
    kinds: someOf(FINDING_KINDS),
    minSeverity: between(0, 1, 0),
    staleAfterDays: whole(1, 3_650, 90),
  }),
  async run(view, parameters, waiting) {
    const { at, minSeverity, staleAfterDays } = parameters as Readonly<Record<string, number>>;
    const asked = { at, minSeverity, staleAfterDays, kinds: parameters['kinds'] as readonly FindingKind[] };
    const items: RunItem[] = [];
    const counts = new Map<string, number>();
    let page: FindingsPage | undefined;
    do {
      const after = page?.cursors.at(-1);
      page = await view.analysis.findings({ ...asked, ...waiting, first: AT_A_TIME, after });
      for (const { id, kind, severity, title, entities, edges } of page.items) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        items.push({ key: id, kind, severity, title, entities, edges: edges.map((edge) => edge.id) });
      }
    } while (page.hasNextPage);
    return { summary: { counts: Object.fromEntries(counts), notes: page.notes }, items };
  },
};

const ofPeers = {
  at: instant,
  reach: oneOf(REACHES, 'ENTITLED'),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1),
};

const roleClusters: RunnableAnalysis = {
  analysis: 'ROLE_CLUSTERS',
  checked: checkedBy({ ...ofPeers, resolution: orNone(between(1e-3, 1_000, 1)), runs: whole(1, 50, 10) }),
  async run(view, { resolution, ...parameters }, waiting) {
    const question = { ...parameters, ...(resolution !== null && { resolution }), ...waiting } as RoleClustersQuestion;
    const { clusters, version: _, ...summary } = await view.analysis.roleClusters(question);
    return {
      summary: plain(summary) as Parameters,
      items: clusters.map((cluster): RunItem => ({ key: cluster.id, ...(plain(cluster) as Parameters) })),
      model: await view.analysis.clustersModel(question),
    };
  },
};

const outliers: RunnableAnalysis = {
  analysis: 'OUTLIERS',
  checked: checkedBy({ ...ofPeers, first: whole(0, 1_000, 1_000), method: orNone(oneOf(OUTLIER_METHODS, 'EASE')) }),
  async run(view, { method, ...parameters }, waiting) {
    const question = { ...parameters, ...(method !== null && { method }), ...waiting } as OutliersQuestion;
    const { outliers: found, version: _, ...summary } = await view.analysis.outliers(question);
    return {
      summary: plain(summary) as Parameters,
      items: found.map(
        (one): RunItem => ({
          key: `${one.identity} ${canonicalJson(plain(one.entitlement))}`,
          ...(plain(one) as Parameters),
        }),
      ),
      model: await view.analysis.outlierModel(question),
    };
  },
};

/** The value as JSON has it: without what is undefined. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

export const RUNNABLE: readonly RunnableAnalysis[] = [privilegeHubs, findings, roleClusters, outliers];
