/** Writes the list of built-in rules into docs/sensitivity.md: `npm run docs:sensitivity`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { sensitivityPage } from './sensitivity-page.ts';

const page = new URL('../docs/sensitivity.md', import.meta.url);
writeFileSync(page, sensitivityPage(readFileSync(page, 'utf8')));
console.log('docs/sensitivity.md');
