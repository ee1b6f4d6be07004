/** What is said on stderr when a command cannot do what it was asked: what is wrong, what to do. Never a stack trace. */
import { GrantlensError, InputError } from '../engine/index.ts';
import { visible } from './visible.ts';

/** A mistake in how a command was called. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EMFILE: 'too many files are open',
};

/** The lines for stderr. */
export function failureLines(error: unknown): string[] {
  if (error instanceof InputError) return [...error.message.split('\n').map(visible), error.hint];
  if (error instanceof GrantlensError) return [`error: ${visible(error.message)}`, hintFor(error)];
  if (error instanceof UsageError)
    return [`error: ${visible(error.message)}`, ...(error.hint === undefined ? [] : [error.hint])];
  if (error instanceof Error && 'syscall' in error) return [systemLine(error as NodeJS.ErrnoException)];
  const message = error instanceof Error ? error.message : String(error);
  return [`error: ${visible(message)}`, 'This is a mistake in Grantlens itself; GRANTLENS_DEBUG=1 shows where.'];
}

function hintFor(error: GrantlensError): string {
  const near = error.facts['near'];
  if (!Array.isArray(near) || near.length === 0) return error.hint;
  return `Did you mean ${near.map((id) => visible(String(id))).join(' or ')}?`;
}

function systemLine(error: NodeJS.ErrnoException): string {
  const what = SYSTEM[error.code ?? ''] ?? error.code ?? error.message;
  return `error: ${error.path === undefined ? '' : `${visible(error.path)}: `}${what}`;
}
