import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { opengraphLoader } from '../../loaders/opengraph/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { fuzz } from '../support/mutate.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';
import { zipOf } from '../support/zip.ts';

const folder = temporaryFolder();
const FIXTURE = join(import.meta.dirname, '../fixtures/opengraph');
const WIKI = join(FIXTURE, 'wiki.json');
const MAPPING = join(FIXTURE, 'mapping.yaml');
const REAL = join(import.meta.dirname, '../../../shared/data/bloodhound');
const EXTENSIONS = join(import.meta.dirname, '../../../shared/data/api-samples');
announceSeed();

const load = async (path: string, mapping: string | undefined = MAPPING, source?: string): Promise<Collected> =>
  collect(
    await opengraphLoader.load({ paths: [path], options: { mapping }, ...(source === undefined ? {} : { source }) }),
  );
const graphOf = (nodes: readonly unknown[], edges: readonly unknown[] = [], more: object = {}): string =>
  folder.file('graph.json', JSON.stringify({ ...more, graph: { nodes, edges } }));
const edgesOf = ({ edges }: Collected, kind: string): string[] =>
  edges
    .filter((edge) => edge.kind === kind)
    .map(({ from, to, actions, technique }) => `${from} ${actions?.join() ?? technique ?? ''} ${to}`)
    .sort();

