/** Random batches over a few sources and a few nodes, so that the same things are put, changed and removed again and again. */
import fc from 'fast-check';
import { type Change, EDGE_KINDS, type JsonValue, makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import type { ListedBatch } from './naive-graph.ts';

const SOURCES = ['hr', 'ldap', 'cloud'];
/** Ids whose order differs between code units and code points, or that quoting could break. */
const USERS = ['u:ada', 'u:"bob"', 'u:\u{1f600}', 'u:\uffee'];
const GROUPS = ['g:fin', "g:o'neil"];
const ROLES = ['ro:clerk\nnight'];
const RESOURCES = ['r:ledger', 'r:é'];
const KINDS: readonly (readonly [NodeRecord['kind'], readonly string[]])[] = [
  ['User', USERS],
  ['Group', GROUPS],
  ['Role', ROLES],
  ['Resource', RESOURCES],
];
const ALL = KINDS.flatMap(([, ids]) => ids);
const ACTIONS = ['read', 'Write', 's3:Get*', '*', 'é'];

const source = fc.constantFrom(...SOURCES);
const attributes = fc.dictionary(
  fc.constantFrom('enabled', 'department', '__proto__', 'level', 'tags'),
  fc.oneof(
    fc.boolean(),
    fc.constantFrom<JsonValue>('Finance', 'Ünïcode', 1e308, 0, -1.5, null, ['x', { y: [1] }], { a: 1, b: { c: '' } }),
  ),
  { maxKeys: 3 },
);

const node: fc.Arbitrary<Change> = fc
  .record({
    place: fc.nat(ALL.length - 1),
    odd: fc.integer({ min: 0, max: 19 }),
    source,
    name: fc.option(fc.constantFrom('Ada', 'Bob \u{1f600}', 'x'), { nil: undefined }),
    sensitivity: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
    resourceType: fc.option(fc.constantFrom('file', 'host'), { nil: undefined }),
    attributes,
  })
  .map(({ place, odd, source, name, sensitivity, resourceType, attributes }) => {
    const id = ALL[place]!;
    const usual = KINDS.find(([, ids]) => ids.includes(id))![0];
    const kind = odd === 0 ? 'Group' : odd === 1 ? 'ServiceAccount' : usual;
    const resource = kind === 'Resource';
    return {
      op: 'PUT_NODE',
      node: {
        kind,
        id,
        source,
        ...(name === undefined ? {} : { name }),
        ...(resource && sensitivity !== undefined ? { sensitivity } : {}),
        ...(resource && resourceType !== undefined ? { resourceType } : {}),
        attributes: attributes as NodeRecord['attributes'],
      },
    };
  });

/** Mostly kinds and ends that fit. */
const ends = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('MEMBER_OF' as const),
      from: fc.constantFrom(...USERS, ...GROUPS),
      to: fc.constantFrom(...GROUPS),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('GRANTS' as const),
      from: fc.constantFrom(...USERS, ...ROLES),
      to: fc.constantFrom(...RESOURCES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('HAS_ROLE' as const),
      from: fc.constantFrom(...USERS),
      to: fc.constantFrom(...ROLES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('CONTROLS' as const),
      from: fc.constantFrom(...USERS),
      to: fc.constantFrom(...ALL),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(...EDGE_KINDS),
      from: fc.constantFrom(...ALL),
      to: fc.constantFrom(...ALL),
    }),
  },
);
const instant = fc.option(fc.constantFrom(-1, 0, 1_700_000_000_123, 4_000_000_000_000), { nil: undefined });

const edgeDraft = fc.record({
  ends,
  source,
  key: fc.option(fc.constantFrom('k', 'K2'), { nil: undefined }),
  actions: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 3 }),
  exceptActions: fc.option(fc.uniqueArray(fc.constantFrom(...ACTIONS), { maxLength: 2 }), { nil: undefined }),
  effect: fc.constantFrom('ALLOW' as const, 'DENY' as const, undefined),
  inherit: fc.constantFrom(true, false, undefined),
  condition: fc.option(fc.constantFrom('ip in office', 'mfa \u{1f511}'), { nil: undefined }),
  technique: fc.option(fc.constantFrom('ResetPassword'), { nil: undefined }),
  evidence: fc.option(fc.constantFrom('file:1', 'pölicy'), { nil: undefined }),
  validFrom: instant,
  validTo: instant,
  lastUsedAt: instant,
  useCount: fc.option(fc.constantFrom(0, 7, Number.MAX_SAFE_INTEGER), { nil: undefined }),
});

const edge: fc.Arbitrary<Change> = edgeDraft.map(
  ({ ends, actions, exceptActions, effect, inherit, technique, ...rest }) => {
    const grant = ends.kind === 'GRANTS' ? { actions, exceptActions, effect, inherit } : {};
    const how = ends.kind === 'CONTROLS' ? { technique } : {};
    return { op: 'PUT_EDGE', edge: makeEdge({ ...ends, ...rest, ...grant, ...how }) };
  },
);

const use: fc.Arbitrary<Change> = fc
  .record({
    identity: fc.constantFrom(...USERS),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    source,
    lastUsedAt: fc.constantFrom(0, 1_700_000_000_000),
    useCount: fc.nat(3),
  })
  .map((use) => ({ op: 'PUT_USE', use }));

const removeNode: fc.Arbitrary<Change> = fc
  .record({ id: fc.constantFrom(...ALL, 'nobody'), source })
  .map(({ id, source }) => ({ op: 'REMOVE_NODE', id, source }));

const removeEdge: fc.Arbitrary<Change> = fc
  .record({ edge: edgeDraft, other: source, odd: fc.nat(9) })
  .map(({ edge: { ends, key, source }, other, odd }) => ({
    op: 'REMOVE_EDGE',
    id: makeEdge({ ...ends, source, key, actions: ['read'] }).id,
    source: odd === 0 ? other : source,
  }));

/** All nodes of one source, which most edges need. */
const everyNode = source.map((source): Change[] =>
  KINDS.flatMap(([kind, ids]) =>
    ids.map((id): Change => ({ op: 'PUT_NODE', node: { kind, id, source, attributes: {} } })),
  ),
);

const changes: fc.Arbitrary<Change[]> = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: everyNode }, { weight: 1, arbitrary: fc.constant<Change[]>([]) }),
    fc.array(fc.oneof({ weight: 4, arbitrary: node }, { weight: 5, arbitrary: edge }, use, removeNode, removeEdge), {
      maxLength: 14,
    }),
    fc.boolean(),
  )
  .map(([all, single, first]) => (first ? [...all, ...single] : [...single, ...all]));

const body = fc.record({
  source,
  complete: fc.oneof(fc.constant<string[]>([]), fc.uniqueArray(source, { maxLength: 2 })),
  changes,
});

/** Batches with ids of their own. */
export const arbitraryBatches: fc.Arbitrary<ListedBatch[]> = fc
  .array(body, { minLength: 1, maxLength: 7 })
  .map((bodies) =>
    bodies.map((body, i) => ({
      id: `batch-${i}`,
      ...body,
      changes: body.changes.map((change, place) => ({ ...change, file: `batch-${i}.jsonl`, line: place + 1 })),
    })),
  );
