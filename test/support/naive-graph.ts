/** The graph of a store in the most obvious way, to hold stores against: maps that are copied with every batch. */
import {
  type Change,
  EDGE_KINDS,
  type EdgeRecord,
  type Entity,
  isDisabled,
  type JsonValue,
  mayJoin,
  mergeVersions,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
  sortedDeep,
  type UseKey,
  type UseRecord,
} from '../../engine/model/index.ts';

/** A batch whose changes are at hand. */
export interface ListedBatch {
  readonly id: string;
  readonly source: string;
  readonly complete: readonly string[];
  readonly changes: readonly Change[];
  readonly withdrawnUses?: readonly UseKey[];
}

export interface NaiveOutcome {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** A refusal: the fields at fault, each with the place in the batch (from 0) of the change. */
export interface NaiveRefusal {
  readonly faults: readonly { readonly change: number; readonly field: string }[];
}

interface Fact {
  readonly source: string;
  readonly text: string;
  readonly record: NodeRecord | EdgeRecord | UseRecord;
}

const canonical = (record: object): string => JSON.stringify(sortedDeep(record as JsonValue));
const nodeKey = (id: string, source: string) => JSON.stringify(['node', id, source]);
const edgeKey = (id: string) => JSON.stringify(['edge', id]);
const useKey = (use: UseKey) => JSON.stringify(['use', use.identity, use.action, use.resource, use.source]);
const order = (...pairs: readonly (readonly [string | number, string | number])[]): number => {
  for (const [a, b] of pairs) if (a !== b) return a < b ? -1 : 1;
  return 0;
};

export class NaiveGraph {
  readonly #facts: ReadonlyMap<string, Fact>;
  #versions: ReadonlyMap<string, readonly NodeRecord[]> | undefined;
  readonly loadedAt: ReadonlyMap<string, number>;

  constructor(facts: ReadonlyMap<string, Fact> = new Map(), loadedAt: ReadonlyMap<string, number> = new Map()) {
    this.#facts = facts;
    this.loadedAt = loadedAt;
  }

  /** The graph after a batch and what the batch did, or why it is refused. */
  after(
    batch: ListedBatch,
    appliedAt = 0,
  ): { readonly graph: NaiveGraph; readonly outcome: NaiveOutcome } | NaiveRefusal {
    const facts = new Map(this.#facts);
    const put = new Map<string, number>();
    for (const use of batch.withdrawnUses ?? []) facts.delete(useKey(use));
    for (const [place, change] of batch.changes.entries()) applyChange(facts, put, change, place);
    for (const [key, fact] of facts) if (batch.complete.includes(fact.source) && !put.has(key)) facts.delete(key);
    const after = new NaiveGraph(facts);
    const faults = [...after.#kindFaults(put), ...after.#endFaults(put)];
    if (faults.length > 0) return { faults };
    const { outcome, touched } = compare(this.#facts, facts);
    const loadedAt = new Map(this.loadedAt);
    for (const source of [...touched, ...batch.complete]) loadedAt.set(source, appliedAt);
    return { graph: new NaiveGraph(facts, loadedAt), outcome };
  }

  #kindFaults(put: ReadonlyMap<string, number>): { change: number; field: string }[] {
    const placeOf = (node: NodeRecord) => put.get(nodeKey(node.id, node.source)) ?? -1;
    const faults = [];
    for (const versions of this.#nodeVersions().values()) {
      const first = versions.reduce((a, b) => (placeOf(b) < placeOf(a) ? b : a));
      for (const version of versions) {
        if (version.kind !== first.kind) faults.push({ change: placeOf(version), field: 'node' });
      }
    }
    return faults;
  }

  /** Each source's version of every node, by id. */
  #nodeVersions(): ReadonlyMap<string, readonly NodeRecord[]> {
    if (this.#versions !== undefined) return this.#versions;
    const versions = new Map<string, NodeRecord[]>();
    for (const node of this.nodes()) {
      const known = versions.get(node.id);
      if (known === undefined) versions.set(node.id, [node]);
      else known.push(node);
    }
    this.#versions = versions;
    return versions;
  }

  #endFaults(put: ReadonlyMap<string, number>): { change: number; field: string }[] {
    const faults = [];
    for (const edge of this.edges()) {
      const change = put.get(edgeKey(edge.id));
      if (change === undefined) continue;
      const from = this.kindsOf(edge.from);
      const to = this.kindsOf(edge.to);
      if (!from.some((kind) => NODE_KINDS.some((other) => mayJoin(edge.kind, kind, other)))) {
        faults.push({ change, field: 'from' });
      }
      if (!to.some((kind) => NODE_KINDS.some((other) => mayJoin(edge.kind, other, kind)))) {
        faults.push({ change, field: 'to' });
      }
    }
    return faults;
  }

  kindsOf(id: string): NodeKind[] {
    return (this.#nodeVersions().get(id) ?? []).map((node) => node.kind);
  }

  nodes(): NodeRecord[] {
    return this.#records<NodeRecord>('node').sort((a, b) => order([a.id, b.id], [a.source, b.source]));
  }

  edges(): EdgeRecord[] {
    const place = (edge: EdgeRecord) => EDGE_KINDS.indexOf(edge.kind);
    return this.#records<EdgeRecord>('edge').sort((a, b) =>
      order([place(a), place(b)], [a.from, b.from], [a.to, b.to], [a.key ?? '', b.key ?? ''], [a.source, b.source]),
    );
  }

  uses(): UseRecord[] {
    return this.#records<UseRecord>('use').sort((a, b) =>
      order([a.identity, b.identity], [a.action, b.action], [a.resource, b.resource], [a.source, b.source]),
    );
  }

