/**
 * The smallest choice of sets that covers all elements, as an integer program. Solved by HiGHS (Q. Huangfu, J. Hall,
 * "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10(1), 2018), which is loaded when it is
 * first needed. Deterministic: it is stopped by a count of branches, never by the clock.
 */

export interface Cover {
  /** The sets that were chosen, ascending. */
  readonly chosen: readonly number[];
  /** No choice is smaller than this. */
  readonly bound: number;
}

/** Branches after which the search gives up. */
const MOST_BRANCHES = 300;

/**
 * @param sets each of elements below `elements`; together they have them all
 * @returns the best choice found; undefined when there is none within the limits
 */
export async function smallestCover(sets: readonly Uint32Array[], elements: number): Promise<Cover | undefined> {
  if (elements === 0) return { chosen: [], bound: 0 };
  const solver = await loaded();
  const answer = solver.solve(program(sets, elements), {
    mip_max_nodes: MOST_BRANCHES,
    mip_rel_gap: 0,
    output_flag: false,
  });
  if (answer.Status !== 'Optimal') return undefined;
  const chosen = sets.flatMap((_, set) => {
    const column = answer.Columns[`x${set}`];
    return column !== undefined && 'Primal' in column && column.Primal! > 0.5 ? [set] : [];
  });
  return isCover(chosen, sets, elements) ? { chosen, bound: Math.ceil(answer.ObjectiveValue - 1e-6) } : undefined;
}

type Solver = Awaited<ReturnType<typeof import('highs', { with: { 'resolution-mode': 'import' }})['default']>>;
let solver: Promise<Solver> | undefined;

function loaded(): Promise<Solver> {
  solver ??= import('highs').then((module) => (module.default as unknown as () => Promise<Solver>)());
  return solver;
}

/** In the LP format of CPLEX: one variable a set, one constraint an element. */
function program(sets: readonly Uint32Array[], elements: number): string {
  const having: number[][] = Array.from({ length: elements }, () => []);
  sets.forEach((set, at) => {
    for (const element of set) having[element]!.push(at);
  });
  const sum = (places: readonly number[]): string => places.map((at) => `x${at}`).join('\n + ');
  const names = sets.map((_, at) => at);
  const constraints = having.map((places, element) => ` c${element}: ${sum(places)} >= 1`);
  return [
    'Minimize',
    ` total: ${sum(names)}`,
    'Subject To',
    ...constraints,
    'Binary',
    ...names.map((at) => ` x${at}`),
    'End',
  ].join('\n');
}

/** What a solver of floating-point numbers says is never taken on trust. */
function isCover(chosen: readonly number[], sets: readonly Uint32Array[], elements: number): boolean {
  const has = new Uint8Array(elements);
  for (const set of chosen) for (const element of sets[set]!) has[element] = 1;
  return has.every((one) => one === 1);
}
