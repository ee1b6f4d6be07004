import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { applyLoaded } from '../../cli/load-source.ts';
import { openEngine } from '../../engine/index.ts';
import { type InputError, lineOfEdge, lineOfNode, lineOfUse } from '../../engine/model/index.ts';
import { csvLoader } from '../../loaders/csv/csv-loader.ts';
import { parseDateFormat } from '../../loaders/csv/date-format.ts';
import { parseTemplate, render } from '../../loaders/csv/template.ts';
import { type Collected, collect } from '../support/collect.ts';
import { exampleOf } from '../support/csv-example.ts';
import { refusalOf } from '../support/refusal.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { usedEdges } from '../support/use-estates.ts';

const folder = temporaryFolder();
let trials = 0;

/** Loads CSV texts by the name of their file, with a mapping; the names are in a folder of their own. */
async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  mapping: string,
  source?: string,
): Promise<Collected> {
  const place = `csv-${trials++}`;
  const paths = Object.entries(files).map(([name, content]) => folder.file(join(place, name), content));
  const options = { mapping: folder.file(join(place, 'mapping.yaml'), mapping) };
  return collect(await csvLoader.load({ paths, options, ...(source === undefined ? {} : { source }) }));
}

/** Messages without the folder. */
async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  mapping: string,
): Promise<readonly string[]> {
  const error = (await refusalOf(() => load(files, mapping))) as InputError;
  expect(error.code).toBe('INPUT_INVALID');
  return error.message.replaceAll(/\/\S*\/csv-\d+\//g, '').split('\n');
}

const linesOf = ({ nodes, edges, uses }: Collected): object[] => [
  ...nodes.map(lineOfNode),
  ...edges.map(lineOfEdge),
  ...uses.map(lineOfUse),
];

const USERS = 'files:\n  - file: a.csv\n    nodes: [{ kind: User, id: "u:{id}", name: "{name}" }]\n';

describe('the worked example of the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/loaders/csv.md'), 'utf8');
  const { files, graph } = exampleOf(page);

  it('makes the graph that the page shows', async () => {
    const { 'mapping.yaml': mapping, ...tables } = files;
    const loaded = await load(tables, mapping!);
    expect(linesOf(loaded)).toEqual(graph.map((line) => JSON.parse(line)));
    expect([loaded.source, loaded.complete]).toEqual(['acme-hr', ['acme-hr']]);
    expect(loaded.report.unresolved).toEqual(['user:ken']);
    expect(loaded.report.skipped).toEqual([
      {
        where: expect.stringMatching(/employees\.csv$/),
        why: expect.stringMatching(/^1 row left out by "when" of files\[0\]/),
      },
    ]);
  });
});

describe('the example of use of the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/loaders/csv.md'), 'utf8');
  const [calls, mapping] = [...page.slice(page.indexOf('### Rules under `uses`')).matchAll(/^```\n(.*?)^```$/gms)].map(
    ([, text]) => text!,
  );
  const at = Date.UTC(2026, 10, 7);
  const stderr = process.stderr;
  const signal = new AbortController().signal;

  it('tells which edges were used, counts what it cannot match, and takes nothing of other sources', async () => {
    const { files } = exampleOf(page);
    const engine = await openEngine({ data: join(folder.path, 'use'), mode: 'write' });
    const put = async (tables: Readonly<Record<string, string>>, how: string, source: string) => {
      const paths = Object.entries(tables).map(([name, content]) => folder.file(join('use-files', name), content));
      const options = { mapping: folder.file(join('use-files', 'mapping.yaml'), how) };
      return applyLoaded(engine, await csvLoader.load({ paths, options, source }), { stderr, signal });
    };
    const { 'mapping.yaml': how, ...tables } = files;
    await put(tables, how!, 'acme-hr');
    const staleAfter = async (staleAfterDays: number) => {
      const view = await engine.view();
      const asked = { kinds: ['STALE_ACCESS'], at, staleAfterDays } as const;
      const { items, notes } = await view.analysis.findings(asked);
      view.release();
      return [items.flatMap(({ edges }) => edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).sort(), notes];
    };
    expect(await staleAfter(90)).toEqual([[], ['No use of anything is known, so nothing can be called stale.']]);

    const { uses, applied, report } = await put({ 'calls.csv': calls! }, mapping!, 'ledger-calls');
    expect([uses, applied.added, applied.removed]).toEqual([3, 3, 0]);
    expect(report.skipped.map(({ where, why }) => [where.replace(/^.*\//, ''), why])).toEqual([
      ['calls.csv', expect.stringMatching(/^1 row left out by "when"/)],
      ['calls.csv:6', 'a use by an identity that the graph does not know: without effect until it does'],
    ]);
    // Ada approved twice by her own grant; Joan posted, which finance alone may.
    expect(await usedEdges(engine, folder)).toEqual({
      'user:ada GRANTS app:payroll': '11-05, 2 times',
      'user:joan MEMBER_OF group:finance': '11-05, 1 times',
      'group:finance GRANTS app:ledger': '11-05, 1 times',
    });
    // Of builds no use is told: what was refused is none.
    expect((await staleAfter(90))[0]).toEqual(['group:auditors GRANTS app:ledger', 'user:ada MEMBER_OF group:finance']);
    await engine.close();
  });
});

