/** Organizations, folders and projects: how they are called, and what lies in which. */

const CONTAINER = /^\/\/cloudresourcemanager\.googleapis\.com\/((organizations|folders|projects)\/([^/]+))$/;
export const RESOURCE_MANAGER = '//cloudresourcemanager.googleapis.com/';

const TYPES: Readonly<Record<string, string>> = {
  organizations: 'cloudresourcemanager.googleapis.com/Organization',
  folders: 'cloudresourcemanager.googleapis.com/Folder',
  projects: 'cloudresourcemanager.googleapis.com/Project',
};

/** Where something was read. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Container extends Place {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly parents: ReadonlySet<string>;
}

interface Growing extends Place {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly parents: Set<string>;
}

/** Filled by what the first reading of all files tells. */
export class Hierarchy {
  readonly #numbers = new Map<string, string>();
  readonly #containers = new Map<string, Growing>();

  /** A project has a number and an id; names are made of either. */
  alias(projectId: string, number: string): void {
    if (projectId !== number) this.#numbers.set(projectId, number);
  }

  /** The id of a project by which it is known here: its number, where that was told. */
  project(idOrNumber: string): string {
    return `${RESOURCE_MANAGER}projects/${this.#numbers.get(idOrNumber) ?? idOrNumber}`;
  }

  /** One spelling for the name of a resource: projects by number. */
  spelled(name: string): string {
    const match = CONTAINER.exec(name);
    return match?.[2] === 'projects' ? this.project(match[3]!) : name;
  }

  /** Tells containers from the innermost outwards, `projects/7`, `folders/2`, `organizations/1`. */
  chain(names: readonly string[], place: Place): void {
    names.forEach((name, at) => {
      const outer = names[at + 1];
      this.add(name, outer === undefined ? [] : [outer], place);
    });
  }

  /** A container and what it lies in, in the short form `folders/2`. */
  add(name: string, parents: readonly string[], { file, line }: Place): void {
    const type = TYPES[name.slice(0, name.indexOf('/'))];
    if (type === undefined) return;
    let known = this.#containers.get(name);
    if (known === undefined) {
      known = { id: `${RESOURCE_MANAGER}${name}`, type, name, parents: new Set(), file, line };
      this.#containers.set(name, known);
    }
    for (const parent of parents) if (parent !== name) known.parents.add(`${RESOURCE_MANAGER}${parent}`);
  }

  containers(): readonly Container[] {
    return [...this.#containers.values()].map((one) => ({
      ...one,
      id: this.spelled(one.id),
      parents: new Set([...one.parents].map((parent) => this.spelled(parent))),
    }));
  }

  /** The one organization of the files; undefined where there are none or several. */
  organization(): string | undefined {
    const found = [...this.#containers.keys()].filter((name) => name.startsWith('organizations/'));
    return found.length === 1 ? found[0] : undefined;
  }
}

/** `folders/2` of `//cloudresourcemanager.googleapis.com/folders/2`; undefined for what is no container. */
export const containerName = (id: string): string | undefined => CONTAINER.exec(id)?.[1];

/** The project that a name says its resource lies in: `…/projects/acme/…`. */
export function projectInName(name: string): string | undefined {
  return containerName(name) === undefined ? /\/projects\/([^/]+)\//.exec(name)?.[1] : undefined;
}
