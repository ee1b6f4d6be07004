/** The question about roles as it is asked: checks what is given, mines in a thread, and gives names to the numbers. */
import { hereOrApart } from '../../access/apart.ts';
import { frameOf, type Ground, invalid } from '../../access/ground.ts';
import type { SodRules } from '../../findings/find-all.ts';
import { readFacts } from '../../findings/graph-facts.ts';
import { GrantlensError } from '../../model/index.ts';
import { type LabelGround, labelGround } from '../../peers/cluster-label.ts';
import { readCodedAttributes } from '../../peers/coded-attributes.ts';
import { sortNodes } from '../../snapshot/order.ts';
import { Pace } from '../../snapshot/pace.ts';
import { kindIndexOf, ROLE, type Snapshot } from '../../snapshot/snapshot.ts';
import { rulesToKeep } from '../duties/rules-to-keep.ts';
import { nameRoles, type RoleToName } from '../meaning/role-names.ts';
import { conflictError } from './conflict-error.ts';
import { type FoundRoles, type MineInput, mineRoles } from './mine-roles.ts';
import { MinedNames } from './mined-names.ts';
import { type MinedRole, PLAN_OBJECTIVES, type RoleMining, type RoleMiningQuestion } from './questions.ts';

export type MiningGround = Pick<Ground, 'snapshot' | 'reader' | 'apart'> & {
  /** Duties that may be asked to be kept apart. */
  readonly sod?: SodRules | undefined;
};

const DUTIES_TOLD = 100;

const SEARCH = 20_000;
const LONGEST_SEARCH = 3_600_000;
/** Milliseconds beside the search: reading, the bound, the check. */
const BESIDE = 600_000;
const MOST_ITERATIONS = 1_000_000_000;
const MOST_IDS = 100_000;

/**
 * @throws GrantlensError ARGUMENT_INVALID for what is out of its range, NODE_NOT_FOUND, NO_SUCH_ROLES when what is asked of roles
 *   contradicts itself, LIMIT_EXCEEDED; the reason of the signal
 */
export async function askMining(ground: MiningGround, asked: RoleMiningQuestion): Promise<RoleMining> {
  const began = performance.now();
  const { snapshot, reader, apart } = ground;
  const { signal, onProgress } = asked;
  const checked = checkedQuestion(ground, asked);
  const pace = new Pace({ signal, onProgress });
  const { conditions } = await readFacts(snapshot, reader, new Set(['conditions']), pace);
  const waiting = { signal, onProgress, deadline: (checked.searchFor ?? 0) + BESIDE };
  const found = await hereOrApart(apart, mineRoles, [snapshot], { ...checked, conditions: conditions! }, waiting);
  if (found.kind === 'conflict') throw conflictError(ground, found);
  const members = Uint32Array.from(new Set(found.roles.flatMap((role) => [...role.members])));
  const attributes = await readCodedAttributes(snapshot, reader, pace, members);
  const names = await MinedNames.of(snapshot, reader, found, conditions!);
  const roles = named(snapshot, found, labelGround(attributes, members), names);
  const { lowerBound, cost, identities, holdings } = found;
  const edges = found.roles.reduce(
    (sum, { members, own, includes }) => sum + members.length + own.length + includes.length,
    0,
  );
  return {
    objective: checked.objective,
    roles,
    direct: found.direct.map(([identity, atom]) => ({
      identity: snapshot.ids.at(identity),
      entitlement: names.entitlement(atom),
    })),
    structuralComplexity: found.roles.length + edges + found.direct.length,
    cost: checked.objective === 'FEWEST_ROLES' ? found.roles.length : cost,
    lowerBound,
    gap: lowerBound === 0 ? 0 : (found.roles.length - lowerBound) / lowerBound,
    provenOptimal: found.direct.length === 0 && found.roles.length === lowerBound,
    exact: true,
    identities,
    entitlements: found.atoms.length,
    holdings,
    duties: found.duties.map(({ rule, holders, undivided }) => ({
      rule,
      holderCount: holders.length,
      holders: Array.from(sortNodes(snapshot, Uint32Array.from(holders)).subarray(0, DUTIES_TOLD), (node) =>
        snapshot.ids.at(node),
      ),
      undivided: undivided.slice(0, DUTIES_TOLD).map((atom) => names.entitlement(atom)),
    })),
    seed: checked.seed,
    generalisation: found.firmness?.generalisation ?? null,
    ...(identities === 0 && { because: 'no enabled identity in scope holds anything' }),
    seconds: Math.round(performance.now() - began) / 1_000,
    version: snapshot.version,
  };
}

