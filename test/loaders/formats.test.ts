import { chmodSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createTextSink } from '../../loaders/formats/compress.ts';
import { eachOf } from '../../loaders/formats/each-of.ts';
import { filesIn, filesInAll } from '../../loaders/formats/files-in.ts';
import { parseJson, readJsonDocument } from '../../loaders/formats/json-document.ts';
import { JsonScanner } from '../../loaders/formats/json-scan.ts';
import { readLines } from '../../loaders/formats/lines.ts';
import { openBytes } from '../../loaders/formats/open-bytes.ts';
import { openText } from '../../loaders/formats/open-text.ts';
import { sourceOf } from '../../loaders/formats/source-name.ts';
import { firstBadByte, unfinishedTail } from '../../loaders/formats/utf8.ts';
import { readWholeText } from '../../loaders/formats/whole-text.ts';
import { unzstd } from '../../loaders/formats/zstd.ts';
import { builtInCodec, wasmCodec, zstdCodec } from '../../loaders/formats/zstd-codec.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
announceSeed();

async function textOf(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of openText(path)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function linesOf(path: string, options = {}): Promise<{ lines: string[]; open: boolean }> {
  const lines: string[] = [];
  let open = false;
  for await (const batch of readLines(path, options)) {
    expect(batch.first).toBe(lines.length + 1);
    for (const line of batch.lines) lines.push(line);
    open = batch.open;
  }
  return { lines, open };
}

/** Feeds bytes in pieces of a given size. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

async function unzstdAll(bytes: Uint8Array, size: number, wholeFrame?: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of unzstd('a.zst', pieces(bytes, size), wholeFrame)) parts.push(part);
  return Buffer.concat(parts);
}

describe('text', () => {
  it('drops a byte-order mark', async () => {
    expect(await textOf(folder.file('mark.txt', '\ufeffa\n'))).toBe('a\n');
    expect(await textOf(folder.file('mark-only.txt', '\ufeff'))).toBe('');
    expect(await textOf(folder.file('short.txt', 'ab'))).toBe('ab');
    expect(await textOf(folder.file('nothing.txt', ''))).toBe('');
  });

  it('says line and byte of what is not UTF-8', async () => {
    const path = folder.file('latin.txt', Buffer.from('one\ntw\xf6\n', 'latin1'));
    const error = await refusalOf(() => textOf(path));
    expect(error.code).toBe('INPUT_UNREADABLE');
    expect(error.facts).toMatchObject({ file: path, line: 2, byte: 6 });
    expect(error.message).toMatch(/latin\.txt:2: byte 0xF6 is not UTF-8; convert the file .* \(byte offset 6\)/);
  });

  it.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffa,b\n', 'utf16le'), /is UTF-16, not UTF-8; convert it/],
    ['UTF-16 without mark', Buffer.from('a,b\n', 'utf16le'), /:1: a NUL byte/],
    ['NUL', Buffer.from('a\nb\0'), /:2: a NUL byte.*\(byte offset 3\)/],
    ['a cut character', Buffer.from('a\n\u00e4').subarray(0, 3), /:2: the file ends in the middle of a character/],
    ['gzip under another name', gzipSync('a'), /is a gzip archive; give it a name that ends in \.gz/],
    ['zip', Buffer.from('PK\x03\x04....'), /is a zip archive; give it a name that ends in .zip/],
  ])('refuses %s', async (name, bytes, message) => {
    const error = await refusalOf(() => textOf(folder.file(`bad-${name.length}.txt`, bytes)));
    expect(error.code).toBe('INPUT_UNREADABLE');
    expect(error.message).toMatch(message);
  });

  it('names what is missing, a folder, and what may not be read', async () => {
    const missing = await refusalOf(() => textOf(join(folder.path, 'no.txt')));
    expect([missing.code, missing.message]).toEqual([
      'INPUT_NOT_FOUND',
      expect.stringMatching(/no\.txt: there is no such/),
    ]);
    expect((await refusalOf(() => textOf(folder.path))).message).toMatch(/it is a folder, a file is needed/);
    const secret = folder.file('secret.txt', 'x');
    chmodSync(secret, 0);
    if (process.getuid?.() !== 0) expect((await refusalOf(() => textOf(secret))).message).toMatch(/permission denied/);
  });

  it('finds bad bytes where the decoder of the runtime does', () => {
    const bytes = fc.array(
      fc.constantFrom(
        0x41,
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0xf5,
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(bytes, (list) => {
        const text = Buffer.from(list);
        const { offset } = firstBadByte(text);
        const fatal = new TextDecoder('utf-8', { fatal: true });
        if (offset >= 0) {
          expect(() => fatal.decode(text)).toThrow();
          expect(() => fatal.decode(text.subarray(0, offset))).not.toThrow();
        } else {
          expect(() => fatal.decode(text)).not.toThrow();
          for (let cut = 0; cut <= text.length; cut++) {
            const head = text.subarray(0, cut);
            expect(() => fatal.decode(head.subarray(0, cut - unfinishedTail(head)))).not.toThrow();
          }
        }
      }),
      runs(2000),
    );
  });
});

describe('lines', () => {
  it.each([
    ['a\nb\n', ['a', 'b'], false],
    ['a\r\nb\r\n', ['a', 'b'], false],
    ['a\n\nb', ['a', '', 'b'], true],
    ['a', ['a'], true],
    ['', [], false],
    ['\n', [''], false],
  ])('of %j', async (content, lines, open) => {
    expect(await linesOf(folder.file('lines.txt', content))).toEqual({ lines, open });
  });

  it('are the same however long the file and wherever its pieces end', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i} ${'\u00e4\u{1f511}'.repeat(i % 7)}`);
    expect((await linesOf(folder.file('many.txt', `${lines.join('\n')}\n`))).lines).toEqual(lines);
  });

  it('have a longest length, in bytes', async () => {
    const path = folder.file('long.txt', `short\n${'\u00e4'.repeat(60)}\n`);
    expect((await linesOf(path, { maxLine: 120 })).lines).toHaveLength(2);
    const error = await refusalOf(() => linesOf(path, { maxLine: 119 }));
    expect(error.code).toBe('INPUT_INVALID');
    expect(error.message).toMatch(/long\.txt:2: the line is longer than 119 bytes/);
  });
});

describe('whole documents', () => {
  it('are refused when empty or too large', async () => {
    expect((await refusalOf(() => readWholeText(folder.file('e.json', ' \n')))).message).toMatch(
      /e\.json: the file is empty/,
    );
    const large = folder.file('large.json.gz', gzipSync('x'.repeat(5000)));
    expect((await refusalOf(() => readWholeText(large, { maxBytes: 1024 }))).message).toMatch(
      /large\.json\.gz: is larger than 1 KiB when it is decompressed/,
    );
  });

  it.each([
    ['{"a":1,}', 1, 'column 8: a comma stands before the closing bracket'],
    ['{"a":1\n "b":2}', 2, 'column 2: "," or "}" is missing'],
    ['{"a":tru}', 1, 'column 6: "tru" is not a value of JSON'],
    ['[1,2', 1, 'column 5: the text ends before its end; it was cut off'],
    ["{'a':1}", 1, 'column 2: a key in double quotes is missing'],
    ['{"a" 1}', 1, 'column 6: ":" is missing after the key'],
    ['["a\nb"]', 1, 'column 4: a string holds a line end'],
    ['["\\q"]', 1, 'column 3: a backslash starts no escape that JSON knows'],
    ['{} {}', 1, 'column 4: the document has ended, but text follows it'],
  ])('with a fault: %j', async (text, line, message) => {
    const error = await refusalOf(() => parseJson(text, 'f.json'));
    expect(error.message).toContain(`f.json:${line}: `);
    expect(error.message).toContain(message);
  });

  it('that nest without end are refused', async () => {
    expect(parseJson(`${'['.repeat(200)}${']'.repeat(200)}`, 'f.json')).toHaveLength(1);
    for (const text of [`${'['.repeat(201)}${']'.repeat(201)}`, '['.repeat(1_000_000), '{"a":'.repeat(1_000_000)]) {
      expect((await refusalOf(() => parseJson(text, 'f.json'))).message).toMatch(/nests deeper than 200 levels/);
    }
  });

  it('with a key that stands twice, also behind an escape', async () => {
    const text = '{"Statement":[{},\n{"Effect":"Deny",\n"\\u0045ffect":"Allow"}]}';
    const error = await refusalOf(() => readJsonDocument(folder.file('twice.json', text)));
    expect(error.message).toMatch(
      /twice\.json:3: Statement\[1\]\.Effect: column 1: the key "Effect" stands twice in one object \(first in line 2, column 2\)/,
    );
  });

  it('are parsed as JSON.parse does, and refused where it does', () => {
    const scanner = new JsonScanner();
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '\n', '0', '-', '.', 'e', '\u0001', ' '),
        (json, at, char) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + char + json.slice(place + (at % 2));
          const faults = scanner.scan(text).filter(({ field }) => field === undefined);
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          expect(faults.length === 0).toBe(valid);
        },
      ),
      runs(3000),
    );
  });

  it('do not let a key reach a prototype', () => {
    const value = parseJson('{"__proto__":{"admin":true}}', 'p.json') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('gzip', () => {
  const one = gzipSync('hello\n');
  const two = gzipSync('world\n');

  it('reads members one after the other, and zeros behind them', async () => {
    const path = folder.file('two.gz', Buffer.concat([one, two, Buffer.alloc(512)]));
    expect(await textOf(path)).toBe('hello\nworld\n');
  });

  it.each([
    ['cut', one.subarray(0, -3), /the archive ends before its end: it was cut off after \d+ bytes/],
    ['cut in its second member', Buffer.concat([one, two.subarray(0, 12)]), /ends before its end/],
    ['empty', Buffer.alloc(0), /the archive is empty/],
    ['not gzip', Buffer.from('plain text'), /is not .* a gzip archive/],
    ['followed by text', Buffer.concat([one, Buffer.from('text')]), /is not .* a gzip archive/],
    ['followed by zeros and a member', Buffer.concat([one, Buffer.alloc(4), two]), /something else behind its end/],
    ['damaged', Buffer.from(one.map((byte, i) => (i === 13 ? byte ^ 4 : byte))), /the gzip archive is damaged/],
  ])('%s: refused', async (name, bytes, message) => {
    const error = await refusalOf(() => textOf(folder.file(`${name.length}-bad.gz`, bytes)));
    expect([error.code, error.message]).toEqual(['INPUT_UNREADABLE', expect.stringMatching(message)]);
  });

  it('stops a bomb', async () => {
    const bomb = folder.file('bomb.gz', gzipSync(Buffer.alloc(20_000_000)));
    const drain = async () => {
      for await (const _ of openBytes(bomb, { maxBytes: 1_000_000 }));
    };
    expect((await refusalOf(drain)).message).toMatch(/is larger than 976\.6 KiB when it is decompressed/);
  });
});

describe('zstd', async () => {
  const codec = await zstdCodec();
  const text = Buffer.from(Array.from({ length: 30_000 }, (_, i) => `line ${i * 7919}\n`).join(''));
  const frames = Buffer.concat([codec.compress(text), codec.compress(Buffer.from('end\n'))]);
  const content = Buffer.concat([text, Buffer.from('end\n')]);
  const skippable = Buffer.concat([Buffer.from('502a4d1803000000', 'hex'), Buffer.from('abc')]);

  it.each([1, 7, 1000, 1 << 20])('is read in pieces of %i bytes, whole or block by block', async (size) => {
    const bytes = Buffer.concat([skippable, frames, skippable]);
    expect((await unzstdAll(bytes, size)).equals(content)).toBe(true);
    expect((await unzstdAll(bytes, size, 0)).equals(content)).toBe(true);
  });

  it('finds every cut', async () => {
    const short = codec.compress(Buffer.from('some text that is not long\n'));
    for (let cut = 1; cut < short.length; cut++) {
      const error = await refusalOf(() => unzstdAll(short.subarray(0, cut), 5));
      expect(error.message).toMatch(/ends before its end: it was cut off after \d+ bytes/);
    }
    expect((await refusalOf(() => unzstdAll(Buffer.alloc(0), 5))).message).toMatch(/the archive is empty/);
  });

  it('finds every flipped bit, whole or block by block', async () => {
    const short = codec.compress(Buffer.from('some text, some text, and more of that text\n'.repeat(9)));
    for (let bit = 0; bit < short.length * 8; bit++) {
      const bad = Buffer.from(short);
      bad[bit >> 3]! ^= 1 << (bit & 7);
      for (const wholeFrame of [undefined, 0]) {
        const outcome = await unzstdAll(bad, 1000, wholeFrame).then(String, (error) => error);
        if (typeof outcome === 'string')
          expect(outcome).toBe('some text, some text, and more of that text\n'.repeat(9));
        else expect(outcome.code).toBe('INPUT_UNREADABLE');
      }
    }
  });

  it('says what is no archive', async () => {
    expect((await refusalOf(() => unzstdAll(Buffer.from('plain text'), 9))).message).toMatch(/is not a zstd archive/);
    const followed = Buffer.concat([frames, Buffer.from('text')]);
    expect((await refusalOf(() => unzstdAll(followed, 9))).message).toMatch(/damaged, or something else follows/);
  });

  it('takes no frame with a window that would fill the memory', async () => {
    const wide = Buffer.from('28b52ffd00b8010000', 'hex');
    expect((await refusalOf(() => unzstdAll(wide, 9))).message).toMatch(/a window of more than 128 MiB/);
  });

  it('is the same from the runtime and from WebAssembly', async () => {
    const wasm = await wasmCodec();
    expect(Buffer.from(wasm.decompress(codec.compress(text), text.length)).equals(text)).toBe(true);
    const builtIn = await builtInCodec();
    if (builtIn !== undefined) {
      expect(Buffer.from(builtIn.decompress(wasm.compress(text), text.length)).equals(text)).toBe(true);
    }
  });
});

describe('a written text', () => {
  it.each(['out.jsonl', 'out.jsonl.gz', 'out.jsonl.zst'])('%s is read back, twice the same bytes', async (name) => {
    const bytes: Buffer[] = [];
    for (const copy of ['a', 'b']) {
      const path = join(folder.path, `${copy}-${name}`);
      const sink = await createTextSink(path);
      let expected = '';
      for (let i = 0; i < 60_000; i++) {
        const line = `{"node":"User","id":"u:\u00e5${i}"}\n`;
        expected += line;
        await sink.write(line);
      }
      await sink.close();
      expect((await textOf(path)) === expected).toBe(true);
      bytes.push(readFileSync(path));
    }
    expect(bytes[0]!.equals(bytes[1]!)).toBe(true);
  });

  it.each(['none.jsonl', 'none.jsonl.gz', 'none.jsonl.zst'])('%s may be empty', async (name) => {
    const path = join(folder.path, name);
    await (await createTextSink(path)).close();
    expect(await textOf(path)).toBe('');
  });

  it('appears at the end, whole, or not at all', async () => {
    const place = join(folder.path, 'atomic');
    folder.file('atomic/there.txt', 'before\n');
    const sink = await createTextSink(join(place, 'there.txt'));
    await sink.write('after\n');
    expect(readFileSync(join(place, 'there.txt'), 'utf8')).toBe('before\n');
    await sink.discard();
    expect(readdirSync(place)).toEqual(['there.txt']);
    expect(readFileSync(join(place, 'there.txt'), 'utf8')).toBe('before\n');
  });

  it('says where it cannot be written', async () => {
    const error = await refusalOf(() => createTextSink(join(folder.path, 'no-folder', 'x.jsonl')));
    expect([error.code, error.message]).toEqual([
      'ARGUMENT_INVALID',
      expect.stringMatching(/its folder does not exist/),
    ]);
  });
});

describe('files in a folder', () => {
  it('are found to any depth, by ending, in code unit order, each once', async () => {
    for (const name of ['b.yaml', 'a/z.yml', 'a-b.yaml', 'a/c.yaml.gz', 'a/notes.md', '.hidden/x.yaml', 'B.YAML'])
      folder.file(`in/${name}`, '');
    const outside = folder.file('outside.yaml', '');
    const root = join(folder.path, 'in');
    symlinkSync(outside, join(root, 'link-out.yaml'));
    symlinkSync(join(root, 'b.yaml'), join(root, 'again.yaml'));
    symlinkSync(root, join(root, 'a', 'loop'));
    symlinkSync(join(root, 'gone'), join(root, 'dead.yaml'));
    const found = await filesIn(root, { extensions: ['.yaml', '.yml'] });
    expect(found.files.map((file) => file.slice(root.length + 1))).toEqual([
      'B.YAML',
      'a-b.yaml',
      'a/c.yaml.gz',
      'a/z.yml',
      'again.yaml',
    ]);
    expect(found.skipped.map(({ why }) => why)).toEqual([
      'a symbolic link to nothing',
      expect.stringContaining('out of the folder'),
    ]);
    const twice = await filesInAll([root, join(root, 'b.yaml'), root], { extensions: ['.yaml'] });
    expect(twice.files).toHaveLength(4);
  });

  it('must be there', async () => {
    folder.file('none/readme.md', '');
    const nothing = await refusalOf(() => filesIn(join(folder.path, 'none'), { extensions: ['.yaml'] }));
    expect(nothing.message).toMatch(/none: the folder holds no file that ends in \.yaml/);
    expect((await refusalOf(() => filesIn(join(folder.path, 'nowhere'), { extensions: [] }))).code).toBe(
      'INPUT_NOT_FOUND',
    );
    expect((await filesIn('-', { extensions: [] })).files).toEqual(['-']);
  });
});

describe('the name of a source', () => {
  it.each([
    ['/data/estate.jsonl.gz', 'estate'],
    ['estate.jsonl', 'estate'],
    ['acme.corp.csv', 'acme.corp'],
    ['exports/', 'exports'],
    ['-', 'stdin'],
    ['.profile', '.profile'],
  ])('from %s', (path, source) => {
    expect(sourceOf({ paths: [path], options: {} })).toBe(source);
    expect(sourceOf({ paths: [path], source: 'named', options: {} })).toBe('named');
  });
});

describe('items of batches', () => {
  it('come in order, and an early end is passed on', async () => {
    let ended = false;
    async function* batches() {
      try {
        yield [1, 2];
        yield [];
        yield [3];
      } finally {
        ended = true;
      }
    }
    const all: number[] = [];
    for await (const item of eachOf(batches())) all.push(item);
    expect(all).toEqual([1, 2, 3]);
    ended = false;
    for await (const _ of eachOf(batches())) break;
    expect(ended).toBe(true);
  });
});

afterAll(() => chmodSync(join(folder.path, 'secret.txt'), 0o600));
