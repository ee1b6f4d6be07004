/** The edges of a version that have effect, as a snapshot is compiled from them. */
import { COUNT_EDGES, SCAN_EDGES, SCAN_TERMS } from '../../../cypher/index.ts';
import { EDGE_KINDS, type EdgeKind, type EdgeRecord } from '../../model/index.ts';
import { EDGE_CONDITIONAL, EDGE_DENY, EDGE_NO_INHERIT, type EdgeVisitor, type TermsVisitor } from '../port.ts';
import type { BeforeImages } from './before-images.ts';
import { integer, type Values } from './door.ts';
import { refsOfNodes } from './node-scan.ts';
import { RefSet } from './ref-set.ts';
import { corrupt, refOf, type VersionRead } from './version-read.ts';

/** Edges that the server gathers at a time: some ten megabytes there, and here. */
const EDGES_A_PART = 500_000;
/** Edges in a list. Grants are told in lists by their terms, so theirs get shorter than this. */
const EDGES_A_LIST: Readonly<Partial<Record<EdgeKind, number>>> = { GRANTS: 8_000 };
const EDGES_A_LIST_ELSE = 1_000;
/** Parts on the way at a time: the server reads one while another is taken in here. */
const PARTS_AT_ONCE = 2;
/** Ids looked up at a time. */
const IDS_AT_ONCE = 5_000;

interface Part {
  readonly kind: EdgeKind;
  readonly slices: number;
  readonly from: number;
  readonly to: number;
}

/** Numbers of the action patterns of grants: in the order of what they say, from 1. */
export class TermNumbers {
  readonly #numbers = new Map<string, number>();

  private constructor(keys: ReadonlySet<string>) {
    for (const key of [...keys].sort()) this.#numbers.set(key, this.#numbers.size + 1);
  }

  static async of(read: VersionRead): Promise<TermNumbers> {
    let keys = new Set<string>();
    await read.door.read((tx) => {
      keys = new Set();
      return tx.each(SCAN_TERMS, { version: integer(read.version) }, ([actions, exceptActions]) => {
        keys.add(keyOf(actions, exceptActions));
      });
    });
    for (const edge of (await read.later.images()).edgesByRef.values())
      if (edge.kind === 'GRANTS') keys.add(keyOf(edge.actions, edge.exceptActions));
    return new TermNumbers(keys);
  }

  visit(visit: TermsVisitor): void {
    for (const [key, number] of this.#numbers) {
      const [actions, exceptActions] = JSON.parse(key) as [string[], string[]];
      visit(number, actions, exceptActions);
    }
  }

  number(actions: unknown, exceptActions: unknown): number {
    const number = this.#numbers.get(keyOf(actions, exceptActions));
    if (number === undefined) throw corrupt('a grant has actions that no grant of its version had');
    return number;
  }
}

const keyOf = (actions: unknown, exceptActions: unknown): string =>
  JSON.stringify([actions ?? [], exceptActions ?? []]);

/** Visits every edge that has effect, in no order. */
export async function scanEdges(read: VersionRead, terms: TermNumbers, visit: EdgeVisitor): Promise<void> {
  const seen = new RefSet();
  const waiting = [...(await partsOf(read))];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      for (const row of await rowsOf(read, part)) visitRow(part.kind, row, terms, seen, visit);
    }
  };
  const stop = (error: unknown): never => {
    waiting.length = 0;
    throw error;
  };
  await Promise.all(Array.from({ length: PARTS_AT_ONCE }, () => work().catch(stop)));
  await visitGone(read, terms, seen, visit);
}

async function partsOf(read: VersionRead): Promise<readonly Part[]> {
  const parts: Part[] = [];
  await read.door.read(async (tx) => {
    parts.length = 0;
    for (const kind of EDGE_KINDS) {
      const [[count] = []] = await tx.all(COUNT_EDGES[kind]);
      parts.push(...partsOfKind(kind, (count ?? 0) as number));
    }
  });
  return parts;
}

