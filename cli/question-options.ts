import { type Command, Option } from 'commander';
import { DEFAULT_REACH, type Instant, REACHES, type Reach } from '../engine/index.ts';
import { instantOf, reachOf, wholeNumber } from './arguments.ts';

/** Which version of the graph is asked. */
export interface VersionOptions {
  readonly version?: number;
}

export const withVersion = (command: Command): Command =>
  command.addOption(
    new Option('--version <number>', 'as the graph was at an earlier version (default: the newest)').argParser(
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    ),
  );

/** What questions about access have in common. */
export interface ScopeOptions extends VersionOptions {
  readonly reach?: Reach;
  readonly at?: Instant;
}

export const withScope = (command: Command): Command => withReachAndTime(withVersion(command));

export function withReachAndTime(command: Command): Command {
  const reach = `how far to follow the graph: ${REACHES.join(', ')} (default ${DEFAULT_REACH})`;
  return command
    .addOption(new Option('--reach <reach>', reach).argParser(reachOf))
    .addOption(new Option('--at <instant>', 'as it is then, a day or an instant (default: now)').argParser(instantOf));
}

export const scopeOf = ({ reach, at }: Omit<ScopeOptions, 'version'>): Omit<ScopeOptions, 'version'> => ({
  ...(reach === undefined ? {} : { reach }),
  ...(at === undefined ? {} : { at }),
});
