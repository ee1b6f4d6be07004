/** Ways from an identity to a resource, and the explanation that is made of them. */
import {
  ALLOWED,
  CONDITIONAL,
  decisionOf,
  type EdgeRecord,
  type Entity,
  GrantlensError,
  type Instant,
  makeEdge,
} from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import { sortedEdges } from '../snapshot/order.ts';
import { DENY, EDGE_CLASSES, GRANT } from '../snapshot/snapshot.ts';
import { conditionEdges } from './answer-conditions.ts';
import { conditionTexts, questionOf } from './ask-check.ts';
import { collectContexts, needsCare } from './contexts.ts';
import { decodeCursor, encodeCursor, type Mark, markOf, pageSize } from './cursor.ts';
import { Question } from './decide.ts';
import { decisionWindows } from './decision-windows.ts';
import { edgeRecords } from './edge-records.ts';
import { searchWays, type Way, type WaySearch } from './find-paths.ts';
import { type Frame, withoutEdge } from './frame.ts';
import { type Addition, grantOptions } from './grant-options.ts';
import { actionOf, frameOf, type Ground, identityOf, invalid, nodeOf, resourceOf } from './ground.ts';
import { admitsReturn, PathJudge } from './judge-path.ts';
import { type PathGraph, pathGraph } from './path-graph.ts';
import type {
  AccessExplanation,
  AccessPath,
  AccessPathsQuestion,
  GrantOption,
  Page,
  WhyQuestion,
} from './questions.ts';
import { sentenceOf } from './sentence.ts';
import { edgesOfEveryAllowingWay } from './shared-edges.ts';

/** A search for ways that has been set up. */
interface Found {
  readonly graph: PathGraph;
  readonly judge: PathJudge;
  readonly search: WaySearch;
}

function find(
  frame: Frame,
  ground: Ground,
  identity: number,
  resource: number,
  matcher: TermsMatcher | undefined,
  maxLength: number,
): Found {
  const { work } = ground;
  const graph = pathGraph(frame, work, identity, resource, matcher);
  const returns = work.contexts.nodes.length > 1 && work.contexts.nodes.some((context) => needsCare(frame, context));
  const judge = new PathJudge(frame, work, graph, matcher);
  return { graph, judge, search: searchWays(graph, maxLength, returns ? admitsReturn(judge) : undefined) };
}

/** Ways, shortest first, a page at a time. */
export async function askPaths(ground: Ground, asked: AccessPathsQuestion): Promise<Page<AccessPath>> {
  const frame = frameOf(ground, asked);
  const identity = identityOf(ground, asked.identity);
  const resource = resourceOf(ground, asked.resource);
  const size = pageSize(asked.first);
  const maxLength = asked.maxLength ?? Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(maxLength) || maxLength < 1)
    throw invalid('maxLength', `maxLength must be a whole number of 1 or more, is ${asked.maxLength}`);
  const matcher = asked.action === undefined ? undefined : ground.snapshot.terms.matcher(actionOf(asked.action));
  const mark = markOf([
    'accessPaths',
    asked.identity,
    asked.resource,
    matcher?.action,
    frame.reach,
    asked.at,
    asked.maxLength,
  ]);
  const after = asked.after === undefined ? undefined : await edgesOfCursor(ground, mark, asked.after);
  const found = find(frame, ground, identity, resource, matcher, maxLength);
  const { ways, more } = take(found.search, size, after);
  const ranks = ways.map((way) => found.judge.rankOf(way));
  const count = found.search.count();
  const because = found.search.incompleteBecause ?? becauseOfMany(count, Number.MAX_SAFE_INTEGER, 'totalCount');
  const items = await Promise.all(ways.map((way, i) => pathOf(ground, found.graph, way, ranks[i]!)));
  return {
    items,
    cursors: items.map((path) =>
      encodeCursor(
        mark,
        path.edges.map((edge) => edge.id),
      ),
    ),
    totalCount: count === undefined ? ways.length + (more ? 1 : 0) : Math.min(Number(count), Number.MAX_SAFE_INTEGER),
    hasNextPage: more,
    hasPreviousPage: after !== undefined,
    version: ground.snapshot.version,
    complete: because === undefined,
    ...(because === undefined ? {} : { incompleteBecause: because }),
  };
}

interface Taken {
  readonly ways: readonly Way[];
  /** True when there are more, or may be. */
  readonly more: boolean;
}

function take(search: WaySearch, size: number, after?: readonly number[]): Taken {
  const ways: Way[] = [];
  for (const way of search.ways(after)) {
    if (ways.length === size) return { ways, more: true };
    ways.push(way);
  }
  // Where a limit ended the page, the next one goes on from its last way; with none there is nothing to go on from.
  return { ways, more: search.isCutOff && ways.length > 0 };
}

