/** Documents in the database. Who puts or deletes one has the lock of the head: compare and set are one step. */
import { randomUUID } from 'node:crypto';
import {
  DELETE_DOCUMENT,
  DOCUMENT_STATE,
  GET_DOCUMENT,
  LIST_DOCUMENTS,
  NEXT_REVISION,
  PUT_DOCUMENT,
} from '../../../cypher/index.ts';
import { GrantlensError, type JsonValue } from '../../model/index.ts';
import type { DocumentStore } from '../port.ts';
import { integer, type Neo4jDoor, type Transaction } from './door.ts';
import { headless } from './head-lock.ts';
import { idProperty } from './properties.ts';

export class Neo4jDocuments implements DocumentStore {
  readonly #door: Neo4jDoor;
  readonly #checkWriter: () => void;
  readonly #timeout: number;

  /** @param checkWriter throws when this handle may not write */
  constructor(door: Neo4jDoor, checkWriter: () => void, timeout: number) {
    this.#door = door;
    this.#checkWriter = checkWriter;
    this.#timeout = timeout;
  }

  async get(name: string): Promise<{ readonly value: JsonValue; readonly revision: number } | undefined> {
    const [found] = await this.#door.read((tx) => tx.all(GET_DOCUMENT, { name: idProperty(name) }));
    if (found === undefined) return undefined;
    return { value: JSON.parse(found[0] as string) as JsonValue, revision: found[1] as number };
  }

  async list(prefix: string): Promise<readonly string[]> {
    const found = await this.#door.read((tx) => tx.all(LIST_DOCUMENTS, { prefix }));
    return found.map(([name]) => name as string).sort();
  }

  async put(name: string, value: JsonValue, revision: number): Promise<number> {
    this.#checkWriter();
    const text = JSON.stringify(value);
    const token = randomUUID();
    return this.#door.write((tx) => putDocument(tx, name, text, revision, token), { timeout: this.#timeout });
  }

  async delete(name: string, revision: number): Promise<void> {
    this.#checkWriter();
    let tried = false;
    await this.#door.write(
      async (tx) => {
        await nextRevision(tx);
        const { found } = await stateOf(tx, name);
        // Where the answer of the first try was lost, it is gone by our own hand.
        if (tried && found === 0) return;
        if (found !== revision || found === 0) throw conflict(name, revision, found);
        tried = true;
        await tx.all(DELETE_DOCUMENT, { name: idProperty(name) });
      },
      { timeout: this.#timeout },
    );
  }
}

async function putDocument(
  tx: Transaction,
  name: string,
  value: string,
  revision: number,
  token: string,
): Promise<number> {
  const next = await nextRevision(tx);
  const { found, by } = await stateOf(tx, name);
  if (by === token) return found;
  if (found !== revision) throw conflict(name, revision, found);
  const kept = idProperty(name);
  const longName = kept === name ? null : name;
  await tx.all(PUT_DOCUMENT, { name: kept, longName, value, revision: integer(next), token });
  return next;
}

/** Takes the lock of the head, too. */
async function nextRevision(tx: Transaction): Promise<number> {
  const [values] = await tx.all(NEXT_REVISION);
  if (values === undefined) throw headless();
  return values[0] as number;
}

async function stateOf(tx: Transaction, name: string): Promise<{ readonly found: number; readonly by: string | null }> {
  const [values] = await tx.all(DOCUMENT_STATE, { name: idProperty(name) });
  return values === undefined ? { found: 0, by: null } : { found: values[0] as number, by: values[1] as string };
}

function conflict(name: string, revision: number, found: number): GrantlensError {
  const now = found === 0 ? 'is not there' : `is at revision ${found}`;
  return new GrantlensError('DOCUMENT_CONFLICT', `The document "${name}" ${now}, not at revision ${revision}.`, {
    name,
    revision,
    found,
  });
}
