import type { Driver } from 'neo4j-driver';
import type { Neo4jForTests } from '../support/neo4j.ts';
import { generatedEstate } from './analyst/estate.ts';
import { loadIntoStore } from './load.ts';

/** People in the estate on which plans are made and database hits are counted. */
export const PEOPLE = 300;

/**
 * Loads the generated estate into an empty database, always the same, and has the planner's figures counted anew: plans
 * and database hits then depend on nothing else.
 */
export async function fixedEstate(server: Neo4jForTests, driver: Driver): Promise<void> {
  await loadIntoStore(server, generatedEstate(PEOPLE));
  await driver.executeQuery('CALL db.awaitIndexes(300)');
  await driver.executeQuery('CALL db.resampleOutdatedIndexes()');
  await driver.executeQuery('CALL db.prepareForReplanning(300)');
}
