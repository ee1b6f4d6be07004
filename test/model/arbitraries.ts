import fc from 'fast-check';
import {
  type Attributes,
  EDGE_KINDS,
  type EdgeDraft,
  type EdgeRecord,
  type JsonValue,
  makeEdge,
  NODE_KINDS,
  type NodeRecord,
  type UseRecord,
} from '../../engine/model/index.ts';

/** Any text that may be stored: well-formed, without NUL, not empty. */
export const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom('__proto__', 'constructor', 'node', '1:a', '\u2028', '"', '\\'),
  )
  .map((value) => value.replaceAll('\0', '0'))
  .filter((value) => value.length > 0 && value.isWellFormed());

/** An instant from the year 0 to 9999, in milliseconds. */
export const instant: fc.Arbitrary<number> = fc.integer({
  min: Date.UTC(0, 0, 1) - 1900 * 365 * 86_400_000,
  max: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
});

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    text,
    fc.array(tie('json') as fc.Arbitrary<JsonValue>, { maxLength: 3 }),
    fields(tie('json') as fc.Arbitrary<JsonValue>),
  ),
})).json;

/** An object with any names for fields, `__proto__` among them. */
function fields(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<Attributes> {
  return fc.array(fc.tuple(text, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));
}

const maybe = <T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((told) => (told === undefined ? {} : { [name]: told }));

const both = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all));

export const nodeRecord: fc.Arbitrary<NodeRecord> = fc
  .tuple(
    fc.record({ kind: fc.constantFrom(...NODE_KINDS), id: text, source: text, attributes: fields(json) }),
    maybe('name', text),
    both(
      maybe('resourceType', text),
      maybe(
        'sensitivity',
        fc.double({ min: 0, max: 1, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
      ),
    ),
  )
  .map(([base, name, resource]) => ({ ...base, ...name, ...(base.kind === 'Resource' ? resource : {}) }));

const patterns = fc.array(text, { minLength: 1, maxLength: 4 });
const window = fc.tuple(instant, instant).filter(([from, to]) => from < to);

export const edgeRecord: fc.Arbitrary<EdgeRecord> = fc
  .tuple(
    fc.record({ kind: fc.constantFrom(...EDGE_KINDS), from: text, to: text, source: text }),
    both(
      maybe('key', text),
      maybe('condition', text),
      maybe('evidence', text),
      maybe('lastUsedAt', instant),
      maybe('useCount', fc.nat()),
    ),
    fc.oneof(
      both(maybe('validFrom', instant)),
      both(maybe('validTo', instant)),
      window.map(([validFrom, validTo]) => ({ validFrom, validTo })),
    ),
    both(
      maybe('exceptActions', patterns),
      maybe('effect', fc.constantFrom('ALLOW', 'DENY')),
      maybe('inherit', fc.boolean()),
    ),
    fc.tuple(patterns, text),
  )
  .map(([base, common, times, grant, [actions, technique]]) => {
    const taking = base.kind === 'CONTROLS' || base.kind === 'CAN_ASSUME';
    return makeEdge({
      ...base,
      ...common,
      ...times,
      ...(base.kind === 'GRANTS' ? { actions, ...grant } : {}),
      ...(taking ? { technique } : {}),
    } as EdgeDraft);
  });

export const useRecord: fc.Arbitrary<UseRecord> = fc.record({
  identity: text,
  action: text,
  resource: text,
  source: text,
  lastUsedAt: instant,
  useCount: fc.nat(),
});
