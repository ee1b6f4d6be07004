/** Looks for what is wrong in a loaded estate, in a process of its own. Started by run.ts; answers with one line of JSON on stdout. */
import type { Finding, FindingKind } from '../../engine/findings/questions.ts';
import type { Change } from '../../engine/model/index.ts';
import { lineOfEdge, lineOfNode, REACHES } from '../../engine/model/index.ts';
import { memory, timeOnce } from '../measure.ts';
import {
  productAssemble,
  productCompile,
  productEngine,
  productFindingFacts,
  productFindingRules,
  productFindings,
  productFindingsTold,
  productPace,
  productStore,
  productView,
} from '../product.ts';
import { sequence } from '../random.ts';

export interface KindMeasured {
  readonly kind: FindingKind;
  readonly seconds: number;
  readonly found: number;
  /** Problems of the kind that were put into the estate, and how many of them are among what was found. */
  readonly planted: number;
  readonly met: number;
  /** Of the severest `FIRST` (fewer where there are not so many), those that are about what was planted. */
  readonly first: number;
  readonly firstPlanted: number;
  /** Of these, those that show an edge last used more than a year ago or, as its source says, never: what is planted is so too. */
  readonly firstOld?: number;
  /** Remedies that were tried in every reach, and how many did what they say. */
  readonly tried: number;
  readonly asTold: number;
}

export interface FindingsReport {
  readonly nodes: number;
  readonly edges: number;
  readonly readFactsSeconds: number;
  readonly kinds: readonly KindMeasured[];
  /** All rules together. */
  readonly seconds: number;
  readonly memory: ReturnType<typeof memory>;
}

/** Kinds that are found with the help of more than the graph: a file of duties, what is sensitive, what peers have. */
const WITH_MORE: readonly FindingKind[] = ['OUTLIER', 'SOD_VIOLATION', 'ESCALATION_PATH'];
/** Remedies of a kind that are tried. */
const SAMPLE = 200;
/** Of kinds that are ranked, so many of the severest are looked at. */
const FIRST = 50;
const YEAR = 365 * 86_400_000;
/** When the estate was made; edges are valid by the calendar. */
const AT = Date.UTC(2026, 0, 1);

interface Request {
  readonly folder: string;
  readonly users: number;
  readonly seed: number;
}

const showsOld = ({ edges }: Finding): boolean =>
  edges.some(({ lastUsedAt, useCount }) => (lastUsedAt === undefined ? useCount === 0 : lastUsedAt < AT - YEAR));

const { folder, users, seed } = JSON.parse(process.argv[2]!) as Request;
process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<FindingsReport> {
  const { openEmbeddedStore } = await productStore();
  const { compileSnapshot } = await productCompile();
  const { roomForChanges } = await productAssemble();
  const { plantedProblems } = await productEngine();
  const { readFacts } = await productFindingFacts();
  const { rulesOf } = await productFindingRules();
  const { findFindings } = await productFindings();
  const { tellFindings, withIds } = await productFindingsTold();
  const { openView } = await productView();
  const { Pace } = await productPace();
  const store = await openEmbeddedStore({ folder, mode: 'read' });
  const reader = await store.read();
  const snapshot = await compileSnapshot(reader, roomForChanges);
  const planted = [...plantedProblems({ users, seed })];
  const asked = new Set(planted.map(({ kind }) => kind).filter((kind) => !WITH_MORE.includes(kind)));
  const rules = rulesOf([...asked]);
  const needs = new Set(rules.flatMap((rule) => rule.needs));
  // A thread has nobody else to let run.
  const pace = new Pace({ givenUp: () => false });
  const facts = await timeOnce(() => readFacts(snapshot, reader, needs, pace));
  const kinds = rules.map(({ kind }) => kind);
  const found = await timeOnce(() => findFindings([snapshot], { kinds, at: AT, facts: facts.result }, pace));
  const after = memory();
  const view = openView(snapshot, reader, () => {});
  const measured: KindMeasured[] = [];
  for (const { kind, found: some, took } of found.result) {
    const telling = { snapshot, reader };
    const named = await withIds(
      telling,
      some.map((one) => ({ kind, found: one })),
    );
    const findings = await tellFindings(telling, named);
    const problems = planted.filter((each) => each.kind === kind);
    const met = problems.filter(({ ids }) => findings.some((finding) => isAbout(finding, ids)));
    const first = [...findings].sort((a, b) => b.severity - a.severity || (a.id < b.id ? -1 : 1)).slice(0, FIRST);
    const drawn = drawFrom(findings.filter(({ remedy }) => remedy.length > 0));
    let asTold = 0;
    for (const finding of drawn) if (await doesAsTold(finding)) asTold++;
    measured.push({
      kind,
      seconds: rounded(took / 1_000),
      found: findings.length,
      planted: problems.length,
      met: met.length,
      first: first.length,
      firstPlanted: first.filter((finding) => problems.some(({ ids }) => isAbout(finding, ids))).length,
      ...(kind === 'STALE_ACCESS' && { firstOld: first.filter(showsOld).length }),
      tried: drawn.length,
      asTold,
    });
  }
  await reader.close();
  await store.close();
  return {
    nodes: snapshot.nodeSpace,
    edges: snapshot.edgeSpace,
    readFactsSeconds: rounded(facts.seconds),
    kinds: measured,
    seconds: rounded(found.seconds),
    memory: after,
  };

  async function doesAsTold({ remedy, remedyEffect }: Finding): Promise<boolean> {
    for (const reach of REACHES) {
      const delta = await view.whatIf({ changes: remedy.map(proposed), reach, at: AT });
      if (delta.gainedCount > 0) return false;
      if (remedyEffect === 'NOTHING_CHANGES' && delta.lostCount + delta.alteredCount > 0) return false;
    }
    return true;
  }
}

/** True when a finding is about what was planted: what its ids are is on the page docs/generate.md. */
function isAbout({ kind, entities, edges }: Finding, ids: readonly string[]): boolean {
  switch (kind) {
    case 'REDUNDANT_GRANT':
    case 'EXPIRED_GRANT':
      return edges[0]?.id === ids[0];
    case 'STALE_ACCESS':
      return edges.some(({ id }) => id === ids[0]) || entities.includes(ids[0]!);
    case 'DUPLICATE_ROLE':
    case 'MEMBERSHIP_CYCLE':
      return ids.every((id) => entities.includes(id));
    default:
      return entities[0] === ids[0];
  }
}

function drawFrom(findings: readonly Finding[]): readonly Finding[] {
  const random = sequence(seed * 31 + 7);
  const left = [...findings];
  const drawn: Finding[] = [];
  while (drawn.length < SAMPLE && left.length > 0) {
    const place = Math.floor(random() * left.length);
    drawn.push(left[place]!);
    left[place] = left.at(-1)!;
    left.pop();
  }
  return drawn;
}

/** A change as it is proposed. */
function proposed(change: Change) {
  switch (change.op) {
    case 'PUT_NODE': {
      const { node: kind, id, ...properties } = lineOfNode(change.node);
      return { op: change.op, kind: String(kind), id: String(id), properties };
    }
    case 'PUT_EDGE': {
      const { edge: kind, from, to, key, ...properties } = lineOfEdge(change.edge);
      const ends = { kind: String(kind), from: String(from), to: String(to) };
      return { op: change.op, ...ends, ...(key === undefined ? {} : { key: String(key) }), properties };
    }
    case 'PUT_USE':
      throw new Error('no remedy tells of a use');
    default:
      return { op: change.op, id: change.id };
  }
}

function rounded(seconds: number): number {
  return Number(seconds.toPrecision(3));
}
