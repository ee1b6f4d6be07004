import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeId, type InputError, lineOfEdge, lineOfNode, lineOfUse } from '../../engine/model/index.ts';
import { DigestLines } from '../../loaders/formats/digest-lines.ts';
import { graphLoader } from '../../loaders/graph/graph-loader.ts';
import { mayRepeatKeys } from '../../loaders/graph/repeated-keys.ts';
import { type Collected, collect } from '../support/collect.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const ESTATE = join(import.meta.dirname, '../fixtures/loaders/graph/estate.jsonl');
announceSeed();

const load = async (paths: readonly string[], source?: string): Promise<Collected> =>
  collect(await graphLoader.load({ paths, options: {}, ...(source === undefined ? {} : { source }) }));

let files = 0;
const loadText = (text: string | Uint8Array, name = `t${files++}.jsonl`) => load([folder.file(name, text)]);
const problemsOf = async (text: string): Promise<InputError> => (await refusalOf(() => loadText(text))) as InputError;

const ADA = '{"node":"User","id":"u:ada"}';
const FIN = '{"node":"Group","id":"g:fin"}';
const MEMBER = '{"edge":"MEMBER_OF","from":"u:ada","to":"g:fin"}';

describe('graph JSON Lines', () => {
  it('are read with every kind and field', async () => {
    const estate = await load([ESTATE]);
    expect([estate.source, estate.complete]).toEqual(['estate', ['estate', 'scanner']]);
    expect([estate.nodes.length, estate.edges.length, estate.uses.length]).toEqual([7, 10, 1]);
    expect(estate.report).toEqual({ unresolved: [], skipped: [] });
    const deny = estate.edges.find(({ key }) => key === 'deny');
    expect(deny).toMatchObject({
      effect: 'DENY',
      exceptActions: ['read'],
      inherit: false,
      condition: 'ip not in 10.0.0.0/8',
    });
    const role = estate.edges.find(({ kind }) => kind === 'HAS_ROLE');
    expect(role).toMatchObject({ validFrom: Date.UTC(2025, 11, 31, 22), validTo: Date.UTC(2027, 0, 1) });
    expect(estate.changes.at(-1)).toMatchObject({ file: ESTATE, line: 19, op: 'PUT_USE' });
  });

  it('say the same when they are written and read again', async () => {
    const first = await load([ESTATE]);
    const lines = [...first.nodes.map(lineOfNode), ...first.edges.map(lineOfEdge), ...first.uses.map(lineOfUse)];
    const again = await loadText(lines.map((line) => JSON.stringify(line)).join('\n'), 'again.jsonl');
    expect([again.nodes, again.edges, again.uses]).toEqual([first.nodes, first.edges, first.uses]);
    expect(again.complete).toEqual(['estate', 'scanner']);
  });

  it('come compressed, with a mark, with returns, without a last line end', async () => {
    const text = `\ufeff${ADA}\r\n\r\n${FIN}\r\n${MEMBER}`;
    expect((await loadText(gzipSync(text), 'dos.jsonl.gz')).changes).toHaveLength(3);
    expect((await loadText(text, 'dos.jsonl')).source).toBe('dos');
  });

  it('name their source line by line, the load names it for the others', async () => {
    const path = folder.file('mixed.jsonl', `${ADA}\n${FIN.replace('}', ',"source":"ad"}')}\n`);
    expect((await load([path], 'hr')).complete).toEqual(['hr', 'ad']);
    expect((await load([path], 'hr')).nodes.map(({ source }) => source)).toEqual(['hr', 'ad']);
    const own = folder.file('own.jsonl', `${FIN.replace('}', ',"source":"ad"}')}\n`);
    expect((await load([own], 'hr')).complete).toEqual(['ad']);
  });

  it('may go round in circles', async () => {
    const circle = ['a', 'b', 'c'].flatMap((id, i, all) => [
      `{"node":"Group","id":"${id}"}`,
      `{"edge":"MEMBER_OF","from":"${id}","to":"${all[(i + 1) % 3]}"}`,
    ]);
    expect((await loadText(circle.join('\n'))).edges).toHaveLength(3);
    expect(
      (await loadText('{"node":"Group","id":"a"}\n{"edge":"MEMBER_OF","from":"a","to":"a"}\n')).edges,
    ).toHaveLength(1);
  });

  it('are read from several files and from a folder as one', async () => {
    const a = folder.file('several/a.jsonl', `${MEMBER}\n`);
    const b = folder.file('several/b.jsonl', `${ADA}\n${FIN}\n`);
    expect((await load([b, a])).source).toBe('b');
    const all = await load([join(folder.path, 'several')]);
    expect([all.source, all.changes.length]).toEqual(['several', 3]);
    folder.file('several/c.jsonl', `\n${ADA}\n`);
    const error = await refusalOf(() => load([join(folder.path, 'several')]));
    expect(error.message).toMatch(
      /c\.jsonl:2: id: the node "u:ada" of source "several" was told before at .*b\.jsonl:1/,
    );
  });

  it('keep a field named __proto__ a field', async () => {
    const { nodes } = await loadText('{"node":"User","id":"u","attributes":{"__proto__":{"enabled":false}}}');
    expect(Object.keys(nodes[0]!.attributes)).toEqual(['__proto__']);
    expect(nodes[0]!.attributes['enabled']).toBeUndefined();
    expect((await problemsOf('{"node":"User","id":"u","__proto__":{"id":"x"}}')).message).toMatch(
      /__proto__: unknown field/,
    );
  });
});

