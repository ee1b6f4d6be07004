/**
 * Who can do one thing, in two steps: first who, from the grants that speak of the action backward; then, for the page that
 * is shown alone, by which patterns, from these identities forward. So a resource that everyone may read is not read up to
 * everyone to tell who may delete it.
 */
import { holderRow, whoCanIn } from '../access/ask-lists.ts';
import { type Frame, makeFrame } from '../access/frame.ts';
import { frameOf, identityOf, resourceOf } from '../access/ground.ts';
import type { AccessRow, Page, WhoCanQuestion } from '../access/questions.ts';
import { foldCase } from '../snapshot/action-pattern.ts';
import { reachOf, textsOf } from './asked.ts';
import { gatherDecisions, gatherHolders } from './parts.ts';
import type { Slices } from './slices.ts';

export async function holders(slices: Slices, asked: WhoCanQuestion): Promise<Page<AccessRow>> {
  const reach = reachOf(asked.reach);
  const [action = ''] = textsOf([asked.action]).map(foldCase);
  const ground = await slices.get(['holders', action, asked.resource, reach], (part) =>
    gatherHolders(part, action, asked.resource, reach),
  );
  const frame = frameOf(ground, asked);
  const page = whoCanIn(frame, ground, asked);
  const { cursors } = page;
  return { ...page, cursors, items: await withPatterns(slices, frame, asked, page.items) };
}

/** The rows with their patterns, of the instant at which it was worked out who they are. */
async function withPatterns(
  slices: Slices,
  { reach, at }: Frame,
  { action, resource }: WhoCanQuestion,
  rows: readonly AccessRow[],
): Promise<readonly AccessRow[]> {
  if (rows.length === 0) return [];
  const identities = rows.map((row) => row.identity);
  const ground = await slices.get(['patterns', identities, resource, reach], (part) =>
    gatherDecisions(part, identities, resource, reach),
  );
  const frame = makeFrame(ground.snapshot, reach, at);
  const on = resourceOf(ground, resource);
  return rows.map(({ identity, decision }) => {
    const { actions, exceptions } = holderRow(frame, ground.work, action, identityOf(ground, identity), on);
    return { identity, resource, actions, exceptions, decision };
  });
}
