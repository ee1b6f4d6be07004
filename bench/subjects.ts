/** Who and what is asked about: drawn by seed from the graph itself, yes and no in about equal parts. */
import type { CheckQuestion, EstateOptions, GraphView } from '../engine/index.ts';
import { productEngine } from './product.ts';
import { sequence } from './random.ts';

export interface Subjects {
  readonly identities: readonly string[];
  readonly checks: readonly CheckQuestion[];
}

/** Actions that a resource of the type is asked for when the answer is not known beforehand. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  folder: ['read', 'write', 'delete'],
  application: ['read', 'update', 'approve'],
  module: ['read', 'create'],
  function: ['use', 'read'],
  host: ['login', 'sudo'],
  database: ['SELECT', 'DELETE'],
  schema: ['SELECT', 'INSERT'],
  bucket: ['s3:GetObject', 's3:DeleteBucket'],
  prefix: ['s3:GetObject', 's3:PutObject'],
  repository: ['push', 'merge'],
};
const ANY_ACTION = ['read', 'use', '*'];

/** How many identities and resources are drawn from. */
const POOL = 20_000;

/** @param count how many checks */
export async function drawSubjects(options: EstateOptions, view: GraphView, count: number): Promise<Subjects> {
  const random = sequence(options.seed * 7_919 + 13);
  const { identities, resources } = await pools(options, random);
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const checks: CheckQuestion[] = [];
  while (checks.length < count) {
    const identity = some(identities);
    const granted = checks.length % 2 === 0 ? await someGranted(view, identity, some) : undefined;
    const { id, type } = some(resources);
    checks.push({ identity, ...(granted ?? { action: some(ACTIONS[type] ?? ANY_ACTION), resource: id }) });
  }
  return { identities, checks };
}

/** Something of the identity's first three hundred rows, by an action that the row's pattern matches. */
async function someGranted(view: GraphView, identity: string, some: <T>(list: readonly T[]) => T) {
  const { items } = await view.accessOf({ identity, first: 300 });
  if (items.length === 0) return undefined;
  const { actions, resource } = some(items);
  return { action: some(actions).replaceAll('*', 'read'), resource };
}

interface Pools {
  readonly identities: readonly string[];
  readonly resources: readonly { readonly id: string; readonly type: string }[];
}

/** Each identity and resource of the estate with the same chance (reservoir sampling). */
async function pools(options: EstateOptions, random: () => number): Promise<Pools> {
  const { generateEstate } = await productEngine();
  const identities: string[] = [];
  const resources: { id: string; type: string }[] = [];
  const seen = { identities: 0, resources: 0 };
  for (const change of generateEstate(options)) {
    if (change.op !== 'PUT_NODE') continue;
    const { kind, id, resourceType = '' } = change.node;
    if (kind === 'Resource') keep(resources, { id, type: resourceType }, ++seen.resources, random);
    if (kind === 'User' || kind === 'ServiceAccount') keep(identities, id, ++seen.identities, random);
  }
  return { identities, resources };
}

function keep<T>(pool: T[], one: T, seen: number, random: () => number): void {
  if (pool.length < POOL) pool.push(one);
  else {
    const place = Math.floor(random() * seen);
    if (place < POOL) pool[place] = one;
  }
}
