/** Hubs by definition: take a node or an edge away and count the pairs that are left. */
import type { EdgeRecord, Entity, Instant, NodeKind, Reach } from '../../engine/model/index.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { obviousWeight } from './obvious-sensitivity.ts';
import { actionsToldApart, isDisabled, matches, type OracleGraph, patternsOf, worldAt } from './oracle/index.ts';

export interface ObviousQuestion {
  readonly graph: OracleGraph;
  /** Of every node that is there. */
  readonly entities: readonly Entity[];
  readonly rules: readonly SensitivityRule[];
  readonly at: Instant;
  readonly reach: Reach;
  readonly minSensitivity: number;
}

export interface ObviousHub {
  readonly identities: number;
  readonly resources: number;
  readonly exposure: number;
  readonly weightedExposure: number;
  readonly exclusivePairs: number;
  readonly weightedImpact: number;
  readonly blastRadius: number;
}

interface Pair {
  readonly identity: string;
  readonly resource: string;
}

export class ObviousHubs {
  readonly #asked: ObviousQuestion;
  readonly #kinds: ReadonlyMap<string, NodeKind>;
  readonly #edges: readonly EdgeRecord[];
  readonly #actions: readonly string[];
  readonly #weights = new Map<string, number>();
  readonly #had = new Map<string, ReadonlySet<string>>();
  readonly #conveyed = new Map<string, boolean>();
  readonly #identities: readonly string[];
  readonly pairs: readonly Pair[];

