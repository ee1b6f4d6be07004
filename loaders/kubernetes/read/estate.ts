import { type JsonValue, type Problems, sortedDeep } from '../../../engine/model/index.ts';
import type { Skipped } from '../../loader.ts';
import {
  type BindingObject,
  type ClusterObject,
  type NamespaceObject,
  type RoleObject,
  type SecretObject,
  type ServiceAccountObject,
  type TypeObject,
  titleOf,
  WORKLOAD_KINDS,
  type WorkloadObject,
} from './objects.ts';
import type { OtherObject } from './read-object.ts';

/** Everything that the manifests define, each object once. */
export class Estate {
  readonly #objects = new Map<string, ClusterObject>();
  readonly #others = new Map<string, number>();
  /** Objects of some kinds, kept until another object is added. */
  readonly #byKind = new Map<string, readonly ClusterObject[]>();
  readonly #workloadsOf = new ByNamespace<WorkloadObject>();
  readonly #secretsOf = new ByNamespace<SecretObject>();
  readonly #problems: Problems;
  readonly #skipped: Skipped[];

  constructor(problems: Problems, skipped: Skipped[]) {
    this.#problems = problems;
    this.#skipped = skipped;
  }

  /**
   * Takes an object. One that is defined again in the same words is one; differently in a later file, the later one
   * counts, as with `kubectl apply`; differently in the same file is a mistake.
   */
  add(object: ClusterObject): void {
    const key = titleOf(object);
    const before = this.#objects.get(key);
    if (before !== undefined && !this.#replaces(before, object)) return;
    this.#objects.set(key, object);
    this.#byKind.clear();
  }

  addOther({ other }: OtherObject): void {
    this.#others.set(other, (this.#others.get(other) ?? 0) + 1);
  }

  #replaces(before: ClusterObject, after: ClusterObject): boolean {
    if (contentOf(before) === contentOf(after)) return false;
    if (before.place.file === after.place.file) {
      const { file, line } = after.place;
      const message = `${titleOf(after)} is defined differently at ${before.place.text}; keep one of the two`;
      this.#problems.add({ file, ...(line === undefined ? {} : { line }), message });
      return false;
    }
    const why = `${titleOf(before)} is defined again at ${after.place.text}, which counts, as with kubectl apply`;
    this.#skipped.push({ where: before.place.text, why });
    return true;
  }

  /** What was read and left aside: kinds of objects that say nothing about access. */
  others(): readonly Skipped[] {
    return [...this.#others].map(([kind, count]) => ({
      where: `${count} ${count === 1 ? 'object' : 'objects'} of kind ${kind}`,
      why: 'not part of RBAC',
    }));
  }

  get size(): number {
    return this.#objects.size;
  }

  all(): Iterable<ClusterObject> {
    return this.#objects.values();
  }

  get roles(): readonly RoleObject[] {
    return this.#of<RoleObject>('Role', 'ClusterRole');
  }

  get bindings(): readonly BindingObject[] {
    return this.#of<BindingObject>('RoleBinding', 'ClusterRoleBinding');
  }

  get serviceAccounts(): readonly ServiceAccountObject[] {
    return this.#of<ServiceAccountObject>('ServiceAccount');
  }

  get namespaceObjects(): readonly NamespaceObject[] {
    return this.#of<NamespaceObject>('Namespace');
  }

  get types(): readonly TypeObject[] {
    return this.#of<TypeObject>('CustomResourceDefinition');
  }

  get secrets(): readonly SecretObject[] {
    return this.#of<SecretObject>('Secret');
  }

  get workloads(): readonly WorkloadObject[] {
    return this.#of<WorkloadObject>(...WORKLOAD_KINDS);
  }

  /** Every namespace that an object is in, is for, or takes a subject from. */
  namespaces(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const object of this.all()) {
      if (object.namespace !== '') names.add(object.namespace);
      if (object.kind === 'Namespace') names.add(object.name);
      if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') continue;
      for (const subject of object.subjects) if (subject.namespace !== undefined) names.add(subject.namespace);
    }
    return new Set([...names].sort());
  }

  /** Pods and their controllers of a namespace. */
  workloadsOf(namespace: string): readonly WorkloadObject[] {
    return this.#workloadsOf.of(this.workloads, namespace);
  }

  secretsOf(namespace: string): readonly SecretObject[] {
    return this.#secretsOf.of(this.secrets, namespace);
  }

  #of<T extends ClusterObject>(...kinds: readonly T['kind'][]): readonly T[] {
    const key = kinds.join();
    const known = this.#byKind.get(key);
    if (known !== undefined) return known as readonly T[];
    const found = [...this.#objects.values()].filter((object) => (kinds as readonly string[]).includes(object.kind));
    this.#byKind.set(key, found);
    return found as readonly ClusterObject[] as readonly T[];
  }
}

/** A list by namespace, put in order when it is first asked for. */
class ByNamespace<T extends { readonly namespace: string }> {
  #list: readonly T[] | undefined;
  #parts = new Map<string, T[]>();

  of(list: readonly T[], namespace: string): readonly T[] {
    if (this.#list !== list) {
      this.#list = list;
      this.#parts = new Map();
      for (const one of list) {
        const part = this.#parts.get(one.namespace);
        if (part === undefined) this.#parts.set(one.namespace, [one]);
        else part.push(one);
      }
    }
    return this.#parts.get(namespace) ?? [];
  }
}

/** Fields that say where something was read. */
const PLACES = ['place', 'evidence'];

/** What an object says, apart from where it says so. */
function contentOf(object: ClusterObject): string {
  const said = JSON.stringify(object, (key, value) => (PLACES.includes(key) ? undefined : value));
  return JSON.stringify(sortedDeep(JSON.parse(said) as JsonValue));
}
