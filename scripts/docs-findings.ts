/** Writes the rules into docs/findings.md: `npm run docs:findings`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { findingsPage } from './findings-page.ts';

const page = new URL('../docs/findings.md', import.meta.url);
writeFileSync(page, findingsPage(readFileSync(page, 'utf8')));
console.log('docs/findings.md');
