import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findingsPage } from '../../scripts/findings-page.ts';

it('docs/findings.md tells the rules as they are', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/findings.md'), 'utf8');
  expect(page, 'run `npm run docs:findings`').toBe(findingsPage(page));
});
