/** From the numbers of a snapshot to ids and words. */
import { invalid, kindName } from '../access/ground.ts';
import type { NodeKind } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { HeldEntitlement } from './cluster-holdings.ts';
import type { Entitlement } from './questions.ts';

/** Milliseconds. */
const DEADLINE = 300_000;

/** When the time is up, on the clock of `performance`. @throws GrantlensError ARGUMENT_INVALID */
export function checkedDeadline({ deadline = DEADLINE }: { readonly deadline?: number | undefined }): number {
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  return performance.now() + deadline;
}

export class Names {
  readonly #snapshot: Snapshot;
  readonly #reader: StoreReader;
  readonly #names = new Map<number, string>();

  constructor(snapshot: Snapshot, reader: StoreReader) {
    this.#snapshot = snapshot;
    this.#reader = reader;
  }

  /** So that `words` can tell what they are called. */
  async readResources(nodes: readonly number[]): Promise<void> {
    const some = [...new Set(nodes)];
    const entities = await this.#reader.entities(some.map((node) => this.#snapshot.nodeRef[node]!));
    some.forEach((node, i) => void this.#names.set(node, entities[i]?.name ?? this.id(node)));
  }

  id(node: number): string {
    return this.#snapshot.ids.at(node);
  }

  kind(node: number): NodeKind {
    return kindName(this.#snapshot, node);
  }

  entitlement({ terms, resource, inherits }: HeldEntitlement): Entitlement {
    const { actions, exceptActions } = this.#snapshot.terms.all[terms]!;
    return { actions, exceptActions, resource: this.id(resource), inherits };
  }

  /** `read and 2 more on Payroll`. */
  words({ terms, resource }: HeldEntitlement): string {
    const { actions } = this.#snapshot.terms.all[terms]!;
    const more = actions.length > 1 ? ` and ${actions.length - 1} more` : '';
    return `${actions[0] === '*' ? 'do everything' : actions[0]}${more} on ${this.#names.get(resource) ?? this.id(resource)}`;
  }
}
