import type { JsonValue, Problems } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import type { InputFile } from '../formats/input-files.ts';
import { type JsonElement, jsonElements } from '../formats/json-elements.ts';
import type { Skipped } from '../loader.ts';
import { type Endpoint, Endpoints, endpointOf } from './endpoints.ts';

/** A node as its file tells it. */
export interface GraphNode {
  readonly id: string;
  /** Those of the node, and that of its source. */
  readonly kinds: readonly string[];
  readonly properties: Fields;
}

export interface GraphEdge {
  readonly kind: string;
  readonly start: Endpoint;
  readonly end: Endpoint;
  readonly properties: Fields;
}

/** How often a kind occurs; of a node, by its first kind. */
export type Counts = ReadonlyMap<string, number>;

const GRAPH = 'graph';
export const NODES = `${GRAPH}.nodes`;
export const EDGES = `${GRAPH}.edges`;
const MAX_KINDS = 3;
const EDGE_KIND = /^[A-Za-z0-9_]+$/;
/** Kinds that start so are the server's own. */
const RESERVED = /^tag_/i;

/** The elements of a file; its `graph` is walked, not held. */
export const elementsOf = (file: InputFile): AsyncGenerator<readonly JsonElement[]> =>
  jsonElements(file.path, { ...file.options, into: GRAPH });

/** What all files hold: which kinds there are, and where nodes are found. Everything wrong with their form is told here. */
export class Survey {
  readonly endpoints = new Endpoints();
  readonly nodeKinds = new Map<string, number>();
  readonly edgeKinds = new Map<string, number>();
  /** File → the kind that its metadata add to each of its nodes. */
  readonly sourceKinds = new Map<string, string>();
  readonly #problems: Problems;
  readonly #told: Skipped[];

  constructor(problems: Problems, told: Skipped[]) {
    this.#problems = problems;
    this.#told = told;
  }

  /** The kinds that metadata name, once each. */
  get sources(): ReadonlySet<string> {
    return new Set(this.sourceKinds.values());
  }

  /** Checks a file, counts its kinds, and learns by which properties its edges find nodes. */
  async check(file: InputFile): Promise<void> {
    let hasGraph = false;
    for await (const elements of elementsOf(file)) {
      for (const element of elements) {
        hasGraph ||= element.member.startsWith(`${GRAPH}.`) || element.member === GRAPH;
        this.#checkElement(file, element);
      }
    }
    if (!hasGraph) this.#problems.add({ file: file.shownAs, message: NO_GRAPH });
  }

  #checkElement(file: InputFile, { member, index, line, value }: JsonElement): void {
    const report = (field: string, message: string): undefined => {
      this.#problems.add({ file: file.shownAs, line, field, message });
    };
    if (member === 'metadata') this.#metadata(file, value as JsonValue, report);
    else if (member === GRAPH) report(GRAPH, 'must be an object with "nodes" and "edges"');
    else if (member === 'data' || member === 'meta')
      report(member, 'belongs to a collection of SharpHound or AzureHound');
    else if (member !== NODES && member !== EDGES)
      this.#aside(file, line, `${JSON.stringify(member)} is no part of OpenGraph`);
    else if (index === undefined) report(member, 'must be a list');
    else if (member === NODES) this.#checkNode(value as JsonValue, `${member}[${index}]`, report);
    else this.#checkEdge(value as JsonValue, `${member}[${index}]`, report);
  }

  #aside(file: InputFile, line: number, why: string): void {
    this.#told.push({ where: `${file.shownAs}:${line}`, why: `${why} and was left aside` });
  }

  #metadata(file: InputFile, value: JsonValue, report: Report): undefined {
    if (!isObject(value)) return report('metadata', 'must be an object');
    for (const [name, one] of Object.entries(value)) {
      if (name !== 'source_kind') report(`metadata.${name}`, 'is not known; metadata hold "source_kind" alone');
      else if (typeof one !== 'string' || one === '') report('metadata.source_kind', 'must be a text');
      else this.sourceKinds.set(file.shownAs, one);
    }
  }

  #checkNode(value: JsonValue, at: string, report: Report): undefined {
    if (!isObject(value)) return report(at, 'must be an object with "id" and "kinds"');
    const { id, kinds, properties } = value;
    if (typeof id !== 'string' || id === '') report(`${at}.id`, 'must be a text');
    if (
      !Array.isArray(kinds) ||
      kinds.length > MAX_KINDS ||
      !kinds.every((kind) => typeof kind === 'string' && kind !== '')
    )
      return report(`${at}.kinds`, `must be a list of at most ${MAX_KINDS} texts`);
    for (const kind of kinds as readonly string[])
      if (RESERVED.test(kind)) report(`${at}.kinds`, `${JSON.stringify(kind)} starts as kinds of the server do`);
    if (properties !== undefined && properties !== null && !isObject(properties))
      report(`${at}.properties`, 'must be an object');
    count(this.nodeKinds, (kinds[0] as string | undefined) ?? '');
  }

  #checkEdge(value: JsonValue, at: string, report: Report): undefined {
    if (!isObject(value)) return report(at, 'must be an object with "kind", "start" and "end"');
    const { kind, properties } = value;
    if (typeof kind !== 'string' || !EDGE_KIND.test(kind))
      report(`${at}.kind`, 'must be a text of letters, digits and _');
    else count(this.edgeKinds, kind);
    if (properties !== undefined && properties !== null && !isObject(properties))
      report(`${at}.properties`, 'must be an object');
    for (const name of ['start', 'end'] as const) {
      const endpoint = endpointOf(value[name]);
      if (typeof endpoint === 'string') report(`${at}.${name}`, endpoint);
      else this.endpoints.askFor(endpoint);
    }
  }

  /** Learns where the nodes of a file are found. Call when all files were checked. */
  async learn(file: InputFile): Promise<void> {
    for await (const elements of elementsOf(file)) {
      for (const { member, value } of elements) {
        if (member !== NODES) continue;
        const { id, kinds, properties } = this.nodeOf(file, value);
        this.endpoints.see(id, kinds, properties);
      }
    }
  }

  /** A node that was checked. */
  nodeOf(file: InputFile, value: unknown): GraphNode {
    const { id, kinds, properties } = value as { id: string; kinds: readonly string[]; properties?: Fields | null };
    const of = this.sourceKinds.get(file.shownAs);
    return { id, kinds: of === undefined ? kinds : [...kinds, of], properties: properties ?? {} };
  }
}

/** An edge that was checked. */
export function edgeOf(value: unknown): GraphEdge {
  const { kind, start, end, properties } = value as Fields;
  return {
    kind: kind as string,
    start: endpointOf(start) as Endpoint,
    end: endpointOf(end) as Endpoint,
    properties: (properties ?? {}) as Fields,
  };
}

type Report = (field: string, message: string) => undefined;

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function count(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

const NO_GRAPH = 'has no "graph"; OpenGraph is {"metadata": {..}, "graph": {"nodes": [..], "edges": [..]}}';
