import type { Command } from 'commander';
import type { AccessDecision } from '../../engine/index.ts';
import { answerBatch } from '../batch-questions.ts';
import { action, command, DONE, NO } from '../command.ts';
import { UsageError } from '../failure.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';
import { visible } from '../visible.ts';

interface Options extends ScopeOptions {
  readonly batch?: string;
}

export const check = (): Command =>
  withScope(
    command({
      name: 'check',
      summary: 'Say whether an identity may do an action on a resource. Exit code 2 when the answer is no.',
      examples: [
        ['check user:ada.okafor.12 read folder:/finance', 'ALLOWED, CONDITIONAL, DENIED or NONE'],
        ['check user:ada.okafor.12 read folder:/finance --at 2027-01-01', 'on that day'],
        ['check user:ada.okafor.12 read folder:/finance --version 3', 'as the graph was at that version'],
        ['check svc:deploy-2 s3:GetObject bucket:nova --reach ENTITLED', 'by its own entitlements alone'],
        ['check --batch questions.jsonl', 'many questions, an answer a line'],
      ],
    }),
  )
    .argument('[identity]', 'id of a user or service account')
    .argument('[action]', 'one action, in the words of its source')
    .argument('[resource]', 'id of a resource')
    .option('--batch <file>', 'JSON Lines of {"identity","action","resource","reach"?,"at"?}; - for standard input')
    .action(action(run));

async function run(session: Session, options: Options, ...asked: (string | undefined)[]): Promise<number> {
  const [identity, act, resource] = asked;
  if (options.batch !== undefined) return batch(session, options, options.batch, asked);
  if (identity === undefined || act === undefined || resource === undefined)
    throw new UsageError(
      'check needs an identity, an action and a resource, or --batch.',
      'See grantlens check --help.',
    );
  const question = { identity, action: act, resource, ...scopeOf(options) };
  const answer = await withView(session, (view) => view.check(question), options);
  await tell(session, answer);
  return answer.decision === 'ALLOWED' || answer.decision === 'CONDITIONAL' ? DONE : NO;
}

async function batch(session: Session, options: Options, file: string, asked: readonly unknown[]): Promise<number> {
  if (asked.some((argument) => argument !== undefined))
    throw new UsageError('check takes either --batch or an identity, an action and a resource.');
  await withView(session, (view) => answerBatch(view, file, scopeOf(options), session.terminal), options);
  return DONE;
}

function tell({ json, terminal }: Session, { decision, conditions, version }: AccessDecision): Promise<void> {
  if (json) return terminal.json({ decision, conditions, version });
  const { colour } = terminal;
  return terminal.lines([
    colour.decision(decision),
    ...conditions.map((condition) => `  ${colour.warn(`if ${visible(condition)}`)}`),
  ]);
}
