import type { Command } from 'commander';
import { type AccessPath, lineOfEdge } from '../../engine/index.ts';
import { firstOf } from '../all-pages.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { tellRest } from '../listing.ts';
import { namesOf } from '../names.ts';
import { pathTreeLines } from '../path-tree.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';
import { instantJson } from '../why-json.ts';

interface Options extends ScopeOptions {
  readonly action?: string;
  readonly limit: number;
  readonly maxLength?: number;
}

const DEFAULT_LIMIT = 100;

export const paths = (): Command =>
  withScope(
    command({
      name: 'paths',
      summary: 'Show every way from an identity to a resource, the shortest first.',
      examples: [
        ['paths user:ada.okafor.12 folder:/finance', 'all ways, whatever they allow'],
        ['paths user:ada.okafor.12 folder:/finance --action write', 'those that allow to write'],
        ['paths user:ada.okafor.12 region:emea --reach ESCALATION --limit 5', 'also by take-over, the five shortest'],
      ],
    }),
  )
    .argument('<identity>', 'id of a user or service account')
    .argument('<resource>', 'id of a resource')
    .option('--action <action>', 'only ways that allow this one action')
    .option('--limit <count>', 'at most so many ways', wholeNumber(1, Number.MAX_SAFE_INTEGER), DEFAULT_LIMIT)
    .option('--max-length <edges>', 'no ways with more edges than this', wholeNumber(1, 1_000_000))
    .action(action(run));

async function run(session: Session, options: Options, identity: string, resource: string): Promise<number> {
  const { action: act, maxLength } = options;
  const question = {
    identity,
    resource,
    ...scopeOf(options),
    ...(act && { action: act }),
    ...(maxLength && { maxLength }),
  };
  await withView(
    session,
    async (view) => {
      const listed = await firstOf(options.limit, (page) => view.accessPaths({ ...question, ...page }));
      const { version, totalCount, complete, items } = listed;
      const { terminal } = session;
      if (session.json) return terminal.json({ version, count: totalCount, complete, paths: items.map(shapeOf) });
      const names = await namesOf(
        view,
        items.flatMap(({ nodes }) => nodes),
      );
      const tree = { root: identity, paths: items, names, chokes: new Set<string>(), colour: terminal.colour };
      if (items.length > 0) await terminal.lines(pathTreeLines(tree));
      tellRest(terminal, listed, 'way', 'ways');
    },
    options,
  );
  return DONE;
}

const shapeOf = ({ length, decision, validFrom, validTo, edges }: AccessPath) => ({
  length,
  decision,
  validFrom: instantJson(validFrom),
  validTo: instantJson(validTo),
  edges: edges.map(lineOfEdge),
});
