import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * The program of a thread. The built one runs as it is; the sources need what runs TypeScript, in each thread anew.
 *
 * @param name of the file beside the one that asks, without what follows the dot
 * @param beside `import.meta.url` of the one that asks
 */
export function threadProgram(name: string, beside: string): URL {
  const built = !beside.endsWith('.ts');
  const file = new URL(`./${name}.${built ? 'js' : 'ts'}`, beside);
  if (built) return file;
  const tsx = new URL('index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')));
  const lines = [`import { register } from '${tsx}';`, 'register();', `await import('${file}');`];
  return new URL(`data:text/javascript,${encodeURIComponent(lines.join('\n'))}`);
}