describe('an OpenGraph', () => {
  let wiki: Collected;
  let view: GraphView;
  beforeAll(async () => {
    wiki = await load(WIKI);
    view = await viewOf(wiki.nodes, wiki.edges);
  });

  it('is sound, complete, and of the source that its metadata name', () => {
    expectSound(wiki);
    expect([wiki.source, wiki.complete]).toEqual(['Wiki', ['Wiki']]);
  });

  it('tells nodes of the kinds that are mapped, with their properties', () => {
    expect(wiki.nodes.find(({ id }) => id === 'u1')).toEqual({
      kind: 'User',
      id: 'u1',
      source: 'Wiki',
      name: 'ADA',
      attributes: { email: 'ada@acme.test', enabled: true, kinds: ['W_User', 'W_Base', 'Wiki'], tags: ['a', 'b'] },
    });
    expect(wiki.nodes.map(({ id, kind, name, resourceType }) => [id, kind, name, resourceType].join(' '))).toEqual([
      'u1 User ADA ',
      'u2 User BOB ',
      'u3 User BOB ',
      'bot ServiceAccount Builder (bot) ',
      'g1 Group WRITERS ',
      'r1 Role ADMIN ',
      's1 Resource FINANCE space',
      'p1 Resource PAY W_Page',
      'S-1-5-21-1-2-3-1001 User  ',
    ]);
  });

  it('finds ends by id, by name and by properties, and guesses none', () => {
    expect(edgesOf(wiki, 'MEMBER_OF')).toEqual(['S-1-5-21-1-2-3-1001  g1', 'u1  g1', 'u3  g1']);
    expect(wiki.report.unresolved).toEqual(['gone']);
    expect(wiki.report.skipped.map(({ why }) => why)).toEqual([
      'the mapping names no node kind "W_Key" or "Wiki"',
      'end name "BOB", which fits several nodes, so that none was guessed',
      'the mapping names no edge kind "W_Unheard"',
      'end u1, which is not of the kind W_Bot',
      'end name "NOBODY", which fits no node',
    ]);
  });

  it('turns edges round, and takes rules by the kinds of their ends', () => {
    expect(edgesOf(wiki, 'HAS_ROLE')).toEqual(['u1  r1']);
    expect(edgesOf(wiki, 'CONTAINS')).toEqual(['s1  p1']);
    expect(edgesOf(wiki, 'CONTROLS')).toEqual(['r1 W_Rules bot']);
    expect(wiki.edges.find(({ actions }) => actions?.[0] === 'list')).toMatchObject({
      from: 'g1',
      to: 's1',
      inherit: false,
    });
  });

  // Five answers worked out by hand from test/fixtures/opengraph/wiki.json.
  const decide = async (
    identity: string,
    action: string,
    resource: string,
    reach: 'ENTITLED' | 'ESCALATION' = 'ENTITLED',
  ) => (await view.check({ identity, action, resource, reach })).decision;
  it('1: Ada writes the page: she is a writer, writers may write the space, which contains the page', async () => {
    expect(await decide('u1', 'write', 'p1')).toBe('ALLOWED');
  });
  it('2: the second Bob is a writer by his properties, and may not write the page, though the space', async () => {
    expect([await decide('u3', 'write', 's1'), await decide('u3', 'write', 'p1')]).toEqual(['ALLOWED', 'DENIED']);
  });
  it('3: the first Bob may nothing: the name names two', async () => {
    expect(await decide('u2', 'write', 's1')).toBe('NONE');
  });
  it('4: the bot reads under the condition that its edge tells', async () => {
    expect(await decide('bot', 'read', 'p1')).toBe('CONDITIONAL');
  });
  it('5: Ada rules the bot by her role, and writers see the space and not the page', async () => {
    expect(await decide('u1', 'read', 's1')).toBe('NONE');
    expect(await decide('u1', 'read', 's1', 'ESCALATION')).toBe('CONDITIONAL');
    expect([await decide('u1', 'list', 's1'), await decide('u1', 'list', 'p1')]).toEqual(['ALLOWED', 'NONE']);
  });

  it('is read from an archive, of the source that is named first', async () => {
    const zip = folder.file('wiki.zip', zipOf([{ name: 'wiki.json', content: readFileSync(WIKI) }]));
    expect((await load(zip)).edges).toHaveLength(wiki.edges.length);
    expect((await load(WIKI, MAPPING, 'w')).source).toBe('w');
    const mapping = folder.file('named.yaml', `source: m\n${readFileSync(MAPPING, 'utf8')}`);
    expect((await load(WIKI, mapping)).source).toBe('m');
  });

  it('without a mapping is told with one to start from', async () => {
    const { message, code } = await refusalOf(() => opengraphLoader.load({ paths: [WIKI], options: {} }));
    expect(code).toBe('ARGUMENT_INVALID');
    expect(message).toContain('  W_User: ignore # 3 nodes\n');
    expect(message).toContain('  W_MemberOf: ignore # 7 edges\n');
    const start = folder.file(
      'start.yaml',
      message.slice(message.indexOf('# What')).replace('W_User: ignore', 'W_User: { kind: User }'),
    );
    expect((await load(WIKI, start)).nodes.map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
  });
});

describe('what is no OpenGraph', () => {
  const user = { id: 'u', kinds: ['W_User'] };
  const ends = { start: { value: 'u' }, end: { value: 'u' } };
  it.each([
    ['a collection', '{"data": [], "meta": {"type": "users"}}', /belongs to a collection of SharpHound/],
    ['no graph', '{}', /has no "graph"/],
    ['a list', '[]', /has no "graph"/],
    ['a graph that is none', '{"graph": []}', /graph/],
    ['nodes that are none', '{"graph": {"nodes": {}}}', /graph\.nodes: must be a list/],
    ['cut off', '{"graph": {"nodes": [{"id": "u"', /ends in the middle/],
    ['metadata that say more', '{"metadata": {"x": 1}, "graph": {"nodes": []}}', /metadata\.x: is not known/],
  ])('is refused: %s', async (_, text, message) => {
    expect((await refusalOf(() => load(folder.file('bad.json', text)))).message).toMatch(message);
  });

  it.each([
    [[7], [], /graph\.nodes\[0\]: must be an object/],
    [[{ kinds: [] }], [], /nodes\[0\]\.id: must be a text/],
    [[{ id: 'u', kinds: ['a', 'b', 'c', 'd'] }], [], /at most 3 texts/],
    [[{ id: 'u', kinds: ['Tag_x'] }], [], /starts as kinds of the server do/],
    [[user], [{ ...ends, kind: 'a-b' }], /edges\[0\]\.kind: must be a text of letters/],
    [[user], [{ ...ends, kind: 'K', end: 'u' }], /edges\[0\]\.end: must be an object with a "value"/],
    [[user], [{ ...ends, kind: 'K', end: { value: 'u', property_matchers: [] } }], /must not have "property_matchers"/],
    [[user], [{ ...ends, kind: 'K', end: { match_by: 'property', property_matchers: [] } }], /at least one/],
    [[user], [{ ...ends, kind: 'K', end: { match_by: 'property', value: 'u' } }], /must not have a "value"/],
    [
      [user],
      [
        {
          ...ends,
          kind: 'K',
          end: { match_by: 'property', property_matchers: [{ key: 'k', operator: 'like', value: 1 }] },
        },
      ],
      /there is "equals" alone/,
    ],
    [[user], [{ ...ends, kind: 'K', end: { match_by: 'guess', value: 'u' } }], /one of id, name, property/],
    [
      [user, { id: 's', kinds: ['W_Space'] }],
      [{ kind: 'W_Can', start: { value: 'u' }, end: { value: 's' }, properties: { right: 'r', until: 'soon' } }],
      /edges\[0\]: "soon" is no instant/,
    ],
  ])('is refused with its place: %j %j', async (nodes, edges, message) => {
    expect((await refusalOf(() => load(graphOf(nodes, edges)))).message).toMatch(message);
  });

  it.each([
    ['edges: {}', /nodes: is missing/],
    ['nodes: { A: { kind: Person } }', /nodes\.A\.kind: must be one of User/],
    ['nodes: { A: { name: x } }', /nodes\.A\.kind: is missing/],
    ['nodes: { A: { kind: User, resourceType: x } }', /is for a Resource alone/],
    ['nodes: {}\nedges: { E: { kind: GRANTS } }', /edges\.E\.actions: is missing/],
    ['nodes: {}\nedges: { E: { kind: MEMBER_OF, effect: DENY } }', /effect: is for GRANTS alone/],
    ['nodes: {}\nedges: { E: { kind: CONTROLS, technique: "{" } }', /technique: the brace/],
    ['nodes: {}\nwhat: 1', /what: unknown field/],
    ['nodes: [', /mapping\.yaml:/],
  ])('a mapping %j is refused', async (text, message) => {
    expect((await refusalOf(() => load(WIKI, folder.file('mapping.yaml', text)))).message).toMatch(message);
  });

  it('of any JSON is loaded soundly or refused in words', async () => {
    const word = fc.constantFrom(
      'u1',
      'g1',
      's1',
      'name',
      'W_User',
      'W_Team',
      'W_Space',
      'W_Can',
      'W_MemberOf',
      'W_Contains',
      'right',
      '__proto__',
    );
    const value = fc.oneof(
      word,
      fc.string(),
      fc.boolean(),
      fc.double(),
      fc.constant(null),
      fc.array(word, { maxLength: 4 }),
    );
    const properties = fc.dictionary(word, value, { maxKeys: 4 });
    const end = fc.oneof(
      fc.record({ value: word }),
      fc.record({ match_by: fc.constant('name'), value: word }),
      fc.record({
        match_by: fc.constant('property'),
        property_matchers: fc.array(fc.record({ key: word, operator: fc.constant('equals'), value: word }), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      properties,
    );
    const node = fc.oneof(fc.record({ id: word, kinds: fc.array(word, { maxLength: 3 }), properties }), properties);
    const edge = fc.oneof(fc.record({ kind: word, start: end, end, properties }), properties);
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 6 }), fc.array(edge, { maxLength: 6 }), async (nodes, edges) => {
        await load(graphOf(nodes, edges)).then(expectSound, (error) =>
          expect(error.name, error.stack).toBe('GrantlensError'),
        );
      }),
      runs(300),
    );
  });

  it('that is damaged is loaded soundly or refused in words', async () => {
    const loadOne = (path: string) => opengraphLoader.load({ paths: [path], options: { mapping: MAPPING } });
    const outcome = await fuzz({
      originals: [WIKI],
      seed: SEED,
      rounds: runs(400).numRuns!,
      load: loadOne,
      check: expectSound,
    });
    expect(outcome.loaded).toBeGreaterThan(0);
    expect(outcome.refused).toBeGreaterThan(0);
    const byMapping = (path: string) => opengraphLoader.load({ paths: [WIKI], options: { mapping: path } });
    await fuzz({ originals: [MAPPING], seed: SEED, rounds: runs(400).numRuns!, load: byMapping, check: expectSound });
  }, 300_000);
});

