import type { Driver } from 'neo4j-driver';
import { namedStatements } from './statements.ts';

/** Makes the store's constraints and indexes and waits until they are there. */
export async function makeSchema(driver: Driver): Promise<void> {
  const statements = await namedStatements();
  for (const { mode, text } of statements) if (mode === 'schema') await driver.executeQuery(text);
  await driver.executeQuery('CALL db.awaitIndexes(300)');
}
