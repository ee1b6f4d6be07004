/** From what was mined to ids and words. */
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { StoreReader } from '../../store/port.ts';
import type { NamedEntitlement } from '../meaning/role-names.ts';
import type { FoundRoles } from './mine-roles.ts';
import type { MinedEntitlement } from './questions.ts';

type Found = Pick<FoundRoles, 'atoms' | 'limits' | 'roles'>;

const AT_A_TIME = 2_000;

export class MinedNames {
  readonly #snapshot: Snapshot;
  readonly #found: Found;
  readonly #names: ReadonlyMap<number, string>;
  readonly #conditions: ReadonlyMap<number, string>;

  private constructor(
    snapshot: Snapshot,
    found: Found,
    names: ReadonlyMap<number, string>,
    conditions: ReadonlyMap<number, string>,
  ) {
    this.#snapshot = snapshot;
    this.#found = found;
    this.#names = names;
    this.#conditions = conditions;
  }

  /** Reads what resources and roles are called, and the texts of conditions. @param conditions by edge number */
  static async of(snapshot: Snapshot, reader: StoreReader, found: Found, conditions: Uint32Array): Promise<MinedNames> {
    const roles = found.roles.map(({ basedOn }) => basedOn).filter((node) => node >= 0);
    const nodes = [...new Set([...found.atoms.map(({ resource }) => resource), ...roles])];
    const names = new Map<number, string>();
    for (let from = 0; from < nodes.length; from += AT_A_TIME) {
      const part = nodes.slice(from, from + AT_A_TIME);
      const entities = await reader.entities(part.map((node) => snapshot.nodeRef[node]!));
      part.forEach((node, i) => void names.set(node, entities[i]?.name ?? snapshot.ids.at(node)));
    }
    return new MinedNames(snapshot, found, names, await conditionTexts(snapshot, reader, found, conditions));
  }

  entitlement(atom: number): MinedEntitlement {
    const { action, exceptActions, resource, inherits, limit } = this.#found.atoms[atom]!;
    const { conditions, from, to } = this.#found.limits[limit]!;
    return {
      action,
      exceptActions,
      resource: this.#snapshot.ids.at(resource),
      inherits,
      conditions: conditions.map((number) => this.#conditions.get(number)!),
      ...(Number.isFinite(from) && { validFrom: from }),
      ...(Number.isFinite(to) && { validTo: to }),
    };
  }

  forName(atom: number, holders: number): NamedEntitlement {
    const { action, resource } = this.#found.atoms[atom]!;
    return { action: action === '*' ? 'everything' : action, resource: this.#names.get(resource)!, holders };
  }

  /** What a present role is called; undefined for none. */
  present(node: number): string | undefined {
    return node < 0 ? undefined : this.#names.get(node);
  }
}

async function conditionTexts(
  snapshot: Snapshot,
  reader: StoreReader,
  { limits }: Found,
  conditions: Uint32Array,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  const wanted = new Set(limits.flatMap((limit) => limit.conditions));
  if (wanted.size === 0) return texts;
  const edges: number[] = [];
  conditions.forEach((number, edge) => {
    if (wanted.delete(number)) edges.push(edge);
  });
  const records = await reader.edges(edges.map((edge) => snapshot.edgeRef[edge]!));
  edges.forEach((edge, i) => void texts.set(conditions[edge]!, records[i]?.condition ?? ''));
  return texts;
}
