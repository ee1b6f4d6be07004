/** Who has a duty, and by which way. */
import { Question } from '../../access/decide.ts';
import { counts, type Frame } from '../../access/frame.ts';
import { whoCan } from '../../access/who.ts';
import type { Workspace } from '../../access/workspace.ts';
import { isIdentity, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';
import { allowingWay, type ShownWay, wayToPrincipal } from '../shown-way.ts';
import type { ResolvedDuty } from './sod-rule.ts';

/** Identities that have a duty, ALLOWED or CONDITIONAL. Cost grows with whom the duty concerns. */
export function holdersOf(frame: Frame, work: Workspace, duty: ResolvedDuty): ReadonlySet<number> {
  if (duty.action === undefined) return membersOfPrincipal(frame, duty.node);
  return new Set(whoCan(questionOf(frame, work, duty, duty.action)).nodes);
}

/** A shortest way by which an identity has a duty, less some edges; undefined when it has it not. */
export function wayOfDuty(
  frame: Frame,
  work: Workspace,
  identity: number,
  duty: ResolvedDuty,
  without?: ReadonlySet<number>,
): ShownWay | undefined {
  if (duty.action === undefined) return wayToPrincipal(frame, identity, duty.node, without);
  const question = questionOf(frame, work, duty, duty.action);
  return allowingWay(question, identity, without === undefined ? {} : { without });
}

const questionOf = (frame: Frame, work: Workspace, { node }: ResolvedDuty, action: string): Question =>
  new Question(frame, work, frame.snapshot.terms.matcher(action), node);

function membersOfPrincipal(frame: Frame, principal: number): ReadonlySet<number> {
  const { snapshot } = frame;
  const reached = new Set([principal]);
  const classes = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
  for (const node of reached)
    for (const edgeClass of classes)
      for (const edge of snapshot.adjacency[edgeClass]!.into.of(node))
        if (counts(frame, edge)) reached.add(snapshot.source[edge]!);
  return new Set([...reached].filter((node) => isIdentity(snapshot, node)));
}
