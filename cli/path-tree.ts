/** Paths from one identity, drawn as one tree: paths that begin alike share their beginning. */
import type { AccessPath, EdgeRecord } from '../engine/index.ts';
import type { Colour } from './colour.ts';
import { edgeLimits, edgeWords } from './edge-words.ts';
import { called, type Names } from './names.ts';

/** Marks an edge that every way goes through. */
export const CHOKE = '◆';

interface Branch {
  readonly edge: EdgeRecord;
  readonly branches: Map<string, Branch>;
  /** Set where a path ends. */
  end?: AccessPath['decision'];
}

export interface PathTree {
  readonly root: string;
  readonly paths: readonly AccessPath[];
  readonly names: Names;
  /** Ids of the edges to mark. */
  readonly chokes: ReadonlySet<string>;
  readonly colour: Colour;
}

/** The lines of the tree, the identity first. */
export function pathTreeLines(tree: PathTree): string[] {
  const branches = new Map<string, Branch>();
  for (const path of tree.paths) grow(branches, path);
  return [called(tree.names, tree.root, tree.colour), ...draw(branches, '', tree)];
}

function grow(root: Map<string, Branch>, path: AccessPath): void {
  let at = root;
  path.edges.forEach((edge, place) => {
    const branch: Branch = at.get(edge.id) ?? { edge, branches: new Map() };
    at.set(edge.id, branch);
    if (place === path.edges.length - 1) branch.end = path.decision;
    at = branch.branches;
  });
}

function draw(branches: ReadonlyMap<string, Branch>, indent: string, tree: PathTree): string[] {
  return [...branches.values()].flatMap((branch, place) => {
    const last = place === branches.size - 1;
    const line = `${tree.colour.faint(`${indent}${last ? '└─' : '├─'}`)} ${hop(branch, tree)}`;
    return [line, ...draw(branch.branches, `${indent}${last ? '   ' : '│  '}`, tree)];
  });
}

function hop({ edge, end }: Branch, { names, chokes, colour }: PathTree): string {
  const limits = edgeLimits(edge).map((limit) => colour.warn(`[${limit}]`));
  const choke = chokes.has(edge.id) ? [colour.warn(CHOKE)] : [];
  const decision = end === undefined ? [] : [`→ ${colour.decision(end)}`];
  return [edgeWords(edge), called(names, edge.to, colour), ...limits, ...choke, ...decision].join(' ');
}
