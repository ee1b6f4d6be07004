/** Writes docs/analyst-queries.md: `npm run docs:cypher`. */
import { writeFileSync } from 'node:fs';
import { analystQueries } from '../cypher/analyst.ts';
import { analystPage } from './analyst-page.ts';

writeFileSync(new URL('../docs/analyst-queries.md', import.meta.url), analystPage(analystQueries()));
console.log('docs/analyst-queries.md');
