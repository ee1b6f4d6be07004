#!/usr/bin/env node
/** Runs the built command; in a clone that is not built yet it builds first. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const main = here('../dist/cli/main.js');
const [major, minor] = process.versions.node.split('.').map(Number);

function end(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (major < 20 || (major === 20 && minor < 19))
  end(`Grantlens needs Node.js 20.19 or later; this is ${process.versions.node}.`);

if (!existsSync(main)) {
  const build = here('../scripts/build.js');
  if (existsSync(build)) spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] });
  if (!existsSync(main)) end('Grantlens is not built here. Run `npm ci` in its folder, then try again.');
}

try {
  await import(new URL('../dist/cli/main.js', import.meta.url).href);
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  end(`${error.message}\nThe packages of Grantlens are not installed. Run \`npm ci\` in its folder, then try again.`);
}