  constructor(asked: ObviousQuestion) {
    this.#asked = asked;
    const { graph, entities, rules, at } = asked;
    const world = worldAt(graph, at);
    this.#kinds = world.kinds;
    this.#edges = world.edges;
    this.#actions = actionsToldApart([
      ...new Set([...patternsOf(graph), ...rules.flatMap(({ actions = [] }) => actions)]),
    ]);
    for (const entity of entities) {
      if (entity.kind !== 'Resource') continue;
      const greatest = Math.max(...this.#actions.map((action) => obviousWeight(rules, entity, action)));
      if (this.#isEnough(greatest)) this.#weights.set(entity.id, greatest);
    }
    this.#identities = [...world.kinds]
      .filter(([id, kind]) => (kind === 'User' || kind === 'ServiceAccount') && !isDisabled(graph, id))
      .map(([id]) => id);
    this.pairs = this.#pairsOf(this.#edges);
  }

  get resources(): number {
    return this.#weights.size;
  }

  weightOf(pairs: readonly Pair[]): number {
    return pairs.reduce((sum, { resource }) => sum + this.#weights.get(resource)!, 0);
  }

  without(edge: string): readonly Pair[] {
    return this.#gone(this.#edges.filter(({ id }) => id !== edge));
  }

  /** Undefined for nodes through which nobody has a way. */
  hub(node: string): ObviousHub | undefined {
    const through = this.#identities
      .filter((identity) => identity !== node)
      .flatMap((identity) =>
        [...this.#weights.keys()]
          .filter((resource) => resource !== node && this.#passes(identity, node, resource))
          .map((resource) => ({ identity, resource })),
      );
    if (through.length === 0) return undefined;
    const lost = this.#gone(this.#edges.filter(({ from, to }) => from !== node && to !== node)).filter(
      ({ identity, resource }) => identity !== node && resource !== node,
    );
    const blast = [...this.#weights].filter(([resource]) => resource !== node && this.#reaches(node, resource));
    return {
      identities: new Set(through.map(({ identity }) => identity)).size,
      resources: new Set(through.map(({ resource }) => resource)).size,
      exposure: through.length,
      weightedExposure: this.weightOf(through),
      exclusivePairs: lost.length,
      weightedImpact: this.weightOf(lost),
      blastRadius: blast.reduce((sum, [, weight]) => sum + weight, 0),
    };
  }

  #gone(edges: readonly EdgeRecord[]): readonly Pair[] {
    const left = new Set(this.#pairsOf(edges).map((pair) => JSON.stringify(pair)));
    return this.pairs.filter((pair) => !left.has(JSON.stringify(pair)));
  }

  #isEnough(weight: number): boolean {
    return weight > 0 && weight >= this.#asked.minSensitivity;
  }

  #pairsOf(edges: readonly EdgeRecord[]): readonly Pair[] {
    const { reach } = this.#asked;
    const granted = [...this.#weights.keys()].map((resource) => {
      const around = up(resource, edges);
      const grants = edges.filter((edge) => around.has(edge.to) && this.#gives(edge, resource, reach));
      return [resource, [...new Set(grants.map(({ from }) => from))]] as const;
    });
    return this.#identities.flatMap((identity) => {
      const holders = this.#have(identity, edges, reach);
      return granted
        .filter(([, from]) => from.some((holder) => holders.has(holder)))
        .map(([resource]) => ({ identity, resource }));
    });
  }

  #passes(identity: string, node: string, resource: string): boolean {
    const { reach } = this.#asked;
    const holders = this.#have(identity, this.#edges, reach);
    const around = up(resource, this.#edges);
    const gives = (edge: EdgeRecord): boolean => this.#gives(edge, resource, reach);
    if (this.#kinds.get(node) === 'Resource') {
      const outer = up(node, this.#edges);
      return (
        around.has(node) &&
        this.#edges.some(
          (edge) => holders.has(edge.from) && outer.has(edge.to) && edge.inherit !== false && gives(edge),
        )
      );
    }
    const beyond = this.#have(node, this.#edges, reach);
    return holders.has(node) && this.#edges.some((edge) => beyond.has(edge.from) && around.has(edge.to) && gives(edge));
  }

  /** What a node itself reaches, take-overs counted. */
  #reaches(node: string, resource: string): boolean {
    const around = up(resource, this.#edges);
    if (this.#kinds.get(node) === 'Resource') return around.has(node);
    const holders = this.#have(node, this.#edges, 'ESCALATION');
    return this.#edges.some(
      (edge) => holders.has(edge.from) && around.has(edge.to) && this.#gives(edge, resource, 'ESCALATION'),
    );
  }

  /** What a node comes to have, itself among it; on the whole graph, worked out once. */
  #have(node: string, edges: readonly EdgeRecord[], reach: Reach): ReadonlySet<string> {
    if (edges !== this.#edges) return this.#collected(node, edges, reach);
    const key = `${reach} ${node}`;
    const found = this.#had.get(key) ?? this.#collected(node, edges, reach);
    this.#had.set(key, found);
    return found;
  }

  #collected(node: string, edges: readonly EdgeRecord[], reach: Reach): ReadonlySet<string> {
    const kinds = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS'];
    if (reach !== 'ENTITLED') kinds.push('CAN_ASSUME');
    if (reach === 'ESCALATION') kinds.push('CONTROLS');
    const found = new Set([node]);
    for (const each of found)
      for (const { kind, to } of leaving(edges).get(each) ?? [])
        if (kinds.includes(kind) && this.#kinds.get(to) !== 'Resource') found.add(to);
    return found;
  }

  /** True for a grant that conveys something sensitive on a resource in what it names. */
  #gives({ kind, effect, to, inherit, actions = [], exceptActions = [] }: EdgeRecord, resource: string, reach: Reach) {
    if (kind === 'CONTROLS') return reach === 'ESCALATION' && this.#conveys(['*'], [], resource);
    if (kind !== 'GRANTS' || effect === 'DENY' || (inherit === false && to !== resource)) return false;
    return this.#conveys(actions, exceptActions, resource);
  }

  #conveys(actions: readonly string[], except: readonly string[], resource: string): boolean {
    const key = JSON.stringify([actions, except, resource]);
    let known = this.#conveyed.get(key);
    if (known === undefined) {
      const entity = this.#asked.entities.find(({ id }) => id === resource)!;
      known = this.#actions.some(
        (action) =>
          actions.some((pattern) => matches(pattern, action)) &&
          !except.some((pattern) => matches(pattern, action)) &&
          this.#isEnough(obviousWeight(this.#asked.rules, entity, action)),
      );
      this.#conveyed.set(key, known);
    }
    return known;
  }
}

const left = new WeakMap<readonly EdgeRecord[], ReadonlyMap<string, readonly EdgeRecord[]>>();

/** The edges by where they begin; of a list, worked out once. */
function leaving(edges: readonly EdgeRecord[]): ReadonlyMap<string, readonly EdgeRecord[]> {
  const known = left.get(edges);
  if (known !== undefined) return known;
  const made = new Map<string, EdgeRecord[]>();
  for (const edge of edges) made.set(edge.from, [...(made.get(edge.from) ?? []), edge]);
  left.set(edges, made);
  return made;
}

const containing = new WeakMap<readonly EdgeRecord[], Map<string, ReadonlySet<string>>>();

/** A resource and what contains it; for a list of edges, each worked out once. */
function up(resource: string, edges: readonly EdgeRecord[]): ReadonlySet<string> {
  const known = containing.get(edges) ?? new Map<string, ReadonlySet<string>>();
  containing.set(edges, known);
  const found = known.get(resource) ?? collectedUp(resource, edges);
  known.set(resource, found);
  return found;
}

function collectedUp(resource: string, edges: readonly EdgeRecord[]): ReadonlySet<string> {
  const found = new Set([resource]);
  for (const each of found)
    for (const { kind, from, to } of edges) if (kind === 'CONTAINS' && to === each) found.add(from);
  return found;
}
