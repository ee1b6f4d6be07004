/** Batches that together have everything that is hard to write down: for whoever writes graphs in a form of their own. */
import fc from 'fast-check';
import { type Change, makeEdge } from '../../engine/model/index.ts';
import { arbitraryBatches } from './arbitrary-batches.ts';
import type { ListedBatch } from './naive-graph.ts';
import { randomGraph } from './random-graph.ts';
import { renamedBatch } from './renamed.ts';
import { SEED } from './seed.ts';

/** Random graphs and random batches, each among ids and sources of its own. */
export function* randomBatches(): Generator<ListedBatch> {
  for (const [i, batches] of fc.sample(arbitraryBatches, { numRuns: 60, seed: SEED }).entries())
    for (const batch of batches) yield renamedBatch(batch, `b${i}/`);
  for (const [i, { nodes, edges }] of fc.sample(randomGraph(), { numRuns: 60, seed: SEED }).entries()) {
    const known = new Set(nodes.map(({ id }) => id));
    const changes = [
      ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
      ...edges
        .filter(({ from, to }) => known.has(from) && known.has(to))
        .map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ];
    yield renamedBatch({ id: 'graph', source: 'main', complete: [], changes }, `g${i}/`);
  }
}

const ODD_TEXTS = [
  ' leading and trailing ',
  'a "quoted" one',
  '""',
  'two\nlines',
  'two\r\nlines\r',
  'back\\slash \\" \\n',
  'a,b;c\td|e',
  '\u001f\u001e\u001d',
  '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\u000e',
  '\u{1f600} \u202e \u2028 \u0085 \ufeff \uffee é e\u0301',
  "it's =1+1 @x #y //z",
  'x'.repeat(4_096),
];

/** Every odd text in every place that takes one. */
export function* oddChanges(): Generator<Change> {
  const base = { kind: 'User', source: 'odd' } as const;
  for (const [i, text] of ODD_TEXTS.entries()) {
    const attributes = { title: text, department: '', [text]: text, enabled: i % 2 === 0, owner: 7, email: null };
    yield { op: 'PUT_NODE', node: { ...base, id: text, name: text, source: text.slice(0, 4_000), attributes } };
    yield { op: 'PUT_NODE', node: { ...base, id: text, attributes: { title: 'other', manager: text } } };
    yield {
      op: 'PUT_NODE',
      node: {
        kind: 'Resource',
        id: `r${text}`.slice(0, 4_096),
        source: 'odd',
        resourceType: text,
        sensitivity: i / 7,
        attributes: {},
      },
    };
    const actions = ODD_TEXTS.filter((one) => one.length <= 512 && one !== text);
    const both = { condition: text, evidence: text, key: text, source: 'odd' } as const;
    const instants = { validFrom: -62_135_596_800_001 - i, validTo: 253_402_300_799_999, lastUsedAt: i };
    yield {
      op: 'PUT_EDGE',
      edge: makeEdge({
        kind: 'GRANTS',
        from: text,
        to: `r${text}`.slice(0, 4_096),
        actions,
        exceptActions: [text.slice(0, 512)],
        ...both,
        ...instants,
        inherit: false,
        useCount: Number.MAX_SAFE_INTEGER,
      }),
    };
    yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'CONTROLS', from: text, to: text, technique: text, ...both }) };
    yield {
      op: 'PUT_USE',
      use: { identity: text, action: text.slice(0, 512), resource: text, source: 'odd', lastUsedAt: i, useCount: i },
    };
  }
}

/** An id whose index key is too long, and a record that is longer than the importer's buffer. */
export function* longChanges(): Generator<Change> {
  const id = '\u{1f600}'.repeat(2_048);
  const attributes = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`text ${i}`, 'é"\n'.repeat(21_000)]));
  yield { op: 'PUT_NODE', node: { kind: 'Group', id, source: id, attributes } };
  yield { op: 'PUT_NODE', node: { kind: 'Group', id: 'g', source: id, attributes: {} } };
  yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: id, to: 'g', source: 'long' }) };
  yield { op: 'PUT_EDGE', edge: makeEdge({ kind: 'MEMBER_OF', from: 'g', to: id, source: 'long' }) };
}