function named(snapshot: Snapshot, found: FoundRoles, ground: LabelGround, names: MinedNames): readonly MinedRole[] {
  const described = found.roles.map(
    ({ members, own, atoms }): RoleToName => ({
      members,
      entitlements: [...(own.length > 0 ? own : atoms)].map((atom) => names.forName(atom, found.holders[atom]!)),
    }),
  );
  const told = nameRoles(described, ground);
  const nameOf = (role: number): string => names.present(found.roles[role]!.basedOn) ?? told[role]!.name;
  return found.roles
    .map(
      ({ members, atoms, includes, basedOn }, role): MinedRole => ({
        name: nameOf(role),
        rationale: told[role]!.rationale,
        members: Array.from(sortNodes(snapshot, Uint32Array.from(members)), (node) => snapshot.ids.at(node)),
        entitlements: Array.from(atoms, (atom) => names.entitlement(atom)),
        includes: includes.map(nameOf),
        basedOn: basedOn < 0 ? null : snapshot.ids.at(basedOn),
        stability: found.firmness?.stability[role] ?? null,
      }),
    )
    .sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1));
}

function checkedQuestion(
  ground: MiningGround,
  asked: RoleMiningQuestion,
): Omit<MineInput, 'conditions'> & { readonly objective: RoleMining['objective'] } {
  const { snapshot } = ground;
  const { objective = 'LEAST_COMPLEXITY', seed = 1, iterations, exceptionShare = 0, hierarchy = true } = asked;
  const { deadline = iterations === undefined ? SEARCH : undefined, kernel = true, scope, keep = [] } = asked;
  if (!PLAN_OBJECTIVES.includes(objective))
    throw invalid(
      'objective',
      `objective must be one of ${PLAN_OBJECTIVES.join(', ')}, is ${JSON.stringify(objective)}`,
    );
  if (!Number.isSafeInteger(seed)) throw invalid('seed', `seed must be a whole number, is ${seed}`);
  if (deadline !== undefined && !(deadline >= 0 && deadline <= LONGEST_SEARCH))
    throw invalid('deadline', `deadline must be from 0 to ${LONGEST_SEARCH} milliseconds, is ${deadline}`);
  if (iterations !== undefined && !(Number.isInteger(iterations) && iterations >= 0 && iterations <= MOST_ITERATIONS))
    throw invalid('iterations', `iterations must be a whole number from 0 to ${MOST_ITERATIONS}, is ${iterations}`);
  if (!(exceptionShare >= 0 && exceptionShare <= 1))
    throw invalid('exceptionShare', `exceptionShare must be from 0 to 1, is ${exceptionShare}`);
  const limits = {
    ...atLeastOne('maxColumnsPerRole', asked.maxEntitlementsPerRole, 'maxEntitlementsPerRole'),
    ...atLeastOne('maxRolesPerRow', asked.maxRolesPerIdentity, 'maxRolesPerIdentity'),
    ...atLeastOne('maxRowsPerRole', asked.maxIdentitiesPerRole, 'maxIdentitiesPerRole'),
  };
  const { at, reach } = frameOf(ground, { at: asked.at, reach: asked.reach ?? 'ENTITLED' });
  return {
    at,
    reach,
    objective,
    seed,
    searchFor: deadline,
    iterations,
    scope: scope === undefined ? undefined : nodesOf(snapshot, scope, 'scope'),
    keep: nodesOf(snapshot, keep, 'keep', true),
    weights: weightsOf(asked, exceptionShare),
    // What a role may hold at most is said of all that it gives: roles within roles would hide it.
    hierarchy: hierarchy && Object.keys(limits).length === 0,
    limits,
    exceptionShare,
    kernel,
    firmness: asked.firmness ?? false,
    sod: asked.separateDuties === true ? rulesToKeep(ground.sod, snapshot) : undefined,
  };
}

function atLeastOne(name: string, value: number | undefined, argument: string): Readonly<Record<string, number>> {
  if (value === undefined) return {};
  if (Number.isSafeInteger(value) && value >= 1) return { [name]: value };
  throw invalid(argument, `${argument} must be a whole number from 1 on, is ${value}`);
}

function weightsOf({ weights = {} }: RoleMiningQuestion, exceptionShare: number): MineInput['weights'] {
  const all = {
    role: 1,
    assignment: 1,
    grant: 1,
    hierarchy: 1,
    direct: exceptionShare > 0 ? 1 : undefined,
    ...weights,
  };
  for (const [name, weight] of Object.entries(all))
    if (weight !== undefined && !(weight >= 0 && weight <= 1_000_000))
      throw invalid('weights', `the weight of ${name} must be from 0 to 1,000,000, is ${weight}`);
  return all;
}

function nodesOf(snapshot: Snapshot, ids: readonly string[], argument: string, onlyRoles = false): readonly number[] {
  if (ids.length === 0 && argument === 'scope')
    throw invalid('scope', 'scope names nobody; leave it out for all of the graph');
  if (ids.length > MOST_IDS) throw invalid(argument, `${argument} names at most ${MOST_IDS} nodes, not ${ids.length}`);
  return [...new Set(ids)].map((id) => {
    const node = typeof id === 'string' ? snapshot.index.find(id) : -1;
    if (node < 0)
      throw new GrantlensError('NODE_NOT_FOUND', `No node has the id ${JSON.stringify(id)}, which ${argument} names.`, {
        id,
      });
    if (onlyRoles && kindIndexOf(snapshot, node) !== ROLE)
      throw invalid(argument, `${argument} names roles, and ${JSON.stringify(id)} is none`);
    return node;
  });
}
