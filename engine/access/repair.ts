/**
 * What to put besides a cut, so that nothing but the access in question ends. Two things are tried: to carry each cut edge on
 * to those who went by it, one by one, and to grant directly what is then still lost; or to grant all of it directly. What
 * counts is what the engine makes of it: of the tries that give back exactly what was lost the shortest is told.
 */
import { hash } from 'node:crypto';
import { type EdgeKind, type EdgeRecord, lineOfEdge, makeEdge, NODE_KINDS } from '../model/index.ts';
import { foldCase, matches } from '../snapshot/action-pattern.ts';
import type { EdgeEdit } from '../snapshot/extend.ts';
import { edgeEditOf } from '../snapshot/follow.ts';
import { classOf, GRANT, isIdentity, kindIndexOf, MEMBERSHIP, type Snapshot } from '../snapshot/snapshot.ts';
import type { RowGroup } from './access-rows.ts';
import { type AccessToEnd, isEnded } from './access-to-end.ts';
import { deltaBetween } from './ask-what-if.ts';
import { collectContexts } from './contexts.ts';
import { collectUpward } from './decide.ts';
import { edgeRecords } from './edge-records.ts';
import { counts, type Frame } from './frame.ts';
import { type Ground, nodeOf } from './ground.ts';
import { rowsOn } from './on-resource.ts';
import { PROPOSAL } from './proposed-changes.ts';
import type { AccessDelta, AccessRow, GrantOption, Patience, Repair } from './questions.ts';
import type { Revoked } from './revoked.ts';
import { NO_EDITS, supposingFor } from './suppose.ts';
import { withOwnWorkspace } from './workspace.ts';

/** Rows that are given back by direct grants at most, and edges that are carried on. */
const MOST_REGRANTED = 1_000;

/** Tries each way of giving back. @param patience how long the rest of the question may take */
export async function repairOf(
  ground: Ground,
  access: AccessToEnd,
  revoked: Revoked,
  cut: readonly number[],
  patience: () => Patience,
): Promise<Repair> {
  const repairs = new Repairs(ground, access, revoked, cut, patience);
  const carried = await repairs.carriedOn();
  const starts = carried.length === 0 || carried.length > MOST_REGRANTED ? [[]] : [carried, []];
  let best: readonly EdgeRecord[] | undefined;
  let because: string | undefined;
  for (const start of starts) {
    const found = await repairs.from(start);
    if (typeof found === 'string') because ??= found;
    else if (best === undefined || found.length < best.length) best = found;
  }
  if (best === undefined) return { changes: [], exact: false, because: because! };
  return { changes: best.map(asChange), exact: true };
}

/** What a change puts is told as the exchange form has it. */
function asChange(edge: EdgeRecord): GrantOption {
  const { edge: _, from: __, to: ___, ...detail } = lineOfEdge(edge);
  return { option: 1, change: { op: 'PUT_EDGE', edge }, detail };
}

class Repairs {
  readonly #ground: Ground;
  readonly #access: AccessToEnd;
  readonly #revoked: Revoked;
  readonly #cut: readonly number[];
  readonly #patience: () => Patience;

  constructor(ground: Ground, access: AccessToEnd, revoked: Revoked, cut: readonly number[], patience: () => Patience) {
    this.#ground = ground;
    this.#access = access;
    this.#revoked = revoked;
    this.#cut = cut;
    this.#patience = patience;
  }

