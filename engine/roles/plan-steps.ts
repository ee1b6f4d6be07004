/** A schedule as batches of changes, each with a title and what undoes it. */
import { type Change, type EdgeRecord, makeEdge, type NodeRecord } from '../model/index.ts';
import { digestOf } from '../runs/canonical.ts';
import type { Move } from './arrangement.ts';
import { atomKey, grantOf } from './atom.ts';
import { edgesJoining } from './links.ts';
import { edgesOfRole, nodeVersions, recordsOf } from './present-edges.ts';
import { assignmentEdges, type RoleState, type Row } from './role-state.ts';
import type { OrderedMove, Phase, Schedule } from './schedule.ts';
import { type TargetRole, targetGives } from './target.ts';

/** One batch: all of it or nothing. After each step of a plan everybody holds what he held. */
export interface PlanStep {
  readonly title: string;
  readonly changes: readonly Change[];
  /** What undoes it, in order. Steps are undone from the last to the first. */
  readonly inverse: readonly Change[];
}

/** A role that a plan makes. */
export interface NewRole {
  readonly id: string;
  readonly name: string;
  /** The connector that it is put under. */
  readonly source: string;
}

/** Changes of one step at most. */
export const STEP_CHANGES = 2_000;

/** The source of roles that give nothing and of which nothing tells where they belong. */
const PLAN_SOURCE = 'plan';

export interface PlannedSteps {
  readonly steps: readonly PlanStep[];
  /** By number of role, counted from the first new one. */
  readonly made: readonly NewRole[];
  /** Numbers of present roles that go. */
  readonly retired: readonly number[];
}

/** O(moves and the edges that they take away), and all nodes where a role of several sources goes: see `nodeVersions`. */
export async function plannedSteps(state: RoleState, schedule: Schedule): Promise<PlannedSteps> {
  const { target } = schedule;
  const based = new Set(target.roles.map(({ basedOn }) => basedOn));
  const retired = [...state.roles.keys()].filter((role) => !based.has(role));
  const made = await newRoles(state, schedule);
  const writing = await Writing.begun(state, schedule, made, retired);
  return { steps: writing.steps(), made, retired };
}

async function newRoles(state: RoleState, { target }: Schedule): Promise<readonly NewRole[]> {
  const gives = targetGives(target);
  const taken = await idsInTheWay(state);
  const made: NewRole[] = [];
  for (const [place, role] of target.roles.entries()) {
    if (role.basedOn !== undefined) continue;
    const source = sourceOf(state, role, gives[place]!);
    const digest = digestOf([source, ...Array.from(gives[place]!, (atom) => atomKey(state.atoms[atom]!)).sort()]).slice(
      0,
      20,
    );
    let id = `role:${source}:${digest}`;
    for (let copy = 2; taken.has(id) || state.snapshot.index.find(id) >= 0; copy++)
      id = `role:${source}:${digest}-${copy}`;
    taken.add(id);
    made.push({ id, name: role.name ?? `Role ${digest.slice(0, 8)}`, source });
  }
  return made;
}

/** Ids that edges wait for whose node is gone: a role under such an id would be given them. */
async function idsInTheWay({ reader }: RoleState): Promise<Set<string>> {
  const { total } = await reader.danglingEdges(0);
  const { edges } = total === 0 ? { edges: [] } : await reader.danglingEdges(total);
  return new Set(edges.flatMap(({ from, to }) => [from, to]));
}

