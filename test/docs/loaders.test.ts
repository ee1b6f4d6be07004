import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descriptions } from '../../loaders/descriptions.ts';
import { loaders } from '../../loaders/index.ts';
import { loaderPage } from '../../scripts/loader-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = (format: string): string => readFileSync(join(ROOT, `docs/loaders/${format}.md`), 'utf8');

describe('the pages of declared loaders', () => {
  it.each(descriptions.map((description) => [description.format, description] as const))(
    'docs/loaders/%s.md lists what becomes of its records',
    (format, description) => {
      expect(page(format), 'run `npm run docs:loaders`').toBe(loaderPage(page(format), description));
    },
  );
});

describe('every format of load', () => {
  it.each(loaders.map(({ format }) => format))('%s has a page, and a line in README.md', (format) => {
    expect(page(format)).toContain(`grantlens load ${format}`);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`(docs/loaders/${format}.md)`);
  });
});
