/** Walks and what else questions ask in the store, in a small graph whose parts can be told by looking at it. */
import type { NodeKind } from '../../../engine/model/index.ts';
import { asked, type StatementCase } from '../case.ts';
import { head } from './facts.ts';
import { REF } from './reference.ts';

const VERSION = 3;
const NODES: Readonly<Record<string, NodeKind>> = {
  ada: 'User',
  bot: 'ServiceAccount',
  staff: 'Group',
  all: 'Group',
  clerk: 'Role',
  reader: 'Role',
  bound: 'Role',
  vault: 'Resource',
  db: 'Resource',
};
const EDGES = [
  'ada MEMBER_OF staff',
  'staff MEMBER_OF all',
  'all HAS_ROLE clerk',
  'clerk INHERITS reader',
  'reader GRANTS vault',
  'staff GRANTS db DENY',
  'vault CONTAINS db',
  'ada CAN_ASSUME bot',
  'ada CONTROLS reader',
  'ada CONTROLS vault',
  'bot BOUNDED_BY bound',
] as const;
type Edge = (typeof EDGES)[number];

const labels = (kind: NodeKind): string => (kind === 'Resource' ? 'Entity:Resource' : `Entity:Principal:${kind}`);
const node = ([id, kind]: readonly [string, NodeKind]): string =>
  `CREATE (:${labels(kind)} {id: '${id}', kind: '${kind}', search: '${id}', since: 1, changed: 1})`;

function edge(text: string): string {
  const [from, kind, to, effect = 'ALLOW'] = text.split(' ');
  const grant = kind === 'GRANTS' ? `, actions: ['read'], effect: '${effect}'` : '';
  return `MATCH (a:Entity {id: '${from}'}), (b:Entity {id: '${to}'}) CREATE (a)-[:${kind} {id: '${text}', since: 2${grant}}]->(b)`;
}

/** Gone before the version that is asked about. */
const GONE = `MATCH (a:Entity {id: 'ada'})
  CREATE (a)-[:MEMBER_OF {id: 'gone', since: 1, until: 2}]->(:Entity:Principal:Group {id: 'old', kind: 'Group', since: 1, until: 2})`;
const GRAPH = [head(), ...Object.entries(NODES).map(node), ...EDGES.map(edge), GONE];

const ALIKE = 6;
/** What rows of nodes, edges and the sweep tell, sorted: `ada`, `ada MEMBER_OF staff`, `swept 2 of 4`. */
function told(rows: readonly (readonly unknown[])[], nameOf: (ref: unknown) => string): readonly string[] {
  const all = rows.flatMap(([row]) => {
    const [what, ...rest] = row as unknown[];
    if (what === 'swept') return [`swept ${rest[0]} of ${rest[1]}`];
    if (what === 'nodes') return (rest[3] as unknown[]).map(nameOf);
    const [froms, tos] = [rest[ALIKE + 1] as unknown[], rest[ALIKE + 2] as unknown[]];
    return froms.map((from, i) => `${nameOf(from)} ${rest[0]} ${nameOf(tos[i])}${rest[1] === true ? ' DENY' : ''}`);
  });
  return [...new Set(all)].sort();
}

const refsOf = (...ids: readonly string[]) =>
  asked(`MATCH (n:Entity) WHERE n.id IN ${JSON.stringify(ids)} WITH n ORDER BY n.id RETURN collect(id(n))`);
/** The first five of a kind in the generated estate. */
const five = (kind: NodeKind, what: string) =>
  asked(`MATCH (n:${kind}) WITH n ORDER BY n.id LIMIT 5 RETURN collect(${what})`);

function walk(
  from: 'ids' | 'refs',
  start: keyof typeof NODES,
  nodes: readonly string[],
  edges: readonly Edge[],
): StatementCase {
  const kind = NODES[start]!;
  const [given, profile] =
    from === 'ids' ? [['unknown', start], five(kind, 'n.id')] : [refsOf(start), five(kind, 'id(n)')];
  return {
    given: GRAPH,
    parameters: { [from]: given, version: VERSION },
    as: told,
    rows: [...nodes, ...edges, 'swept 2 of 4'].sort() as never,
    profile: { [from]: profile, version: 1 },
  };
}

