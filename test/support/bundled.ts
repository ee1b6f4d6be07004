import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Bundles a TypeScript program into one file, so that a process that runs it starts fast. Returns the file's path. */
export async function bundled(entry: string): Promise<string> {
  const name = entry.replace(/\W+/g, '-');
  const outDir = join(ROOT, 'node_modules/.cache/grantlens-test', `${name}-${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, entry),
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  return join(outDir, 'main.mjs');
}
