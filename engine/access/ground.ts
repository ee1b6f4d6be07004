/** What every question stands on: a snapshot, the store's reader of the same version, and the checks of its arguments. */
import {
  DEFAULT_REACH,
  GrantlensError,
  type Instant,
  isIdentityKind,
  MAX_ACTION,
  NODE_KINDS,
  REACHES,
  wrongWithText,
} from '../model/index.ts';
import { isIdentity, isResource, kindIndexOf, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { Apart } from './apart.ts';
import { type Frame, makeFrame } from './frame.ts';
import type { Scope } from './questions.ts';
import { type Workspace, workspaceOf } from './workspace.ts';

export interface Ground {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly work: Workspace;
  /** Where work is done that takes long. */
  readonly apart: Apart | undefined;
}

export function groundOf(snapshot: Snapshot, reader: StoreReader, apart?: Apart): Ground {
  return { snapshot, reader, work: workspaceOf(snapshot), apart };
}

/** @throws GrantlensError ARGUMENT_INVALID for an unknown reach or something that is no instant */
export function frameOf(ground: Pick<Ground, 'snapshot'>, scope: Scope): Frame {
  const reach = scope.reach ?? DEFAULT_REACH;
  if (!REACHES.includes(reach))
    throw invalid('reach', `reach must be one of ${REACHES.join(', ')}, is ${JSON.stringify(reach)}`);
  return makeFrame(ground.snapshot, reach, instantOf(scope.at));
}

function instantOf(at: Instant | undefined): Instant {
  if (at === undefined) return Date.now();
  if (!Number.isFinite(at)) throw invalid('at', 'at must be an instant: milliseconds since 1970');
  return at;
}

/** @throws GrantlensError NODE_NOT_FOUND */
export function nodeOf(ground: Ground, id: string): number {
  const node = typeof id === 'string' ? ground.snapshot.index.find(id) : -1;
  if (node < 0) throw new GrantlensError('NODE_NOT_FOUND', `No node has the id ${JSON.stringify(id)}.`, { id });
  return node;
}

/** @throws GrantlensError NODE_NOT_FOUND, NOT_AN_IDENTITY */
export function identityOf(ground: Ground, id: string): number {
  const node = nodeOf(ground, id);
  if (isIdentity(ground.snapshot, node)) return node;
  throw new GrantlensError(
    'NOT_AN_IDENTITY',
    `${JSON.stringify(id)} is a ${kindName(ground.snapshot, node)}, not a ${NODE_KINDS.filter(isIdentityKind).join(' or ')}.`,
    { id },
  );
}

/** @throws GrantlensError NODE_NOT_FOUND, NOT_A_RESOURCE */
export function resourceOf(ground: Ground, id: string): number {
  const node = nodeOf(ground, id);
  if (isResource(ground.snapshot, node)) return node;
  throw new GrantlensError(
    'NOT_A_RESOURCE',
    `${JSON.stringify(id)} is a ${kindName(ground.snapshot, node)}, not a Resource.`,
    { id },
  );
}

/** @throws GrantlensError ARGUMENT_INVALID for an empty or endless action */
export function actionOf(action: string): string {
  const wrong = typeof action === 'string' ? wrongWithText(action, MAX_ACTION) : 'is not text';
  if (wrong !== undefined) throw invalid('action', `action ${wrong}`);
  return action;
}

export function kindName(snapshot: Snapshot, node: number): (typeof NODE_KINDS)[number] {
  return NODE_KINDS[kindIndexOf(snapshot, node)]!;
}

export function invalid(argument: string, message: string): GrantlensError {
  return new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });
}