describe.skipIf(!existsSync(REAL))('published graphs', () => {
  it('the minimal one: Bob and Alice', async () => {
    const mapping = folder.file(
      'people.yaml',
      'nodes: { Person: { kind: User, name: "{displayname}" } }\nedges: { Knows: ignore }',
    );
    const told = await load(join(REAL, 'opengraph-minimal.json'), mapping);
    expectSound(told);
    expect(told.nodes.map(({ id, name }) => `${id} ${name}`)).toEqual(['123 bob', '234 alice']);
    expect([told.edges, told.report.skipped]).toEqual([[], []]);
  });

  it('the examples of the schemas are in their form', async () => {
    const examplesOf = (name: string) =>
      JSON.parse(readFileSync(join(REAL, `opengraph-${name}.json`), 'utf8')).examples;
    const path = graphOf(examplesOf('node'), examplesOf('edge'));
    const { message } = await refusalOf(() => opengraphLoader.load({ paths: [path], options: {} }));
    expect(message).toContain('  Device: ignore # 1 node\n');
    expect(message).toContain('  has_session: ignore # 2 edges\n');
    const mapping = folder.file(
      'all.yaml',
      'nodes: { Person: { kind: User }, Device: { kind: Resource }, Location: ignore }\nedges: { has_session: { kind: CONTROLS } }',
    );
    expectSound(await load(path, mapping));
  });

  it.each(['github', 'okta'])('the kinds of the extension for %s can be mapped', async (name) => {
    const schema = JSON.parse(readFileSync(join(EXTENSIONS, `openhound-${name}/extension/schema.json`), 'utf8'));
    const nodes = schema.node_kinds.map((kind: { name: string }, at: number) => ({ id: `n${at}`, kinds: [kind.name] }));
    const edges = schema.relationship_kinds.map((kind: { name: string }) => ({
      kind: kind.name,
      start: { value: 'n0' },
      end: { value: 'n1' },
    }));
    const { message } = await refusalOf(() => opengraphLoader.load({ paths: [graphOf(nodes, edges)], options: {} }));
    const start = folder.file(
      'kinds.yaml',
      message
        .slice(message.indexOf('# What'))
        .replaceAll(': ignore #', ': { kind: Resource } #')
        .replace(/edges:[\s\S]*/, 'edges: {}'),
    );
    const told = await load(graphOf(nodes), start);
    expect(told.nodes).toHaveLength(schema.node_kinds.length);
  });
});
