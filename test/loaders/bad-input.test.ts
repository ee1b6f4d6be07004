import { appendFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvLoader } from '../../loaders/csv/csv-loader.ts';
import { zstdCodec } from '../../loaders/formats/zstd-codec.ts';
import { graphLoader } from '../../loaders/graph/graph-loader.ts';
import { loaderFor, loaders } from '../../loaders/index.ts';
import type { Loader } from '../../loaders/loader.ts';
import { pairsLoader } from '../../loaders/pairs/pairs-loader.ts';
import { type Collected, collect } from '../support/collect.ts';
import { refusalOf } from '../support/refusal.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const { compress } = await zstdCodec();

/** What a loader needs to be tried on every kind of bad input. */
interface Tried {
  readonly loader: Loader;
  readonly ending: string;
  readonly options: Readonly<Record<string, string>>;
  /** A good file of a few lines. */
  readonly good: string;
  /** The start of a line that goes on for ever. */
  readonly lineStart: string;
  /** What comes of the good file cut in the middle of its last line. */
  readonly cut: RegExp;
  readonly unknownField: readonly [text: string, message: RegExp];
  readonly twice: readonly [text: string, message: RegExp];
  /** Membership in a circle, where the format can tell it. */
  readonly cycle?: string;
}

const mapping = folder.file(
  'mapping.yaml',
  `files:
  - file: "*.csv"
    nodes: [{ kind: Group, id: "{group}", name: "{name}" }]
    edges: [{ kind: MEMBER_OF, from: "{group}", to: "{parent}", when: { parent: { empty: false } } }]
`,
);

const TRIED: readonly Tried[] = [
  {
    loader: graphLoader,
    ending: '.jsonl',
    options: {},
    good: '{"node":"Group","id":"a"}\n{"node":"Group","id":"b"}\n{"edge":"MEMBER_OF","from":"a","to":"b"}\n',
    lineStart: '{"node":"Group","id":"',
    cut: /:3: the line is cut off: the file ends in the middle of it/,
    unknownField: ['{"node":"Group","id":"a","colour":"red"}\n', /:1: colour: unknown field; known are node, id/],
    twice: [
      '{"node":"Group","id":"a"}\n{"node":"Group","id":"a"}\n',
      /:2: id: the node "a" .* was told before at .*:1;/,
    ],
    cycle:
      '{"node":"Group","id":"a"}\n{"node":"Group","id":"b"}\n{"edge":"MEMBER_OF","from":"a","to":"b"}\n{"edge":"MEMBER_OF","from":"b","to":"a"}\n',
  },
  {
    loader: csvLoader,
    ending: '.csv',
    options: { mapping },
    good: 'group,name,parent\na,A,b\nb,"B",\n',
    lineStart: '"',
    cut: /:3: the row has 2 cells, 3 columns are known|:3: a cell of this row opens with " and is never closed/,
    unknownField: ['group,name,parent\na,A,b,red\n', /:2: the row has 4 cells, 3 columns are known/],
    twice: ['group,name,parent\na,A,\na,B,\n', /:3: the node "a" was told with other content at .*:2/],
    cycle: 'group,name,parent\na,A,b\nb,B,a\n',
  },
  {
    loader: pairsLoader,
    ending: '.txt',
    options: {},
    good: 'u1 p1\nu2 p2\nu3 p3\n',
    lineStart: '',
    cut: /:3: there is one column, two are needed/,
    unknownField: ['u1 p1\nu2 p2 red\n', /:2: there are 3 columns, two are needed/],
    twice: ['"u1,p1\n', /:1: a double quote is opened and not closed/],
  },
];

let trials = 0;
const write = ({ ending }: Tried, content: string | Uint8Array, suffix = ''): string =>
  folder.file(`try-${trials++}${ending}${suffix}`, content);
const load = async ({ loader, options }: Tried, ...paths: string[]): Promise<Collected> =>
  collect(await loader.load({ paths, options }));
const refusal = (tried: Tried, path: string) => refusalOf(() => load(tried, path));