describe('the example of the documentation', () => {
  it('is graph JSON Lines', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/loaders/graph.md'), 'utf8');
    const example = /```json\n(.*?)```/s.exec(page)![1]!;
    expect((await loadText(example)).changes).toHaveLength(8);
  });
});

describe('what is wrong with graph JSON Lines', () => {
  it.each([
    [
      'the same node',
      [ADA, ADA.replace('}', ',"name":"Ada"}')],
      /:2: id: the node "u:ada" of source "t\d+" was told before at .*:1; keep one/,
    ],
    [
      'the same edge',
      [MEMBER, ADA, MEMBER],
      /:3: the same edge .* was told before at .*:1; .* parallel edges a different "key" each/,
    ],
    [
      'the same use',
      Array(2).fill('{"usage":"u","action":"a","resource":"r","lastUsedAt":"2026-01-01T00:00:00Z"}'),
      /:2: the same use .* was told before at .*:1/,
    ],
    ['a cut last line', [ADA, FIN.slice(0, -5)], /:2: the line is cut off: the file ends in the middle of it/],
    ['a broken line', [`${ADA.slice(0, -2)}}`, FIN], /:1: column \d+: a string holds|:1: column \d+: the text ends/],
    ['two objects in a line', [`${ADA}${FIN}`], /:1: column 29: the document has ended, but text follows it/],
    ['an unknown field', ['{"node":"User","id":"u","nmae":"x"}'], /:1: nmae: unknown field; known are node, id, name/],
    [
      'a key twice',
      ['{"edge":"GRANTS","from":"a","to":"b","actions":["x"],"effect":"DENY","effect":"ALLOW"}'],
      /:1: effect: column \d+: the key "effect" stands twice/,
    ],
    [
      'a key twice, spaced',
      ['{"edge":"GRANTS","from":"a","to":"b","actions":["x"],"effect" : "DENY","effect":"ALLOW"}'],
      /the key "effect" stands twice/,
    ],
    [
      'a key twice in attributes',
      ['{"node":"User","id":"u","attributes":{"enabled":false,"\\u0065nabled":true}}'],
      /attributes\.enabled: column \d+: the key/,
    ],
    [
      'a bad date',
      ['{"edge":"MEMBER_OF","from":"a","to":"b","validTo":"2026-02-30T00:00:00Z"}'],
      /:1: validTo: must be a date and time/,
    ],
    [
      'no actions',
      ['{"edge":"GRANTS","from":"a","to":"b","actions":[]}'],
      /:1: actions: is empty; a grant needs at least one/,
    ],
    [
      'too sensitive',
      ['{"node":"Resource","id":"r","sensitivity":1.5}'],
      /:1: sensitivity: must be a number from 0 to 1, is 1\.5/,
    ],
    ['a list', ['[1]'], /:1: a line must hold one JSON object/],
    ['an empty file', [], /: the file is empty/],
    ['a file of empty lines', ['', ' ', '\t'], /: the file is empty/],
  ])('%s', async (_, lines, message) => {
    const error = await problemsOf((lines as string[]).join('\n'));
    expect(error.code).toBe('INPUT_INVALID');
    expect(error.message).toMatch(message);
  });

  it('is told in full up to a hundred times, then counted', async () => {
    const error = await problemsOf(`${Array(250).fill('{"node":"Person","id":"x"}').join('\n')}\n`);
    expect([error.total, error.problems.length]).toEqual([250, 100]);
    expect(error.message).toMatch(/:100: node: .*\n… and 150 more$/);
  });

  it('does not hide what is wrong with the other files', async () => {
    const paths = [
      folder.file('w1.jsonl', `${ADA}\n{}\n`),
      folder.file('w2.jsonl', ''),
      folder.file('w3.jsonl', `${FIN}\n${'x'.repeat(9 * 1024 * 1024)}\n`),
      folder.file('w4.jsonl', `${ADA}\n`),
    ];
    const error = (await refusalOf(() => load(paths))) as InputError;
    expect(error.message.split('\n').map((line) => line.replace(/^.*?(w\d\.)/, '$1'))).toEqual([
      'w1.jsonl:2: has none of the fields "node", "edge", "usage"',
      expect.stringMatching(/^w2\.jsonl: the file is empty/),
      expect.stringMatching(/^w3\.jsonl:2: the line is longer than 8 MiB/),
      expect.stringMatching(/^w4\.jsonl:1: id: the node "u:ada" of source "w1" was told before at .*w1\.jsonl:1/),
    ]);
  });

  it('keeps the changes of a faulty load from being yielded after the fault', async () => {
    const loaded = await graphLoader.load({ paths: [folder.file('late.jsonl', `{}\n${ADA}\n`)], options: {} });
    let seen = 0;
    const walk = async () => {
      for await (const _ of loaded.changes) seen += 1;
    };
    await refusalOf(walk);
    expect(seen).toBe(0);
  });
});