describe('rows', () => {
  it('may be quoted, broken over lines, commented and of any line end', async () => {
    const text = 'id,name\r\n# no\r\n\r\n1,"A ""B""\r\nC"\r\n2, D \r\n';
    const { changes } = await load({ 'a.csv': text }, USERS.replace('file: a.csv', 'file: a.csv\n    comment: "#"'));
    expect(changes.map((change) => [change.op === 'PUT_NODE' && change.node.name, change.line])).toEqual([
      ['A "B"\nC', 4],
      ['D', 6],
    ]);
    expect((await load({ 'a.csv': 'id,name\r1,A\r2,B' }, USERS)).nodes).toHaveLength(2);
  });

  it('may be of another encoding, compressed, with a mark', async () => {
    const latin = Buffer.from('id,name\n1,J\xfcrgen\n', 'latin1');
    const mapping = USERS.replace('file: a.csv', 'file: "*.csv"\n    encoding: windows-1252');
    expect((await load({ 'x.csv': latin }, mapping)).nodes[0]!.name).toBe('J\u00fcrgen');
    const utf16 = Buffer.from('\ufeffid,name\n1,J\u00fcrgen\n', 'utf16le');
    expect((await load({ 'x.csv': utf16 }, mapping.replace('windows-1252', 'utf-16le'))).nodes[0]!.name).toBe(
      'J\u00fcrgen',
    );
    expect((await load({ 'a.csv.gz': gzipSync('\ufeffid,name\n1,A\n') }, USERS)).nodes[0]!.id).toBe('u:1');
    expect((await refusalOf(() => load({ 'a.csv': latin }, USERS))).message).toMatch(
      /a\.csv:2: byte 0xFC is not UTF-8/,
    );
    expect(
      (await refusalOf(() => load({ 'x.csv': utf16.subarray(0, 9) }, mapping.replace('windows-1252', 'utf-16le'))))
        .message,
    ).toMatch(/holds bytes that are not utf-16le/);
  });

  it('are known by number where there is no header', async () => {
    const mapping =
      'files:\n  - file: a.csv\n    header: false\n    delimiter: "||"\n    quote: none\n    nodes: [{ kind: User, id: "u:{2}" }]\n';
    expect((await load({ 'a.csv': 'x||"1\ny||2\n' }, mapping)).nodes.map(({ id }) => id)).toEqual(['u:"1', 'u:2']);
  });

  it.each([
    [
      'too few cells',
      'id,name\n1,A\n2\n',
      ['a.csv:3: the row has 1 cell, 2 columns are known: the first that is missing is "name"'],
    ],
    [
      'too many cells',
      'id,name\n1,A,B\n',
      [
        'a.csv:2: the row has 3 cells, 2 columns are known: text follows "name"; is a cell with the delimiter in it not quoted?',
      ],
    ],
    ['an open quote', 'id,name\n1,A\n2,"B\n3,C\n', ['a.csv:3: a cell of this row opens with " and is never closed']],
    [
      'text behind a quote',
      'id,name\n1,"A"B\n',
      ['a.csv:2: a cell of this row goes on after its closing "; a " inside a cell is written twice'],
    ],
    [
      'a quote in a cell',
      'id,name\n1,A"B\n',
      [expect.stringMatching(/^a\.csv:2: a " stands inside a cell of this row that is not quoted/)],
    ],
    [
      'an empty id',
      'id,name\n,A\n',
      [
        'a.csv:2: files[0].nodes[0].id: the cell of column "id" is empty; leave such rows out with when: { "id": { empty: false } }',
      ],
    ],
    [
      'two contents of one node',
      'id,name\n1,A\n2,A\n1,A\n1,B\n',
      ['a.csv:5: the node "u:1" was told with other content at a.csv:2'],
    ],
    ['a column twice', 'id,name,id\n1,A,2\n', ['a.csv:1: id: two columns have this name; rename one']],
    [
      'a column missing',
      'nr,name\n1,A\n2,B\n',
      ['mapping.yaml:3: files[0].nodes[0]: a.csv has no column "id"; it has nr, name'],
    ],
    ['nothing', '', [expect.stringMatching(/^a\.csv: the file is empty/)]],
    [
      'a row that is too long',
      `id,name\n1,"${'x'.repeat(9 * 1024 * 1024)}`,
      ['a.csv:2: the row is longer than 8 MiB; is a closing " missing?'],
    ],
  ])('with %s: refused', async (_title, text, problems) => {
    expect(await problemsOf({ 'a.csv': text }, USERS)).toEqual(problems);
  });

  it('are counted when they are left out', async () => {
    const mapping =
      'files:\n  - file: a.csv\n    when: { s: [a, b] }\n    nodes: [{ kind: User, id: "u:{id}", when: { s: a, id: { not: "4" } } }]\n';
    const { nodes, report } = await load({ 'a.csv': 'id,s\n1,a\n2,b\n3,c\n4,a\n5,c\n' }, mapping);
    expect(nodes.map(({ id }) => id)).toEqual(['u:1']);
    expect(report.skipped.map(({ why }) => why.replaceAll(/\/\S*\//g, ''))).toEqual([
      '2 rows that no rule of files[0] in mapping.yaml takes',
      '2 rows left out by "when" of files[0] in mapping.yaml',
    ]);
  });
});

describe('edges', () => {
  const grantsMapping = (more: string) => `files:
  - file: a.csv
    nodes: [{ kind: User, id: "u:{u}" }]
    edges:
      - { kind: GRANTS, from: "u:{u}", to: { id: "r:{r}", create: true }, actions: "{a}"${more} }
`;

  it('of the same ends need a key', async () => {
    const text = 'u,r,a\n1,x,read\n1,x,write\n1,x,read\n';
    expect(await problemsOf({ 'a.csv': text }, grantsMapping(''))).toEqual([
      'a.csv:3: the GRANTS edge from "u:1" to "r:x" was told with other content at a.csv:2; give parallel edges a "key" each',
    ]);
    const { edges, report } = await load({ 'a.csv': text }, grantsMapping(', key: "{a}"'));
    expect(edges.map(({ actions }) => actions)).toEqual([['read'], ['write']]);
    expect(report.skipped[0]!.why).toBe('1 row whose GRANTS edge an earlier row tells too');
  });

  it('have all fields of the model', async () => {
    const mapping = `files:
  - file: a.csv
    nodes: [{ kind: User, id: "u:{u}" }, { kind: Resource, id: "r", sensitivity: "{s}", resourceType: "{t}" }]
    edges:
      - kind: GRANTS
        from: "u:{u}"
        to: r
        actions: [list, { value: "{a}", separator: "+" }]
        exceptActions: "{x}"
        effect: "{e}"
        inherit: "{i}"
        key: k
        condition: "{c}"
        evidence: "row {u}"
        validFrom: { value: "{f}", format: unix }
        validTo: { value: "{d} {h}", format: MM/DD/YYYY HH:mm }
        lastUsedAt: "{l}"
        useCount: "{n}"
    uses:
      - { identity: "u:{u}", action: read, resource: r, lastUsedAt: "{l}", useCount: "{n}" }
`;
    const header = 'u,s,t,a,x,e,i,c,f,d,h,l,n';
    const row = '1,0.5,db,read+post,post,DENY,no,mfa,1700000000,1/31/2027,18:30,2026-11-02,7';
    const { nodes, edges, uses } = await load({ 'a.csv': `${header}\n${row}\n${row}\n` }, mapping);
    expect(nodes[1]).toMatchObject({ sensitivity: 0.5, resourceType: 'db' });
    expect(edges).toMatchObject([
      {
        actions: ['list', 'post', 'read'],
        exceptActions: ['post'],
        effect: 'DENY',
        inherit: false,
        key: 'k',
        condition: 'mfa',
        evidence: 'row 1',
        validFrom: 1_700_000_000_000,
        validTo: Date.UTC(2027, 0, 31, 18, 30),
        lastUsedAt: Date.UTC(2026, 10, 2),
        useCount: 7,
      },
    ]);
    expect(uses).toMatchObject([{ useCount: 14, lastUsedAt: Date.UTC(2026, 10, 2) }]);
    const empty = await load({ 'a.csv': `${header}\n1,,,read,,,,,,,,2026-11-02,\n` }, mapping);
    expect(Object.keys(empty.edges[0]!)).toEqual([
      'id',
      'kind',
      'from',
      'to',
      'source',
      'key',
      'actions',
      'effect',
      'evidence',
      'lastUsedAt',
    ]);
  });

  it('go to nodes of this load, of another source, or made for them', async () => {
    const mapping = (end: string) => `files:
  - file: a.csv
    nodes: [{ kind: User, id: "u:{u}" }]
    edges: [{ kind: MEMBER_OF, from: "u:{u}", to: ${end} }]
`;
    const text = { 'a.csv': 'u,g\n1,x\n2,x\n3,y\n' };
    const plain = await load(text, mapping('"g:{g}"'));
    expect([plain.edges.length, plain.report.unresolved]).toEqual([0, ['g:x', 'g:y']]);
    const elsewhere = await load(text, mapping('{ id: "g:{g}", elsewhere: true }'));
    expect([elsewhere.edges.length, elsewhere.nodes.length, elsewhere.report.unresolved]).toEqual([3, 3, []]);
    const created = await load(text, mapping('{ id: "g:{g}", create: true, name: "Group {g}" }'));
    expect(created.nodes.filter(({ kind }) => kind === 'Group').map(({ name }) => name)).toEqual([
      'Group x',
      'Group y',
    ]);
    expect(await problemsOf(text, mapping('{ id: "g:{g}", create: true, name: "{u}" }'))).toEqual([
      'a.csv:3: the node "g:x", which an end creates, was created with another kind or name at a.csv:2',
    ]);
  });

  it('may precede their ends, in another file too', async () => {
    const mapping = `files:
  - file: e.csv
    edges: [{ kind: MEMBER_OF, from: "{u}", to: "{g}" }]
  - file: n.csv
    nodes: [{ kind: User, id: "{id}", when: { k: u } }, { kind: Group, id: "{id}", when: { k: g } }]
`;
    const { edges, report } = await load({ 'e.csv': 'u,g\n1,x\n1,nobody\n', 'n.csv': 'id,k\n1,u\nx,g\n' }, mapping);
    expect([edges.length, report.unresolved]).toEqual([1, ['nobody']]);
  });
});

describe('values', () => {
  const withAttribute = (value: string) =>
    `files:\n  - file: a.csv\n    nodes: [{ kind: User, id: "{id}", attributes: { v: ${value} } }]\n`;

  it.each([
    ['"{v}"', ' x ', 'x'],
    ['"{v|upper}-{id}"', 'x', 'X-1'],
    ['"{{{v}}}"', 'x', '{x}'],
    ['{ value: "{v}", type: number }', '-12.5', -12.5],
    ['{ value: "{v}", type: boolean }', 'Yes', true],
    ['{ value: "{v}", type: boolean }', '0', false],
    ['{ value: "{v}", type: boolean, true: [aktiv] }', 'Aktiv', true],
    ['{ value: "{v}", type: boolean, true: [aktiv] }', 'anything', false],
    ['{ value: "{v}", type: list }', '"a, b,,c"', ['a', 'b', 'c']],
    ['{ value: "{v}", separator: pipe }', 'a|b', ['a', 'b']],
    ['{ value: "{v}", type: date }', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['{ value: "{v}", type: date }', '2024-02-29T12:00:00+02:00', '2024-02-29T10:00:00Z'],
    ['{ value: "{v}", type: date, format: D.MM.YYYY }', '', undefined],
    ['{ value: "{v}", type: date, format: "DD.MM.YYYY", inclusive: true }', '31.12.2026', '2027-01-01T00:00:00Z'],
    ['{ value: "{v}", type: date, format: YYYYMMDD }', '20261231', '2026-12-31T00:00:00Z'],
    ['{ value: "{v}", type: date, format: unix-ms }', '1700000000123', '2023-11-14T22:13:20.123Z'],
    ['"{v}"', '', undefined],
  ])('%s of %j', async (value, cell, expected) => {
    const mapping = withAttribute(value);
    if (value.includes('D.MM.YYYY') && !value.includes('DD')) {
      expect((await problemsOf({ 'a.csv': 'id,v\n' }, mapping))[0]).toMatch(/format: a date format needs DD/);
      return;
    }
    expect((await load({ 'a.csv': `id,v\n1,${cell}\n` }, mapping)).nodes[0]!.attributes['v']).toEqual(expected);
  });

  it.each([
    ['{ value: "{v}", type: number }', '1,2', '"1,2" is not a number such as 12 or 0.5'],
    [
      '{ value: "{v}", type: boolean }',
      'maybe',
      '"maybe" is neither true (true, yes, y, 1) nor false (false, no, n, 0)',
    ],
    ['{ value: "{v}", type: date }', '31.12.2026', '"31.12.2026" is not a date of the format iso'],
    [
      '{ value: "{v}", type: date, format: DD.MM.YYYY }',
      '31.02.2026',
      '"31.02.2026" is not a date of the format DD.MM.YYYY',
    ],
  ])('%s of %j: refused', async (value, cell, message) => {
    expect(await problemsOf({ 'a.csv': `id,v\n1,"${cell}"\n` }, withAttribute(value))).toEqual([
      `a.csv:2: files[0].nodes[0].attributes.v: ${message}`,
    ]);
  });

  it('keep a name like __proto__ a name', async () => {
    const mapping =
      'files:\n  - file: a.csv\n    nodes: [{ kind: User, id: "{__proto__}", attributes: { __proto__: "{constructor}" } }]\n';
    const { nodes } = await load({ 'a.csv': '__proto__,constructor\n1,x\n' }, mapping);
    expect(Object.entries(nodes[0]!.attributes)).toEqual([['__proto__', 'x']]);
    expect(
      (
        await problemsOf(
          { 'a.csv': 'a\n1\n' },
          'files:\n  - file: a.csv\n    nodes: [{ kind: User, id: "{toString}" }]\n',
        )
      )[0],
    ).toMatch(/no column "toString"/);
  });

  it('follow their templates and formats', () => {
    const template = parseTemplate('a{{b}} {x|trim|lower}{y}');
    expect(render(template as never, (column) => ` ${column.toUpperCase()} `)).toBe('a{b} x Y ');
    expect(['{', '}', '{x', '{}', '{x|no}', 'a{b{c}}'].map((text) => typeof parseTemplate(text))).toEqual(
      Array(6).fill('string'),
    );
    expect(['', 'YYYY', 'DD.MM.YY', 'YYYY-MM-DD DD'].map((text) => typeof parseDateFormat(text))).toEqual(
      Array(4).fill('string'),
    );
  });
});

describe('the mapping', () => {
  it('is checked field by field', async () => {
    const mapping = `source: [x]
typo: 1
files:
  - file: a.csv
    header: maybe
    encoding: klingon
    quote: "''"
    when: { s: { not: left, foo: 1 } }
    nodes:
      - kind: Person
        id: "user:{login"
        nme: x
        attributes:
          a: { value: "{x|shout}", type: date, format: DD-MM }
          b: { value: "{y}", inclusive: true }
    edges:
      - kind: MEMBER_OF
        from: { id: "u:{x}", create: true }
        to: { id: "g:{x}", create: true, elsewhere: true }
      - { kind: GRANTS, from: u, to: { id: r, name: x } }
      - { kind: HAS_ROLE, split: { a: ";", b: ";" }, from: a }
    uses: [{ identity: a, action: b, resource: c }]
  - nodes: 3
`;
    expect(await problemsOf({ 'a.csv': '' }, mapping)).toEqual([
      'mapping.yaml:1: source: must be a text, is a list',
      'mapping.yaml:2: typo: unknown field; known here are source, files',
      'mapping.yaml:5: files[0].header: must be one of true, false, is "maybe"',
      'mapping.yaml:6: files[0].encoding: "klingon" is no encoding that is known; utf-8, windows-1252 and utf-16le are',
      'mapping.yaml:7: files[0].quote: must be one character, or none',
      'mapping.yaml:8: files[0].when.s.foo: unknown field; known here are not, empty',
      'mapping.yaml:10: files[0].nodes[0].kind: must be one of User, ServiceAccount, Group, Role, Resource, is "Person"',
      'mapping.yaml:11: files[0].nodes[0].id: the brace at character 6 has no partner; write {{ or }} for a brace as such',
      'mapping.yaml:12: files[0].nodes[0].nme: unknown field; known here are kind, id, name, attributes, split, when',
      'mapping.yaml:14: files[0].nodes[0].attributes.a.value: there is no filter "shout"; there are lower, upper, trim',
      'mapping.yaml:14: files[0].nodes[0].attributes.a.format: a date format needs YYYY, as in DD.MM.YYYY; or it is one of iso, unix, unix-ms',
      'mapping.yaml:15: files[0].nodes[0].attributes.b.inclusive: is for values of the type date',
      'mapping.yaml:18: files[0].edges[0].from.kind: is missing; the node to create can be User, ServiceAccount, Group',
      'mapping.yaml:19: files[0].edges[0].to.elsewhere: a node cannot both be created here and be told by another source',
      'mapping.yaml:20: files[0].edges[1].to: describes a node to be made; add create: true',
      'mapping.yaml:20: files[0].edges[1].actions: is missing; a grant needs at least one action',
      'mapping.yaml:21: files[0].edges[2].to: is missing',
      'mapping.yaml:21: files[0].edges[2].split: names more than one column; a rule can go through the values of one',
      'mapping.yaml:22: files[0].uses[0].lastUsedAt: is missing',
      'mapping.yaml:23: files[1].file: is missing',
      'mapping.yaml:23: files[1].nodes: must be a list (lines that start with "- "), is a text',
      'mapping.yaml:23: files[1]: says nothing to make of the rows; give nodes, edges or uses',
    ]);
  });

  it.each([
    ['', /the file is empty/],
    ['# nothing\n', /the file holds no mapping/],
    ['- a\n', /must hold fields \(name: value\), is a list/],
    ['a: [1\n', /mapping\.yaml:\d/],
    ['a: 1\na: 2\n', /mapping\.yaml:2: Map keys must be unique/],
    ['files: &x []\nsource: *x\n', /mapping\.yaml:2: source: must be a text, is an alias/],
    ['source: x\n', /files: is missing/],
  ])('%j: refused', async (mapping, message) => {
    expect((await problemsOf({ 'a.csv': 'id\n1\n' }, mapping)).join('\n')).toMatch(message);
  });

  it('that nests without end is refused', async () => {
    const problems = await problemsOf({ 'a.csv': 'id\n1\n' }, '['.repeat(20_000));
    expect(problems).toEqual(['mapping.yaml:1: nests too deeply']);
  });

  it('and the files must fit', async () => {
    expect(await problemsOf({ 'b.csv': 'id,name\n1,A\n' }, USERS)).toEqual([
      'b.csv: no entry under "files" in mapping.yaml is for it; add one, or leave the file out',
      'mapping.yaml:2: files[0].file: no file "a.csv" was given; name it too, or set optional: true',
    ]);
    const patterns = USERS.replace('a.csv', '"*-20??.csv"');
    expect(
      (await load({ 'hr-2025.csv': 'id,name\n1,A\n', 'hr-2026.csv': 'id,name\n1,A\n2,B\n' }, patterns)).nodes,
    ).toHaveLength(2);
    const none = await refusalOf(() => csvLoader.load({ paths: ['a.csv'], options: {} }));
    expect([none.code, none.message]).toEqual([
      'ARGUMENT_INVALID',
      expect.stringMatching(/needs --mapping FILE\.yaml/),
    ]);
    const missing = await refusalOf(() =>
      csvLoader.load({ paths: ['a.csv'], options: { mapping: join(folder.path, 'no.yaml') } }),
    );
    expect(missing.code).toBe('INPUT_NOT_FOUND');
  });

  it('leaves aside what a folder holds besides', async () => {
    const mapping = folder.file('whole/mapping.yaml', USERS);
    folder.file('whole/in/a.csv', 'id,name\n1,A\n');
    folder.file('whole/in/b.csv', 'x\n');
    const path = join(folder.path, 'whole/in');
    const { source, report } = await collect(await csvLoader.load({ paths: [path], options: { mapping } }));
    expect([source, report.skipped]).toEqual([
      'in',
      [{ where: join(path, 'b.csv'), why: expect.stringMatching(/no entry under "files"/) }],
    ]);
    expect((await load({ 'a.csv': 'id,name\n1,A\n' }, `source: m\n${USERS}`)).source).toBe('m');
    expect((await load({ 'a.csv': 'id,name\n1,A\n' }, `source: m\n${USERS}`, 'named')).source).toBe('named');
  });
});
