import type { Command } from 'commander';
import { GrantlensError, type GraphView, type Revocation, type WhyQuestion } from '../../engine/index.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { nodesOfRevocation } from '../revocation-report.ts';
import { type Session, withView } from '../session.ts';
import { whyJson } from '../why-json.ts';
import { nodesNamed, whyLines } from '../why-report.ts';

interface Options extends ScopeOptions {
  readonly maxPaths?: number;
}

export const why = (): Command =>
  withScope(
    command({
      name: 'why',
      summary: 'Explain why an identity may, or may not, do an action on a resource.',
      examples: [
        ['why user:ada.okafor.12 read folder:/finance', 'the ways, and what would end them'],
        ['why user:ada.okafor.12 delete folder:/legal', 'for a no: what denies it, what would allow it'],
        ['why user:ada.okafor.12 sudo host:ams-c1-h7 --reach ESCALATION', 'also by take-over'],
      ],
    }),
  )
    .argument('<identity>', 'id of a user or service account')
    .argument('<action>', 'one action, in the words of its source')
    .argument('<resource>', 'id of a resource')
    .option('--max-paths <count>', 'tell at most so many ways (default 10)', wholeNumber(0, 1_000))
    .action(action(run));

async function run(
  session: Session,
  options: Options,
  identity: string,
  act: string,
  resource: string,
): Promise<number> {
  const { maxPaths } = options;
  const question = {
    identity,
    action: act,
    resource,
    ...scopeOf(options),
    // One instant for all that is asked.
    at: options.at ?? Date.now(),
    ...(maxPaths === undefined ? {} : { maxPaths }),
  };
  await withView(
    session,
    async (view) => {
      const explanation = await view.whyHasAccess(question);
      const { terminal } = session;
      if (session.json) {
        const revocation = await revocationOf(view, question);
        const named = revocation === undefined ? [] : nodesOfRevocation(revocation);
        const names = await namesOf(view, [...nodesNamed(explanation), ...named]);
        return terminal.json(whyJson(explanation, revocation, names));
      }
      const names = await namesOf(view, nodesNamed(explanation));
      await terminal.lines(whyLines(explanation, names, terminal.colour));
    },
    options,
  );
  return DONE;
}

/** The cheapest cut; nothing where there is none, or where questions are executed in the store. */
async function revocationOf(view: GraphView, { identity, ...asked }: WhyQuestion): Promise<Revocation | undefined> {
  try {
    return (await view.revocation({ ...asked, identities: [identity], alternatives: 1 })).alternatives[0];
  } catch (error) {
    if (error instanceof GrantlensError && error.code === 'EXECUTION_UNSUPPORTED') return undefined;
    throw error;
  }
}
