/**
 * Builds `dist/` from the TypeScript sources and `web/dist/` from the browser page, each only when something it is made
 * of has changed since (`--force`: in any case). Plain JavaScript, because it runs before anything is built; it says what
 * it does on stderr, because commands whose stdout is an answer may start it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const force = process.argv.includes('--force');
const require = createRequire(import.meta.url);

const PARTS = [
  {
    name: 'dist',
    made: 'dist/cli/main.js',
    of: [
      'engine',
      'algorithms',
      'cypher',
      'loaders',
      'graphql',
      'cli',
      'tsconfig.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    tool: 'typescript',
    command: 'tsc',
    arguments: ['-p', 'tsconfig.build.json', '--outDir'],
  },
  {
    name: 'web/dist',
    made: 'web/dist/index.html',
    of: ['web', 'package-lock.json'],
    tool: 'vite',
    command: 'vite',
    arguments: ['build', '--config', 'web/vite.config.ts', '--emptyOutDir', '--outDir'],
  },
];

for (const part of PARTS) build(part);

function build(part) {
  const sources = part.of.map((path) => join(root, path)).filter((path) => existsSync(path));
  if (!existsSync(join(root, part.of[0]))) return say(`${part.name}: nothing to build, there is no ${part.of[0]}/`);
  const sum = sumOf(part, sources);
  const stamp = join(root, part.name, '.built');
  const fresh = existsSync(join(root, part.made)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sum;
  if (fresh && !force) return;
  const tool = pathOfTool(part);
  if (tool === undefined) return withoutTool(part);
  const started = Date.now();
  const into = join(root, '.cache', `build-${process.pid}`);
  const { status } = spawnSync(process.execPath, [tool, ...part.arguments, into], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) {
    writeFileSync(join(into, '.built'), sum);
    putInPlace(into, join(root, part.name));
  }
  rmSync(into, { recursive: true, force: true });
  if (status !== 0) process.exit(1);
  say(`${part.name}: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** What is built appears whole, or the one before it stays. */
function putInPlace(built, place) {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  renameSync(built, place);
}

/** Changes when a source appears, goes or changes: over the path, size and time of each file, and how it is built. */
function sumOf(part, sources) {
  const sum = createHash('sha256').update(JSON.stringify(part.arguments));
  for (const file of sources.flatMap(filesIn).sort()) {
    const { size, mtimeMs } = statSync(file);
    sum.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return sum.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules')
    .flatMap(({ name }) => filesIn(join(path, name)));
}

/** The tool's program, from its own package.json; undefined where it is not installed. */
function pathOfTool({ tool, command }) {
  const manifest = require.resolve
    .paths(tool)
    ?.map((folder) => join(folder, tool, 'package.json'))
    .find(existsSync);
  if (manifest === undefined) return undefined;
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

/** An install without development packages: what is built stays as it is. */
function withoutTool({ name, tool, made }) {
  const there = existsSync(join(root, made));
  say(`${name}: ${tool} is not installed, ${there ? 'left as it is' : 'not built'}. Run \`npm ci\` to build it.`);
  if (!there && name === 'dist' && process.env.npm_lifecycle_event !== 'prepare') process.exit(1);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
