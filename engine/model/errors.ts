/** Every error that the product raises on purpose: stable code → what it means and what to do next. */
export const ERRORS = {
  INPUT_INVALID: 'The input does not follow its format. Mend the places that are named and load it again.',
  INPUT_NOT_FOUND: 'There is no such file or folder. Check the path.',
  INPUT_UNREADABLE: 'The file could not be read. Check its permissions, its encoding and that it is whole.',
  ARGUMENT_INVALID: 'An argument is out of its range.',
  CURSOR_INVALID: 'The cursor is not one that this question gave. Start again without it.',
  NODE_NOT_FOUND: 'No node has this id. Use search to find it.',
  EDGE_NOT_FOUND: 'No edge has this id.',
  NOT_AN_IDENTITY: 'The question is about a user or a service account; this node is of another kind.',
  NOT_A_RESOURCE: 'The question is about a resource; this node is of another kind.',
  LIMIT_EXCEEDED: 'The request is larger than this installation takes. Ask for less at a time.',
  VERSION_NOT_FOUND: 'This version of the graph is not kept.',
  DOCUMENT_CONFLICT: 'The document was changed by someone else since it was read. Read it again.',
  STORE_NOT_FOUND: 'There is no store at this place. Load something into it first.',
  STORE_LOCKED: 'Another process has the store open for writing. Stop it, or wait until it is done.',
  STORE_CORRUPT: 'The store is damaged. Restore it from a backup, or load its sources again into an empty folder.',
  STORE_NEWER_FORMAT: 'The store was written by a newer version of Grantlens. Use that version or a newer one.',
  STORE_READ_ONLY: 'The store was opened for reading.',
  STORE_FAILED: 'The store could not do what was asked.',
  CLOSED: 'The engine has been closed.',
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** One thing that is wrong with an input: where, what, and what to do about it. */
export interface Problem {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
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

  constructor(code: ErrorCode, message: string, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GrantlensError';
    this.code = code;
    this.facts = facts;
    this.hint = ERRORS[code];
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

/** `file:line: field: message`, as compilers print it. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line].filter((part) => part !== undefined).join(':');
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
