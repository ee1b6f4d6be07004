/** Files that analyses go by, as options of commands. */
import { readFile, stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type AnalysisRules, GrantlensError, parseSensitivityRules, readSodRules } from '../engine/index.ts';

export interface RuleOptions {
  /** Paths of files. */
  readonly sensitivity?: string;
  readonly sod?: string;
}

/** Longest file that is read, in bytes. */
const LONGEST = 1_048_576;

export const withSensitivity = (one: Command): Command =>
  one.addOption(
    new Option(
      '--sensitivity <file>',
      'rules that say what is sensitive, before the built-in ones (YAML, see docs/sensitivity.md)',
    ).env('GRANTLENS_SENSITIVITY'),
  );

export const withRules = (one: Command): Command =>
  withSensitivity(one).addOption(
    new Option('--sod <file>', 'duties to be kept apart (YAML, see docs/separation-of-duties.md)').env('GRANTLENS_SOD'),
  );

/** @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE, LIMIT_EXCEEDED; InputError with all that is wrong in a file */
export async function rulesOf({ sensitivity, sod }: RuleOptions): Promise<Partial<AnalysisRules>> {
  return {
    ...(sensitivity !== undefined && {
      sensitivity: parseSensitivityRules(await textOf(sensitivity), sensitivity),
    }),
    ...(sod !== undefined && { sod: { rules: readSodRules(await textOf(sod), sod), file: sod } }),
  };
}

/** @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE, LIMIT_EXCEEDED */
export async function textOf(file: string, longest = LONGEST): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > longest)
      throw new GrantlensError('LIMIT_EXCEEDED', `${file} has ${size} bytes; at most ${longest} are read.`, { file });
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof GrantlensError) throw error;
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'INPUT_NOT_FOUND' : 'INPUT_UNREADABLE';
    throw new GrantlensError(code, `${file} could not be read.`, { file }, error);
  }
}