  /** Each cut edge anew from those behind its start whom the identities do not go through. */
  async carriedOn(): Promise<readonly EdgeRecord[]> {
    const { snapshot } = this.#ground;
    const through = await this.#passed();
    const made: EdgeRecord[] = [];
    for (const edge of this.#cut) {
      const edgeClass = classOf(snapshot, edge);
      if ((edgeClass !== MEMBERSHIP && edgeClass !== GRANT) || isIdentity(snapshot, snapshot.source[edge]!)) continue;
      const entering = entriesOf(this.#access.frame, snapshot.source[edge]!, through, new Set(this.#cut));
      if (made.length + entering.length > MOST_REGRANTED) return [];
      const [cut] = await edgeRecords(this.#ground, [edge]);
      const records = await edgeRecords(this.#ground, entering);
      made.push(...records.flatMap((record) => carried(snapshot, cut!, record, this.#ground)));
    }
    return [...new Map(made.map((edge) => [edge.id, edge])).values()];
  }

  /** Everything that the identities are a member of or can become. */
  async #passed(): Promise<ReadonlySet<number>> {
    const { frame, identities } = this.#access;
    return withOwnWorkspace(frame.snapshot, async (work) => {
      const passed = new Set<number>();
      for (const identity of identities) {
        collectContexts(frame, identity, work);
        for (const node of work.attained.nodes) passed.add(node);
      }
      return passed;
    });
  }

  /** @returns what to put, what is given included; or why that does not do */
  async from(start: readonly EdgeRecord[]): Promise<readonly EdgeRecord[] | string> {
    const left = await this.#deltaWith(start);
    if (!left.complete) return 'there was no time to find out what is lost';
    if (left.gainedCount > 0) return 'the cut takes a denial away, so that others gain something';
    if (left.lostCount > MOST_REGRANTED) return `more than ${MOST_REGRANTED} accesses are lost`;
    if (left.lost.some(({ decision }) => decision === 'CONDITIONAL'))
      return 'access under a condition is lost, which no direct grant can stand for';
    const rows = left.lost.flatMap((row) => this.#rowsLeft(row));
    const each = rows.map((row) => grant(row, false));
    const wide = await this.#grantsOnContainers(rows);
    let because = '';
    for (const grants of wide.length < each.length ? [wide, each] : [each]) {
      const whole = [...start, ...grants];
      const wrong = await this.#wrongWith(whole);
      if (wrong === undefined) return whole;
      because = wrong;
    }
    return because;
  }

  #deltaWith(edges: readonly EdgeRecord[]): Promise<AccessDelta> {
    return this.#supposed(edges, (supposed) =>
      deltaBetween(
        this.#access.frame,
        supposed,
        { ...this.#patience(), first: MOST_REGRANTED },
        { less: this.#revoked, apart: this.#ground.apart },
      ),
    );
  }

  #supposed<T>(edges: readonly EdgeRecord[], ask: (supposed: Snapshot) => Promise<T>): Promise<T> {
    const { snapshot } = this.#ground;
    const put: EdgeEdit[] = edges.map((edge) => edgeEditOf(edge, 0));
    return supposingFor(snapshot, { ...NO_EDITS, version: snapshot.version, edgesGone: this.#cut, edges: put }, ask);
  }

  #isAsked(identity: string, resource: string): boolean {
    const { identities, resources } = this.#revoked;
    return identities.has(nodeOf(this.#ground, identity)) && resources.has(nodeOf(this.#ground, resource));
  }

  /** What is to be given back of a row: all but the action that is to end. */
  #rowsLeft(row: AccessRow): readonly Regrant[] {
    const { identity, resource, actions, exceptions } = row;
    const { action } = this.#revoked;
    if (!this.#isAsked(identity, resource)) return [row];
    const parts = [
      { ...row, actions: actions.filter((each) => !conveys(each, action)) },
      { ...row, actions: actions.filter((each) => conveys(each, action)), exceptions: [...exceptions, action] },
    ];
    return parts.filter((part) => part.actions.length > 0);
  }

  /** One grant in place of several that say the same of a resource and of what it contains. */
  async #grantsOnContainers(rows: readonly Regrant[]): Promise<readonly EdgeRecord[]> {
    const alike = new Map<string, Regrant[]>();
    for (const row of rows) {
      const key = JSON.stringify([row.identity, row.actions, row.exceptions]);
      const known = alike.get(key);
      if (known === undefined) alike.set(key, [row]);
      else known.push(row);
    }
    const { frame } = this.#access;
    return withOwnWorkspace(frame.snapshot, async ({ upward }) => {
      const containers = (row: Regrant): readonly number[] => {
        collectUpward(frame, nodeOf(this.#ground, row.resource), upward);
        return [...upward.nodes];
      };
      return [...alike.values()].flatMap((group) =>
        outermost(group.map((row) => ({ row, within: containers(row) }))).map(({ row, isOuter }) =>
          grant(row, isOuter),
        ),
      );
    });
  }

  /** Why cut and edges together are not just the end of the access; `undefined` when they are. */
  async #wrongWith(edges: readonly EdgeRecord[]): Promise<string | undefined> {
    if (!(await this.#supposed(edges, (supposed) => this.#isEnded(supposed))))
      return 'to give others back what they lose would open the access again';
    const delta = await this.#deltaWith(edges);
    const same = delta.complete && delta.gainedCount + delta.lostCount === 0 && delta.alteredCount <= MOST_REGRANTED;
    return same && (await this.#supposed(edges, (supposed) => this.#areMeant(delta.altered, supposed)))
      ? undefined
      : 'grants and memberships alone do not give back what is lost';
  }

  async #isEnded(snapshot: Snapshot): Promise<boolean> {
    const access = { ...this.#access, frame: { ...this.#access.frame, snapshot } };
    const { signal } = this.#patience();
    return withOwnWorkspace(snapshot, async (work) => isEnded(access, work, () => signal?.throwIfAborted()));
  }

  /** Patterns that convey the action are to be as they were, with it as one exception more. */
  async #areMeant(altered: readonly AccessRow[], supposed: Snapshot): Promise<boolean> {
    const { action } = this.#revoked;
    const { frame } = this.#access;
    return withOwnWorkspace(supposed, async (work) =>
      altered.every((row) => {
        if (!this.#isAsked(row.identity, row.resource)) return false;
        const [identity, resource] = [nodeOf(this.#ground, row.identity), nodeOf(this.#ground, row.resource)];
        const [was, is] = [frame, { ...frame, snapshot: supposed }].map((each) => {
          collectUpward(each, resource, work.upward);
          return rowsOn(each, work, identity, resource);
        });
        const said = (groups: readonly RowGroup[], pattern: string): string =>
          JSON.stringify(
            groups
              .filter(({ actions }) => actions.includes(pattern))
              .map(({ rank, exceptions }) => [rank, without(exceptions, action)]),
          );
        return row.actions.every((pattern) => conveys(pattern, action) && said(was!, pattern) === said(is!, pattern));
      }),
    );
  }
}

const conveys = (pattern: string, action: string): boolean => matches(foldCase(pattern), foldCase(action));
const without = (exceptions: readonly string[], action: string): readonly string[] =>
  exceptions.filter((each) => foldCase(each) !== foldCase(action)).sort();

/** Edges into a node from those whom the identities do not go through; behind those whom they do, further back. */
function entriesOf(
  frame: Frame,
  start: number,
  through: ReadonlySet<number>,
  cut: ReadonlySet<number>,
): readonly number[] {
  const { snapshot } = frame;
  const { into } = snapshot.adjacency[MEMBERSHIP]!;
  const met = new Set([start]);
  const entries: number[] = [];
  for (const node of met) {
    for (const edge of into.of(node)) {
      if (!counts(frame, edge) || cut.has(edge)) continue;
      const member = snapshot.source[edge]!;
      if (!through.has(member)) entries.push(edge);
      else if (!isIdentity(snapshot, member)) met.add(member);
    }
  }
  return entries;
}

/** The cut edge from where another edge comes; none where the two limit each other by two conditions. */
function carried(snapshot: Snapshot, cut: EdgeRecord, entry: EdgeRecord, ground: Ground): EdgeRecord[] {
  if (cut.condition !== undefined && entry.condition !== undefined && cut.condition !== entry.condition) return [];
  const kindOf = (id: string): string => NODE_KINDS[kindIndexOf(snapshot, nodeOf(ground, id))]!;
  const kind: EdgeKind = cut.kind === 'INHERITS' && kindOf(entry.from) !== 'Role' ? 'HAS_ROLE' : cut.kind;
  if (kind === 'CONTROLS') return [];
  const from = Math.max(cut.validFrom ?? Number.NEGATIVE_INFINITY, entry.validFrom ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(cut.validTo ?? Number.POSITIVE_INFINITY, entry.validTo ?? Number.POSITIVE_INFINITY);
  const { actions, exceptActions, effect, inherit } = cut;
  const condition = cut.condition ?? entry.condition;
  return [
    proposal({
      kind,
      from: entry.from,
      to: cut.to,
      ...(kind === 'GRANTS' ? { actions, exceptActions, effect, inherit } : {}),
      ...(condition === undefined ? {} : { condition }),
      ...(Number.isFinite(from) ? { validFrom: from } : {}),
      ...(Number.isFinite(to) ? { validTo: to } : {}),
    }),
  ];
}

/** What is given back by a grant. */
type Regrant = Pick<AccessRow, 'identity' | 'resource' | 'actions' | 'exceptions'>;

const grant = ({ identity, resource, actions, exceptions }: Regrant, inherit: boolean): EdgeRecord =>
  proposal({ kind: 'GRANTS', from: identity, to: resource, actions, exceptActions: exceptions, inherit });

interface Placed {
  readonly row: Regrant;
  /** The resource and all that contains it. */
  readonly within: readonly number[];
}

/** Rows whose resource no other of them contains, and whether they contain others. */
function outermost(group: readonly Placed[]): readonly { readonly row: Regrant; readonly isOuter: boolean }[] {
  // What contains another has fewer containers, or as many in a circle, of which the first is kept.
  const ordered = [...group].sort((a, b) => a.within.length - b.within.length);
  const kept = new Map<number, { row: Regrant; isOuter: boolean }>();
  for (const { row, within } of ordered) {
    const [resource, ...containers] = within;
    const outer = containers.find((container) => kept.has(container));
    if (outer === undefined) kept.set(resource!, { row, isOuter: false });
    else kept.get(outer)!.isOuter = true;
  }
  return [...kept.values()];
}

type Proposed = Omit<Parameters<typeof makeEdge>[0], 'source' | 'key'>;

/** What it says is its key, so that proposals of different content do not take each other's place. */
function proposal(fields: Proposed): EdgeRecord {
  const key = hash('sha256', JSON.stringify(fields), 'base64url').slice(0, 12);
  return makeEdge({ ...fields, source: PROPOSAL, key });
}
