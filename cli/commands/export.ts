import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type ImportFiles, importArguments, shellCommand } from '../../engine/index.ts';
import { action, command, DONE } from '../command.ts';
import { UsageError } from '../failure.ts';
import { type ImportFolder, writeImportFolder } from '../import-folder.ts';
import { writeLines } from '../output.ts';
import { type Session, withEngine, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options {
  readonly format: 'graph' | 'neo4j-import';
  readonly out?: string;
  readonly gzip?: boolean;
}

export const exportGraph = (): Command =>
  command({
    name: 'export',
    summary: 'Write the whole graph, sorted: equal graphs give equal bytes.',
    examples: [
      ['export > estate.jsonl', 'graph JSON Lines on stdout'],
      ['export --format graph --out estate.jsonl.zst', 'into a file, compressed by its name (.gz, .zst)'],
      ['export --format neo4j-import --out ./import', "into files for Neo4j's bulk importer; prints how to run it"],
    ],
  })
    .addOption(
      new Option('--format <format>', 'form of the output').choices(['graph', 'neo4j-import']).default('graph'),
    )
    .option('--out <path>', 'graph: write to this file instead of stdout; neo4j-import: a new or empty folder')
    .option('--gzip', 'neo4j-import: compress the files')
    .action(action(run));

async function run(session: Session, { format, out, gzip }: Options): Promise<number> {
  if (format === 'neo4j-import') return exportForNeo4j(session, out, gzip === true);
  if (gzip)
    throw new UsageError('--gzip is for --format neo4j-import', 'Elsewhere the name of the file says it: .gz or .zst.');
  await withView(session, (view) => writeLines(session.terminal, out, view.exportLines()));
  return DONE;
}

async function exportForNeo4j(session: Session, out: string | undefined, gzip: boolean): Promise<number> {
  if (out === undefined)
    throw new UsageError('--format neo4j-import writes several files', 'Name a new or empty folder with --out.');
  const into: ImportFolder = { folder: out, suffix: gzip ? '.gz' : '' };
  const { terminal } = session;
  const files = await withEngine(session, 'read', (engine) => writeImportFolder(engine, into, terminal.stderr));
  const told = howTo(files, into);
  if (session.json) await terminal.json(told);
  else await terminal.lines(linesOf(told));
  return DONE;
}

/** What was written and the commands that import it. */
function howTo(files: ImportFiles, { folder, suffix }: ImportFolder) {
  const path = resolve(folder);
  const inFolder = shellCommand(
    'neo4j-admin',
    importArguments(files, (file) => `${file}${suffix}`),
  );
  const docker = [
    'run',
    '--rm',
    '--volume=neo4j-data:/data',
    `--volume=${path}:/import:ro`,
    'neo4j:5.26',
    'neo4j-admin',
  ];
  return {
    folder: path,
    files: files.files.map(({ name, rows }) => ({ name: `${name}${suffix}`, rows })),
    nodes: files.nodes,
    relationships: files.relationships,
    command: `${shellCommand('cd', [path])} && ${inFolder}`,
    docker: shellCommand('docker', [...docker, ...importArguments(files, (file) => `/import/${file}${suffix}`)]),
  };
}

const linesOf = ({ folder, files, nodes, relationships, command, docker }: ReturnType<typeof howTo>) => [
  `${counted(nodes, 'node')} and ${counted(relationships, 'relationship')} in ${counted(files.length, 'file')} in ${folder}`,
  '',
  'Import them into a database that does not exist yet or is empty, while the server is stopped:',
  '',
  command,
  '',
  'or with Docker, into the volume neo4j-data:',
  '',
  docker,
  '',
  'Then start the server and open the store for writing once, which makes its constraints and indexes:',
  '',
  'export GRANTLENS_NEO4J_PASSWORD_FILE=…',
  'grantlens compact --store neo4j://localhost:7687/neo4j',
];
