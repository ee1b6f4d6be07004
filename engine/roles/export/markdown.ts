import type { AccessRow } from '../../access/questions.ts';
import { formatInstant } from '../../model/index.ts';
import { atomText } from '../atom.ts';
import { type PlannedRole, ROLE_FATES, type RoleMetrics, type RolePlan } from '../plan.ts';
import type { Exporter } from './exporter.ts';

/** Roles of a fate, entitlements of a role, exceptions, and things found that are written out. */
const ROLES_TOLD = 200;
const ENTITLEMENTS_TOLD = 20;
const EXCEPTIONS_TOLD = 1_000;
const FOUND_TOLD = 50;

/** What a change board reads: the figures, the proof, the steps, and what becomes of each role. */
export const planMarkdown: Exporter = {
  format: 'markdown',
  about: 'A page to decide by: figures, proof, steps, and what becomes of each role and why.',
  write: (plan) => [{ name: `${plan.id}.md`, text: `${pageOf(plan).join('\n')}\n` }],
};

function pageOf(plan: RolePlan): readonly string[] {
  const { id, version, at, scope, steps, edits } = plan;
  return [
    `# Restructure plan ${id}`,
    '',
    `Made from version ${version} of the graph, from ${formatInstant(at)} on, for ${scope === null ? 'all of it' : scope.map(code).join(', ')}. ${edits} edits in ${steps.length} steps.`,
    '',
    ...figures(plan.before, plan.after),
    '',
    '## Proof',
    '',
    ...proofLines(plan),
    '',
    ...exceptionLines(plan),
    '## Steps',
    '',
    `After each step everybody can do what he could do${plan.exceptions === undefined ? '' : ', but for the agreed exceptions'}. A step is undone by its inverse; steps are undone from the last to the first.`,
    '',
    ...steps.map(({ title, changes }, i) => `${i + 1}. ${escaped(title)}: ${changes.length} changes`),
    '',
    '## Roles',
    '',
    ...ROLE_FATES.flatMap((fate) =>
      rolesOf(
        plan.roles.filter((role) => role.fate === fate),
        fate,
      ),
    ),
    ...foundLines(plan),
  ];
}

function figures(before: RoleMetrics, after: RoleMetrics): readonly string[] {
  const names: Readonly<Record<keyof RoleMetrics, string>> = {
    roles: 'roles',
    assignments: 'assignments',
    roleGrants: 'grants of roles',
    hierarchyEdges: 'inclusions',
    directGrants: 'direct grants',
    structuralComplexity: 'all together',
  };
  const rows = Object.entries(names) as [keyof RoleMetrics, string][];
  return [
    '| | before | after |',
    '| --- | ---: | ---: |',
    ...rows.map(([key, name]) => `| ${name} | ${before[key]} | ${after[key]} |`),
  ];
}

function proofLines({ proof }: RolePlan): readonly string[] {
  const { holdings, twin, engine, instants, instantsInAll, stepsLookedAt } = proof;
  const sum = (of: 'gained' | 'lost' | 'altered'): number => engine.reduce((total, one) => total + one[of], 0);
  return [
    `- The engine looked at ${instants.length} of ${instantsInAll} instants in all reaches, and after ${stepsLookedAt} of ${proof.steps} steps: ${sum('gained')} gained, ${sum('lost')} lost, ${sum('altered')} with other exceptions.`,
    `- What ${holdings.holders} holders are given was followed through all ${holdings.steps} steps, for all times: ${holdings.differenceCount} differences.`,
    `- ${twin.identities} identities in ${twin.before.classes} classes stand as before${twin.agreedCount === undefined ? '' : `, but for ${twin.agreedCount} of whom exceptions are agreed`}: ${twin.before.pairs} entitlements before, ${twin.after.pairs} after.`,
    `- Root of all of them before: ${code(twin.before.root)}, after: ${code(twin.after.root)}.`,
  ];
}

