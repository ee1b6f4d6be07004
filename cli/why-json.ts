/** An explanation as JSON: the fields of `AccessExplanation` of the GraphQL schema, absent values as null. */
import {
  type AccessExplanation,
  type EdgeRecord,
  formatInstant,
  type Instant,
  type Revocation,
} from '../engine/index.ts';
import type { Names } from './names.ts';
import { changeJson, edgeJson, entityJson } from './record-json.ts';
import { revocationJson } from './revocation-report.ts';

export function whyJson(why: AccessExplanation, revocation: Revocation | undefined, names: Names) {
  const edge = (record: EdgeRecord) => edgeJson(record, names);
  return {
    identity: entityJson(names.get(why.identity)!),
    action: why.action,
    resource: entityJson(names.get(why.resource)!),
    decision: why.decision,
    conditions: why.conditions,
    sentences: why.sentences,
    paths: why.paths.map(({ edges, nodes, length, decision, validFrom, validTo }) => ({
      edges: edges.map(edge),
      nodes: nodes.map((id) => entityJson(names.get(id)!)),
      length,
      decision,
      validFrom: instantJson(validFrom),
      validTo: instantJson(validTo),
    })),
    pathCount: why.pathCount,
    pathCountText: why.pathCountText,
    complete: why.complete,
    incompleteBecause: why.incompleteBecause ?? null,
    version: why.version,
    validWindows: why.validWindows.map(({ from, to }) => ({ from: instantJson(from), to: instantJson(to) })),
    chokeEdges: why.chokeEdges.map(edge),
    revocation: revocation === undefined ? null : revocationJson(revocation, names),
    denials: why.denials.map(edge),
    grantOptions: why.grantOptions.map(changeJson),
  };
}

export const instantJson = (at: Instant | null | undefined) => (at == null ? null : formatInstant(at));
