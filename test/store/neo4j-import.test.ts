/** What can be said of the files for Neo4j's importer without Neo4j. */
import { afterEach, describe, expect, it } from 'vitest';
import { GrantlensError, makeEdge } from '../../engine/model/index.ts';
import { importArguments, shellCommand } from '../../engine/store/neo4j/import-command.ts';
import { FreeDelimiter, headerLine, rowLine } from '../../engine/store/neo4j/import-csv.ts';
import { writeImportFiles } from '../../engine/store/neo4j/import-files.ts';
import { datetime } from '../../engine/store/neo4j/properties.ts';
import type { DocumentStore } from '../../engine/store/port.ts';
import { memoryReader } from '../support/memory-reader.ts';

/** A graph without documents. */
const noDocuments: DocumentStore = {
  get: async () => undefined,
  put: async (_name, _value, revision) => revision + 1,
  delete: async () => {},
  list: async () => [],
};

async function filesOf(actions: readonly string[], name = 'Ada') {
  const nodes = [
    { kind: 'User', id: 'u', source: 's', name, attributes: {} },
    { kind: 'Resource', id: 'r', source: 's', attributes: {} },
  ] as const;
  const reader = memoryReader(nodes, [makeEdge({ kind: 'GRANTS', from: 'u', to: 'r', source: 's', actions })]);
  const texts = new Map<string, string>();
  const files = await writeImportFiles({ reader, documents: noDocuments, precedence: [] }, (file, text) => {
    texts.set(file, (texts.get(file) ?? '') + text);
    return undefined;
  });
  return { files, texts };
}

describe('rows', () => {
  const columns = [
    { name: 'text', type: 'string' },
    { name: 'list', type: 'string[]' },
    { name: 'at', type: 'datetime' },
    { name: '', type: 'LABEL' },
  ] as const;

  it('tell an empty text from none, and quote everything else that needs it', () => {
    expect(headerLine(columns)).toBe('text:string,list:string[],at:datetime,:LABEL\n');
    expect(rowLine(columns, { text: '' }, '|')).toBe('"",,,\n');
    expect(rowLine(columns, { list: ['a"b', 'c,\n'], at: -1, ':LABEL': ['A', 'B'] }, '|')).toBe(
      ',"a""b|c,\n",1969-12-31T23:59:59.999Z,"A|B"\n',
    );
  });

  it('refuse a value that no column has', () => {
    expect(() => rowLine(columns, { text: 'x', other: 1 }, '|')).toThrow('no column');
  });
});

describe('the character between the texts of a list', () => {
  it('is one that no list holds', async () => {
    expect((await filesOf(['read'])).files.arrayDelimiter).toBe('\u001f');
    expect((await filesOf(['a\u001fb', 'c\u001e'])).files.arrayDelimiter).toBe('\u001d');
  });

  it('is refused to a graph whose lists hold them all', async () => {
    const all = Array.from({ length: 31 }, (_, i) => String.fromCharCode(i + 1)).join('');
    const error = await filesOf([all]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GrantlensError);
    expect(error).toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('is never part of a line break, however many are taken', () => {
    const delimiter = new FreeDelimiter();
    for (let code = 1; code < 32; code++) {
      expect(['\n', '\r', '\t']).not.toContain(delimiter.character);
      if (delimiter.character !== undefined) delimiter.avoid([delimiter.character]);
    }
    expect(delimiter.character).toBeUndefined();
  });
});

describe('the command', () => {
  it('makes room for the longest line', async () => {
    const place = (file: string): string => file;
    const { files } = await filesOf(['read']);
    expect(importArguments(files, place).some((arg) => arg.startsWith('--read-buffer-size'))).toBe(false);
    const long = await filesOf(['read'], 'x'.repeat(2_000_000));
    expect(importArguments(long.files, place)).toContain('--read-buffer-size=33554432');
  });

  it('names every file, and is safe for a shell', async () => {
    const { files, texts } = await filesOf(['read']);
    expect(files.files.map(({ name }) => name)).toEqual([...texts.keys()].sort());
    expect(shellCommand('cd', ["/a b/it's --x"])).toBe("cd '/a b/it'\\''s --x'");
    expect(shellCommand('tool', ['sub', '--one=1', '--two=a b'])).toBe("tool sub \\\n  --one=1 \\\n  '--two=a b'");
  });
});

describe('instants', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('are in UTC whatever the time zone of the machine is', () => {
    for (const other of ['UTC', 'Asia/Kolkata', 'America/St_Johns']) {
      process.env['TZ'] = other;
      expect(String(datetime(1_700_000_000_123))).toBe('2023-11-14T22:13:20.123000000Z');
    }
  });
});
