import type { EdgeDraft, NodeRecord } from '../../engine/model/index.ts';
import type { Following } from '../declared/declared-reading.ts';
import type { SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { DirectoryTakeovers } from './directory-takeovers.ts';
import { ResourceTakeovers } from './resource-takeovers.ts';
import type { Survey } from './survey.ts';

/** Who vouches for the halves of a tenant. */
export interface TenantSources {
  readonly directory: string;
  readonly azure: string;
}

/** What follows from several records of a tenant: who can take over what. */
export class Consequences implements Following {
  readonly #tenants: ReadonlyMap<string, readonly [ResourceTakeovers, DirectoryTakeovers]>;

  readonly #done: () => void;

  /** @param done called when all was told */
  constructor(tenants: ReadonlyMap<string, TenantSources>, survey: Survey, done: () => void) {
    this.#done = done;
    const watched = survey.watchedGroups();
    this.#tenants = new Map(
      [...tenants].map(([tenant, { directory, azure }]) => [
        tenant,
        [new ResourceTakeovers(tenant, azure, survey), new DirectoryTakeovers(tenant, directory, survey, watched)],
      ]),
    );
  }

  see(record: SourceRecord): void {
    const tenant = textOf(record.fields['tenant']);
    for (const part of this.#tenants.get(tenant ?? '') ?? []) part.see(record);
  }

  *changes(): Iterable<NodeRecord | EdgeDraft> {
    for (const parts of this.#tenants.values()) for (const part of parts) yield* part.changes();
    this.#done();
  }
}
