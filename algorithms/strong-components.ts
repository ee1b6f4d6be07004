/**
 * Strongly connected components by Tarjan's algorithm, without recursion.
 * R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1(2), 1972.
 * O(nodes + edges) time, O(nodes) extra space.
 */
export interface StrongComponents {
  /** Component of each node. Numbers ascend from the sinks: every edge between components goes from a higher to a lower number. */
  readonly component: Uint32Array;
  readonly count: number;
}

/**
 * @param bounds row bounds as of `rowBounds`, `nodeCount + 1` long
 * @param targets target of each edge, indexed by edge number
 */
export function strongComponents(bounds: Uint32Array, targets: Uint32Array): StrongComponents {
  const nodeCount = bounds.length - 1;
  const component = new Uint32Array(nodeCount);
  const index = new Uint32Array(nodeCount);
  const low = new Uint32Array(nodeCount);
  const onStack = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  const path = new Uint32Array(nodeCount);
  const next = new Uint32Array(nodeCount);
  let stackSize = 0;
  let visited = 0;
  let count = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (index[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    open(root);
    while (depth >= 0) {
      const v = path[depth]!;
      if (next[v]! < bounds[v + 1]!) {
        const w = targets[next[v]!++]!;
        if (index[w] === 0) {
          path[++depth] = w;
          open(w);
        } else if (onStack[w] === 1 && index[w]! < low[v]!) low[v] = index[w]!;
      } else {
        if (low[v] === index[v]) close(v);
        if (--depth >= 0 && low[v]! < low[path[depth]!]!) low[path[depth]!] = low[v]!;
      }
    }
  }
  return { component, count };

  function open(v: number): void {
    index[v] = low[v] = ++visited;
    next[v] = bounds[v]!;
    stack[stackSize++] = v;
    onStack[v] = 1;
  }

  function close(v: number): void {
    let w: number;
    do {
      w = stack[--stackSize]!;
      onStack[w] = 0;
      component[w] = count;
    } while (w !== v);
    count++;
  }
}
