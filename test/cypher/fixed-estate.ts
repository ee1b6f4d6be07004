import type { Driver } from 'neo4j-driver';
import { EDGE_KINDS, NODE_KINDS } from '../../engine/model/index.ts';
import type { Neo4jForTests } from '../support/neo4j.ts';
import { generatedEstate } from './analyst/estate.ts';
import { loadIntoStore } from './load.ts';
import { analystStatements, namedStatements } from './statements.ts';

/** People in the estate on which plans are made and database hits are counted. */
export const PEOPLE = 300;

/**
 * Loads the generated estate into an empty database, always the same, and has the planner's figures counted anew: plans
 * and database hits then depend on nothing else.
 */
export async function fixedEstate(server: Neo4jForTests, driver: Driver): Promise<void> {
  await makeNames(driver);
  await loadIntoStore(server, generatedEstate(PEOPLE));
  await driver.executeQuery('CALL db.awaitIndexes(300)');
  await driver.executeQuery('CALL db.resampleOutdatedIndexes()');
  await driver.executeQuery('CALL db.prepareForReplanning(300)');
}

/**
 * Makes the names that statements read: a property whose name the database has never met costs one database hit more each time it is
 * looked for, and a server that other tests have used knows more names than a new one.
 */
async function makeNames(driver: Driver): Promise<void> {
  const texts = [...(await namedStatements()), ...analystStatements()].map(({ text }) => text).join('\n');
  const names = [...new Set([...texts.matchAll(/\b[a-z]\w*\.([a-z]\w*)\b/gi)].map(([, name]) => name!))].sort();
  for (const name of names) await driver.executeQuery('CALL db.createProperty($name)', { name });
  const labels = [...NODE_KINDS, ...[...texts.matchAll(/:([A-Z][a-z]\w*)/g)].map(([, name]) => name!)];
  for (const name of new Set(labels)) await driver.executeQuery('CALL db.createLabel($name)', { name });
  for (const name of EDGE_KINDS) await driver.executeQuery('CALL db.createRelationshipType($name)', { name });
}
