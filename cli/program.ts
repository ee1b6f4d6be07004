import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { access } from './commands/access.ts';
import { birthrights } from './commands/birthrights.ts';
import { centrality } from './commands/centrality.ts';
import { check } from './commands/check.ts';
import { chokePoints } from './commands/choke-points.ts';
import { clusters } from './commands/clusters.ts';
import { compact } from './commands/compact.ts';
import { cypher } from './commands/cypher.ts';
import { demo } from './commands/demo.ts';
import { diff } from './commands/diff.ts';
import { exportGraph } from './commands/export.ts';
import { findings } from './commands/findings.ts';
import { generate } from './commands/generate.ts';
import { hubs } from './commands/hubs.ts';
import { load } from './commands/load.ts';
import { mine } from './commands/mine.ts';
import { outliers } from './commands/outliers.ts';
import { paths } from './commands/paths.ts';
import { plan } from './commands/plan.ts';
import { query } from './commands/query.ts';
import { revoke } from './commands/revoke.ts';
import { runs } from './commands/runs.ts';
import { search } from './commands/search.ts';
import { serve } from './commands/serve.ts';
import { similar } from './commands/similar.ts';
import { stats } from './commands/stats.ts';
import { joinPeople, sync } from './commands/sync.ts';
import { verify } from './commands/verify.ts';
import { whatIf } from './commands/what-if.ts';
import { whoCan } from './commands/who-can.ts';
import { why } from './commands/why.ts';

const COMMANDS = [
  load,
  sync,
  joinPeople,
  stats,
  search,
  check,
  access,
  whoCan,
  paths,
  why,
  whatIf,
  diff,
  revoke,
  chokePoints,
  centrality,
  hubs,
  clusters,
  similar,
  outliers,
  birthrights,
  mine,
  plan,
  findings,
  runs,
  query,
  cypher,
  exportGraph,
  generate,
  serve,
  demo,
  verify,
  compact,
];

const EXAMPLES = `
Examples:
  # a made-up company to try things on, served at http://127.0.0.1:4000/graphql
  grantlens demo
  # your own data, then a question
  grantlens load csv people.csv --mapping mapping.yaml
  grantlens why user:ada read app:ledger

Exit codes: 0 done, or the answer is yes; 2 the answer is no; 1 an error, told on stderr.`;

/** The whole command line. It does not end the process: mistakes are thrown. */
export function program(): Command {
  const root = new Command('grantlens')
    .description('Who can do what, and why.')
    .version(versionOfPackage(), '--version', 'print the version')
    // Behind a command, `--version` is an option of that.
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES)
    .helpOption('--help', 'show help')
    .showHelpAfterError('See grantlens --help.')
    .exitOverride();
  for (const make of COMMANDS) root.addCommand(quiet(make()));
  return root;
}

/** Mistakes are thrown, and told where all others are. */
function quiet(one: Command): Command {
  return one.helpOption('--help', 'show help').showHelpAfterError(`See grantlens ${one.name()} --help.`).exitOverride();
}

/** From package.json, which is one folder up from the source and two from what is built of it. */
function versionOfPackage(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string }).version;
    } catch {
      // Not this place; the next one.
    }
  }
  return 'unknown';
}
