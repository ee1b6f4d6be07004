import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../support/collect.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = temporaryFolder();
const page = readFileSync(join(ROOT, 'docs/loaders/add-a-source.md'), 'utf8');
/** The files lie elsewhere than the page says: their imports lead back. */
const written = (name: string, text: string): string =>
  folder.file(`wiki/${name}`, text.replaceAll("from '../", `from '${ROOT}/loaders/`));

describe('docs/loaders/add-a-source.md', () => {
  it('makes a source that loads, word by word', async () => {
    const [description, reader, index] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text!);
    written('description.ts', description!);
    written('reader.ts', reader!);
    const { wikiLoader } = await import(written('index.ts', index!));
    const path = folder.file(
      'wiki.json',
      '{"people": [{"login": "ada", "mail": "ada@acme.test", "blocked": false, "badge": 7}], "spaces": [{"key": "HR", "readers": ["ada", "gone"], "theme": "x"}]}',
    );
    const loaded = await collect(await wikiLoader.load({ paths: [path], options: {} }));
    expectSound(loaded);
    expect(loaded.nodes.map(({ id, attributes }) => [id, attributes])).toEqual([
      ['wiki/ada', { email: 'ada@acme.test', blocked: false, badge: 7 }],
      ['wiki/space/HR', {}],
    ]);
    expect(loaded.edges.map(({ from, to, actions }) => `${from} ${actions} ${to}`)).toEqual([
      'wiki/ada read wiki/space/HR',
    ]);
    expect(loaded.report.unresolved).toEqual(['wiki/gone']);
    expect(loaded.report.skipped.map(({ why }) => why)).toEqual(['the field "theme" of "spaces" is not known here']);
  });
});
