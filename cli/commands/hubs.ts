import { type Command, Option } from 'commander';
import { HUB_RANKINGS, type HubRanking, type HubsAnswer, NODE_KINDS, type NodeKind } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { type RuleOptions, rulesOf, withSensitivity } from '../analysis-rules.ts';
import { kindOf, shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { edgeWords } from '../edge-words.ts';
import { type Names, nameOf, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { edgeJson, entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends ScopeOptions, RuleOptions {
  readonly minSensitivity?: number;
  readonly kind?: readonly NodeKind[];
  readonly by?: string;
  readonly limit: number;
}

/** What can be assigned, and to whom. What contains resources is told when it is asked for. */
const PRINCIPALS: readonly NodeKind[] = ['User', 'ServiceAccount', 'Group', 'Role'];

export const hubs = (): Command =>
  withSensitivity(
    withScope(
      command({
        name: 'hubs',
        summary: 'Find the nodes through which most sensitive access flows, and the edges that hold most of it.',
        examples: [
          ['hubs', 'what would end most sensitive access if it went'],
          ['hubs --by exposure --kind group', 'the groups that most sensitive access goes through'],
          ['hubs --reach ESCALATION --min-sensitivity 0.9', 'with take-overs, to what is most sensitive'],
        ],
      }),
    ),
  )
    .option('--min-sensitivity <share>', 'what counts as sensitive, from 0 to 1 (default: anything above 0)', shareOf)
    .addOption(
      new Option(
        '--kind <kind>',
        `${NODE_KINDS.join(', ')}; may be given several times (default: all but Resource)`,
      ).argParser((text: string, before: readonly NodeKind[] | undefined) => [...(before ?? []), kindOf(text)]),
    )
    .addOption(
      new Option('--by <ranking>', 'what they are ranked by')
        .choices(HUB_RANKINGS.map((by) => by.toLowerCase()))
        .default('impact'),
    )
    .option('--limit <count>', 'at most so many of each', wholeNumber(1, 1_000), 20)
    .action(action(run));

async function run(session: Session, options: Options): Promise<number> {
  const { version, minSensitivity, kind: kinds = PRINCIPALS, by, limit: first } = options;
  const rankBy = by?.toUpperCase() as HubRanking | undefined;
  const question = { minSensitivity, kinds, rankBy, first, ...scopeOf(options) };
  const asking = { ...session, rules: await rulesOf(options) };
  await withView(
    asking,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const answer = await view.analysis.privilegeHubs({ ...question, onProgress, signal }).finally(end);
      const ends = answer.edges.flatMap(({ edge }) => [edge.from, edge.to]);
      const names = await namesOf(view, [...answer.hubs.map(({ id }) => id), ...ends]);
      if (session.json) return session.terminal.json(shapeOf(answer, names));
      await tell(session, answer, names);
    },
    version === undefined ? {} : { version },
  );
  return DONE;
}

const shapeOf = ({ hubs, edges, ...answer }: HubsAnswer, names: Names) => ({
  ...answer,
  hubs: hubs.map(({ id, kind: _, ...measures }) => ({ entity: entityJson(names.get(id)!), ...measures })),
  edges: edges.map(({ edge, ...lost }) => ({ edge: edgeJson(edge, names), ...lost })),
});

async function tell({ terminal }: Session, answer: HubsAnswer, names: Names): Promise<void> {
  const { sensitivity } = answer;
  if (sensitivity.because !== undefined) {
    terminal.note(`No hubs: ${sensitivity.because}.`);
    return;
  }
  const number = { align: 'right' } as const;
  await terminal.table(
    [
      { title: 'RANK', ...number },
      { title: 'ENDS', ...number },
      { title: 'GOES THROUGH', ...number },
      { title: 'ELSEWHERE TOO', ...number },
      { title: 'IDENTITIES', ...number },
      { title: 'RESOURCES', ...number },
      { title: 'KIND' },
      { title: 'ID' },
      { title: 'NAME' },
    ],
    answer.hubs.map((hub) => [
      String(hub.rank),
      count(hub.exclusivePairs),
      count(hub.exposure),
      `${Math.round(100 * hub.redundancy)} %`,
      count(hub.identities),
      count(hub.resources),
      hub.kind,
      hub.id,
      nameOf(names, hub.id),
    ]),
  );
  terminal.note('');
  await terminal.table(
    [{ title: 'RANK', ...number }, { title: 'ENDS', ...number }, { title: 'EDGE' }],
    answer.edges.map(({ edge, exclusivePairs, rank }) => [
      String(rank),
      count(exclusivePairs),
      `${nameOf(names, edge.from)} (${edge.from}) ${edgeWords(edge)} ${nameOf(names, edge.to)} (${edge.to})`,
    ]),
  );
  terminal.note('');
  terminal.note(
    `${counted(answer.hubs.length, 'hub')} of ${count(answer.hubCount)}, ${counted(answer.edges.length, 'edge')} of ${count(answer.edgeCount)}; ` +
      `${counted(answer.pairs, 'pair')} of an identity and one of ${counted(sensitivity.resources, 'sensitive resource')}`,
  );
  terminal.note(
    'ENDS: pairs that have no other way. GOES THROUGH: pairs with a way through it. Denials and conditions hide no way.',
  );
  const { rulesUsed } = sensitivity;
  const rules = rulesUsed.slice(0, MOST_RULES).map(({ name, builtIn }) => (builtIn ? name : `${name} (yours)`));
  if (rulesUsed.length > MOST_RULES) rules.push(`${rulesUsed.length - MOST_RULES} more rules (--json has all of them)`);
  terminal.note(
    `sensitive by: ${rules.length === 0 ? 'what the sources say' : `${rules.join(', ')}, and what the sources say`}`,
  );
}

/** Rules that are named. */
const MOST_RULES = 5;

const count = (number: number): string => number.toLocaleString('en-US');
