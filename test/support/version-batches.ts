/** A history that follows from a version number: what the batch of each version is, so that a store can be held against it. */
import { type Change, makeEdge, type NodeKind } from '../../engine/model/index.ts';
import { randomOf } from './mutate.ts';
import { type ListedBatch, NaiveGraph } from './naive-graph.ts';

const SOURCES = ['hr', 'ldap', 'cloud'];
const KINDS: readonly NodeKind[] = ['User', 'Group', 'Role', 'Resource'];
const nodeOf = (place: number) => ({ kind: KINDS[place % 4]!, id: `${KINDS[place % 4]}:${place}` });

/**
 * The batch that makes a version. It puts the ends of its edges itself, so it fits any graph. Every fourth is all there is
 * of its source, every ninth is some ten times larger.
 */
export function batchOfVersion(version: number, size = 40): ListedBatch {
  const random = randomOf(version * 7_919);
  const source = SOURCES[random(3)]!;
  const nodes = size * (version % 9 === 0 ? 10 : 1);
  const changes: Change[] = [];
  for (let i = 0; i < nodes; i++) {
    const from = 4 * random(size * 3);
    const to = 4 * random(size * 3) + 1;
    for (const place of [from, to]) changes.push(putNode(place, source, random(3) === 0 ? version : 0));
    const key = `k${random(3)}`;
    const evidence = random(2) === 0 ? { evidence: `version ${version} ${'x'.repeat(random(60))}` } : {};
    const edge = makeEdge({ kind: 'MEMBER_OF', from: nodeOf(from).id, to: nodeOf(to).id, source, key, ...evidence });
    changes.push({ op: 'PUT_EDGE', edge });
    if (random(6) === 0) changes.push({ op: 'REMOVE_EDGE', id: edge.id, source });
    if (random(4) === 0) changes.push(putUse(from, source, version));
  }
  return { id: `version-${version}`, source, complete: version % 4 === 0 ? [source] : [], changes };
}

function putNode(place: number, source: string, level: number): Change {
  return {
    op: 'PUT_NODE',
    node: { ...nodeOf(place), source, name: `Node ${place}`, attributes: { level, unit: `unit ${place % 7}` } },
  };
}

function putUse(place: number, source: string, version: number): Change {
  const use = {
    identity: nodeOf(place).id,
    action: `act${place % 5}`,
    resource: 'Resource:3',
    source,
    lastUsedAt: version,
    useCount: 1,
  };
  return { op: 'PUT_USE', use };
}

/** The graphs of that history, worked out as far as they are asked for. */
export class History {
  readonly #graphs: NaiveGraph[] = [new NaiveGraph()];
  readonly #size: number;

  constructor(size = 40) {
    this.#size = size;
  }

  at(version: number): NaiveGraph {
    while (this.#graphs.length <= version) {
      const after = this.#graphs.at(-1)!.after(batchOfVersion(this.#graphs.length, this.#size));
      if ('faults' in after) throw new Error(`the batch of version ${this.#graphs.length} does not fit`);
      this.#graphs.push(after.graph);
    }
    return this.#graphs[version]!;
  }
}
