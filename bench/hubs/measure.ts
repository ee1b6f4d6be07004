/** Measures hubs of a loaded estate, in a process of its own. Started by run.ts; answers with one line of JSON on stdout. */
import type { HubsQuestion } from '../../engine/hubs/questions.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { memory, timeOnce } from '../measure.ts';
import { productCompile, productHubs, productPace, productSensitivity, productStore } from '../product.ts';
import { sequence } from '../random.ts';

export interface HubsMeasured {
  /** What is sensitive: `estate` is what it says, `thousand` so many resources drawn by seed, `every` all. */
  readonly sensitive: string;
  readonly resources: number;
  readonly reach: string;
  /** The best of the runs. */
  readonly seconds: number;
  readonly pairs: number;
  readonly hubs: number;
  readonly edges: number;
}

export interface HubsRequest {
  readonly folder: string;
  readonly seed: number;
  /** Which choices of what is sensitive; all when empty. */
  readonly only: readonly string[];
}

export interface HubsReport {
  readonly nodes: number;
  readonly edges: number;
  readonly readSensitivitySeconds: number;
  readonly measured: readonly HubsMeasured[];
  readonly memory: ReturnType<typeof memory>;
}

const RUNS = 3;
/** When the estate was made; edges are valid by the calendar. */
const AT = Date.UTC(2026, 0, 1);

const { folder, seed, only } = JSON.parse(process.argv[2]!) as HubsRequest;
process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<HubsReport> {
  const { openEmbeddedStore } = await productStore();
  const { compileSnapshot } = await productCompile();
  const { readSensitivity } = await productSensitivity();
  const { askHubs } = await productHubs();
  const { Pace } = await productPace();
  const store = await openEmbeddedStore({ folder, mode: 'read' });
  const reader = await store.read();
  const snapshot = await compileSnapshot(reader);
  const ground = { snapshot, reader, apart: undefined };
  const reading = await timeOnce(() => readSensitivity(snapshot, reader, [], new Pace()));
  const everything = [{ name: 'everything', resource: { id: '*' }, weight: 0.5 }];
  const choices: readonly (readonly [string, readonly SensitivityRule[]])[] = [
    ['estate', []],
    ['thousand', aThousand()],
    ['every', everything],
  ];
  const measured: HubsMeasured[] = [];
  for (const [sensitive, rules] of choices.filter(([name]) => only.length === 0 || only.includes(name)))
    for (const reach of ['ENTITLED', 'ASSUMABLE', 'ESCALATION'] as const)
      measured.push(await best(sensitive, { reach, rules, at: AT }));
  const after = memory();
  await reader.close();
  await store.close();
  return {
    nodes: snapshot.nodeSpace,
    edges: snapshot.edgeSpace,
    readSensitivitySeconds: rounded(reading.seconds),
    measured,
    memory: after,
  };

  /** The first run also reads what is sensitive; the best one does not. */
  async function best(sensitive: string, question: HubsQuestion): Promise<HubsMeasured> {
    let seconds = Number.POSITIVE_INFINITY;
    for (let run = 1; ; run++) {
      const { seconds: taken, result } = await timeOnce(() => askHubs(ground, question));
      seconds = Math.min(seconds, taken);
      if (run < RUNS) continue;
      const { pairs, hubCount: hubs, edgeCount: edges, sensitivity } = result;
      return {
        sensitive,
        resources: sensitivity.resources,
        reach: question.reach!,
        seconds: rounded(seconds),
        pairs,
        hubs,
        edges,
      };
    }
  }

  /** One weighs something, all others nothing. */
  function aThousand(): readonly SensitivityRule[] {
    const random = sequence(seed * 31 + 7);
    const { kindStart } = snapshot.space;
    const [first, end] = [kindStart[4]!, kindStart[5]!];
    const drawn = new Set<number>();
    while (drawn.size < Math.min(1_000, end - first)) drawn.add(first + Math.floor(random() * (end - first)));
    const rules = [...drawn].map((node) => ({ name: `${node}`, resource: { id: snapshot.ids.at(node) }, weight: 0.5 }));
    return [...rules, { name: 'the rest', resource: { id: '*' }, weight: 0 }];
  }
}

function rounded(seconds: number): number {
  return Number(seconds.toPrecision(3));
}
