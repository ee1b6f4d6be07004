import { type Command, InvalidArgumentError } from 'commander';
import type { PeerGroup, RoleClusters } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { entitlementJson, entitlementWords } from '../entitlement-words.ts';
import { type Names, nameOf, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends ScopeOptions {
  readonly resolution?: number;
  readonly seed?: number;
  readonly limit: number;
  readonly show?: string;
}

export const clusters = (): Command =>
  withScope(
    command({
      name: 'clusters',
      summary: 'Find groups of people who hold much the same, and what each group holds.',
      examples: [
        ['clusters', 'the largest groups, at the resolution at which they are firmest'],
        ['clusters --resolution 5', 'smaller groups'],
        ['clusters --show "department Finance"', 'one group: what it holds, who lacks some of it, who has more'],
      ],
    }),
  )
    .option(
      '--resolution <number>',
      'above 0 and at most 1,000; the higher, the smaller (default: chosen)',
      resolutionOf,
    )
    .option(
      '--seed <number>',
      'a whole number (default 1)',
      wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .option('--show <group>', 'one group, by its label or id')
    .option('--limit <count>', 'at most so many groups, or differences of one', wholeNumber(1, 10_000), 20)
    .action(action(run));

function resolutionOf(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1_000) return value;
  throw new InvalidArgumentError('It is a number above 0 and at most 1,000.');
}

async function run(session: Session, options: Options): Promise<number> {
  const { version, resolution, seed, show } = options;
  const question = { resolution, seed, ...scopeOf(options) };
  return withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const answer = await view.analysis.roleClusters({ ...question, onProgress, signal }).finally(end);
      if (show !== undefined) {
        const one = answer.clusters.find(({ id, label }) => id === show || label === show);
        if (one === undefined) {
          session.terminal.note(`No group is called ${JSON.stringify(show)}; \`grantlens clusters\` lists them.`);
          return NONE;
        }
        const names = await namesOf(view, idsIn(one));
        if (session.json) await session.terminal.json(groupJson(one, names));
        else await tellOne(session, one, names, options.limit);
        return DONE;
      }
      const shown = session.json ? answer.clusters : answer.clusters.slice(0, options.limit);
      const names = await namesOf(view, shown.flatMap(session.json ? idsIn : resourcesIn));
      if (session.json) await session.terminal.json(shapeOf(answer, names));
      else await tell(session, answer, shown, names);
      return DONE;
    },
    version === undefined ? {} : { version },
  );
}

/** There is no such group. */
const NONE = 2;

const resourcesIn = ({ signature }: PeerGroup): readonly string[] =>
  signature.map(({ entitlement }) => entitlement.resource);

const idsIn = (group: PeerGroup): readonly string[] => [
  ...group.members,
  ...resourcesIn(group),
  ...[...group.lacking, ...group.beyond].map(({ entitlement }) => entitlement.resource),
];

const shapeOf = ({ clusters: groups, ...rest }: RoleClusters, names: Names) => ({
  ...rest,
  clusters: groups.map((group) => groupJson(group, names)),
});

const groupJson = ({ members, signature, lacking, beyond, ...rest }: PeerGroup, names: Names) => {
  const differences = (some: PeerGroup['lacking']) =>
    some.map(({ identity, entitlement, ...counts }) => ({
      identity: entityJson(names.get(identity)!),
      entitlement: entitlementJson(entitlement, names),
      ...counts,
    }));
  return {
    ...rest,
    size: members.length,
    members: members.map((id) => entityJson(names.get(id)!)),
    signature: signature.flatMap(({ entitlement, ...shares }) => {
      const { actions, ...whole } = entitlementJson(entitlement, names);
      return actions.map((one) => ({ entitlement: { action: one, ...whole }, ...shares }));
    }),
    lacking: differences(lacking),
    beyond: differences(beyond),
  };
};

const number = { align: 'right' } as const;
const percent = (share: number): string => `${Math.round(100 * share)} %`;

async function tell(
  { terminal }: Session,
  answer: RoleClusters,
  shown: readonly PeerGroup[],
  names: Names,
): Promise<void> {
  if (answer.because !== undefined) {
    terminal.note(`No groups: ${answer.because}.`);
    return;
  }
  await terminal.table(
    [
      { title: 'PEOPLE', ...number },
      { title: 'FIRM', ...number },
      { title: 'GROUP' },
      { title: 'MOST HOLD', ...number },
      { title: 'LACK', ...number },
      { title: 'BEYOND', ...number },
      { title: 'WHAT TELLS IT BEST' },
    ],
    shown.map(({ members, stability, label, signature, signatureCount, lackingCount, beyondCount }) => [
      members.length.toLocaleString('en-US'),
      percent(stability),
      label,
      signatureCount.toLocaleString('en-US'),
      lackingCount.toLocaleString('en-US'),
      beyondCount.toLocaleString('en-US'),
      signature
        .slice(0, 1)
        .map(({ entitlement }) => entitlementWords(entitlement, names))
        .join(),
    ]),
  );
  terminal.note('');
  const { clusters: groups, identities, without, resolution, modularity, stability, sweep } = answer;
  terminal.note(
    `${counted(shown.length, 'group')} of ${groups.length.toLocaleString('en-US')}; ${counted(identities, 'identity', 'identities')} in groups, ${without.toLocaleString('en-US')} hold nothing`,
  );
  const chosen = sweep.length > 0 ? `chosen from ${sweep.length}` : 'as asked';
  terminal.note(
    `resolution ${resolution} (${chosen}), modularity ${modularity.toFixed(3)}, agreement of ${counted(answer.runs, 'run')} ${stability.toFixed(3)}; ` +
      'LACK: pairs of a member and what four fifths of its group hold, BEYOND: and what at most a tenth does',
  );
}

async function tellOne({ terminal }: Session, group: PeerGroup, names: Names, limit: number): Promise<void> {
  const { label, id, members, attributes, stability, signature, lacking, beyond } = group;
  terminal.note(`${label} (${id}): ${counted(members.length, 'member')}, found again to ${percent(stability)}`);
  if (attributes !== null)
    terminal.note(
      `${attributes.terms.map(({ attribute, value }) => `${attribute} ${value}`).join(', ')}: ${percent(attributes.recall)} of the group, and ${percent(attributes.precision)} of all who have that are in it`,
    );
  terminal.note('');
  await terminal.table(
    [{ title: 'HOLD', ...number }, { title: 'OTHERS', ...number }, { title: 'ENTITLEMENT' }],
    signature
      .slice(0, limit)
      .map(({ entitlement, share, elsewhere }) => [
        percent(share),
        percent(elsewhere),
        entitlementWords(entitlement, names),
      ]),
  );
  await tellDifferences('LACKS', lacking.slice(0, limit));
  await tellDifferences('HAS BEYOND IT', beyond.slice(0, limit));
  terminal.note('');
  terminal.note(
    group.isEnough
      ? `${counted(signature.length, 'entitlement')} of ${group.signatureCount}, ${group.lackingCount} lacking, ${group.beyondCount} beyond`
      : 'too few members to say who lacks or has something',
  );

  async function tellDifferences(title: string, some: PeerGroup['lacking']): Promise<void> {
    if (some.length === 0) return;
    terminal.note('');
    await terminal.table(
      [{ title: 'WHO' }, { title }, { title: 'OF THE GROUP HOLD IT', ...number }, { title: 'AND ALIKE', ...number }],
      some.map(({ identity, entitlement, share, together }) => [
        nameOf(names, identity),
        entitlementWords(entitlement, names),
        percent(share),
        String(together - 1),
      ]),
    );
  }
}