describe('the sources of a load', () => {
  it('are known when its changes are exhausted', async () => {
    const loaded = await graphLoader.load({ paths: [ESTATE], options: {} });
    for await (const _ of loaded.changes);
    expect(loaded.complete).toEqual(['estate', 'scanner']);
  });

  it('are those that the lines have, however they are written', async () => {
    const name = fc.constantFrom('hr', 'ad', 'a"b', 'a\\', '"source":"x"', 'é');
    const space = fc.constantFrom('', '', ' ');
    const key = fc.constantFrom('"source"', '"source"', '"\\u0073ource"');
    const field = fc
      .tuple(key, space, space, name)
      .map(([k, before, after, value]) => `${k}${before}:${after}${JSON.stringify(value)}`);
    const other = fc.oneof(
      name.map((value) => `"name":${JSON.stringify(value)}`),
      name.map((value) => `"attributes":{"source":${JSON.stringify(value)}}`),
      fc.constant('"name":"source"'),
    );
    const line = fc
      .tuple(fc.option(field), fc.option(other), fc.boolean(), fc.constantFrom('', ' ', '\r'))
      .map(([own, more, last, end]) => {
        const fields = last ? [more, own] : [own, more];
        return (id: number) =>
          `{${['"node":"User"', `"id":"${id}"`, ...fields.filter((told) => told !== null)].join(',')}}${end}`;
      });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
        const { complete, nodes } = await loadText(lines.map((write, id) => write(id)).join('\n'), 'drawn.jsonl');
        expect(complete).toEqual([...new Set(nodes.map(({ source }) => source))]);
      }),
      runs(300),
    );
  });

  it('are found in pipes and standard input too', async () => {
    const pipe = join(folder.path, 'pipe.jsonl');
    execFileSync('mkfifo', [pipe]);
    const writing = promisify(execFile)('sh', ['-c', `cat '${ESTATE}' > '${pipe}'`]);
    const piped = await load([pipe]);
    await writing;
    expect([piped.complete, piped.changes.length, piped.changes[0]!.file]).toEqual([['pipe', 'scanner'], 18, pipe]);
    const script = `
      const { graphLoader } = await import('./loaders/graph/graph-loader.ts');
      const loaded = await graphLoader.load({ paths: ['-'], options: {} });
      let changes = 0;
      for await (const change of loaded.changes) changes += change.file === 'stdin' ? 1 : 0;
      process.stdout.write(JSON.stringify([loaded.source, loaded.complete, changes]));`;
    const root = join(import.meta.dirname, '../..');
    const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      input: readFileSync(ESTATE),
    });
    expect(JSON.parse(out.toString())).toEqual(['stdin', ['stdin', 'scanner'], 18]);
  });
});

