import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Names, nameOf, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { edgeJson, entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';
import { visible } from '../visible.ts';
import { sentence } from '../why-report.ts';

interface Options extends ScopeOptions {
  readonly action?: string;
  readonly limit: number;
}

const DEFAULT_LIMIT = 20;

export const chokePoints = (): Command =>
  withScope(
    command({
      name: 'choke-points',
      summary: 'List the nodes and edges that every way of some identities to a resource passes.',
      examples: [
        ['choke-points folder:/finance', 'what cuts off most when it goes'],
        ['choke-points folder:/finance --action write', 'of those who can write'],
        ['choke-points host:ams-c1-h7 --reach ESCALATION --limit 5', 'also by take-over, the first five'],
      ],
    }),
  )
    .argument('<resource>', 'id of a resource')
    .option('--action <action>', 'only grants of this one action')
    .option('--limit <count>', 'at most so many nodes and so many edges', wholeNumber(1, 10_000), DEFAULT_LIMIT)
    .action(action(run));

async function run(session: Session, options: Options, resource: string): Promise<number> {
  const question = { resource, action: options.action, first: options.limit, ...scopeOf(options) };
  await withView(session, async (view) => {
    const answer = await view.chokePoints(question);
    const { nodes, edges, identities, nodeCount, edgeCount, version } = answer;
    const names = await namesOf(view, [
      resource,
      ...nodes.map(({ id }) => id),
      ...edges.flatMap(({ edge }) => [edge.from, edge.to]),
    ]);
    const { terminal } = session;
    if (session.json) {
      return terminal.json({
        identities,
        nodes: nodes.map((one) => ({ entity: entityJson(names.get(one.id)!), identities: one.identities })),
        edges: edges.map((one) => ({ edge: edgeJson(one.edge, names), identities: one.identities })),
        nodeCount,
        edgeCount,
        version,
      });
    }
    await terminal.lines([
      `${counted(identities, 'identity', 'identities')} with a way to ${nameOf(names, resource)}; cut off by what goes:`,
    ]);
    await terminal.table(
      [{ title: 'CUTS OFF', align: 'right' }, { title: 'WHAT' }],
      rowsOf(answer.nodes, answer.edges, names),
    );
    if (nodeCount > nodes.length || edgeCount > edges.length)
      terminal.note(`${nodeCount} nodes and ${edgeCount} edges; --limit shows more`);
  });
  return DONE;
}

type Answer = Awaited<ReturnType<Parameters<Parameters<typeof withView>[1]>[0]['chokePoints']>>;

/** Nodes and edges together, those that cut off most first. */
function rowsOf(nodes: Answer['nodes'], edges: Answer['edges'], names: Names): string[][] {
  const rows = [
    ...nodes.map(({ id, identities }) => ({ identities, what: `${names.get(id)!.kind} ${called(names, id)}` })),
    ...edges.map(({ edge, identities }) => ({ identities, what: sentence(edge, names) })),
  ];
  return rows.sort((a, b) => b.identities - a.identities).map(({ identities, what }) => [String(identities), what]);
}

const called = (names: Names, id: string): string =>
  nameOf(names, id) === visible(id) ? visible(id) : `${nameOf(names, id)} (${visible(id)})`;
