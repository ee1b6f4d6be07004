/** A small estate in a real engine on a folder of its own. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, changeOfLine, type Engine, openEngine } from '../../engine/index.ts';

const ESTATE = new URL('../fixtures/graphql/estate.jsonl', import.meta.url);

export interface Estate {
  readonly engine: Engine;
  /** Applies lines of the exchange form as one batch. */
  put(...lines: object[]): Promise<void>;
  close(): Promise<void>;
}

/** @param more lines of the exchange form that go in with the estate */
export async function openEstate(more: readonly object[] = []): Promise<Estate> {
  const data = await mkdtemp(join(tmpdir(), 'grantlens-graphql-'));
  const engine = await openEngine({ data, mode: 'write' });
  let batches = 0;
  const put = async (...lines: object[]) => {
    batches += 1;
    await engine.apply({ id: `batch ${batches}`, source: 'hr', complete: [], changes: lines.map(changeOf) });
  };
  const lines = (await readFile(ESTATE, 'utf8')).trim().split('\n');
  await put(...lines.map((line) => JSON.parse(line) as object), ...more);
  const close = async () => {
    await engine.close();
    await rm(data, { recursive: true, force: true });
  };
  return { engine, put, close };
}

function changeOf(line: object): Change {
  const change = changeOfLine(line, 'hr', (field, message) => {
    throw new Error(`${field}: ${message} in ${JSON.stringify(line)}`);
  });
  return change!;
}
