/** Cuts that end an access, for people and as JSON: the fields of `Revocations` of the GraphQL schema, absent values as null. */
import type { AccessDelta, AccessRow, EdgeRecord, Repair, Revocation, RevocationAnswer } from '../engine/index.ts';
import type { Colour } from './colour.ts';
import { type Names, nameOf } from './names.ts';
import { changeJson, edgeJson, entityJson } from './record-json.ts';
import { counted } from './terminal.ts';
import { visible } from './visible.ts';
import { evidence, sentence } from './why-report.ts';

/** Ids of all nodes that the answer names. */
export const nodesOfRevocations = ({ alternatives, uncuttable }: RevocationAnswer): string[] => [
  ...uncuttable.flatMap(ends),
  ...alternatives.flatMap(nodesOfRevocation),
];

/** Ids of all nodes that one cut names. */
export const nodesOfRevocation = ({ edges, collateral, repair }: Revocation): string[] => [
  ...edges.flatMap(ends),
  ...[...collateral.lost, ...collateral.gained].flatMap(({ identity, resource }) => [identity, resource]),
  ...(repair === undefined ? [] : edgesOf(repair).flatMap(ends)),
];

const ends = ({ from, to }: EdgeRecord): string[] => [from, to];
const edgesOf = ({ changes }: Repair): EdgeRecord[] =>
  changes.flatMap(({ change }) => (change.op === 'PUT_EDGE' ? [change.edge] : []));

export function revocationsJson(answer: RevocationAnswer, names: Names) {
  return {
    alternatives: answer.alternatives.map((one) => revocationJson(one, names)),
    because: answer.because ?? null,
    uncuttable: answer.uncuttable.map((edge) => edgeJson(edge, names)),
    complete: answer.complete,
    incompleteBecause: answer.incompleteBecause ?? null,
    version: answer.version,
  };
}

export const revocationJson = ({ edges, cost, collateral, repair }: Revocation, names: Names) => ({
  edges: edges.map((edge) => edgeJson(edge, names)),
  cost,
  collateral: deltaJson(collateral, names),
  repair:
    repair === undefined
      ? null
      : { changes: repair.changes.map(changeJson), exact: repair.exact, because: repair.because ?? null },
});

function deltaJson({ gainedCount, lostCount, gained, lost }: AccessDelta, names: Names) {
  const access = ({ identity, resource, ...row }: AccessRow) => ({
    identity: entityJson(names.get(identity)!),
    resource: entityJson(names.get(resource)!),
    ...row,
  });
  return { gainedCount, lostCount, gained: gained.map(access), lost: lost.map(access) };
}

export function revocationLines(answer: RevocationAnswer, names: Names, colour: Colour): string[] {
  const lines = answer.alternatives.flatMap((one, i) => [
    ...(i === 0 ? [] : ['']),
    ...alternativeLines(one, i + 1, names, colour),
  ]);
  if (answer.because !== undefined) lines.push(`No cut: ${answer.because}.`);
  lines.push(...answer.uncuttable.map((edge) => `  ${sentence(edge, names)}${evidence(edge, colour)}`));
  if (answer.incompleteBecause !== undefined) lines.push(colour.warn(`Not all: ${answer.incompleteBecause}.`));
  return lines;
}

function alternativeLines(one: Revocation, place: number, names: Names, colour: Colour): string[] {
  const { edges, cost, collateral, repair } = one;
  return [
    `${colour.bold(`${place}.`)} cost ${cost}, ${counted(edges.length, 'edge')} to remove; ${besides(collateral)}`,
    ...edges.map((edge) => `  - ${sentence(edge, names)}${evidence(edge, colour)}`),
    ...shownRows('loses', collateral.lostCount, collateral.lost, names, colour),
    ...shownRows('gains', collateral.gainedCount, collateral.gained, names, colour),
    ...(repair === undefined ? [] : repairLines(repair, names)),
  ];
}

function besides({ lostCount, gainedCount }: AccessDelta): string {
  if (lostCount + gainedCount === 0) return 'nothing else is lost';
  const gained = gainedCount === 0 ? '' : `, ${counted(gainedCount, 'access', 'accesses')} gained`;
  return `besides, ${counted(lostCount, 'access', 'accesses')} lost${gained}`;
}

const MOST_ROWS = 5;

function shownRows(verb: string, count: number, rows: readonly AccessRow[], names: Names, colour: Colour): string[] {
  const lines = rows
    .slice(0, MOST_ROWS)
    .map(
      ({ identity, actions, resource }) =>
        `    ${nameOf(names, identity)} ${verb} ${actions.map(visible).join(', ')} on ${nameOf(names, resource)}`,
    );
  const told = rows.slice(0, MOST_ROWS).reduce((sum, { actions }) => sum + actions.length, 0);
  if (count > told) lines.push(`    and ${(count - told).toLocaleString('en-US')} more`);
  return lines.map(colour.faint);
}

function repairLines(repair: Repair, names: Names): string[] {
  if (!repair.exact) return [`  No repair: ${repair.because}.`];
  const edges = edgesOf(repair);
  if (edges.length === 0) return ['  There is nothing to give back.'];
  return ['  To give back what else is lost, put:', ...edges.map((edge) => `  + ${sentence(edge, names)}`)];
}
