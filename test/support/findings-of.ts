/** What is found wrong in a graph of plain records, told whole, with a view to try the remedies on. */
import { hereOrApart } from '../../engine/access/apart.ts';
import { groundOf } from '../../engine/access/ground.ts';
import type { ProposedChange } from '../../engine/access/proposed-changes.ts';
import type { GraphView, RevocationAnswer } from '../../engine/access/questions.ts';
import { openView } from '../../engine/access/view.ts';
import { askFindingRevocation } from '../../engine/findings/ask-finding-revocation.ts';
import { readSodRules } from '../../engine/findings/duties/read-sod-rules.ts';
import { resolveSodRules } from '../../engine/findings/duties/resolve-sod-rules.ts';
import { findFindings } from '../../engine/findings/find-findings.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import {
  FINDING_KINDS,
  type Finding,
  type FindingKind,
  type FindingRevocationQuestion,
} from '../../engine/findings/questions.ts';
import { rulesOf } from '../../engine/findings/rules/index.ts';
import { tellFindings, withIds } from '../../engine/findings/told.ts';
import {
  type Change,
  type EdgeRecord,
  type Instant,
  lineOfEdge,
  lineOfNode,
  type NodeRecord,
  type UseRecord,
} from '../../engine/model/index.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { ClonedApart } from './cloned-apart.ts';
import { memoryReader } from './memory-reader.ts';

export interface FoundIn {
  readonly findings: readonly Finding[];
  /** By kind, in the order of FINDING_KINDS. */
  readonly notes: readonly string[];
  readonly view: GraphView;
  /** Cuts that end what one of the findings is about. */
  readonly revocation: (id: string, asked?: Omit<FindingRevocationQuestion, 'finding'>) => Promise<RevocationAnswer>;
}

export interface Records {
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
  readonly uses?: readonly UseRecord[];
}

export interface FindingsOptions {
  readonly at: Instant;
  readonly kinds?: readonly FindingKind[];
  readonly staleAfterDays?: number;
  /** The text of a file of duties. */
  readonly sod?: string;
  /** Sensitivity rules before the built-in ones; none at all when absent. */
  readonly sensitivity?: readonly SensitivityRule[];
}

export async function findingsOf(
  { nodes, edges, uses = [] }: Records,
  { at, kinds = FINDING_KINDS, staleAfterDays, sod, sensitivity }: FindingsOptions,
): Promise<FoundIn> {
  const reader = {
    ...memoryReader(nodes, edges),
    async *useRecords() {
      yield* uses;
    },
  };
  const snapshot = await compileSnapshot(reader, roomForChanges);
  const needs = new Set(rulesOf(kinds).flatMap((rule) => rule.needs));
  const facts = await readFacts(snapshot, reader, needs, new Pace());
  const apart = new ClonedApart();
  const known = {
    ...(staleAfterDays !== undefined && { staleAfterDays }),
    ...(sod !== undefined && { sod: resolveSodRules(snapshot, readSodRules(sod, 'duties.yaml'), 'duties.yaml') }),
    ...(sensitivity && { sensitivity: await readSensitivity(snapshot, reader, sensitivity, new Pace()) }),
  };
  const found = await hereOrApart(apart, findFindings, [snapshot], { kinds, at, facts, ...known }, {});
  const telling = { snapshot, reader };
  const listed = found.flatMap((of) => of.found.map((one) => ({ kind: of.kind, found: one })));
  const all = await withIds(telling, listed);
  const ground = groundOf(snapshot, reader, apart);
  return {
    findings: await tellFindings(telling, all),
    revocation: (id, asked = {}) => askFindingRevocation(ground, all.find((one) => one.id === id)!, at, asked),
    notes: found.flatMap((of) => of.notes),
    view: openView(snapshot, reader, () => {}, apart),
  };
}

/** A remedy as `whatIf` takes it. */
export const proposedOf = (remedy: readonly Change[]): readonly ProposedChange[] =>
  remedy.map((change): ProposedChange => {
    switch (change.op) {
      case 'PUT_NODE': {
        const { node: kind, id, ...properties } = lineOfNode(change.node);
        return { op: change.op, kind: kind as string, id: id as string, properties };
      }
      case 'PUT_EDGE': {
        const { edge: kind, from, to, key, ...properties } = lineOfEdge(change.edge);
        const named = { kind: kind as string, from: from as string, to: to as string, key: key as string | undefined };
        return { op: change.op, ...named, properties };
      }
      case 'PUT_USE':
        throw new Error('no remedy tells of a use');
      default:
        return { op: change.op, id: change.id };
    }
  });
