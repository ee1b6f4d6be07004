import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgeRecord, Reach } from '../../engine/model/index.ts';
import { kubernetesLoader } from '../../loaders/kubernetes/loader.ts';
import type { LoadReport } from '../../loaders/loader.ts';
import { contextsOf, membersOf, up } from './oracle/decide.ts';
import { graphOf, matches, type OracleGraph, type World, worldAt } from './oracle/index.ts';

export interface LoadedCluster {
  readonly graph: OracleGraph;
  readonly report: LoadReport;
  readonly source: string;
}

/** Runs with a folder of these files, which is gone afterwards. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-kubernetes-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function loadPaths(
  paths: readonly string[],
  source?: string,
  options: Readonly<Record<string, string>> = {},
): Promise<LoadedCluster> {
  const request = source === undefined ? { paths, options } : { paths, options, source };
  const loaded = await kubernetesLoader.load(request);
  return { graph: await graphOf(loaded.changes), report: loaded.report, source: loaded.source };
}

/** Loads files from memory as the cluster `c`. */
export const loadFiles = (files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadedCluster> =>
  inFolder(files, (folder) => loadPaths([folder], 'c'));

/** Loads one YAML text as the cluster `c`. */
export const loadYaml = (yaml: string): Promise<LoadedCluster> => loadFiles({ 'manifest.yaml': yaml });

/**
 * Answers on a loaded cluster. Kubernetes denies and bounds nothing, so the strongest allow decides; what a node is
 * reached by is worked out by the plain oracle once and kept.
 */
export class Answers {
  readonly #world: World;
  readonly #grants: readonly EdgeRecord[];
  readonly #holders = new Map<string, ReadonlyMap<string, boolean>>();
  readonly #up = new Map<string, ReadonlySet<string>>();

  constructor(graph: OracleGraph) {
    this.#world = worldAt(graph, 0);
    this.#grants = graph.edges.filter((edge) => edge.kind === 'GRANTS' || edge.kind === 'CONTROLS');
  }

  has(id: string): boolean {
    return this.#world.kinds.has(id);
  }

  get identities(): readonly string[] {
    return [...this.#world.kinds].filter(([, kind]) => kind === 'User' || kind === 'ServiceAccount').map(([id]) => id);
  }

  check(identity: string, action: string, resource: string, reach: Reach): string {
    const holders = this.#holdersOf(identity, reach);
    const above = this.#upOf(resource);
    let conditional = false;
    for (const edge of this.#grants) {
      const sure = holders.get(edge.from);
      if (sure === undefined || !above.has(edge.to)) continue;
      if (edge.kind === 'CONTROLS' ? reach !== 'ESCALATION' : !conveys(edge, action)) continue;
      if (sure && edge.condition === undefined) return 'ALLOWED';
      conditional = true;
    }
    return conditional ? 'CONDITIONAL' : 'NONE';
  }

  whoCan(action: string, resource: string, reach: Reach): readonly string[] {
    return this.identities.filter((identity) => this.check(identity, action, resource, reach) !== 'NONE').sort();
  }

  /** Every principal that an identity acts as or belongs to; false when only under a condition. */
  #holdersOf(identity: string, reach: Reach): ReadonlyMap<string, boolean> {
    const key = `${reach} ${identity}`;
    const known = this.#holders.get(key);
    if (known !== undefined) return known;
    const holders = new Map<string, boolean>();
    for (const [context, sure] of contextsOf(this.#world, identity, reach)) {
      for (const [member, certain] of membersOf(this.#world, context)) {
        holders.set(member, (holders.get(member) ?? false) || (sure && certain));
      }
    }
    this.#holders.set(key, holders);
    return holders;
  }

  #upOf(resource: string): ReadonlySet<string> {
    const known = this.#up.get(resource) ?? up(this.#world, resource);
    this.#up.set(resource, known);
    return known;
  }
}

const conveys = (grant: EdgeRecord, action: string): boolean =>
  (grant.actions ?? []).some((pattern) => matches(pattern, action)) &&
  !(grant.exceptActions ?? []).some((pattern) => matches(pattern, action));
