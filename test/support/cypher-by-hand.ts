import { statement } from '../../cypher/index.ts';
import type { Neo4jDoor } from '../../engine/store/neo4j/door.ts';

/** Runs a statement as somebody with a Browser window might, past the store. */
export async function byHand(door: Neo4jDoor, text: string): Promise<void> {
  const made = statement({ name: 'by-hand', mode: 'write', parameters: {}, text });
  await door.write((tx) => tx.all(made));
}
