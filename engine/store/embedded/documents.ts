import { GrantlensError, type JsonValue } from '../../model/index.ts';
import { SealedTable } from './sealed-table.ts';
import { corrupt, type Database } from './sqlite.ts';
import type { State } from './state.ts';

/** A document's name and revision, kept apart from its value so that a list reads no values. */
interface DocumentEntry {
  readonly number: number;
  readonly name: string;
  readonly revision: number;
}

/** The documents as of an open transaction. */
export class Documents {
  readonly #names: SealedTable;
  readonly #values: SealedTable;
  readonly #state: State;

  constructor(database: Database, state: State) {
    this.#names = new SealedTable(database, 'document_names', state.tables.document_names);
    this.#values = new SealedTable(database, 'document_values', state.tables.document_values);
    this.#state = state;
  }

  /** Every name is read each time: they are few and short, and a name that is missing must be known to be missing. */
  #entries(): Map<string, DocumentEntry> {
    const entries = new Map<string, DocumentEntry>();
    for (const { key, body } of this.#names.scan()) {
      const { name, revision } = JSON.parse(Buffer.from(body).toString()) as DocumentEntry;
      entries.set(name, { number: key, name, revision });
    }
    return entries;
  }

  get(name: string): { readonly value: JsonValue; readonly revision: number } | undefined {
    const entry = this.#entries().get(name);
    if (entry === undefined) return undefined;
    const text = Buffer.from(this.#values.must(entry.number)).toString();
    const at = text.indexOf('\n');
    if (Number(text.slice(0, at)) !== entry.revision) throw corrupt(`document ${entry.number} is of another revision`);
    return { value: JSON.parse(text.slice(at + 1)) as JsonValue, revision: entry.revision };
  }

  list(prefix: string): readonly string[] {
    return [...this.#entries().keys()].filter((name) => name.startsWith(prefix)).sort();
  }

  /** @returns the state to be written and the new revision */
  put(name: string, value: JsonValue, revision: number): { readonly state: State; readonly revision: number } {
    const found = this.#expect(name, revision);
    const next = this.#state.documents.revision + 1;
    const number = found?.number ?? this.#state.documents.number + 1;
    this.#names.put(number, Buffer.from(JSON.stringify({ name, revision: next })));
    this.#values.put(number, Buffer.from(`${next}\n${JSON.stringify(value)}`));
    const last = Math.max(number, this.#state.documents.number);
    return { state: this.#stateWith({ revision: next, number: last }), revision: next };
  }

  delete(name: string, revision: number): State {
    const found = this.#expect(name, revision);
    if (found === undefined) throw conflict(name, revision, 0);
    this.#names.delete(found.number);
    this.#values.delete(found.number);
    return this.#stateWith(this.#state.documents);
  }

  #expect(name: string, revision: number): DocumentEntry | undefined {
    const found = this.#entries().get(name);
    if ((found?.revision ?? 0) !== revision) throw conflict(name, revision, found?.revision ?? 0);
    return found;
  }

  #stateWith(documents: State['documents']): State {
    const tables = { ...this.#state.tables, document_names: this.#names.sum, document_values: this.#values.sum };
    return { ...this.#state, sequence: this.#state.sequence + 1, documents, tables };
  }
}

function conflict(name: string, revision: number, found: number): GrantlensError {
  const now = found === 0 ? 'is not there' : `is at revision ${found}`;
  return new GrantlensError('DOCUMENT_CONFLICT', `The document "${name}" ${now}, not at revision ${revision}.`, {
    name,
    revision,
    found,
  });
}
