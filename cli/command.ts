/** What all commands share: their common options, how they are run and how they end. */
import { Command } from 'commander';
import type { Session } from './session.ts';
import { type StoreOptions, storeOptions, storePlace } from './store-place.ts';
import { processTerminal } from './terminal.ts';

/** The answer is yes or it is done; the answer is no; an error. */
export const DONE = 0;
export const NO = 2;
export const FAILED = 1;

export interface Description {
  readonly name: string;
  readonly summary: string;
  /** Whole command lines after `grantlens`, each with what it shows. */
  readonly examples: readonly (readonly [line: string, shows: string])[];
}

/** A command with the options of the store and `--json`, its examples in its help. */
export function command({ name, summary, examples }: Description): Command {
  const lines = examples.map(([line, shows]) => `  # ${shows}\n  grantlens ${line}`);
  const made = new Command(name).description(summary);
  for (const option of storeOptions()) made.addOption(option);
  return made.option('--json', 'print one JSON value').addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/**
 * The action of a command: it gets a session, its options and its arguments, and gives the exit code.
 *
 * @typeParam O what commander makes of the options
 */
export function action<O extends object, A extends unknown[]>(
  run: (session: Session, options: O, ...args: A) => Promise<number>,
): (this: Command, ...args: unknown[]) => Promise<void> {
  return async function (...args) {
    const options = this.opts<O & StoreOptions & { json?: boolean }>();
    const place = storePlace(options, (option) => this.getOptionValueSource(option));
    const json = options.json === true;
    const session = { ...place, json, terminal: processTerminal(), command: this.name() };
    process.exitCode = await run(session, options, ...(args.slice(0, -2) as A));
  };
}
