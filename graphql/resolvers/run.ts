import type { Parameters } from '../../engine/index.ts';
import { apiError } from '../errors.ts';
import type {
  InputMaybe,
  MutationResolvers,
  QueryResolvers,
  RunDiffResolvers,
  RunResolvers,
} from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';
import { given } from './arguments.ts';
import { planMutations } from './plan.ts';

const DEFAULT_FIRST = 100;

export const runQueries: Pick<QueryResolvers, 'runs' | 'run' | 'runDiff'> = {
  runs: (_, { analysis, first }, { kept }) => kept.runs.list({ analysis: given(analysis), first: given(first) }),
  run: (_, { id }, { kept }) => kept.runs.get(id),
  runDiff: (_, { from, to, first }, { kept }) => kept.runs.diff(from, to, given(first) ?? DEFAULT_FIRST),
};

export const Mutation: MutationResolvers = {
  ...planMutations,
  runAnalysis: (_, { analysis, parameters, deadline }, { kept }) =>
    kept.runs.start({ analysis, parameters: parametersOf(parameters), deadline: given(deadline) }),
  cancelRun: (_, { id }, { kept }) => kept.runs.cancel(id),
  dismissFinding: (_, { id, reason, until }, { kept }) => kept.dismissFinding(id, reason, until ?? null),
  async restoreFinding(_, { id }, { kept }) {
    await kept.restoreFinding(id);
    return id;
  },
};

function parametersOf(parameters: InputMaybe<unknown> | undefined): Parameters | undefined {
  if (parameters === undefined || parameters === null) return undefined;
  if (typeof parameters === 'object' && !Array.isArray(parameters)) return parameters as Parameters;
  throw apiError('BAD_USER_INPUT', 'parameters must be an object.');
}

export const Run: RunResolvers = {
  itemCount: ({ itemCount }) => (itemCount === null ? null : countOf(itemCount)),
  async items({ id, state }, { from, first }, { kept }) {
    if (state !== 'DONE') return [];
    return (await kept.runs.items(id, given(from) ?? 0, given(first) ?? DEFAULT_FIRST)).items;
  },
};

export const RunDiff: RunDiffResolvers = {
  addedCount: ({ addedCount }) => countOf(addedCount),
  removedCount: ({ removedCount }) => countOf(removedCount),
  changedCount: ({ changedCount }) => countOf(changedCount),
};
