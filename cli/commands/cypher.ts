import type { Command } from 'commander';
import { type AnalystQuery, analystQueries } from '../../cypher/analyst.ts';
import { GrantlensError } from '../../engine/index.ts';
import { action, command, DONE } from '../command.ts';
import type { Session } from '../session.ts';

export const cypher = (): Command =>
  command({
    name: 'cypher',
    summary: 'Print a query for Neo4j Browser, Bloom or cypher-shell, or list them all.',
    examples: [
      ['cypher', 'all queries, what they show and what they ask'],
      ['cypher escalation-paths', 'one of them, to paste into Neo4j Browser'],
      ['cypher unused-roles | cypher-shell -u neo4j', 'one of them, asked at once'],
    ],
  })
    .argument('[name]', 'which query')
    .action(action(run));

async function run({ terminal, json }: Session, _options: object, name?: string): Promise<number> {
  const queries = analystQueries();
  if (name === undefined) await (json ? terminal.json(queries.map(shapeOf)) : list(terminal, queries));
  else await print(terminal, json, found(queries, name));
  return DONE;
}

async function print(terminal: Session['terminal'], json: boolean, query: AnalystQuery): Promise<void> {
  await (json ? terminal.json(shapeOf(query)) : terminal.write(query.file));
}

const list = (terminal: Session['terminal'], queries: readonly AnalystQuery[]): Promise<void> =>
  terminal.table(
    [{ title: 'NAME' }, { title: 'SHOWS' }, { title: 'TITLE' }],
    queries.map(({ name, shows, title }) => [name, shows, title]),
  );

const shapeOf = ({ file: _, ...query }: AnalystQuery) => query;

function found(queries: readonly AnalystQuery[], name: string): AnalystQuery {
  const query = queries.find((one) => one.name === name);
  if (query !== undefined) return query;
  throw new GrantlensError(
    'ARGUMENT_INVALID',
    `There is no query ${JSON.stringify(name)}; \`grantlens cypher\` lists them.`,
    {
      argument: 'name',
    },
  );
}
