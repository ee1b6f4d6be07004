import type {
  AccessDelta,
  AccessDiffQuestion,
  AccessScope,
  GraphView,
  Patience,
  RevocationAnswer,
  Scope,
} from './access/questions.ts';
import type { Analysis } from './analysis/questions.ts';
import type { AnalysisRules } from './analysis-rules.ts';
import type { FindingRevocationQuestion, FindingsPage, FindingsQuestion, ListedFinding } from './findings/questions.ts';
import type { HubsAnswer, HubsQuestion } from './hubs/questions.ts';
import type { JoinReport, JoinRule } from './joins/join-rule.ts';
import type { AppliedBatch, ChangeBatch, EdgeRecord, Entity, Instant } from './model/index.ts';
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
import type { Birthrights, BirthrightsQuestion, RoleMining, RoleMiningQuestion } from './roles/mining/questions.ts';
import type { RolePlans } from './roles/plan-questions.ts';
import type { Runs } from './runs/questions.ts';
import type { Progress } from './snapshot/pace.ts';
import type { Neo4jConnection } from './store/neo4j/connection.ts';
import type { ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
import type { ApplyOptions, DocumentStore, HoldOptions, SourceHold } from './store/port.ts';

export interface EngineOptions {
  /** Where the graph is kept: the folder of an embedded store, or a Neo4j server. */
  readonly data: string | Neo4jConnection;
  /** `write` takes the folder's one writing place; `read` follows what a writing process applies. */
  readonly mode: 'read' | 'write';
  /** In mode `write`: what this process does, such as `load hr`; told to others that would write. */
  readonly purpose?: string;
  /** Sources whose word counts first where several tell of one node; the others follow by name. */
  readonly precedence?: readonly string[];
  /** In mode `read`: how often the store is looked at for a new version, in milliseconds; default 500, 0 for never. */
  readonly followEvery?: number;
  /**
   * `snapshot` (the default) compiles a version whole when it is first asked about and answers in memory. `store` compiles
   * for each question the part of the graph that it needs: the same answers, for graphs larger than memory. See docs/execution.md.
   */
  readonly execution?: Execution;
  /** With `store`: the most nodes and edges that one question may gather before it fails with LIMIT_EXCEEDED; default 4,000,000. */
  readonly sliceLimit?: number;
  /** What analyses go by besides the graph; default: what is built in. */
  readonly rules?: Partial<AnalysisRules> | undefined;
}

/** Where questions are answered. */
export type Execution = 'snapshot' | 'store';

/** A question whose answer may take long: it can be told how far it is. */
export type Watched<Question> = Omit<Question, 'rules'> & {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

/**
 * Analyses of one version that are about the whole graph. Errors besides those of `Analysis`: CURSOR_INVALID,
 * EXECUTION_UNSUPPORTED where questions are executed in the store.
 */
export interface EngineAnalysis extends Analysis {
  /** Nodes through which much sensitive access flows, and edges without which much of it ends. See docs/hubs.md. */
  privilegeHubs(question: Watched<HubsQuestion>): Promise<HubsAnswer>;
  /** Identities that hold much the same, and what each group holds. See docs/peers.md. */
  roleClusters(question: RoleClustersQuestion): Promise<RoleClusters>;
  /** How the groups of `roleClusters` came about, for the registry of models. */
  clustersModel(question: RoleClustersQuestion): Promise<ModelEntry>;
  /** Holdings that nothing else their holders have explains. See docs/peers.md. */
  outliers(question: OutliersQuestion): Promise<OutliersAnswer>;
  /** How the list of `outliers` came about, for the registry of models. */
  outlierModel(question: OutliersQuestion): Promise<ModelEntry>;
  /** How far what a model rests on has moved since it was trained, the feature that moved most first. */
  drift(model: ModelEntry): Promise<readonly FeatureDrift[]>;
  /** Nodes of the same kind that stand most alike in the graph of access. @throws NODE_NOT_FOUND besides */
  similar(id: string, question?: SimilarQuestion): Promise<SimilarAnswer>;
  /** Where nodes lie on a plane on which those that stand alike are near. */
  accessMap(question?: AccessMapQuestion): Promise<AccessMapAnswer>;
  /**
   * Roles that give everybody exactly what he has. See docs/role-mining.md.
   *
   * @throws NODE_NOT_FOUND, NO_SUCH_ROLES besides
   */
  roleMining(question: RoleMiningQuestion): Promise<RoleMining>;
  /** What practically everybody of a department, a site, a title has, and who has it not. See docs/role-mining.md. */
  birthrights(question: BirthrightsQuestion): Promise<Birthrights>;
  /** What is wrong, the severest first. See docs/findings.md. */
  findings(question: Watched<FindingsQuestion>): Promise<FindingsPage>;
  /** The finding of an id, as of now; undefined when there is none. */
  finding(id: string): Promise<ListedFinding | undefined>;
  /**
   * Cuts that end what a finding of now is about. Errors: FINDING_NOT_FOUND; FINDING_WITHOUT_ACCESS where it is about no access of
   * somebody; LIMIT_EXCEEDED where it is about more than cuts are looked for between. See docs/revocation.md.
   */
  findingRevocation(question: FindingRevocationQuestion): Promise<RevocationAnswer>;
}

/** A view with the analyses of the same version. They end when the view's version is closed: when nobody looks at it any more. */
export interface EngineView extends GraphView {
  readonly analysis: EngineAnalysis;
}

export interface GraphDiffQuestion {
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Items of each list; from 0 to 10,000, default 100. */
  readonly first?: number | undefined;
}

/** A record that is there in both versions, and not the same. */
export interface Changed<T> {
  readonly before: T;
  readonly after: T;
}

/** How many came, went or changed, and the first of them by id. */
export interface RecordDiff<T> {
  readonly addedCount: number;
  readonly removedCount: number;
  readonly changedCount: number;
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly Changed<T>[];
}

/** Nodes as all their sources tell of them, and edges that have effect. */
export interface GraphDiff {
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly nodes: RecordDiff<Entity>;
  readonly edges: RecordDiff<EdgeRecord>;
}

export interface WatchQuestion extends Scope, Patience {
  /** Default: everything. */
  readonly scope?: AccessScope | undefined;
  /** The version that was seen last, to go on from there; default: the newest. */
  readonly afterVersion?: number | undefined;
  /** True tells the beginning, and versions that change nothing in scope, too. */
  readonly everyVersion?: boolean | undefined;
}

export interface AccessChange {
  readonly fromVersion: number;
  /** The same as `fromVersion` where time alone has passed. */
  readonly version: number;
  /** The instant that the version was looked at. */
  readonly at: Instant;
  readonly delta: AccessDelta;
}

/** The product without transport: one store, its newest version compiled, questions through views. */
export interface Engine {
  /** The newest version that the store is known to have. */
  readonly version: number;
  /**
   * A view on the newest version; release it when done. Unless questions are executed in the store, the version is
   * compiled when it is first asked for. In mode `read`, while a newer one is compiled, views are given on the one before.
   */
  view(options?: {
    /**
     * An earlier version that the journal still reaches. It is followed back to from the newest one where that is near, else
     * compiled; a few stay open for a minute.
     */
    readonly version?: number | undefined;
  }): Promise<EngineView>;
  /**
   * Who gains and who loses what from one version to another. The `version` of the answer is `toVersion`.
   *
   * @throws GrantlensError VERSION_NOT_FOUND; NODE_NOT_FOUND, NOT_AN_IDENTITY, NOT_A_RESOURCE for what neither version has;
   *   ARGUMENT_INVALID; EXECUTION_UNSUPPORTED where questions are executed in the store
   */
  accessDiff(question: AccessDiffQuestion): Promise<AccessDelta>;
  /** What of the graph differs from one version to another. @throws as `accessDiff` does */
  graphDiff(question: GraphDiffQuestion): Promise<GraphDiff>;
  /**
   * Follows who gains and who loses what. When the promise resolves nothing is missed any more. Each change is told from the
   * one that was told before: where versions come faster than they are taken, several are told as one, and `fromVersion`
   * says so. Unless the question names an instant, accesses come and go with time too. The stream ends when its `return` is
   * called, the signal says so or the engine is closed.
   *
   * @throws as `accessDiff` does; the stream throws VERSION_NOT_FOUND when what was told last has been dropped from the journal
   */
  watchAccess(question: WatchQuestion): Promise<AsyncIterableIterator<AccessChange, undefined>>;
  /**
   * Applies a batch; views asked for after it resolves see it.
   *
   * @throws InputError, GrantlensError WITHDRAWAL_TOO_LARGE and what else the store says
   */
  apply(batch: ChangeBatch, options?: ApplyOptions): Promise<AppliedBatch>;
  /**
   * Joins people to their accounts by what the newest version says: makes anew all edges of the source `join:NAME`. Options and
   * errors are those of `apply`. See docs/sync.md.
   */
  join(rule: JoinRule, options?: ApplyOptions): Promise<JoinReport>;
  /**
   * Holds a source for a load, so that no other process loads it meanwhile. On the embedded store, which one process writes at a
   * time, there is nothing to do.
   *
   * @throws GrantlensError STORE_LOCKED, which names the holder
   */
  hold(source: string, options?: HoldOptions): Promise<SourceHold>;
  /** Called after each new version can be viewed (mode `read`) or was applied (mode `write`); returns how to stop. */
  onVersion(listener: (version: number) => void): () => void;
  readonly documents: DocumentStore;
  /** Analyses that are run on their own, kept, and compared. */
  readonly runs: Runs;
  /** Plans from the roles as they are to better ones. Carrying one out takes mode `write`. */
  readonly plans: RolePlans;
  /**
   * Lets a finding be: lists leave it out until the instant, over loads and versions.
   *
   * @param until null for good
   * @throws GrantlensError FINDING_NOT_FOUND when the newest version has none of the id; ARGUMENT_INVALID; STORE_LOCKED
   */
  dismissFinding(id: string, reason: string, until: Instant | null): Promise<ListedFinding>;
  /** Tells it again. @throws GrantlensError FINDING_NOT_FOUND when it is not dismissed; STORE_LOCKED */
  restoreFinding(id: string): Promise<void>;
  compact(options?: { readonly keepVersions?: number }): Promise<void>;
  verify(): Promise<void>;
  /**
   * Writes the newest version as CSV files for `neo4j-admin database import`: the database that comes out of it is a store
   * of ours. `write` is given the text of each file piece by piece; `importArguments` says what to tell the importer.
   *
   * @throws GrantlensError ARGUMENT_INVALID for actions that no list in such a file can hold
   */
  writeNeo4jImport(write: WriteText): Promise<ImportFiles>;
  /** Closes the store. Views that are still open keep answering until they are released. */
  close(): Promise<void>;
}