/** Where a role is carried out: where most of what it grants itself is told of, else of what it gives; the first by name. */
function sourceOf(state: RoleState, { atoms }: TargetRole, gives: Uint32Array): string {
  for (const list of [atoms, gives]) {
    const counts = new Map<string, number>();
    for (const atom of list) {
      const { source } = state.atoms[atom]!;
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    if (most !== undefined) return most[0];
  }
  return PLAN_SOURCE;
}

interface Done {
  readonly change: Change;
  readonly inverse: Change;
}

const putEdge = (edge: EdgeRecord): Change => ({ op: 'PUT_EDGE', edge });
const removeEdge = ({ id, source }: EdgeRecord): Change => ({ op: 'REMOVE_EDGE', id, source });
const put = (edge: EdgeRecord): Done => ({ change: putEdge(edge), inverse: removeEdge(edge) });
const taken = (edge: EdgeRecord): Done => ({ change: removeEdge(edge), inverse: putEdge(edge) });

class Writing {
  readonly #state: RoleState;
  readonly #schedule: Schedule;
  readonly #made: readonly NewRole[];
  readonly #retired: readonly number[];
  readonly #records: ReadonlyMap<number, EdgeRecord>;
  readonly #versions: ReadonlyMap<string, readonly NodeRecord[]>;
  /** Edges that have been taken away by number. */
  readonly #gone = new Set<number>();

  private constructor(
    state: RoleState,
    schedule: Schedule,
    made: readonly NewRole[],
    retired: readonly number[],
    records: ReadonlyMap<number, EdgeRecord>,
    versions: ReadonlyMap<string, readonly NodeRecord[]>,
  ) {
    this.#state = state;
    this.#schedule = schedule;
    this.#made = made;
    this.#retired = retired;
    this.#records = records;
    this.#versions = versions;
  }

  static async begun(state: RoleState, schedule: Schedule, made: readonly NewRole[], retired: readonly number[]) {
    const taking = schedule.moves.filter(({ does }) => does === 'TAKE').map(({ move }) => move);
    const edges = new Set([
      ...taking.flatMap((move) => edgesOfMove(state, schedule, move)),
      ...retired.flatMap((role) => edgesOfRole(state, role)),
    ]);
    const records = await recordsOf(state, [...edges]);
    const versions = await nodeVersions(
      state,
      retired.map((role) => state.roles[role]!.id),
    );
    return new Writing(state, schedule, made, retired, records, versions);
  }

  steps(): readonly PlanStep[] {
    const steps: PlanStep[] = [];
    if (this.#made.length > 0) steps.push(...inSteps('Create the new roles', this.#made.map(createdRole)));
    for (const run of runsOf(this.#schedule.moves)) {
      const done = run.moves.flatMap((ordered) => this.#done(ordered));
      steps.push(...inSteps(this.#titleOf(run), done));
    }
    const leftovers = this.#retired.flatMap((role) => this.#leftoversOf(role));
    if (leftovers.length > 0) steps.push(...inSteps('Take away what is left around the roles that go', leftovers));
    const nodes = this.#retired.flatMap((role) => this.#removed(role));
    if (nodes.length > 0) steps.push(...inSteps('Remove the roles that nobody needs any more', nodes));
    return steps;
  }

  #done({ does, move }: OrderedMove): readonly Done[] {
    if (does === 'PUT') return this.#edgesPut(move).map(put);
    const edges = edgesOfMove(this.#state, this.#schedule, move);
    return edges.map((edge) => {
      this.#gone.add(edge);
      return taken(this.#records.get(edge)!);
    });
  }

  #edgesPut(move: Move): readonly EdgeRecord[] {
    const { atoms, rows } = this.#state;
    switch (move.what) {
      case 'ATOM':
        return [grantOf(atoms[move.atom]!, this.#idOf(move.role))];
      case 'JUNIOR':
        return [this.#inheritance(move.role, move.junior)];
      case 'MEMBER':
        return this.#schedule.classes.rows[move.of]!.map((row) => this.#assignment(rows[row]!, move.role));
      case 'DIRECT':
        return this.#schedule.classes.rows[move.of]!.map((row) => grantOf(atoms[move.atom]!, rows[row]!.id));
    }
  }

  #idOf(role: number): string {
    const present = this.#state.roles.length;
    return role < present ? this.#state.roles[role]!.id : this.#made[role - present]!.id;
  }

  /** The connector that assignments of a role are put under. */
  #sourceOf(role: number): string {
    const present = this.#state.roles.length;
    return role < present ? (this.#state.roles[role]!.sources[0] ?? PLAN_SOURCE) : this.#made[role - present]!.source;
  }

  #inheritance(role: number, junior: number): EdgeRecord {
    const [from, to] = [this.#idOf(role), this.#idOf(junior)];
    return makeEdge({ kind: 'INHERITS', from, to, source: this.#sourceOf(role), key: 'plan' });
  }

  #assignment(row: Row, role: number): EdgeRecord {
    const { id, kind, condition, validFrom, validTo } = row;
    return makeEdge({
      kind: kind === 'Role' ? 'INHERITS' : 'HAS_ROLE',
      from: id,
      to: this.#idOf(role),
      source: this.#sourceOf(role),
      key: keyOfRow(row),
      condition,
      validFrom,
      validTo,
    });
  }

  /** What is over, and who owned it: edges of a role that goes which no move has taken away. */
  #leftoversOf(role: number): readonly Done[] {
    return edgesOfRole(this.#state, role).flatMap((edge) => {
      if (this.#gone.has(edge)) return [];
      this.#gone.add(edge);
      return [taken(this.#records.get(edge)!)];
    });
  }

  #removed(role: number): readonly Done[] {
    return (this.#versions.get(this.#state.roles[role]!.id) ?? []).map((node) => ({
      change: { op: 'REMOVE_NODE', id: node.id, source: node.source },
      inverse: { op: 'PUT_NODE', node },
    }));
  }

  #titleOf({ phase, does, moves }: Run): string {
    const { move } = moves[0]!;
    const rows = new Set(moves.flatMap((each) => this.#rowsOf(each.move)));
    const who = counted(rows.size, 'holder');
    if (move.what === 'DIRECT')
      return does === 'PUT'
        ? `Grant ${who} directly what no role gives`
        : `Take direct grants from ${who} who have them by roles`;
    const roles = new Set(moves.flatMap((each) => (each.move.what === 'DIRECT' ? [] : [each.move.role])));
    const what = roles.size === 1 ? JSON.stringify(this.#nameOf(move.role)) : counted(roles.size, 'role');
    if (move.what === 'MEMBER')
      return does === 'PUT' ? `Assign ${what} to ${who}` : `Take ${what} from ${who} who are covered otherwise`;
    if (phase === 'PREPARE') return `Fill ${what}`;
    return does === 'PUT'
      ? `Add to ${what} what the holders have already`
      : `Take from ${what} what nobody has by it alone`;
  }

  #rowsOf(move: Move): readonly number[] {
    return move.what === 'MEMBER' || move.what === 'DIRECT' ? this.#schedule.classes.rows[move.of]! : [];
  }

  #nameOf(role: number): string {
    const { roles } = this.#state;
    return role < roles.length ? roles[role]!.name : this.#made[role - roles.length]!.name;
  }
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** The present edges that a move takes away. */
function edgesOfMove(state: RoleState, { classes }: Schedule, move: Move): readonly number[] {
  switch (move.what) {
    case 'ATOM':
      return edgesJoining(state.atomsOf, move.role, move.atom);
    case 'JUNIOR':
      return edgesJoining(state.juniorsOf, move.role, move.junior);
    case 'MEMBER':
      return classes.rows[move.of]!.flatMap((row) => assignmentEdges(state, row, move.role));
    case 'DIRECT':
      return classes.rows[move.of]!.flatMap((row) => edgesJoining(state.directOf, row, move.atom));
  }
}

/** Moves of one kind that follow each other. */
interface Run {
  readonly phase: Phase;
  readonly does: OrderedMove['does'];
  readonly moves: OrderedMove[];
}

function runsOf(moves: readonly OrderedMove[]): readonly Run[] {
  const runs: Run[] = [];
  let last = '';
  for (const ordered of moves) {
    const { phase, does, move } = ordered;
    const about = move.what === 'MEMBER' || move.what === 'DIRECT' ? move.what : 'CONTENT';
    const key = `${phase} ${does} ${about}`;
    if (key === last) runs.at(-1)!.moves.push(ordered);
    else runs.push({ phase, does, moves: [ordered] });
    last = key;
  }
  return runs;
}

function inSteps(title: string, done: readonly Done[]): readonly PlanStep[] {
  const parts = Math.ceil(done.length / STEP_CHANGES);
  return Array.from({ length: parts }, (_, part) => {
    const own = done.slice(part * STEP_CHANGES, (part + 1) * STEP_CHANGES);
    return {
      title: parts === 1 ? title : `${title} (${part + 1} of ${parts})`,
      changes: own.map(({ change }) => change),
      inverse: own.map(({ inverse }) => inverse).reverse(),
    };
  });
}

function createdRole({ id, name, source }: NewRole): Done {
  return {
    change: { op: 'PUT_NODE', node: { kind: 'Role', id, source, name, attributes: {} } },
    inverse: { op: 'REMOVE_NODE', id, source },
  };
}

/** Tells assignments of one holder to one role apart: those that hold always, under a condition, for a time. */
const keyOfRow = ({ condition, validFrom, validTo }: Row): string =>
  `plan ${digestOf([JSON.stringify([condition ?? null, validFrom ?? null, validTo ?? null])]).slice(0, 16)}`;
