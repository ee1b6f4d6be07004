import { type Command, Option } from 'commander';
import { EDGE_KINDS, type EdgeKind } from '../../engine/index.ts';
import { type RuleOptions, rulesOf, withRules } from '../analysis-rules.ts';
import { edgeKindOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { UsageError } from '../failure.ts';
import { namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { nodesOfRevocations, revocationLines, revocationsJson } from '../revocation-report.ts';
import { type Session, withView } from '../session.ts';

interface Options extends ScopeOptions, RuleOptions {
  readonly finding?: string;
  readonly also?: readonly string[];
  readonly alsoOn?: readonly string[];
  readonly protect?: readonly string[];
  readonly protectKind?: readonly EdgeKind[];
  readonly alternatives?: number;
  readonly repair?: boolean;
}

const several = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

export const revoke = (): Command =>
  withRules(
    withScope(
      command({
        name: 'revoke',
        summary:
          'Find the cheapest edges to remove so that an access ends, and what else that would do. Changes nothing.',
        examples: [
          ['revoke user:ada.okafor.12 read folder:/finance', 'up to three cuts, the cheapest first'],
          ['revoke user:ada.okafor.12 read folder:/finance --repair', 'with what gives the others back what they lose'],
          ['revoke user:ada.okafor.12 read folder:/finance --also user:kim.lee.3', 'so that neither of the two can'],
          ['revoke user:ada.okafor.12 read folder:/finance --also-on folder:/legal', 'so that she can on neither'],
          ['revoke --finding finding:…', 'so that what a finding is about ends'],
        ],
      }),
    ),
  )
    .argument('[identity]', 'id of a user or service account')
    .argument('[action]', 'one action, in the words of its source')
    .argument('[resource]', 'id of a resource')
    .addOption(
      new Option('--finding <id>', 'a finding about an access, in place of identity, action and resource').conflicts([
        'also',
        'alsoOn',
        'at',
        'reach',
      ]),
    )
    .addOption(new Option('--also <id>', 'another identity; may be given several times').argParser(several))
    .addOption(new Option('--also-on <id>', 'another resource; may be given several times').argParser(several))
    .addOption(
      new Option('--protect <id>', 'id of an edge that is to stay; may be given several times').argParser(several),
    )
    .addOption(
      new Option(
        '--protect-kind <kind>',
        `${EDGE_KINDS.join(', ')}; may be given several times, instead of CONTAINS`,
      ).argParser((text: string, before: readonly EdgeKind[] | undefined) => [...(before ?? []), edgeKindOf(text)]),
    )
    .option('--alternatives <count>', 'at most so many cuts (default 3)', wholeNumber(1, 20))
    .option('--repair', 'also what to grant anew, so that nothing else ends')
    .action(action(run));

async function run(session: Session, options: Options, identity?: string, act?: string, resource?: string) {
  const cuts = {
    alternatives: options.alternatives,
    protectedEdges: options.protect,
    protectedKinds: options.protectKind,
    repair: options.repair,
  };
  const { finding } = options;
  const access = finding === undefined ? accessOf(options, identity, act, resource) : undefined;
  if (access === undefined && identity !== undefined)
    throw new UsageError('--finding says what access it is about: name no identity, action and resource beside it.');
  const asking = { ...session, rules: await rulesOf(options) };
  await withView(
    asking,
    async (view, signal) => {
      const answer =
        access === undefined
          ? await view.analysis.findingRevocation({ finding: finding!, ...cuts, signal })
          : await view.revocation({ ...access, ...cuts });
      const names = await namesOf(view, nodesOfRevocations(answer));
      const { terminal } = session;
      if (session.json) return terminal.json(revocationsJson(answer, names));
      await terminal.lines(revocationLines(answer, names, terminal.colour));
    },
    options,
  );
  return DONE;
}

function accessOf(options: Options, identity?: string, act?: string, resource?: string) {
  if (identity === undefined || act === undefined || resource === undefined)
    throw new UsageError('Name an identity, an action and a resource, or a finding with --finding.');
  return {
    identities: [identity, ...(options.also ?? [])],
    action: act,
    resource,
    resources: options.alsoOn,
    ...scopeOf(options),
  };
}
