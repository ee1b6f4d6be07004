import { type Command, Option } from 'commander';
import { DEFAULT_REACH, type Instant, REACHES, type Reach } from '../engine/index.ts';
import { instantOf, reachOf } from './arguments.ts';

/** What questions about access have in common. */
export interface ScopeOptions {
  readonly reach?: Reach;
  readonly at?: Instant;
}

export function withScope(command: Command): Command {
  const reach = `how far to follow the graph: ${REACHES.join(', ')} (default ${DEFAULT_REACH})`;
  return command
    .addOption(new Option('--reach <reach>', reach).argParser(reachOf))
    .addOption(new Option('--at <instant>', 'as it is then, a day or an instant (default: now)').argParser(instantOf));
}

export const scopeOf = ({ reach, at }: ScopeOptions): ScopeOptions => ({
  ...(reach === undefined ? {} : { reach }),
  ...(at === undefined ? {} : { at }),
});
