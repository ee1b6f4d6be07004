import { entityOf } from '../entity-loader.ts';
import type { FindingResolvers, QueryResolvers } from '../generated/resolver-types.ts';
import { given, kindsOf, pageOf } from './arguments.ts';

export const findingQueries: Pick<QueryResolvers, 'findings' | 'finding'> = {
  findings: (_, args, { ask }) => {
    const { minSeverity, dismissed, staleAfterDays } = args;
    const only = { minSeverity: given(minSeverity), dismissed: given(dismissed) };
    const question = { kinds: kindsOf(args.kinds), ...only, staleAfterDays: given(staleAfterDays), ...pageOf(args) };
    return ask((view, signal) => view.analysis.findings({ ...question, signal }));
  },

  finding: async (_, { id }, { ask }) => (await ask((view) => view.analysis.finding(id))) ?? null,
};

export const Finding: FindingResolvers = {
  entities: (finding, _, { entities }) => finding.entities.map((id) => entityOf(entities, id)),
  remedy: (finding) => finding.remedy.map((change) => ({ change })),
};