describe('keys of a line', () => {
  it('are never repeated where mayRepeatKeys denies it', () => {
    // Objects whose keys come from few names, written with random spaces and escapes, some of them twice.
    const text: fc.Arbitrary<string> = fc.constantFrom('a', 'b', ':', '":', 'a":1,"a', ' :', '\\', 'é');
    const space = fc.constantFrom('', '', '', ' ', '\t');
    const { value } = fc.letrec<{ value: string }>(
      (tie) =>
        ({
          value: fc.oneof(
            { depthSize: 'small' },
            text.map((t) => JSON.stringify(t)),
            fc.constantFrom('1', 'null'),
            tie('list') as fc.Arbitrary<string>,
            tie('object') as fc.Arbitrary<string>,
          ),
          list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
          object: fc
            .array(fc.tuple(text, space, space, tie('value')), { maxLength: 4 })
            .map(
              (fields) =>
                `{${fields.map(([key, before, after, inner]) => `${JSON.stringify(key)}${before}:${after}${inner}`).join(',')}}`,
            ),
        }) as never,
    );
    let denied = 0;
    fc.assert(
      fc.property(value, (line) => {
        const parsed: unknown = JSON.parse(line);
        if (mayRepeatKeys(line, parsed)) return;
        denied += 1;
        expect(keysOf(line)).toBe(keysOf(JSON.stringify(parsed)));
      }),
      runs(3000),
    );
    expect(denied).toBeGreaterThan(100);
  });
});

/** Counts the keys of a JSON text by reading it token by token. */
const keysOf = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length;

describe('lines of edges', () => {
  it('are remembered exactly', () => {
    const lines = new DigestLines();
    const ids = Array.from({ length: 50_000 }, (_, i) => edgeId('s', 'MEMBER_OF', `u:${i}`, `g:${i % 7}`));
    ids.forEach((id, i) => {
      expect(lines.note(id, i + 1)).toBeUndefined();
    });
    ids.forEach((id, i) => {
      expect(lines.note(id, 1)).toBe(i + 1);
    });
  });
});

describe('a file that is cut off', () => {
  it('is told as such wherever the cut is', async () => {
    const line = '{"edge":"GRANTS","from":"a\\u00e4","to":"b","actions":["x"],"inherit":false,"useCount":12}';
    for (let cut = 1; cut < line.length; cut++) {
      const error = await problemsOf(`${ADA}\n${line.slice(0, cut)}`);
      expect(error.message).toMatch(/:2: the line is cut off/);
    }
  });
});
