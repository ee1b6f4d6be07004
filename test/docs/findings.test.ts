import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findingsPage } from '../../scripts/findings-page.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/findings.md'), 'utf8');

it('docs/findings.md lists the rules as they are', () => {
  expect(page, 'run `npm run docs:findings`').toBe(findingsPage(page));
});
