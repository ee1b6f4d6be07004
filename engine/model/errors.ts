/** Every error that the product raises on purpose: stable code → what to do next. Explained in docs/errors.md. */
export const ERRORS = {
  INPUT_INVALID: 'Mend the places that are named and try again; nothing was applied.',
  INPUT_NOT_FOUND: 'Check the path.',
  INPUT_UNREADABLE: 'Check that the file is whole, its encoding and its permissions.',
  WITHDRAWAL_TOO_LARGE:
    'Check that the export is whole and of the right source. If so much is to go, allow it: `--max-withdrawn 1`.',
  ARGUMENT_INVALID: 'Give a value in the range that is named.',
  CURSOR_INVALID: 'Ask again without the cursor, from the start.',
  NODE_NOT_FOUND: 'Search finds ids by name, id or attribute.',
  EDGE_NOT_FOUND: 'Explanations and paths tell the ids of edges.',
  NOT_AN_IDENTITY: 'Ask about a user or a service account.',
  NOT_A_RESOURCE: 'Ask about a resource.',
  LIMIT_EXCEEDED: 'Ask for less at a time.',
  EXECUTION_UNSUPPORTED: 'Ask a process that answers in memory: start it without `--execution store`.',
  VERSION_NOT_FOUND: 'Ask for a version that is kept, or for the newest.',
  RUN_NOT_FOUND: 'List the runs that are kept; the oldest are dropped as new ones begin.',
  FINDING_NOT_FOUND: 'List the findings of the newest version; what was put right is no finding any more.',
  NO_SUCH_ROLES: 'Loosen one of the limits that are named, or leave out a role that is to stay.',
  NOTHING_TO_RESTRUCTURE: 'Widen the scope, or keep fewer roles; docs/restructure.md tells which roles always stay.',
  TARGET_INVALID: 'Mend the roles that were asked for: everybody has to hold what he holds now.',
  PLAN_REFUSED: 'Nothing was changed. Read the graph again and make the plan anew.',
  PLAN_NOT_FOUND: 'List the plans that are kept.',
  PLAN_GROUND_MOVED: 'Make the plan anew from the graph as it is now.',
  EXPORT_UNSUPPORTED: 'Take the plan out as changes, CSV or Markdown, or leave out what is named.',
  FINDING_WITHOUT_ACCESS: 'Apply its remedy instead, and ask `whatIf` first what that does.',
  DEADLINE_EXCEEDED: 'Ask for less at a time, or give it more time.',
  DOCUMENT_CONFLICT: 'Read the document again and repeat the change.',
  STORE_NOT_FOUND: 'Check the folder or the address of the store, or load something into it first.',
  STORE_LOCKED: 'Wait until the other process is done, or stop it.',
  STORE_CORRUPT: 'Restore the store from a backup, or load its sources again into an empty one.',
  STORE_NEWER_FORMAT: 'Use the version of Grantlens that wrote the store, or a newer one.',
  STORE_READ_ONLY: 'Open the store for writing.',
  STORE_UNREACHABLE: 'Check the address, that the server runs, and the network in between.',
  STORE_AUTH_FAILED: 'Check the user, the password and what the user may do.',
  STORE_DATABASE_NOT_FOUND: 'Check the name of the database, or create it on the server first.',
  STORE_VERSION_UNSUPPORTED: 'Use Neo4j 5.26 or later.',
  STORE_OUT_OF_MEMORY: 'Give the server more memory for transactions, or load less at a time.',
  STORE_FOREIGN: 'Give Grantlens a database of its own.',
  STORE_FAILED: 'Check the disk: its free space, its permissions, its health.',
  CLOSED: 'Open it again.',
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** One thing that is wrong with an input: where, what, and what to do about it. */
export interface Problem {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1; only with a line. */
  readonly column?: number;
  /** The field, or a path to it such as `Statement[2].Action`. */
  readonly field?: string;
  readonly message: string;
}

/** How many problems are told in full; the rest is counted. */
export const PROBLEMS_SHOWN = 100;

/** The error of this product: a stable code, the facts as fields, and what to do next. */
export class GrantlensError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hint: string;

  /** @param hint what to do next, where that is known better than from the code alone */
  constructor(
    code: ErrorCode,
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
    hint: string = ERRORS[code],
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GrantlensError';
    this.code = code;
    this.facts = facts;
    this.hint = hint;
  }
}

/** An input that was refused: `problems` holds the first 100, `total` counts all. */
export class InputError extends GrantlensError {
  readonly problems: readonly Problem[];
  readonly total: number;

  constructor(problems: readonly Problem[], total: number) {
    super('INPUT_INVALID', inputMessage(problems, total), { total });
    this.problems = problems;
    this.total = total;
  }
}

/** `file:line:column: field: message`, as compilers print it. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  return [place, problem.field, problem.message].filter((part) => part !== undefined && part !== '').join(': ');
}

function inputMessage(problems: readonly Problem[], total: number): string {
  const lines = problems.map(formatProblem);
  if (total > problems.length) lines.push(`… and ${total - problems.length} more`);
  return lines.join('\n');
}

/** Collects problems so that all of them are told at once. */
export class Problems {
  readonly #shown: Problem[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(problem: Problem): void {
    this.#total += 1;
    if (this.#shown.length < PROBLEMS_SHOWN) this.#shown.push(problem);
  }

  /** @throws InputError when there is at least one problem */
  throwIfAny(): void {
    if (this.#total > 0) throw new InputError(this.#shown, this.#total);
  }
}
