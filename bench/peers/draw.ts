/** Questions that peers are asked: drawn from the graph by seed, half of them about what the identity has. */
import type { CheckQuestion, EstateOptions, GraphView } from '../../engine/index.ts';
import type { Questions } from '../measure.ts';
import { drawSubjects } from '../subjects.ts';

/** How many answers are compared at most, and as many questions warm each side up. */
const COMPARED = 100;

export async function drawQuestions(
  options: EstateOptions,
  view: GraphView,
  calls: number,
): Promise<Questions<CheckQuestion>> {
  const compared = Math.min(COMPARED, calls);
  const { checks } = await drawSubjects(options, view, calls + compared);
  return { warm: checks.slice(0, compared), timed: checks.slice(compared) };
}
