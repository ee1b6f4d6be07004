import type { Driver } from 'neo4j-driver';
import { writeLayout } from '../support/neo4j-layout.ts';
import { generatedEstate } from './analyst/estate.ts';
import { makeSchema } from './schema.ts';

/** People in the estate on which plans are made and database hits are counted. */
export const PEOPLE = 300;

/**
 * Fills an empty database with the schema and the generated estate, always the same, and has the planner's figures counted anew: plans
 * and database hits then depend on nothing else.
 */
export async function fixedEstate(driver: Driver): Promise<void> {
  await makeSchema(driver);
  await writeLayout(driver, generatedEstate(PEOPLE));
  await driver.executeQuery('CALL db.awaitIndexes(300)');
  await driver.executeQuery('CALL db.resampleOutdatedIndexes()');
  await driver.executeQuery('CALL db.prepareForReplanning(300)');
}
