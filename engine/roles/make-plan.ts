/** From a target to a proved plan. */
import type { Pace } from '../snapshot/pace.ts';
import { detect } from './detect.ts';
import type { AgreedException, PlannedException } from './exceptions/agreed-exception.ts';
import { rightsOf } from './links.ts';
import { presentMetrics, targetMetrics } from './metrics.ts';
import {
  PLAN_FORMAT,
  PLAN_FORMAT_VERSION,
  type PlannedMember,
  type PlannedRole,
  planId,
  type RoleFate,
  type RolePlan,
} from './plan.ts';
import { edgesTouched, groundLines, presentGround, rolesTouched } from './plan-ground.ts';
import { type NewRole, type PlanStep, plannedSteps } from './plan-steps.ts';
import { mustHold, type Proof, type ProofLimits, prove } from './proof/prove.ts';
import { type RetiredBecause, retiredBecause } from './retired-because.ts';
import type { RoleState, Row } from './role-state.ts';
import { scheduleOf } from './schedule.ts';
import { checkTarget, type Target, type TargetRole } from './target.ts';
import { editCount, type RoleEdits, roleEdits } from './target-edits.ts';

export interface PlanOptions extends ProofLimits {
  /** As they were asked for; told in the plan. */
  readonly scope?: readonly string[] | undefined;
  readonly keep?: readonly string[] | undefined;
  /** Of each exception what there is to say about it. */
  readonly notes?: readonly (string | null)[] | undefined;
}

/**
 * A plan that leads from the roles as they are to those of a target, with its proof. The same state and target give the same
 * plan, byte by byte.
 *
 * @throws GrantlensError TARGET_INVALID when the target would give somebody more or less; PLAN_REFUSED when the proof does not
 *   hold; DEADLINE_EXCEEDED; the reason of the signal
 */
export async function makePlan(state: RoleState, target: Target, options: PlanOptions, pace: Pace): Promise<RolePlan> {
  pace.progress('putting steps in order', 0, 1);
  checkTarget(state, target);
  const schedule = scheduleOf(state, target);
  const { steps, made, retired } = await plannedSteps(state, schedule);
  const proof = await prove(
    state,
    steps.map(({ changes }) => changes),
    options,
    pace,
  );
  mustHold(proof);
  const exceptions = plannedExceptions(options, proof);
  const ids = new Set([...state.roles.map(({ id }) => id), ...made.map(({ id }) => id)]);
  const groundRoles = rolesTouched(steps, (id) => ids.has(id));
  const ground = await presentGround(state, groundRoles, edgesTouched(steps));
  const plan = {
    format: PLAN_FORMAT,
    formatVersion: PLAN_FORMAT_VERSION,
    version: state.reader.version,
    at: state.at,
    scope: options.scope ?? null,
    keep: options.keep ?? [],
    ...(exceptions.length === 0 ? {} : { exceptions }),
    anchored: reasonsOf(state),
    roles: plannedRoles(state, schedule.target, made, retired),
    before: presentMetrics(state),
    after: targetMetrics(schedule.target),
    edits: editCount(state, schedule.target),
    brokenCircles: schedule.brokenCircles,
    detected: detect(state),
    steps: withAgreed(steps, proof),
    ground: groundLines(ground),
    groundRoles,
    proof,
  } as const;
  return { ...plan, id: planId(plan) };
}

const plannedExceptions = (
  {
    exceptions = [],
    notes = [],
  }: { readonly exceptions?: readonly AgreedException[] | undefined } & Pick<PlanOptions, 'notes'>,
  { agreed }: Proof,
): readonly PlannedException[] =>
  exceptions.map((exception, place) => ({
    ...exception,
    used: agreed?.used.includes(place) === true,
    note: notes[place] ?? null,
  }));

/** The steps by which somebody loses or gains what was agreed say so. */
function withAgreed(steps: readonly PlanStep[], { holdings }: Proof): readonly PlanStep[] {
  const counts = new Map<number, number>();
  for (const { step } of holdings.agreed ?? []) counts.set(step, (counts.get(step) ?? 0) + 1);
  return steps.map((step, i) => {
    const count = counts.get(i + 1);
    return count === undefined
      ? step
      : {
          ...step,
          title: `${step.title}; ${count === 1 ? '1 holder loses or gains' : `${count} holders lose or gain`} what was agreed`,
        };
  });
}

