import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collect } from '../support/collect.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = temporaryFolder();
const page = readFileSync(join(ROOT, 'docs/loaders/add-a-source.md'), 'utf8');
/** Inside of the project, so that the imports of the page hold. */
const made = join(ROOT, 'loaders', `wiki-of-the-page-${process.pid}`);

afterAll(() => rmSync(made, { recursive: true, force: true }));

describe('docs/loaders/add-a-source.md', () => {
  it('makes a source that loads, word by word', async () => {
    const [description, reader, index] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text!);
    mkdirSync(made);
    writeFileSync(join(made, 'description.ts'), description!);
    writeFileSync(join(made, 'reader.ts'), reader!);
    writeFileSync(join(made, 'index.ts'), index!);
    const { wikiLoader } = await import(join(made, 'index.ts'));
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