function partsOfKind(kind: EdgeKind, count: number): readonly Part[] {
  const slices = Math.max(1, Math.ceil(count / (EDGES_A_LIST[kind] ?? EDGES_A_LIST_ELSE)));
  const slicesAPart = Math.max(1, Math.floor((slices * EDGES_A_PART) / Math.max(count, 1)));
  const parts: Part[] = [];
  // Also a kind without edges is asked for: some may have come since they were counted.
  for (let from = 0; from < slices; from += slicesAPart) parts.push({ kind, slices, from, to: from + slicesAPart });
  return parts;
}

/** All rows of a part, before any is visited: the transaction may be run again. */
function rowsOf(read: VersionRead, { kind, slices, from, to }: Part): Promise<readonly Values[]> {
  const parameters = {
    version: integer(read.version),
    slices: integer(slices),
    from: integer(from),
    to: integer(to),
  };
  return read.door.read((tx) => tx.all(SCAN_EDGES[kind], parameters));
}

function visitRow(kind: EdgeKind, row: Values, terms: TermNumbers, seen: RefSet, visit: EdgeVisitor): void {
  const [, actions, exceptActions, deny, stops, conditional, ...lists] = row;
  const [refs, froms, tos, validFroms, validTos] = lists as [number[], number[], number[], Bound[], Bound[]];
  const flags = flagsOf(deny === true, stops === true, conditional === true);
  const number = kind === 'GRANTS' ? terms.number(actions, exceptActions) : 0;
  for (let i = 0; i < refs.length; i++) {
    seen.add(refs[i]!);
    const validFrom = validFroms[i] === false ? Number.NEGATIVE_INFINITY : (validFroms[i] as number);
    const validTo = validTos[i] === false ? Number.POSITIVE_INFINITY : (validTos[i] as number);
    visit(refOf(refs[i]!), kind, refOf(froms[i]!), refOf(tos[i]!), flags, number, validFrom, validTo);
  }
}

type Bound = number | false;

const flagsOf = (deny: boolean, stops: boolean, conditional: boolean): number =>
  (deny ? EDGE_DENY : 0) | (stops ? EDGE_NO_INHERIT : 0) | (conditional ? EDGE_CONDITIONAL : 0);

/** Visits the edges that went before the scan came to them. */
async function visitGone(read: VersionRead, terms: TermNumbers, seen: RefSet, visit: EdgeVisitor): Promise<void> {
  const gone = [...(await goneEdges(read, seen))];
  if (gone.length === 0) return;
  const refs = await endsOf(
    read,
    gone.map(([, edge]) => edge),
  );
  const at = (id: string): number => {
    const internal = refs.get(id);
    if (internal === undefined) throw corrupt(`an edge had the end "${id}", which was not there`);
    return refOf(internal);
  };
  for (const [internal, edge] of gone) {
    const flags = flagsOf(edge.effect === 'DENY', edge.inherit === false, edge.condition !== undefined);
    const number = edge.kind === 'GRANTS' ? terms.number(edge.actions, edge.exceptActions) : 0;
    const { validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY } = edge;
    visit(refOf(internal), edge.kind, at(edge.from), at(edge.to), flags, number, validFrom, validTo);
  }
}

async function goneEdges(read: VersionRead, seen: RefSet): Promise<[number, EdgeRecord][]> {
  const images: BeforeImages = await read.later.images();
  return [...images.edgesByRef].filter(([internal]) => !seen.has(internal));
}

async function endsOf(read: VersionRead, edges: readonly EdgeRecord[]): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const refs = new Map<string, number>();
  for (let i = 0; i < ids.length; i += IDS_AT_ONCE)
    for (const [id, ref] of await refsOfNodes(read, ids.slice(i, i + IDS_AT_ONCE))) refs.set(id, ref);
  return refs;
}
