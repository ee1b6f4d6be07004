/** What holders may lose or be given by a plan because it was agreed, and why some of what was agreed comes to nothing. */
import { accessOf } from '../../access/access-list.ts';
import { makeFrame } from '../../access/frame.ts';
import { workspaceOf } from '../../access/workspace.ts';
import { foldCase, overlap } from '../../snapshot/action-pattern.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { BOUND, DENY, GRANT, kindIndexOf, ROLE, TAKEOVER } from '../../snapshot/snapshot.ts';
import { type RoleState, requiredOf } from '../role-state.ts';
import type { AgreedException } from './agreed-exception.ts';
import { AgreedRegion, type ResolvedException, type Way } from './agreed-region.ts';

export interface AgreedState {
  /** The same state, with what may be lost or gained as optional. */
  readonly state: RoleState;
  /** By exception; null where there is nothing to say. */
  readonly notes: readonly (string | null)[];
}

/**
 * Only holders in scope may lose or gain anything. O(what those have who are named, and what is behind them).
 *
 * @throws the reason of the signal
 */
export async function withOptionalCells(
  state: RoleState,
  exceptions: readonly AgreedException[],
  pace: Pace,
): Promise<AgreedState> {
  if (exceptions.length === 0) return { state, notes: [] };
  const cells = new OptionalCells(state, new AgreedRegion(state.snapshot, exceptions));
  const notes: (string | null)[] = exceptions.map(() => null);
  for (const { entry, stranger } of cells.region.alone) notes[entry.place] = cells.whyAlone(stranger);
  for (const entry of cells.region.entries) {
    if (pace.isDue()) await pace.rest();
    notes[entry.place] = cells.add(entry);
  }
  const optional = cells.result();
  return { state: { ...state, optionalOf: (row) => optional.get(row) ?? state.optionalOf(row) }, notes };
}

class OptionalCells {
  readonly region: AgreedRegion;
  readonly #state: RoleState;
  readonly #rowsAt = new Map<number, number[]>();
  readonly #atomsAt = new Map<number, number[]>();
  readonly #found = new Map<number, Set<number>>();
  readonly #held = new Map<number, ReadonlySet<number>>();

