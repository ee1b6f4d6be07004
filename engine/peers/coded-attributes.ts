/** Attributes of identities by number, for labels: read from the store once, so that a thread can look at them. */

import { nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { isIdentity, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { AttributeColumn, CodedAttributes } from './cluster-label.ts';

/** So many records are asked of the store at a time. */
const AT_A_TIME = 2_000;
/** An attribute with more values than this tells people apart, and groups nothing. */
const MOST_VALUES = 10_000;
/** Attributes that are looked at, those that most identities have. */
const MOST_ATTRIBUTES = 64;
/** Longer values are prose. */
const LONGEST_VALUE = 200;

/**
 * Texts, small numbers and truth values of identities that are not disabled; no instants, paths or account numbers, which are no
 * words for a group of people. An attribute is left out where it
 * says only how an account is kept, and where hardly two identities
 * share a value of it.
 *
 * @param among node numbers; default: all identities
 * @throws what the pace throws
 */
export async function readCodedAttributes(
  snapshot: Snapshot,
  reader: StoreReader,
  pace: Pace,
  among?: Uint32Array,
): Promise<CodedAttributes> {
  const nodes = (among ?? nodesInOrder(snapshot)).filter(
    (node) => isIdentity(snapshot, node) && snapshot.disabled[node] === 0,
  );
  const columns = new Map<string, Coding>();
  for (let from = 0; from < nodes.length; from += AT_A_TIME) {
    await pace.rest();
    pace.progress('reading attributes', from, nodes.length);
    const part = Array.from(nodes.subarray(from, from + AT_A_TIME));
    const entities = await reader.entities(part.map((node) => snapshot.nodeRef[node]!));
    entities.forEach((entity, i) => {
      for (const [name, value] of Object.entries(entity?.attributes ?? {})) {
        const text = TECHNICAL.test(name) ? undefined : textOf(value);
        if (text === undefined) continue;
        let column = columns.get(name);
        if (column === undefined) {
          column = { numbers: new Map(), codes: new Int32Array(nodes.length).fill(-1), had: 0 };
          columns.set(name, column);
        }
        if (column.numbers.size > MOST_VALUES) continue;
        let code = column.numbers.get(text);
        if (code === undefined) {
          code = column.numbers.size;
          column.numbers.set(text, code);
        }
        column.codes[from + i] = code;
        column.had++;
      }
    });
  }
  const telling = [...columns]
    .filter(([, { numbers, had }]) => numbers.size <= MOST_VALUES && numbers.size * 2 <= had)
    .sort(([a, x], [b, y]) => y.had - x.had || (a < b ? -1 : 1));
  return {
    nodes,
    columns: telling
      .slice(0, MOST_ATTRIBUTES)
      .map(([name, { numbers, codes }]): AttributeColumn => ({ name, values: [...numbers.keys()], codes })),
  };
}

interface Coding {
  readonly numbers: Map<string, number>;
  readonly codes: Int32Array;
  /** Identities that have the attribute. */
  had: number;
}

/** Attributes that say how an account is kept, and nothing about who it is for. */
const TECHNICAL = /^(?:aws|k8s|kubernetes|lastUsed|managedBy|created|updated|uid|gid|rid|sid)/;
/** Instants, paths and numbers that are no word for a group of people. */
const NO_WORD = /^(?:\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{4,}|[/\\].*|\W*)$/;

function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length <= LONGEST_VALUE && !NO_WORD.test(text) ? text : undefined;
}
