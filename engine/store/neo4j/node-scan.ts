/** The nodes of a version: told in order for a snapshot, listed, or found by their refs. */
import { LIST_NODES, NODES_BY_REF, REFS_OF_NODES, SCAN_NODES } from '../../../cypher/index.ts';
import { isDisabled, mergeVersions, NODE_KINDS, type NodeKind, type NodeRecord } from '../../model/index.ts';
import { searchText } from '../../model/search-text.ts';
import type { NodeVisitor } from '../port.ts';
import { sortByText } from '../sort-by-text.ts';
import { Turns } from '../turns.ts';
import type { BeforeImages, NodeBefore } from './before-images.ts';
import { integer } from './door.ts';
import { idProperty, nodeRecords } from './properties.ts';
import { byCodeUnits, corrupt, refOf, untilExplained, type VersionRead } from './version-read.ts';

/** Nodes told of between two looks at the clock. */
const VISITS = 1 << 7;

interface ScannedNode {
  readonly internal: number;
  readonly kind: NodeKind;
  readonly id: string;
  readonly disabled: boolean;
  readonly text: string;
}

/** Visits every node by kind, then id in code units: Neo4j orders by code points, so the order is made here. */
export async function scanNodes(read: VersionRead, visit: NodeVisitor): Promise<void> {
  const nodes = await untilExplained(() => scannedNodes(read));
  const turns = new Turns();
  for (const [kind, places] of placesByKind(nodes)) {
    await sortByText(places, (place) => nodes[place]!.id, turns);
    for (let i = 0; i < places.length; i++) {
      const { internal, id, disabled, text } = nodes[places[i]!]!;
      visit(refOf(internal), kind, id, disabled, text);
      if (i % VISITS === 0 && turns.isDue()) await turns.pass();
    }
  }
}

function placesByKind(nodes: readonly ScannedNode[]): ReadonlyMap<NodeKind, Int32Array> {
  const places = new Map<NodeKind, number[]>(NODE_KINDS.map((kind) => [kind, []]));
  for (const [place, { kind }] of nodes.entries()) places.get(kind)!.push(place);
  return new Map([...places].map(([kind, list]) => [kind, Int32Array.from(list)]));
}

async function scannedNodes(read: VersionRead): Promise<readonly ScannedNode[] | undefined> {
  let nodes: ScannedNode[] = [];
  let later = new Set<string>();
  await read.door.read((tx) => {
    nodes = [];
    later = new Set();
    return tx.each(SCAN_NODES, { version: integer(read.version) }, ([internal, kind, id, disabled, text, isLater]) => {
      if (isLater === true) later.add(id as string);
      nodes.push({ internal, kind, id, disabled: disabled === true, text } as ScannedNode);
    });
  });
  const { nodes: images } = await read.later.images();
  for (const id of later) if (!images.has(id)) return undefined;
  if (images.size === 0) return nodes;
  const before = [...present(images)].map((image) => scannedBefore(image, read.precedence));
  return [...nodes.filter((node) => !images.has(node.id)), ...before];
}

/** Those that were there. */
function* present(images: BeforeImages['nodes']): Generator<NodeBefore & { readonly ref: number }> {
  for (const image of images.values()) {
    if (image.versions.length === 0) continue;
    if (image.ref === undefined) throw corrupt(`the journal does not say where the node "${image.id}" was`);
    yield image as NodeBefore & { readonly ref: number };
  }
}

function scannedBefore({ ref, versions }: NodeBefore & { readonly ref: number }, precedence: readonly string[]) {
  const entity = mergeVersions(versions, precedence);
  const text = searchText(entity.id, entity.name, entity.attributes);
  return { internal: ref, kind: entity.kind, id: entity.id, disabled: isDisabled(entity), text };
}

/** Where every node is, sorted by id in code units. */
export interface NodeList {
  readonly ids: readonly string[];
  /** Neo4j's ids, in the order of `ids`. */
  readonly internal: readonly number[];
}

export async function listNodes(read: VersionRead): Promise<NodeList> {
  let nodes: { readonly id: string; readonly internal: number }[] = [];
  await read.door.read((tx) => {
    nodes = [];
    return tx.each(LIST_NODES, { version: integer(read.version) }, ([internal, id]) => {
      nodes.push({ internal: internal as number, id: id as string });
    });
  });
  const { nodes: images } = await read.later.images();
  if (images.size > 0) {
    nodes = nodes.filter(({ id }) => !images.has(id));
    for (const { id, ref } of present(images)) nodes.push({ id, internal: ref });
  }
  const places = Int32Array.from(nodes.keys());
  await sortByText(places, (place) => nodes[place]!.id, new Turns());
  return {
    ids: Array.from(places, (place) => nodes[place]!.id),
    internal: Array.from(places, (place) => nodes[place]!.internal),
  };
}

/** The records of nodes by Neo4j's ids, each node's by source; nothing for what is no node of the version. */
export function nodesByRef(
  read: VersionRead,
  internal: readonly number[],
): Promise<ReadonlyMap<number, readonly NodeRecord[]>> {
  return untilExplained(async () => {
    const found = new Map<number, readonly NodeRecord[]>();
    const later = new Set<number>();
    const parameters = { refs: internal.map(integer), version: integer(read.version) };
    for (const [ref, kind, id, records, isLater] of await read.door.read((tx) => tx.all(NODES_BY_REF, parameters))) {
      if (isLater === true) later.add(ref as number);
      else found.set(ref as number, nodeRecords(kind as NodeKind, id as string, records as string[]));
    }
    const missing = internal.filter((ref) => !found.has(ref));
    if (missing.length === 0) return found;
    const { nodesByRef: images } = await read.later.images();
    for (const ref of missing) {
      const versions = images.get(ref)?.versions;
      if (versions !== undefined)
        found.set(
          ref,
          [...versions].sort((a, b) => byCodeUnits(a.source, b.source)),
        );
      else if (later.has(ref)) return undefined;
    }
    return found;
  });
}

/** Neo4j's ids of nodes that are there at the version. A node that is found as there is where it was all the time. */
export async function refsOfNodes(read: VersionRead, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const parameters = { ids: ids.map(idProperty), version: integer(read.version) };
  const rows = await read.door.read((tx) => tx.all(REFS_OF_NODES, parameters));
  const found = new Map(rows.map(([id, internal]) => [id as string, internal as number]));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const { nodes: images } = await read.later.images();
  for (const id of missing) {
    const image = images.get(id);
    if (image?.ref !== undefined && image.versions.length > 0) found.set(id, image.ref);
  }
  return found;
}
