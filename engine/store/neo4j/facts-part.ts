/** A part of a batch: facts that are written in one transaction. */
import type { DraftEdge, DraftNode, DraftUse } from './draft-facts.ts';
import { encodeChunk, type JournalChunk } from './journal-chunk.ts';

export interface FactsPart {
  readonly nodes: readonly DraftNode[];
  readonly edges: readonly DraftEdge[];
  readonly uses: readonly DraftUse[];
  readonly gone: readonly DraftNode[];
}

export const rowsOf = ({ nodes, edges, uses, gone }: FactsPart): number =>
  nodes.length + edges.length + uses.length + gone.length;

/** Whether facts of the version before go or are put in the place of others. */
export const dropsAny = ({ nodes, edges, uses, gone }: FactsPart): boolean =>
  gone.length > 0 ||
  nodes.some((node) => node.before.length > 0) ||
  edges.some((edge) => edge.placeBefore !== 'none') ||
  uses.some((use) => use.before !== undefined);

export type EncodedChunk = Awaited<ReturnType<typeof encodeChunk>>;

/** The journal of a part. */
export const journalOf = ({ nodes, edges, uses, gone }: FactsPart): Promise<EncodedChunk> => {
  const chunk: JournalChunk = {
    nodes: [...nodes, ...gone].map(({ before, after, ref, since, changed }) =>
      before.length === 0 ? { before, after } : { before, after, ref, since, changed },
    ),
    edges: edges.map(({ before, after, placeBefore, ref, since }) => ({
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(placeBefore === 'relationship' ? { ref, since } : {}),
    })),
    uses: uses.map(({ before, after }) => ({
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
  };
  return encodeChunk(chunk);
};
