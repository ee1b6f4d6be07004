import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bySourcePrecedence, isDisabled, mergeVersions, type NodeRecord } from '../../engine/model/index.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { nodeRecord } from './arbitraries.ts';

announceSeed();

const version = (source: string, more: Partial<NodeRecord> = {}): NodeRecord => ({
  kind: 'Resource',
  id: 'r',
  source,
  attributes: {},
  ...more,
});

describe('the versions of a node', () => {
  it('are merged field by field, by name of the source', () => {
    const merged = mergeVersions([
      version('c', { name: 'from c', sensitivity: 0.5, attributes: { x: 'c', z: 'c' } }),
      version('a', { attributes: { y: 'a' } }),
      version('b', { name: 'from b', resourceType: 'b', attributes: { x: 'b', y: 'b' } }),
    ]);
    expect(merged).toEqual({
      kind: 'Resource',
      id: 'r',
      name: 'from b',
      sources: ['a', 'b', 'c'],
      resourceType: 'b',
      sensitivity: 0.5,
      attributes: { x: 'b', y: 'a', z: 'c' },
    });
  });

  it('follow the configured order first', () => {
    const versions = ['a', 'b', 'c', 'd'].map((source) => version(source, { name: source }));
    expect(mergeVersions(versions, ['c', 'x', 'b']).sources).toEqual(['c', 'b', 'a', 'd']);
    expect(['d', 'B', 'b', 'a'].sort(bySourcePrecedence(['d']))).toEqual(['d', 'B', 'a', 'b']);
  });

  it('keep what is told, also where it is nothing, false or zero', () => {
    const merged = mergeVersions([
      version('a', { sensitivity: 0, attributes: { enabled: false, note: null, count: 0, text: '' } }),
      version('b', { sensitivity: 1, attributes: { enabled: true, note: 'b', count: 1, text: 'b' } }),
    ]);
    expect([merged.sensitivity, merged.attributes]).toEqual([0, { enabled: false, note: null, count: 0, text: '' }]);
    expect(isDisabled(merged)).toBe(true);
    expect(
      [{}, { enabled: true }, { enabled: 'false' }, { enabled: null }].map((attributes) => isDisabled({ attributes })),
    ).toEqual([false, false, false, false]);
  });

  it('show the id where no source gives a name', () => {
    expect(mergeVersions([version('a')])).toEqual({
      kind: 'Resource',
      id: 'r',
      name: 'r',
      sources: ['a'],
      attributes: {},
    });
  });

  it('take an attribute named __proto__ as any other', () => {
    const attributes = JSON.parse('{"__proto__":{"enabled":false}}');
    const merged = mergeVersions([version('a', { attributes }), version('b', { attributes: { constructor: 1 } })]);
    expect(Object.getPrototypeOf(merged.attributes)).toBe(Object.prototype);
    expect(Object.keys(merged.attributes)).toEqual(['__proto__', 'constructor']);
    expect(isDisabled(merged)).toBe(false);
  });

  it('merge to the same whatever their order, and each field is that of the first source that has it', () => {
    const versions = fc.uniqueArray(nodeRecord, { minLength: 1, maxLength: 5, selector: ({ source }) => source });
    fc.assert(
      fc.property(versions, fc.array(fc.nat(4)), (records, picks) => {
        const same = records.map((record) => ({ ...record, id: 'n' }));
        const precedence = [...new Set(picks.flatMap((pick) => same[pick]?.source ?? []))];
        const merged = mergeVersions(same, precedence);
        expect(mergeVersions([...same].reverse(), precedence)).toEqual(merged);
        const ordered = merged.sources.map((source) => same.find((record) => record.source === source)!);
        const first = (field: 'name' | 'resourceType' | 'sensitivity') =>
          ordered.find((record) => record[field] !== undefined)?.[field];
        expect([merged.name, merged.resourceType, merged.sensitivity]).toEqual([
          first('name') ?? 'n',
          first('resourceType'),
          first('sensitivity'),
        ]);
        const names = new Set(ordered.flatMap((record) => Object.keys(record.attributes)));
        expect(new Set(Object.keys(merged.attributes))).toEqual(names);
        for (const name of names) {
          const owner = ordered.find((record) => Object.hasOwn(record.attributes, name))!;
          expect(merged.attributes[name]).toBe(owner.attributes[name]);
        }
      }),
      runs(500),
    );
  });
});