function reasonsOf({ anchored }: RoleState): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const reason of anchored.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plannedRoles(
  state: RoleState,
  target: Target,
  made: readonly NewRole[],
  retired: readonly number[],
): readonly PlannedRole[] {
  const edits = roleEdits(state, target);
  let next = 0;
  const named = target.roles.map(({ basedOn }) => (basedOn === undefined ? made[next++]! : state.roles[basedOn]!));
  const wanted = target.roles.map((role, place): PlannedRole => {
    const { id, name } = named[place]!;
    return {
      id,
      name,
      fate: fateOf(role, edits[place]!),
      basedOn: originOf(state, role),
      sources:
        role.basedOn === undefined ? [made.find((one) => one.id === id)!.source] : state.roles[role.basedOn]!.sources,
      members: membersOf(state, role.rows),
      entitlements: role.atoms.map((atom) => state.atoms[atom]!),
      juniors: role.juniors.map((junior) => named[junior]!.id).sort(),
      ...edits[place]!,
      rationale: role.rationale ?? rationaleOf(role, edits[place]!),
    };
  });
  const because = retiredBecause(
    state,
    target,
    named.map(({ name }) => name),
    retired,
  );
  return [...wanted, ...retired.map((role) => retiredRole(state, role, because.get(role)))].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

function originOf({ roles }: RoleState, { basedOn, insteadOf }: TargetRole): string | null {
  const origin = basedOn ?? insteadOf;
  return origin === undefined ? null : roles[origin]!.id;
}

function fateOf({ basedOn }: TargetRole, edits: RoleEdits): RoleFate {
  if (basedOn === undefined) return 'NEW';
  return Object.values(edits).some((count) => count > 0) ? 'CHANGED' : 'KEPT';
}

function retiredRole(state: RoleState, role: number, because: RetiredBecause | undefined): PlannedRole {
  const { id, name, sources } = state.roles[role]!;
  const rows = rightsOf(state.rowsOf, role);
  const atoms = rightsOf(state.atomsOf, role);
  const juniors = rightsOf(state.juniorsOf, role);
  return {
    id,
    name,
    fate: 'RETIRED',
    basedOn: null,
    sources,
    members: membersOf(state, rows),
    entitlements: atoms.map((atom) => state.atoms[atom]!),
    juniors: juniors.map((junior) => state.roles[junior]!.id).sort(),
    membersAdded: 0,
    membersRemoved: rows.length,
    contentsAdded: 0,
    contentsRemoved: atoms.length + juniors.length,
    rationale: whyRetired(rows.length, state.given[role]!.length, because),
  };
}

function whyRetired(holders: number, atoms: number, because: RetiredBecause | undefined): string {
  const others = because?.instead.map((name) => JSON.stringify(name)).join(', ');
  switch (because?.how) {
    case 'TWIN':
      return `It gives the same as ${others} to the same holders.`;
    case 'SAME_CONTENT':
      return `It gives the same as ${others}, which takes its holders in.`;
    case 'SUBSUMED':
      return `Whoever has it has ${others}, which gives all of it and more.`;
    case 'SHARED_OUT':
      return `What it gives its ${holders === 1 ? 'holder has' : `${holders} holders have`} by ${others}.`;
  }
  if (atoms === 0) return 'It gives nothing.';
  if (holders === 0) return 'Nobody is assigned it, and nothing that is left includes it.';
  return `Its ${holders === 1 ? 'holder has' : `${holders} holders have`} all that it gives by other roles or grants.`;
}

function rationaleOf({ basedOn, rows, atoms, juniors }: TargetRole, edits: RoleEdits): string {
  const { membersAdded, membersRemoved, contentsAdded, contentsRemoved } = edits;
  const size = `${rows.length} holders, ${atoms.length} grants and ${juniors.length} included roles`;
  if (basedOn === undefined) return `New, with ${size} that belong together.`;
  if (membersAdded + membersRemoved + contentsAdded + contentsRemoved === 0) return 'It stays as it is.';
  return `Assignments: ${membersAdded} come, ${membersRemoved} go. Grants and included roles: ${contentsAdded} come, ${contentsRemoved} go.`;
}

const membersOf = ({ rows }: RoleState, of: readonly number[]): readonly PlannedMember[] =>
  [...new Set(of)].sort((a, b) => a - b).map((row) => memberOf(rows[row]!));

const memberOf = ({ id, kind, condition, validFrom, validTo }: Row): PlannedMember => ({
  id,
  kind,
  ...(condition === undefined ? {} : { condition }),
  ...(validFrom === undefined ? {} : { validFrom }),
  ...(validTo === undefined ? {} : { validTo }),
});
