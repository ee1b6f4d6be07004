import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  changeOfLine,
  type JsonValue,
  lineOfEdge,
  lineOfNode,
  lineOfUse,
  MAX_ATTRIBUTE_DEPTH,
  MAX_LONG_TEXT,
  MAX_TEXT,
  makeEdge,
  sortedDeep,
} from '../../engine/model/index.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { edgeRecord, nodeRecord, useRecord } from './arbitraries.ts';

announceSeed();

/** Reads the text of a line; fails where anything is reported. */
function read(line: string, source = 'other'): Change {
  const change = changeOfLine(JSON.parse(line), source, (field, message) => {
    throw new Error(`${field}: ${message} in ${line}`);
  });
  return change!;
}

/** Everything that is reported of a line. */
function reported(line: unknown): readonly string[] {
  const told: string[] = [];
  const change = changeOfLine(line, 's', (field, message) => told.push(`${field}: ${message}`));
  expect(change === undefined).toBe(told.length > 0);
  return told;
}

describe('a record written and read again', () => {
  it('is the same node', () => {
    fc.assert(
      fc.property(nodeRecord, (node) => {
        const line = JSON.stringify(lineOfNode(node));
        const change = read(line) as Extract<Change, { op: 'PUT_NODE' }>;
        expect(change.node).toEqual(node);
        expect(JSON.stringify(lineOfNode(change.node))).toBe(line);
      }),
      runs(1000),
    );
  });

  it('is the same edge', () => {
    fc.assert(
      fc.property(edgeRecord, (edge) => {
        const line = JSON.stringify(lineOfEdge(edge));
        const change = read(line) as Extract<Change, { op: 'PUT_EDGE' }>;
        expect(change.edge).toEqual(edge);
        expect(JSON.stringify(lineOfEdge(change.edge))).toBe(line);
      }),
      runs(1000),
    );
  });

  it('is the same use', () => {
    fc.assert(
      fc.property(useRecord, (use) => {
        const line = JSON.stringify(lineOfUse(use));
        const change = read(line) as Extract<Change, { op: 'PUT_USE' }>;
        expect(change.use).toEqual(use);
        expect(JSON.stringify(lineOfUse(change.use))).toBe(line);
      }),
      runs(500),
    );
  });

  it('gives equal text for equal records, whatever the order of their fields', () => {
    const a = { kind: 'User', id: 'u', source: 's', attributes: { b: { d: 1, c: [{ z: 1, y: 2 }] }, a: 1 } } as const;
    const b = { attributes: { a: 1, b: { c: [{ y: 2, z: 1 }], d: 1 } }, source: 's', id: 'u', kind: 'User' } as const;
    expect(JSON.stringify(lineOfNode(a))).toBe(JSON.stringify(lineOfNode(b)));
    const proto = JSON.parse('{"__proto__":1,"a":2}') as JsonValue;
    expect(JSON.stringify(sortedDeep(proto))).toBe('{"__proto__":1,"a":2}');
  });
});

describe('defaults', () => {
  it('are filled in, patterns sorted and told once', () => {
    const line =
      '{"edge":"GRANTS","from":"a","to":"b","actions":["w","r","w"],"exceptActions":[],"inherit":true,"key":"k"}';
    expect(read(line, 'mine')).toMatchObject({
      op: 'PUT_EDGE',
      edge: { source: 'mine', actions: ['r', 'w'], effect: 'ALLOW' },
    });
    expect(Object.keys((read(line) as { edge: object }).edge)).not.toContain('inherit');
    expect(read('{"usage":"u","action":"a","resource":"r","lastUsedAt":"2026-01-01T00:00:00Z"}')).toMatchObject({
      use: { useCount: 1 },
    });
    const plain = makeEdge({ kind: 'MEMBER_OF', from: 'a', to: 'b', source: 's', key: '' });
    expect(Object.keys(plain)).toEqual(['id', 'kind', 'from', 'to', 'source']);
  });
});