/** Why a count is not told, where it is known and too large. */
const becauseOfMany = (count: bigint | undefined, most: number, field: string): string | undefined =>
  count === undefined || count <= most ? undefined : `there are ${count} paths; ${field} holds no more than ${most}`;

async function pathOf(ground: Ground, graph: PathGraph, way: Way, rank: number): Promise<AccessPath> {
  const edges = await edgeRecords(
    ground,
    way.map((each) => each.edge),
  );
  return {
    edges,
    nodes: nodesOf(ground, graph, way),
    length: way.length,
    decision: decisionOf(rank),
    validFrom: edges.reduce<Instant | null>((latest, { validFrom }) => later(latest, validFrom), null),
    validTo: edges.reduce<Instant | null>((earliest, { validTo }) => earlier(earliest, validTo), null),
  };
}

const later = (a: Instant | null, b: Instant | undefined): Instant | null =>
  b === undefined || (a !== null && a > b) ? a : b;
const earlier = (a: Instant | null, b: Instant | undefined): Instant | null =>
  b === undefined || (a !== null && a < b) ? a : b;

/** The ids of the nodes along a way. */
function nodesOf(ground: Ground, graph: PathGraph, way: Way): readonly string[] {
  const { ids } = ground.snapshot;
  return [ids.at(graph.nodes[0]!), ...way.map((each) => ids.at(graph.nodes[each.to]!))];
}

/** Edge numbers of the last path of the page before. An edge that has gone since makes the cursor useless. */
async function edgesOfCursor(ground: Ground, mark: Mark, cursor: string): Promise<readonly number[]> {
  const ids = decodeCursor(mark, cursor, ['string'], true) as readonly string[];
  const refs = (await ground.reader.refsOf([], ids)).edges.map((ref) => ref ?? -1);
  const records = await ground.reader.edges(refs);
  return refs.map((ref, i) => edgeNumberOf(ground, ref, records[i]));
}

/** The number of the edge with this ref. @throws GrantlensError CURSOR_INVALID when it has no effect in this version */
function edgeNumberOf({ snapshot }: Ground, ref: number, record: EdgeRecord | undefined): number {
  const from = record === undefined ? -1 : snapshot.index.find(record.from);
  if (from >= 0) {
    const to = snapshot.index.find(record!.to);
    const candidates: number[] = [];
    for (let c = 0; c < EDGE_CLASSES; c++) {
      for (const edge of snapshot.adjacency[c]!.out.of(from)) if (snapshot.target[edge] === to) candidates.push(edge);
    }
    const found = candidates.find((edge) => snapshot.edgeRef[edge] === ref);
    if (found !== undefined) return found;
  }
  throw new GrantlensError(
    'CURSOR_INVALID',
    'A path that this cursor names is no longer there: the graph has changed. Ask again from the start.',
  );
}

const PATHS_TOLD = 10;
const PATHS_MOST = 1_000;

