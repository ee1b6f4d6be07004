/** The graph of access of a generated company, as columns: what kernels are timed on. */
import { built } from './built.ts';

const { generateEstate, ACCESS_KINDS } = await built<typeof import('../engine/index.ts')>('engine/index');

export interface CompanyAccess {
  readonly nodeCount: number;
  /** Edges that carry access, each from who has to what is had. */
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly identities: Uint32Array;
  readonly resources: Uint32Array;
  /** Of each resource in `resources`; 0 where nothing is said. */
  readonly sensitivities: Float64Array;
}

export function accessOfCompany(users: number, seed = 1): CompanyAccess {
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  };
  const from: number[] = [];
  const to: number[] = [];
  const ofIdentities = new Set<number>();
  const ofResources = new Map<number, number>();
  for (const change of generateEstate({ users, seed })) {
    if (change.op === 'PUT_NODE') {
      const number = numberOf(change.node.id);
      const { kind } = change.node;
      if (kind === 'Resource') ofResources.set(number, change.node.sensitivity ?? ofResources.get(number) ?? 0);
      if (kind === 'User' || kind === 'ServiceAccount') ofIdentities.add(number);
    } else if (change.op === 'PUT_EDGE') {
      const { edge } = change;
      if (!ACCESS_KINDS.includes(edge.kind) || edge.effect === 'DENY') continue;
      from.push(numberOf(edge.from));
      to.push(numberOf(edge.to));
    }
  }
  return {
    nodeCount: numbers.size,
    sources: Uint32Array.from(from),
    targets: Uint32Array.from(to),
    identities: Uint32Array.from(ofIdentities),
    resources: Uint32Array.from(ofResources.keys()),
    sensitivities: Float64Array.from(ofResources.values()),
  };
}
