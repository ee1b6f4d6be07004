import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { GrantlensError } from '../../engine/index.ts';
import { action, command, DONE, FAILED } from '../command.ts';
import { UsageError } from '../failure.ts';
import { type Session, withEngine } from '../session.ts';

interface Options {
  readonly variables?: string;
}

export const query = (): Command =>
  command({
    name: 'query',
    summary: 'Answer a GraphQL document, without a server. Prints the GraphQL response.',
    examples: [
      [`query '{ graph { version nodeCounts } }'`, 'a document'],
      [`query @why.graphql --variables '{"identity":"user:ada.okafor.12"}'`, 'a document in a file, with variables'],
    ],
  })
    .argument('<document>', 'GraphQL text, or @ and the path of a file that holds it')
    .option('--variables <json>', 'values of the variables: a JSON object, or @ and the path of a file')
    .action(action(run));

async function run(session: Session, options: Options, document: string): Promise<number> {
  const text = await textOf(document);
  const variables = variablesOf(options.variables === undefined ? '{}' : await textOf(options.variables));
  const { executeInProcess } = await import('../../graphql/index.ts');
  const response = await withEngine(session, 'read', (engine) => executeInProcess(engine, text, variables));
  const { terminal } = session;
  await (session.json || terminal.width === undefined
    ? terminal.json(response)
    : terminal.write(`${JSON.stringify(response, null, 2)}\n`));
  for (const { message } of response.errors ?? []) terminal.note(`error: ${message}`);
  return response.errors === undefined ? DONE : FAILED;
}

async function textOf(argument: string): Promise<string> {
  if (!argument.startsWith('@')) return argument;
  const path = argument.slice(1);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new GrantlensError('INPUT_NOT_FOUND', `${path}: cannot be read`, { file: path }, error);
  }
}

function variablesOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as any other value that is no object.
  }
  throw new UsageError('--variables is not a JSON object.', `For example: --variables '{"identity":"user:ada"}'`);
}
