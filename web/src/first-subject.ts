import { ask, suggestions } from './api.ts';
import type { Subject } from './examples/index.ts';

interface Rows {
  readonly accessOf: {
    readonly edges: readonly {
      readonly node: { readonly actions: readonly string[]; readonly resource: { readonly id: string } };
    }[];
  };
}

/** Letters that nearly every id has one of: the page knows no name of the graph yet. */
const PROBES = ['a', 'e', 'i', 'o', 's', '1'];

/** Someone in the graph who can do something: the subject of the questions until the reader names another. */
export async function firstSubject(): Promise<Subject | undefined> {
  for (const probe of PROBES) {
    for (const { id } of await suggestions(probe, ['USER', 'SERVICE_ACCOUNT'])) {
      const subject = await somethingItCan(id);
      if (subject !== undefined) return subject;
    }
  }
  return undefined;
}

async function somethingItCan(identity: string): Promise<Subject | undefined> {
  const { accessOf } = await ask<Rows>(
    'query PageSubject($identity: ID!) { accessOf(identity: $identity, first: 50) { edges { node { actions resource { id } } } } }',
    { identity },
  );
  for (const { node } of accessOf.edges) {
    const action = node.actions.find((pattern) => !pattern.includes('*'));
    if (action !== undefined) return { identity, action, resource: node.resource.id };
  }
  return undefined;
}