describe('what is wrong with a line', () => {
  const grant = { edge: 'GRANTS', from: 'a', to: 'b', actions: ['x'] };
  const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });

  it.each<[string, unknown, readonly (string | RegExp)[]]>([
    ['a list', [], [/one JSON object/]],
    ['null', null, [/one JSON object/]],
    ['no form', { id: 'a' }, [/none of the fields/]],
    ['two forms', { node: 'User', edge: 'OWNS' }, [/node and edge at once/]],
    ['an unknown kind', { node: 'Persona', id: 'a' }, [/^node: must be one of User/]],
    ['a kind that is no text', { edge: 7, from: 'a', to: 'b' }, [/^edge: must be one of MEMBER_OF/]],
    ['no id', { node: 'User' }, ['id: is missing']],
    ['an empty id', { node: 'User', id: '' }, ['id: is empty']],
    ['a NUL', { node: 'User', id: 'a\0' }, ['id: holds a NUL character']],
    ['half a character', { node: 'User', id: '\ud800' }, [/^id: holds half of a surrogate pair/]],
    ['a long id', { node: 'User', id: 'a'.repeat(MAX_TEXT + 1) }, [/^id: is 4097 characters long; at most 4096/]],
    [
      'a long condition',
      { ...grant, condition: 'a'.repeat(MAX_LONG_TEXT + 1) },
      [/^condition: is 65537 characters long/],
    ],
    [
      'a sensitive user',
      { node: 'User', id: 'a', sensitivity: 1, resourceType: 'x' },
      [/^resourceType: only a Resource/, /^sensitivity: only a Resource/],
    ],
    ['a sensitivity', { node: 'Resource', id: 'a', sensitivity: -0.1 }, [/^sensitivity: must be a number from 0 to 1/]],
    ['attributes', { node: 'User', id: 'a', attributes: [] }, ['attributes: must be an object, is a list']],
    [
      'deep attributes',
      { node: 'User', id: 'a', attributes: deep(MAX_ATTRIBUTE_DEPTH + 1) },
      [/^attributes: nests deeper than 32 levels/],
    ],
    ['no actions', { edge: 'GRANTS', from: 'a', to: 'b' }, [/^actions: is missing/]],
    ['empty actions', { ...grant, actions: [] }, [/^actions: is empty/]],
    ['an empty action', { ...grant, actions: ['x', ''] }, ['actions[1]: is empty']],
    ['an effect', { ...grant, effect: 'allow' }, [/^effect: must be one of ALLOW, DENY, is "allow"/]],
    ['inherit', { ...grant, inherit: 'no' }, [/^inherit: must be true or false/]],
    [
      'grant fields elsewhere',
      { edge: 'OWNS', from: 'a', to: 'b', actions: ['x'], effect: 'DENY', inherit: false },
      [/^actions: only a GRANTS/, /^effect: only/, /^inherit: only/],
    ],
    ['a technique elsewhere', { ...grant, technique: 'x' }, [/^technique: only CONTROLS and CAN_ASSUME/]],
    ['a date', { ...grant, validFrom: 5 }, [/^validFrom: must be a date and time/]],
    [
      'a window',
      { ...grant, validFrom: '2026-01-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' },
      ['validTo: must be later than validFrom'],
    ],
    ['a count', { ...grant, useCount: 1.5 }, [/^useCount: must be a whole number/]],
    ['a use without a time', { usage: 'u', action: 'a', resource: 'r' }, ['lastUsedAt: is missing']],
    [
      'much at once',
      { edge: 'GRANTS', form: 'a', to: '', actions: {} },
      [/^form: unknown field/, 'from: is missing', 'to: is empty', /^actions: must be a list/],
    ],
  ])('%s', (_title, line, expected) => {
    const told = reported(line);
    expect(told).toHaveLength(expected.length);
    expected.forEach((message, i) => {
      expect(told[i]).toMatch(message);
    });
  });

  it('is never a throw', () => {
    const line = fc.oneof(
      fc.anything(),
      fc.dictionary(
        fc.constantFrom('node', 'edge', 'usage', 'id', 'from', 'to', 'source', 'actions', 'validTo', 'attributes', 'x'),
        fc.oneof(fc.jsonValue(), fc.constantFrom('User', 'GRANTS', 'OWNS')),
      ),
    );
    fc.assert(
      fc.property(line, (value) => void reported(value)),
      runs(1000),
    );
  });
});