/** What was agreed, by whom and why, whether the plan needs it, and what it comes to: the part that somebody has to answer for. */
function exceptionLines({ exceptions = [], proof: { agreed } }: RolePlan): readonly string[] {
  if (exceptions.length === 0) return [];
  const used = exceptions.filter((exception) => exception.used);
  return [
    '## Agreed exceptions',
    '',
    `${used.length} of ${exceptions.length} ${used.length === 1 ? 'is' : 'are'} made use of: ${agreed?.lostCount ?? 0} accesses are lost and ${agreed?.gainedCount ?? 0} gained, and no others.`,
    '',
    '| who | may | what | agreed by | why | in this plan |',
    '| --- | --- | --- | --- | --- | --- |',
    ...[...used, ...exceptions.filter((exception) => !exception.used)]
      .slice(0, EXCEPTIONS_TOLD)
      .map(
        ({ identity, action, resource, may, agreedBy, because, used: isUsed, note }) =>
          `| ${[identity, may.toLowerCase(), `${action} on ${resource}`, agreedBy, because, isUsed ? 'made use of' : (note ?? 'not needed')].map(escaped).join(' | ')} |`,
      ),
    ...(exceptions.length > EXCEPTIONS_TOLD ? ['', `… and ${exceptions.length - EXCEPTIONS_TOLD} more.`] : []),
    '',
    ...changedLines('Lost', agreed?.lost ?? [], agreed?.lostCount ?? 0),
    ...changedLines('Gained', agreed?.gained ?? [], agreed?.gainedCount ?? 0),
  ];
}

function changedLines(what: string, rows: readonly AccessRow[], count: number): readonly string[] {
  if (rows.length === 0) return [];
  const more = count - rows.length;
  return [
    `${what}:`,
    '',
    ...rows.map(({ identity, actions, exceptions, resource }) => {
      const except = exceptions.length === 0 ? '' : ` except ${exceptions.join(', ')}`;
      return `- ${escaped(`${identity}: ${actions.join(', ')}${except} on ${resource}`)}`;
    }),
    ...(more > 0 ? [`- … and ${more} more`] : []),
    '',
  ];
}

function rolesOf(roles: readonly PlannedRole[], fate: string): readonly string[] {
  if (roles.length === 0) return [];
  const told = fate === 'KEPT' ? [] : roles.slice(0, ROLES_TOLD);
  const left = roles.length - told.length;
  return [
    `### ${fate} (${roles.length})`,
    '',
    ...told.flatMap(roleLines),
    ...(left > 0 && told.length > 0 ? [`… and ${left} more.`, ''] : []),
  ];
}

function roleLines({
  id,
  name,
  rationale,
  entitlements,
  members,
  juniors,
  membersAdded,
  membersRemoved,
}: PlannedRole): readonly string[] {
  const shown = entitlements.slice(0, ENTITLEMENTS_TOLD).map((atom) => `  - ${escaped(atomText(atom))}`);
  const more = entitlements.length - shown.length;
  return [
    `- **${escaped(name)}** (${code(id)}): ${escaped(rationale)} ${members.length} holders (${membersAdded} come, ${membersRemoved} go)${juniors.length === 0 ? '' : `, includes ${juniors.map(code).join(', ')}`}.`,
    ...shown,
    ...(more > 0 ? [`  - … and ${more} more`] : []),
    '',
  ];
}

function foundLines({ detected }: RolePlan): readonly string[] {
  const counts = Object.entries(detected.counts).filter(([, count]) => count > 0);
  if (counts.length === 0) return [];
  return [
    '## What was plainly too much',
    '',
    ...counts.map(([kind, count]) => `- ${kind}: ${count}`),
    '',
    ...detected.told.slice(0, FOUND_TOLD).map(({ remedy }) => `- ${escaped(remedy)}`),
  ];
}

const code = (text: string): string => {
  const ticks = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)));
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text.replaceAll(/[\r\n]+/g, ' ')}${pad}${ticks}`;
};

/** Names are text, whatever is in them. */
const escaped = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&');