/** Why an identity has an access, or what is missing. */
export async function askWhy(ground: Ground, asked: WhyQuestion): Promise<AccessExplanation> {
  const most = asked.maxPaths ?? PATHS_TOLD;
  if (!Number.isSafeInteger(most) || most < 0 || most > PATHS_MOST)
    throw invalid('maxPaths', `maxPaths must be a whole number from 0 to ${PATHS_MOST}, is ${most}`);
  const facts = gatherFacts(ground, asked, most);
  const { ways, ranks, graph } = facts;
  const { ids } = ground.snapshot;
  const offered = facts.options.flatMap(({ additions }) =>
    additions.flatMap(({ from, to }) => [ids.at(from), ids.at(to)]),
  );
  // All in one turn: a store that is far away is asked once for all edges, and at the same time for all nodes.
  const [paths, conditions, chokeEdges, denials, names] = await Promise.all([
    Promise.all(ways.map((way, i) => pathOf(ground, graph, way, ranks[i]!))),
    conditionTexts(ground, facts.conditions),
    edgeRecords(ground, facts.chokes),
    edgeRecords(ground, facts.denials),
    namesOf(ground, [...ways.flatMap((way) => nodesOf(ground, graph, way)), ...offered]),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    identity: asked.identity,
    action: asked.action,
    resource: asked.resource,
    decision: decisionOf(facts.rank),
    conditions,
    sentences: paths.map((path) => sentenceOf(path.edges, nameOf, path.decision)),
    paths,
    pathCount: facts.count === undefined || facts.count > MOST_COUNTED ? null : Number(facts.count),
    pathCountText: facts.count === undefined ? null : String(facts.count),
    complete: facts.because === undefined,
    ...(facts.because === undefined ? {} : { incompleteBecause: facts.because }),
    version: ground.snapshot.version,
    validWindows: facts.validWindows,
    chokeEdges,
    denials,
    grantOptions: optionsAsChanges(ground, asked.action, facts.options, nameOf),
  };
}

/** All that is worked out on the snapshot, in one go, so that nothing else uses the workspace between. */
function gatherFacts(ground: Ground, asked: WhyQuestion, most: number) {
  const { question, identity } = questionOf(ground, asked);
  const { frame, resource, matcher } = question;
  const rank = question.decide(identity);
  const conditions = rank === CONDITIONAL ? conditionEdges(question, identity) : [];
  const denials = denialsInForce(question, identity);
  const found = find(frame, ground, identity, resource, matcher, Number.MAX_SAFE_INTEGER);
  const { ways, more } = take(found.search, most);
  const ranks = ways.map((way) => found.judge.rankOf(way));
  const count = found.search.count();
  const shared =
    rank >= CONDITIONAL ? edgesOfEveryAllowingWay(found.graph, (context) => found.judge.isOpen(context)) : [];
  const chokes = chokesAmong(ground, question, identity, shared);
  const options = rank === ALLOWED ? [] : grantOptions(frame, ground.work, identity, resource, matcher);
  const { windows, incompleteBecause } = decisionWindows(question, identity, rank);
  const because = [whyIncomplete(found, count, ways.length, more), incompleteBecause].filter(
    (each) => each !== undefined,
  );
  return {
    rank,
    conditions,
    denials,
    graph: found.graph,
    ways,
    ranks,
    count,
    because: because.length === 0 ? undefined : because.join('; '),
    chokes,
    options,
    validWindows: windows,
  };
}

/** Counts are told as 32-bit integers. */
const MOST_COUNTED = 0x7fff_ffff;

function whyIncomplete(found: Found, count: bigint | undefined, told: number, more: boolean): string | undefined {
  const because = found.search.incompleteBecause ?? becauseOfMany(count, MOST_COUNTED, 'pathCount');
  if (because !== undefined || !more) return because;
  return `${told} of ${count} paths are told; ask for more with maxPaths or page through accessPaths`;
}

/** Those of the edges without which nothing is left. */
function chokesAmong(
  ground: Ground,
  question: Question,
  identity: number,
  edges: readonly number[],
): readonly number[] {
  const { frame, matcher, resource } = question;
  return sortedEdges(
    frame.snapshot,
    edges.filter(
      (edge) => new Question(withoutEdge(frame, edge), ground.work, matcher, resource).decide(identity) < CONDITIONAL,
    ),
  );
}

/** Denying grants on the action and resource that any of the identity's contexts meets. */
function denialsInForce(question: Question, identity: number): readonly number[] {
  const { frame, work } = question;
  const { snapshot } = frame;
  collectContexts(frame, identity, work);
  const { out } = snapshot.adjacency[GRANT]!;
  const found: number[] = [];
  for (const node of work.attained.nodes) {
    for (const edge of out.of(node)) {
      if ((snapshot.flags[edge]! & DENY) !== 0 && question.speaks(edge)) found.push(edge);
    }
  }
  return sortedEdges(snapshot, found);
}

async function namesOf(ground: Ground, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const once = [...new Set(ids)];
  const entities = await ground.reader.entities(once.map((id) => ground.snapshot.nodeRef[nodeOf(ground, id)]!));
  return new Map(
    entities.filter((entity): entity is Entity => entity !== undefined).map((entity) => [entity.id, entity.name]),
  );
}

/** The source that proposed changes carry until somebody makes them their own. */
const PROPOSAL = 'proposal';

function optionsAsChanges(
  ground: Ground,
  action: string,
  options: ReturnType<typeof grantOptions>,
  nameOf: (id: string) => string,
): readonly GrantOption[] {
  const { ids } = ground.snapshot;
  return options.flatMap(({ additions, otherResources }, i) =>
    additions.map((addition) => {
      const from = ids.at(addition.from);
      const to = ids.at(addition.to);
      // The action is the key: a grant of another action to the same two must not take the place of this one.
      const grant = addition.kind === 'GRANTS' ? { key: action, actions: [action], inherit: false } : {};
      const edge = makeEdge({ kind: addition.kind, from, to, source: PROPOSAL, ...grant });
      const detail = {
        summary: summaryOf(addition, nameOf(from), nameOf(to), action),
        otherResources,
      };
      return { option: i + 1, change: { op: 'PUT_EDGE' as const, edge }, detail };
    }),
  );
}

function summaryOf(addition: Addition, from: string, to: string, action: string): string {
  switch (addition.kind) {
    case 'MEMBER_OF':
      return `make ${from} a member of ${to}`;
    case 'HAS_ROLE':
      return `give ${from} the role ${to}`;
    case 'CAN_ASSUME':
      return `let ${from} act as ${to}`;
    default:
      return `grant ${from} ${action} on ${to}`;
  }
}
