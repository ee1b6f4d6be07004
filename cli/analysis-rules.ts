/** Files that analyses go by, as options of commands. */
import { readFile, stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type AnalysisRules, GrantlensError, parseSensitivityRules } from '../engine/index.ts';

export interface RuleOptions {
  /** Path of a file. */
  readonly sensitivity?: string;
}

/** Longest file that is read, in bytes. */
const LONGEST = 1_048_576;

export const withRules = (one: Command): Command =>
  one.addOption(
    new Option(
      '--sensitivity <file>',
      'rules that say what is sensitive, before the built-in ones (YAML, see docs/sensitivity.md)',
    ).env('GRANTLENS_SENSITIVITY'),
  );

/** @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE, LIMIT_EXCEEDED; InputError with all that is wrong in a file */
export async function rulesOf({ sensitivity }: RuleOptions): Promise<Partial<AnalysisRules>> {
  if (sensitivity === undefined) return {};
  return { sensitivity: parseSensitivityRules(await textOf(sensitivity), sensitivity) };
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LONGEST)
      throw new GrantlensError('LIMIT_EXCEEDED', `${file} has ${size} bytes; at most ${LONGEST} are read.`, { file });
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof GrantlensError) throw error;
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'INPUT_NOT_FOUND' : 'INPUT_UNREADABLE';
    throw new GrantlensError(code, `${file} could not be read.`, { file }, error);
  }
}
