/** All analyses of one version. What is asked again about the same is worked out once, and ends when nobody waits for it. */
import type { Apart } from './access/apart.ts';
import { groundOf } from './access/ground.ts';
import type { RevocationAnswer } from './access/questions.ts';
import type { Analyses } from './analysis/analyses.ts';
import type {
  CentralityAnswer,
  CentralityQuestion,
  CommunitiesAnswer,
  CommunitiesQuestion,
} from './analysis/questions.ts';
import { type ProgressListener, SharedWork } from './analysis/shared-work.ts';
import type { AnalysisRules } from './analysis-rules.ts';
import type { EngineAnalysis, Watched } from './api.ts';
import { askFindingRevocation } from './findings/ask-finding-revocation.ts';
import { type Dismissals, readDismissals } from './findings/dismissals.ts';
import { type AllFound, findAll, type Looking } from './findings/find-all.ts';
import { isIdOf } from './findings/finding-id.ts';
import { pageOfFindings } from './findings/page.ts';
import {
  FINDING_KINDS,
  type FindingRevocationQuestion,
  type FindingsPage,
  type FindingsQuestion,
  type ListedFinding,
} from './findings/questions.ts';
import { type OneFound, tellFindings } from './findings/told.ts';
import { askHubs } from './hubs/ask-hubs.ts';
import type { HubsAnswer, HubsQuestion } from './hubs/questions.ts';
import { GrantlensError, type Instant } from './model/index.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { DocumentStore, StoreReader } from './store/port.ts';

export interface VersionGround {
  readonly reader: StoreReader;
  /** Undefined where questions are executed in the store. */
  readonly snapshot: () => Snapshot | undefined;
  /** A thread for analyses, apart from those of questions. */
  readonly apart: Apart;
  readonly rules: AnalysisRules;
  readonly documents: DocumentStore;
}

const DAY = 86_400_000;

export class VersionAnalyses implements EngineAnalysis {
  readonly #graph: Analyses;
  readonly #ground: VersionGround;
  readonly #hubs = new SharedWork<HubsAnswer>();
  readonly #findings = new SharedWork<AllFound>();

  constructor(graph: Analyses, ground: VersionGround) {
    this.#graph = graph;
    this.#ground = ground;
  }

  centrality(question: CentralityQuestion): Promise<CentralityAnswer> {
    return this.#graph.centrality(question);
  }

  communities(question: CommunitiesQuestion): Promise<CommunitiesAnswer> {
    return this.#graph.communities(question);
  }

  async privilegeHubs({ signal, onProgress, ...asked }: Watched<HubsQuestion>): Promise<HubsAnswer> {
    const ground = this.#inMemory();
    const at = asked.at ?? steadyNow(ground.snapshot);
    const question = { ...asked, at, rules: this.#ground.rules.sensitivity };
    const key = JSON.stringify({ ...asked, at });
    return this.#hubs.ask(
      key,
      (stop, tell) => askHubs(ground, { ...question, signal: stop, onProgress: tell }),
      signal,
      onProgress,
    );
  }

  async findings({ signal, onProgress, ...asked }: Watched<FindingsQuestion>): Promise<FindingsPage> {
    const ground = this.#inMemory();
    const at = asked.at ?? steadyNow(ground.snapshot);
    const kinds = FINDING_KINDS.filter((kind) => asked.kinds?.includes(kind) ?? true);
    const all = await this.#found({ kinds, at, staleAfterDays: asked.staleAfterDays }, signal, onProgress);
    return pageOfFindings(ground, all, { ...asked, kinds, at }, await this.#dismissals());
  }

  async finding(id: string): Promise<ListedFinding | undefined> {
    const ground = this.#inMemory();
    const one = await this.#one(id, steadyNow(ground.snapshot));
    if (one === undefined) return undefined;
    const [finding] = await tellFindings(ground, [one]);
    return { ...finding!, dismissal: (await this.#dismissals()).get(id) ?? null };
  }

  async findingRevocation({ finding, ...asked }: FindingRevocationQuestion): Promise<RevocationAnswer> {
    const { snapshot, reader, apart } = this.#inMemory();
    const at = steadyNow(snapshot);
    const one = await this.#one(finding, at, asked.signal);
    if (one === undefined)
      throw new GrantlensError('FINDING_NOT_FOUND', `No finding has the id ${JSON.stringify(finding)}.`, {
        id: finding,
      });
    return askFindingRevocation(groundOf(snapshot, reader, apart), one, at, asked);
  }

  async #one(id: string, at: Instant, signal?: AbortSignal): Promise<OneFound | undefined> {
    const kinds = FINDING_KINDS.filter((kind) => isIdOf(kind, id));
    if (kinds.length === 0) return undefined;
    const { found } = await this.#found({ kinds, at, staleAfterDays: undefined }, signal);
    return found.find((each) => each.id === id);
  }

  #found(about: Omit<Looking, 'sensitivity'>, signal?: AbortSignal, onProgress?: ProgressListener): Promise<AllFound> {
    const ground = this.#inMemory();
    const looking = { ...about, ...this.#ground.rules };
    return this.#findings.ask(
      JSON.stringify(about),
      (stop, tell) => findAll(ground, looking, { signal: stop, onProgress: tell }),
      signal,
      onProgress,
    );
  }

  #dismissals(): Promise<Dismissals> {
    return readDismissals(this.#ground.documents, Date.now());
  }

  #inMemory() {
    const { reader, apart } = this.#ground;
    const snapshot = this.#ground.snapshot();
    if (snapshot === undefined)
      throw new GrantlensError('EXECUTION_UNSUPPORTED', 'This analysis is not worked out in the store.');
    return { snapshot, reader, apart };
  }

  /** Stops what runs. Later questions fail with CLOSED. */
  async close(): Promise<void> {
    const closed = new GrantlensError('CLOSED', 'The version that this analysis is about has been closed.');
    await Promise.all([this.#graph.close(), this.#hubs.close(closed), this.#findings.close(closed)]);
  }
}

/**
 * The instant that stands for now: the start of the day, or the last turn of an edge since. The graph is the same from then
 * until now, and the parts of a list that are asked for one after the other are parts of one list.
 */
function steadyNow({ validFrom, validTo }: Snapshot): Instant {
  const now = Date.now();
  let at = now - (now % DAY);
  for (const turns of [validFrom, validTo]) for (const turn of turns) if (turn > at && turn <= now) at = turn;
  return at;
}
