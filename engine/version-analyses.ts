/** All analyses of one version. What is asked again about the same is worked out once, and ends when nobody waits for it. */
import { type Apart, hereOrApart, type Waiting } from './access/apart.ts';
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
import { askClusters, type ClustersFound } from './peers/ask-clusters.ts';
import { askOutliers, type OutliersFound } from './peers/ask-outliers.ts';
import { askMap, askSimilar } from './peers/ask-similar.ts';
import { findDrift } from './peers/model-drift.ts';
import type { FeatureDrift, ModelEntry } from './peers/model-registry.ts';
import type {
  AccessMapAnswer,
  AccessMapQuestion,
  OutliersAnswer,
  OutliersQuestion,
  RoleClusters,
  RoleClustersQuestion,
  SimilarAnswer,
  SimilarQuestion,
} from './peers/questions.ts';
import { type AccessEmbedding, embedAccess } from './peers/similar.ts';
import { askBirthrights } from './roles/mining/ask-birthrights.ts';
import { askMining } from './roles/mining/ask-mining.ts';
import type { Birthrights, BirthrightsQuestion, RoleMining, RoleMiningQuestion } from './roles/mining/questions.ts';
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

/** What questions have in common that are answered once for all who ask. */
interface Asked extends Pick<Waiting, 'signal' | 'onProgress'> {
  readonly at?: Instant | undefined;
}

/** A question with its instant, told to stop when nobody waits any more. */
type Steady<Question> = Omit<Question, 'signal' | 'onProgress'> & {
  readonly at: Instant;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
};

interface MemoryGround {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly apart: Apart;
}

const DAY = 86_400_000;
/** Milliseconds. */
const DEADLINE = 300_000;

export class VersionAnalyses implements EngineAnalysis {
  readonly #graph: Analyses;
  readonly #ground: VersionGround;
  readonly #hubs = new SharedWork<HubsAnswer>();
  readonly #findings = new SharedWork<AllFound>();
  readonly #clusters = new SharedWork<ClustersFound>();
  readonly #outliers = new SharedWork<OutliersFound>();
  readonly #mining = new SharedWork<RoleMining>();
  readonly #birthrights = new SharedWork<Birthrights>();
  /** Large: of the one that was asked about last nothing else is kept. */
  readonly #embeddings = new SharedWork<AccessEmbedding>(1);

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

  async privilegeHubs(asked: Watched<HubsQuestion>): Promise<HubsAnswer> {
    const { sensitivity: rules } = this.#ground.rules;
    return this.#shared(this.#hubs, asked, (ground, question) => askHubs(ground, { ...question, rules }));
  }

  async roleClusters(asked: RoleClustersQuestion): Promise<RoleClusters> {
    return (await this.#shared(this.#clusters, asked, askClusters)).answer;
  }

  async clustersModel(asked: RoleClustersQuestion): Promise<ModelEntry> {
    return (await this.#shared(this.#clusters, asked, askClusters)).model;
  }

  async outliers(asked: OutliersQuestion): Promise<OutliersAnswer> {
    return (await this.#shared(this.#outliers, asked, askOutliers)).answer;
  }

  async outlierModel(asked: OutliersQuestion): Promise<ModelEntry> {
    return (await this.#shared(this.#outliers, asked, askOutliers)).model;
  }

  async drift(model: ModelEntry, waiting: Waiting = {}): Promise<readonly FeatureDrift[]> {
    const { snapshot, apart } = this.#inMemory();
    return hereOrApart(apart, findDrift, [snapshot], { at: steadyNow(snapshot), model }, waiting);
  }

  async similar(id: string, asked: SimilarQuestion = {}): Promise<SimilarAnswer> {
    const { embedding, waiting } = await this.#embedding(asked);
    return askSimilar(this.#inMemory(), embedding, id, asked, waiting);
  }

  async accessMap(asked: AccessMapQuestion = {}): Promise<AccessMapAnswer> {
    const { embedding, waiting } = await this.#embedding(asked);
    return askMap(this.#inMemory(), embedding, asked, waiting);
  }

  roleMining(asked: RoleMiningQuestion): Promise<RoleMining> {
    const { sod } = this.#ground.rules;
    return this.#shared(this.#mining, asked, (ground, question) => askMining({ ...ground, sod }, question));
  }

  birthrights(asked: BirthrightsQuestion): Promise<Birthrights> {
    return this.#shared(this.#birthrights, asked, askBirthrights);
  }

  /** The embedding of the version, made when it is first asked for; the rest of the time is left for what is asked of it. */
  async #embedding({ at, seed = 1, deadline = DEADLINE, signal, onProgress }: SimilarQuestion) {
    const end = performance.now() + deadline;
    const embedding = await this.#shared(
      this.#embeddings,
      { at, seed, deadline, signal, onProgress },
      ({ snapshot, apart }, { at: instant, ...stopped }) =>
        hereOrApart(apart, embedAccess, [snapshot], { at: instant, seed }, stopped),
    );
    const waiting: Waiting = { signal, onProgress, deadline: Math.max(0, end - performance.now()) };
    return { embedding, waiting };
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

  /** Asks once for all who ask the same, as of the instant that stands for now unless one is named. */
  #shared<T, Question extends Asked>(
    work: SharedWork<T>,
    { signal, onProgress, ...asked }: Question,
    ask: (ground: MemoryGround, question: Steady<Question>) => Promise<T>,
  ): Promise<T> {
    const ground = this.#inMemory();
    const question = { ...asked, at: asked.at ?? steadyNow(ground.snapshot) };
    return work.ask(
      JSON.stringify(question),
      (stop, tell) => ask(ground, { ...question, signal: stop, onProgress: tell }),
      signal,
      onProgress,
    );
  }

  #dismissals(): Promise<Dismissals> {
    return readDismissals(this.#ground.documents, Date.now());
  }

  #inMemory(): MemoryGround {
    const { reader, apart } = this.#ground;
    const snapshot = this.#ground.snapshot();
    if (snapshot === undefined)
      throw new GrantlensError('EXECUTION_UNSUPPORTED', 'This analysis is not worked out in the store.');
    return { snapshot, reader, apart };
  }

  /** Stops what runs. Later questions fail with CLOSED. */
  async close(): Promise<void> {
    const closed = new GrantlensError('CLOSED', 'The version that this analysis is about has been closed.');
    const works = [
      this.#hubs,
      this.#findings,
      this.#clusters,
      this.#outliers,
      this.#mining,
      this.#birthrights,
      this.#embeddings,
    ];
    await Promise.all([this.#graph.close(), ...works.map((work) => work.close(closed))]);
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