describe.each(TRIED.map((tried) => [tried.loader.format, tried] as const))('bad input for %s', (_, tried) => {
  it('is not what this is', async () => {
    expect((await load(tried, write(tried, tried.good))).changes.length).toBeGreaterThan(2);
    for (const suffix of ['.gz', '.zst']) {
      const packed = suffix === '.gz' ? gzipSync(tried.good) : compress(Buffer.from(tried.good));
      expect((await load(tried, write(tried, packed, suffix))).changes.length).toBeGreaterThan(2);
    }
  });

  it('a missing file', async () => {
    const path = join(folder.path, `none${tried.ending}`);
    const error = await refusal(tried, path);
    expect([error.code, error.message]).toEqual(['INPUT_NOT_FOUND', `${path}: there is no such file or folder`]);
  });

  it.each(['', '\n\n', '\ufeff'])('an empty file: %j', async (text) => {
    const path = write(tried, text);
    const error = await refusal(tried, path);
    expect([error.code, error.message]).toEqual([
      'INPUT_INVALID',
      expect.stringMatching(`^${path}: the file is empty`),
    ]);
  });

  it('a wrong encoding', async () => {
    const latin = await refusal(tried, write(tried, Buffer.from(`${tried.good}\xe4`, 'latin1')));
    expect([latin.code, latin.message]).toEqual([
      'INPUT_UNREADABLE',
      expect.stringMatching(/:4: byte 0xE4 is not UTF-8|:4: the file ends in the middle of a character/),
    ]);
    const wide = await refusal(tried, write(tried, Buffer.from(`\ufeff${tried.good}`, 'utf16le')));
    expect([wide.code, wide.message]).toEqual([
      'INPUT_UNREADABLE',
      expect.stringMatching(/is UTF-16, not UTF-8; convert it/),
    ]);
    const nul = await refusal(tried, write(tried, `${tried.good}\0`));
    expect([nul.code, nul.message]).toEqual(['INPUT_UNREADABLE', expect.stringMatching(/:4: a NUL byte/)]);
  });

  it('a truncated or damaged archive', async () => {
    for (const suffix of ['.gz', '.zst']) {
      const packed = Buffer.from(suffix === '.gz' ? gzipSync(tried.good) : compress(Buffer.from(tried.good)));
      const cut = await refusal(tried, write(tried, packed.subarray(0, -3), suffix));
      expect([cut.code, cut.message]).toEqual([
        'INPUT_UNREADABLE',
        expect.stringMatching(/the archive ends before its end/),
      ]);
      packed[packed.length - 6]! ^= 16;
      const damaged = await refusal(tried, write(tried, packed, suffix));
      expect([damaged.code, damaged.message]).toEqual([
        'INPUT_UNREADABLE',
        expect.stringMatching(/archive is damaged/),
      ]);
    }
  });

  it('a cut-off line', async () => {
    const error = await refusal(tried, write(tried, tried.good.slice(0, -4)));
    expect([error.code, error.message]).toEqual(['INPUT_INVALID', expect.stringMatching(tried.cut)]);
  });

  it('an unknown field, and a thing told twice', async () => {
    for (const [text, message] of [tried.unknownField, tried.twice]) {
      const error = await refusal(tried, write(tried, text));
      expect([error.code, error.message]).toEqual(['INPUT_INVALID', expect.stringMatching(message)]);
    }
  });

  if (tried.cycle !== undefined) {
    it('not a cycle', async () => {
      expect((await load(tried, write(tried, tried.cycle!))).edges).toHaveLength(2);
    });
  }

  it('a line of 50 MB', async () => {
    const path = write(tried, tried.good + tried.lineStart);
    for (let i = 0; i < 50; i++) appendFileSync(path, 'x'.repeat(1024 * 1024));
    const before = process.memoryUsage().rss;
    const error = await refusal(tried, path);
    expect([error.code, error.message]).toEqual([
      'INPUT_INVALID',
      expect.stringMatching(/:4: the (line|row) is longer than 8 MiB/),
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('a folder without such files', async () => {
    folder.file(`empty-${basename(tried.ending)}/readme.md`, 'x');
    const error = await refusal(tried, join(folder.path, `empty-${tried.ending}`));
    expect(error.message).toMatch(/the folder holds no file that ends in /);
  });
});

describe('a dangling reference', () => {
  it('of a CSV file is named, and its edge left out', async () => {
    const csv = TRIED[1]!;
    const { edges, report } = await load(csv, write(csv, 'group,name,parent\na,A,gone\n'));
    expect([edges, report.unresolved]).toEqual([[], ['gone']]);
  });

  it('of graph JSON Lines is left to the store, with its place', async () => {
    const graph = TRIED[0]!;
    const path = write(graph, '{"edge":"MEMBER_OF","from":"a","to":"b"}\n');
    expect((await load(graph, path)).changes[0]).toMatchObject({ op: 'PUT_EDGE', file: path, line: 1 });
  });
});

describe('the formats', () => {
  it('are found by name, and listed when there is none', async () => {
    for (const loader of loaders) {
      expect(loaderFor(loader.format)).toBe(loader);
      expect(loader.summary).not.toBe('');
    }
    const error = await refusalOf(() => loaderFor('xml'));
    expect(error.code).toBe('ARGUMENT_INVALID');
    expect(error.message).toMatch(/there is no format "xml"; the formats are sharphound, azurehound, /);
  });
});
