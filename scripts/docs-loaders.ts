/** Writes what the records of declared sources become into their pages: `npm run docs:loaders`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { descriptions } from '../loaders/descriptions.ts';
import { loaderPage } from './loader-page.ts';

for (const description of descriptions) {
  const page = new URL(`../docs/loaders/${description.format}.md`, import.meta.url);
  writeFileSync(page, loaderPage(readFileSync(page, 'utf8'), description));
  console.log(`docs/loaders/${description.format}.md`);
}