  #records<T>(kind: string): T[] {
    const prefix = JSON.stringify([kind]).slice(0, -1);
    return [...this.#facts].filter(([key]) => key.startsWith(prefix)).map(([, fact]) => fact.record as T);
  }

  /** Nodes as shown, by kind then id. */
  entities(precedence: readonly string[]): Entity[] {
    const entities = [...this.#nodeVersions().values()].map((versions) => mergeVersions(versions, precedence));
    return entities.sort((a, b) => order([NODE_KINDS.indexOf(a.kind), NODE_KINDS.indexOf(b.kind)], [a.id, b.id]));
  }

  hasEffect(edge: EdgeRecord): boolean {
    const [from] = this.kindsOf(edge.from);
    const [to] = this.kindsOf(edge.to);
    return from !== undefined && to !== undefined && mayJoin(edge.kind, from, to);
  }

  sources(): { source: string; nodes: number; edges: number; loadedAt: number }[] {
    const names = [...new Set([...this.#facts.values()].map((fact) => fact.source))].sort();
    return names.map((source) => ({
      source,
      nodes: this.nodes().filter((node) => node.source === source).length,
      edges: this.edges().filter((edge) => edge.source === source).length,
      loadedAt: this.loadedAt.get(source) ?? 0,
    }));
  }

  /** Everything there is, for comparison. */
  text(): string {
    return JSON.stringify([...this.nodes(), ...this.edges(), ...this.uses()].map(canonical));
  }
}

/** What a search looks at. */
export function naiveSearchText(entity: Entity): string {
  const values = Object.values(entity.attributes).filter((value) => ['string', 'number'].includes(typeof value));
  return `${entity.id}\n${entity.name}\n${values.join('\n')}`.toLowerCase();
}

export { isDisabled };

function applyChange(facts: Map<string, Fact>, put: Map<string, number>, change: Change, place: number): void {
  switch (change.op) {
    case 'PUT_NODE':
      putFact(facts, put, nodeKey(change.node.id, change.node.source), change.node, place);
      break;
    case 'PUT_EDGE':
      putFact(facts, put, edgeKey(change.edge.id), change.edge, place);
      break;
    case 'PUT_USE':
      putFact(facts, put, useKey(change.use), change.use, place);
      break;
    case 'REMOVE_NODE':
      facts.delete(nodeKey(change.id, change.source));
      break;
    case 'REMOVE_EDGE':
      if (facts.get(edgeKey(change.id))?.source === change.source) facts.delete(edgeKey(change.id));
  }
}

function putFact(
  facts: Map<string, Fact>,
  put: Map<string, number>,
  key: string,
  record: NodeRecord | EdgeRecord | UseRecord,
  place: number,
): void {
  const text = canonical(record);
  put.set(key, place);
  if (facts.get(key)?.text !== text) facts.set(key, { source: record.source, text, record });
}

function compare(before: ReadonlyMap<string, Fact>, after: ReadonlyMap<string, Fact>) {
  const touched = new Set<string>();
  let added = 0;
  let changed = 0;
  let removed = 0;
  for (const [key, fact] of after) {
    const old = before.get(key);
    if (old?.text === fact.text) continue;
    if (old === undefined) added += 1;
    else changed += 1;
    touched.add(fact.source);
  }
  for (const [key, fact] of before) {
    if (after.has(key)) continue;
    removed += 1;
    touched.add(fact.source);
  }
  return { outcome: { added, changed, removed }, touched };
}
