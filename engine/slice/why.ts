/**
 * Why an identity has an access. The ways, the conditions and the denials are in the slice for ways; what would have to
 * be granted where the answer is no needs more of the graph, which is gathered for that case alone.
 */
import { questionOf } from '../access/ask-check.ts';
import { askWhy } from '../access/ask-paths.ts';
import { allows, bundles } from '../access/grant-options.ts';
import type { Ground } from '../access/ground.ts';
import { type AccessExplanation, MOST_OTHER_RESOURCES, type WhyQuestion } from '../access/questions.ts';
import { ALLOWED } from '../model/index.ts';
import { reachOf } from './asked.ts';
import { gatherOpened } from './opened.ts';
import { gatherAssigned, gatherBundles, gatherWays } from './parts.ts';
import type { Slices } from './slices.ts';

/** @param ground the slice for ways of the same question */
export async function whyInSlices(slices: Slices, ground: Ground, asked: WhyQuestion): Promise<AccessExplanation> {
  // One instant for all: how far grants are counted depends on it.
  const question = { ...asked, at: asked.at ?? Date.now() };
  if (!needsOptions(ground, question)) return askWhy(ground, question);
  return askWhy(await withOptions(slices, question), question);
}

/** False also for a question that makes no sense: it is refused when it is asked. */
function needsOptions(ground: Ground, asked: WhyQuestion): boolean {
  try {
    const { question, identity } = questionOf(ground, asked);
    return question.decide(identity) !== ALLOWED;
  } catch {
    return false;
  }
}

/** The slice with all that might be assigned, what each of these has, and what that would open. */
function withOptions(slices: Slices, asked: WhyQuestion & { readonly at: number }): Promise<Ground> {
  const { identity, action, resource, at } = asked;
  const reach = reachOf(asked.reach);
  return slices.make(async (part, compiled) => {
    await gatherWays(part, identity, resource, reach);
    await gatherBundles(part, action, resource, reach);
    const tried = assignments(await compiled(), asked, false);
    if (tried.length === 0) return;
    await gatherAssigned(part, tried, resource, reach);
    await gatherOpened(part, assignments(await compiled(), asked, true), { reach, at }, MOST_OTHER_RESOURCES);
  });
}

/** Ids of what could be assigned to the identity: all that are to be tried, or those that give the access. */
function assignments(ground: Ground, asked: WhyQuestion, giving: boolean): readonly string[] {
  const { question, identity } = questionOf(ground, asked);
  const { frame, work, resource, matcher } = question;
  const tried = bundles(frame, work, identity, resource, matcher);
  const good = giving
    ? tried.filter((additions) => allows(frame, work, identity, resource, matcher, additions))
    : tried;
  return [...new Set(good.flatMap((additions) => additions.map(({ to }) => ground.snapshot.ids.at(to))))];
}
