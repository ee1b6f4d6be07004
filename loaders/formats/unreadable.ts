import { GrantlensError, InputError } from '../../engine/model/index.ts';

/** What operating systems answer when a path is not there. */
const MISSING = new Set(['ENOENT', 'ENOTDIR']);

/** What they answer otherwise, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, a file is needed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports a fault',
};

/** A file that cannot be read as what it claims to be. `why` follows the file's name in the message. */
export function unreadable(
  file: string,
  why: string,
  facts: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): GrantlensError {
  const line = facts['line'];
  const place = line === undefined ? file : `${file}:${line}`;
  return new GrantlensError('INPUT_UNREADABLE', `${place}: ${why}`, { file, ...facts }, cause);
}

/** The error of this product for an error of the operating system about a path; errors of this product pass as they are. */
export function aboutPath(path: string, error: unknown): GrantlensError {
  if (error instanceof GrantlensError) return error;
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (MISSING.has(code)) {
    return new GrantlensError('INPUT_NOT_FOUND', `${path}: there is no such file or folder`, { file: path }, error);
  }
  return unreadable(path, REASONS[code] ?? `it cannot be read (${code === '' ? 'unknown reason' : code})`, {}, error);
}

/** One problem with an input, as the error that stops reading it. */
export function inputError(file: string, line: number | undefined, message: string, field?: string): InputError {
  const problem = {
    file,
    ...(line === undefined ? {} : { line }),
    ...(field === undefined ? {} : { field }),
    message,
  };
  return new InputError([problem], 1);
}