function between(from: readonly string[], to: readonly string[], edges: readonly Edge[]): StatementCase {
  return {
    given: GRAPH,
    parameters: { from: refsOf(...from), to: refsOf(...to), version: VERSION },
    as: told,
    rows: [...edges, 'swept 2 of 4'].sort() as never,
    profile: { from: five('Role', 'id(n)'), to: five('Resource', 'id(n)'), version: 1 },
  };
}

const UPWARD = ['ada MEMBER_OF staff', 'staff MEMBER_OF all', 'all HAS_ROLE clerk'] as const;
const AS_HERSELF = [...UPWARD, 'clerk INHERITS reader'] as const;
const MEMBERS = ['ada', 'staff', 'all', 'clerk', 'reader'] as const;
const AS_BOT = [...AS_HERSELF, 'ada CAN_ASSUME bot', 'bot BOUNDED_BY bound'] as const;
const TAKEN_OVER = [...AS_BOT, 'ada CONTROLS reader'] as const;
const WITH_BOT = [...MEMBERS, 'bot', 'bound'] as const;

export const QUESTION_CASES: Readonly<Record<string, StatementCase>> = {
  'questions.walk.nodes': walk('ids', 'ada', ['ada'], []),
  'questions.walk.containers-of': walk('ids', 'db', ['db', 'vault'], ['vault CONTAINS db']),
  'questions.walk.containers': walk('refs', 'db', ['db', 'vault'], ['vault CONTAINS db']),
  'questions.walk.outer': walk('refs', 'db', ['db', 'vault'], ['vault CONTAINS db']),
  'questions.walk.contained': walk('refs', 'vault', ['db', 'vault'], ['vault CONTAINS db']),
  'questions.walk.inner': walk('refs', 'vault', ['db', 'vault'], ['vault CONTAINS db']),
  'questions.walk.bounds': walk('refs', 'bot', ['bot', 'bound'], ['bot BOUNDED_BY bound']),
  'questions.walk.assumed-by': walk('refs', 'bot', ['bot', 'ada'], ['ada CAN_ASSUME bot']),
  'questions.walk.denials': walk('refs', 'staff', ['staff', 'db'], ['staff GRANTS db DENY']),
  'questions.walk.bundles': walk(
    'refs',
    'reader',
    ['reader', 'clerk', 'all', 'staff'],
    ['clerk INHERITS reader', 'all HAS_ROLE clerk', 'staff MEMBER_OF all'],
  ),
  'questions.walk.bundles-near': walk('refs', 'clerk', ['clerk', 'all'], ['all HAS_ROLE clerk']),
  'questions.walk.edges-out': walk(
    'ids',
    'ada',
    ['ada', 'staff', 'bot', 'reader', 'vault'],
    ['ada MEMBER_OF staff', 'ada CAN_ASSUME bot', 'ada CONTROLS reader', 'ada CONTROLS vault'],
  ),
  'questions.walk.edges-in': walk(
    'ids',
    'reader',
    ['reader', 'clerk', 'ada'],
    ['clerk INHERITS reader', 'ada CONTROLS reader'],
  ),
  'questions.walk.principals-of.entitled': walk('ids', 'ada', MEMBERS, AS_HERSELF),
  'questions.walk.principals.entitled': walk('refs', 'ada', MEMBERS, AS_HERSELF),
  'questions.walk.principals-near.entitled': walk('refs', 'ada', ['ada', 'staff'], ['ada MEMBER_OF staff']),
  'questions.walk.holders.entitled': walk('refs', 'clerk', ['clerk', 'all', 'staff', 'ada'], UPWARD),
  'questions.walk.holders-near.entitled': walk('refs', 'clerk', ['clerk', 'all'], ['all HAS_ROLE clerk']),
  'questions.walk.principals-of.assumable': walk('ids', 'ada', WITH_BOT, AS_BOT),
  'questions.walk.principals.assumable': walk('refs', 'ada', WITH_BOT, AS_BOT),
  'questions.walk.principals-near.assumable': walk(
    'refs',
    'ada',
    ['ada', 'staff', 'bot'],
    ['ada MEMBER_OF staff', 'ada CAN_ASSUME bot'],
  ),
  'questions.walk.holders.assumable': walk('refs', 'bot', ['bot', 'ada'], ['ada CAN_ASSUME bot']),
  'questions.walk.holders-near.assumable': walk('refs', 'bot', ['bot', 'ada'], ['ada CAN_ASSUME bot']),
  'questions.walk.principals-of.escalation': walk('ids', 'ada', WITH_BOT, TAKEN_OVER),
  'questions.walk.principals.escalation': walk('refs', 'ada', WITH_BOT, TAKEN_OVER),
  'questions.walk.principals-near.escalation': walk(
    'refs',
    'ada',
    ['ada', 'staff', 'bot', 'reader'],
    ['ada MEMBER_OF staff', 'ada CAN_ASSUME bot', 'ada CONTROLS reader'],
  ),
  'questions.walk.holders.escalation': walk('refs', 'reader', MEMBERS, [...AS_HERSELF, 'ada CONTROLS reader']),
  'questions.walk.holders-near.escalation': walk(
    'refs',
    'reader',
    ['reader', 'clerk', 'ada'],
    ['clerk INHERITS reader', 'ada CONTROLS reader'],
  ),
  'questions.walk.granted-out': walk('refs', 'reader', ['reader', 'vault'], ['reader GRANTS vault']),
  'questions.walk.granted-in': walk('refs', 'vault', ['reader', 'vault'], ['reader GRANTS vault']),
  'questions.walk.granted-or-controlled-out': walk('refs', 'ada', ['ada', 'vault'], ['ada CONTROLS vault']),
  'questions.walk.granted-or-controlled-in': walk(
    'refs',
    'vault',
    ['ada', 'reader', 'vault'],
    ['reader GRANTS vault', 'ada CONTROLS vault'],
  ),
  'questions.between.granted': between(['reader', 'staff'], ['vault'], ['reader GRANTS vault']),
  'questions.between.granted.pairs': between(['reader', 'staff'], ['vault'], ['reader GRANTS vault']),
  'questions.between.granted-or-controlled': between(
    ['reader', 'ada'],
    ['vault'],
    ['reader GRANTS vault', 'ada CONTROLS vault'],
  ),
  'questions.between.granted-or-controlled.pairs': between(
    ['reader', 'ada'],
    ['vault'],
    ['reader GRANTS vault', 'ada CONTROLS vault'],
  ),
  'questions.between.any': between(['ada'], ['staff', 'bot'], ['ada MEMBER_OF staff', 'ada CAN_ASSUME bot']),
  'questions.between.any.pairs': between(['ada'], ['staff', 'bot'], ['ada MEMBER_OF staff', 'ada CAN_ASSUME bot']),
  'questions.hierarchy': {
    given: GRAPH,
    parameters: { version: VERSION },
    as: told,
    rows: [
      ...['staff', 'all', 'clerk', 'reader', 'bound'],
      ...['staff MEMBER_OF all', 'all HAS_ROLE clerk', 'clerk INHERITS reader', 'swept 2 of 4'],
    ].sort() as never,
    profile: { version: 1 },
  },
  'questions.search': {
    given: GRAPH,
    parameters: { words: ['a', 'd'], kinds: ['User', 'Group'], version: VERSION },
    rows: [[REF, 'User', 'ada', null, 'ada']],
    profile: { words: ['payments'], kinds: ['Role', 'Resource'], version: 1 },
  },
  'questions.whether-swept': { given: [head()], rows: [[2, 4]], profile: {} },
  'questions.count-kinds': {
    given: GRAPH,
    parameters: { version: VERSION },
    as: (rows) => rows.map(([row]) => (row as unknown[]).join(' ')).sort(),
    rows: [
      ...['nodes Group 2', 'nodes Resource 2', 'nodes Role 3', 'nodes ServiceAccount 1', 'nodes User 1'],
      ...['edges BOUNDED_BY 1', 'edges CAN_ASSUME 1', 'edges CONTAINS 1', 'edges CONTROLS 2', 'edges GRANTS 2'],
      ...['edges HAS_ROLE 1', 'edges INHERITS 1', 'edges MEMBER_OF 2', 'swept 2 4'],
    ].sort() as never,
    profile: { version: 1 },
  },
};