  constructor(state: RoleState, region: AgreedRegion) {
    this.#state = state;
    this.region = region;
    const { index } = state.snapshot;
    for (const [row, { anchor }] of state.rows.entries()) listAt(this.#rowsAt, anchor).push(row);
    for (const [atom, { resource }] of state.atoms.entries()) listAt(this.#atomsAt, index.find(resource)).push(atom);
  }

  result(): ReadonlyMap<number, readonly number[]> {
    return new Map([...this.#found].map(([row, atoms]) => [row, [...atoms].sort((a, b) => a - b)]));
  }

  /** @returns what there is to say about it */
  add(entry: ResolvedException): string | null {
    const atoms = [...this.region.below(entry.resource)].flatMap((resource) => this.#atomsAt.get(resource) ?? []);
    const ahead = this.region.ahead(entry.identity);
    const rows = [...ahead].flatMap((node) => this.#rowsAt.get(node) ?? []);
    let [added, outside] = [0, 0];
    let stranger: number | undefined;
    for (const way of ['LOSE', 'GAIN'] as const) {
      if (!(way === 'LOSE' ? entry.lose : entry.gain)) continue;
      for (const row of rows)
        for (const atom of atoms) {
          if (this.#heldBy(row).has(atom) !== (way === 'LOSE') || !this.#isAbout(entry, atom, way)) continue;
          if (!this.#state.rows[row]!.inScope) {
            outside += 1;
            continue;
          }
          const other = this.#stranger(row, atom, way);
          if (other !== undefined) {
            stranger ??= other;
            continue;
          }
          this.#found.set(row, (this.#found.get(row) ?? new Set()).add(atom));
          added += 1;
        }
    }
    if (added > 0) return this.#isVoid(entry, ahead) ? VOID : null;
    if (stranger !== undefined) return this.whyAlone(stranger);
    if (outside > 0) return 'it is held by somebody out of scope, where nothing may change';
    return entry.lose ? this.#whyNothingToLose(entry, ahead) : 'no grant gives just that: there is nothing to be given';
  }

  whyAlone(stranger: number): string {
    const id = JSON.stringify(this.#state.snapshot.ids.at(stranger));
    return `${id} has it by the same group or can act in the same name, and nothing of that is agreed: agree on it for ${id} too`;
  }

  /** True when an exception helps to agree on an atom, perhaps together with others. */
  #isAbout({ identity, place }: ResolvedException, atom: number, way: Way): boolean {
    const { actions } = this.#state.atoms[atom]!;
    const resource = this.#resourceOf(atom);
    return actions.some((action) =>
      this.region.covering(identity, foldCase(action), resource, way).some((other) => other.place === place),
    );
  }

  #stranger(row: number, atom: number, way: Way): number | undefined {
    const patterns = this.#state.atoms[atom]!.actions.map(foldCase);
    return this.region.strangerBehind(this.#state.rows[row]!.anchor, patterns, this.#resourceOf(atom), way);
  }

  #resourceOf(atom: number): number {
    return this.#state.snapshot.index.find(this.#state.atoms[atom]!.resource);
  }

  #heldBy(row: number): ReadonlySet<number> {
    const known = this.#held.get(row) ?? new Set(requiredOf(this.#state, row));
    this.#held.set(row, known);
    return known;
  }

  #whyNothingToLose(entry: ResolvedException, ahead: ReadonlySet<number>): string {
    const { snapshot } = this.#state;
    const { adjacency, source, target, flags, ids } = snapshot;
    const [above, below] = [this.region.above(entry.resource), this.region.below(entry.resource)];
    let staying: number | undefined;
    for (const node of ahead)
      for (const edge of adjacency[GRANT]!.out.of(node)) {
        const resource = target[edge]!;
        if ((flags[edge]! & (DENY | TAKEOVER)) !== 0 || !(above.has(resource) || below.has(resource))) continue;
        const { foldedActions, actions } = snapshot.terms.all[snapshot.termsOf[edge]!]!;
        const place = foldedActions.findIndex((pattern) => overlap(pattern, entry.folded));
        if (place < 0) continue;
        const by = `${JSON.stringify(actions.join(', '))} on ${JSON.stringify(ids.at(resource))}`;
        if (foldedActions.some((pattern) => !isCovered(this.region, entry, pattern, resource)))
          return `it is held by a grant of more, ${by}: a grant goes as a whole or not at all`;
        staying = source[edge]!;
      }
    if (staying === undefined) return 'nothing of it is held: there is nothing to lose';
    const what = kindIndexOf(snapshot, staying) === ROLE ? 'a role' : 'somebody';
    return `it is held by ${JSON.stringify(ids.at(staying))}, ${what} that the plan does not touch`;
  }

  /** Whether denials or bounds leave nothing of it anyway, now and in the reach that goes furthest. */
  #isVoid({ identity, resource, folded, lose }: ResolvedException, ahead: ReadonlySet<number>): boolean {
    if (!lose || !this.#mayBeVoid(ahead)) return false;
    const { snapshot, at } = this.#state;
    const below = this.region.below(resource);
    const list = accessOf(makeFrame(snapshot, 'ESCALATION', at), workspaceOf(snapshot), identity, { expand: true });
    for (const [i, one] of list.resources.entries()) {
      if (!below.has(one)) continue;
      for (const { actions } of list.rowsAt(i))
        if (actions.some((action) => overlap(foldCase(action), folded))) return false;
    }
    return true;
  }

  #mayBeVoid(ahead: ReadonlySet<number>): boolean {
    const { adjacency, flags } = this.#state.snapshot;
    for (const node of ahead) {
      for (const edge of adjacency[GRANT]!.out.of(node)) if ((flags[edge]! & DENY) !== 0) return true;
      if (adjacency[BOUND]!.out.count(node) > 0) return true;
    }
    return false;
  }
}

const VOID = 'denials or bounds leave nothing of it today: who loses it loses nothing that he could do';

const isCovered = (region: AgreedRegion, { identity }: ResolvedException, pattern: string, resource: number): boolean =>
  region.covering(identity, pattern, resource, 'LOSE').length > 0;

function listAt<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
