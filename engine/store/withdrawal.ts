/**
 * Keeps a load that was read from half an export, or from the wrong file, from taking away most of what a source holds. What
 * counts is what goes because the source was told whole without it: single removals are somebody's will.
 */
import { GrantlensError, type Withdrawal } from '../model/index.ts';

/** So many nodes, or edges, may always go: in a small source a day's work is a large share. Unless nothing would be left. */
export const FEW_FACTS = 10;

/** How many of the facts that would go are named, of each kind. */
export const NAMED_FACTS = 5;

/**
 * Whether a load would take away too much of a source. Nodes and edges are looked at apart: a tenth of the facts may be half of
 * the people.
 *
 * @param share what may go at most, in [0, 1]
 */
export function isTooMuch({ nodes, edges, leavesNothing }: Withdrawal, share: number): boolean {
  if (nodes.withdrawn + edges.withdrawn === 0 || share >= 1) return false;
  if (leavesNothing) return true;
  return [nodes, edges].some(({ withdrawn, held }) => withdrawn > FEW_FACTS && withdrawn > share * held);
}

/** @throws GrantlensError ARGUMENT_INVALID */
export function checkShare(share: number): void {
  if (!(share >= 0 && share <= 1))
    throw new GrantlensError('ARGUMENT_INVALID', `maxWithdrawn is ${share}; it is a share from 0 to 1.`, {
      maxWithdrawn: share,
    });
}

export function tooMuchWithdrawn(withdrawals: readonly Withdrawal[], share: number): GrantlensError {
  const lines = withdrawals.map(withdrawalText).join(' ');
  return new GrantlensError('WITHDRAWAL_TOO_LARGE', `${lines} At most ${percent(share)} may go.`, {
    maxWithdrawn: share,
    withdrawals,
  });
}

function withdrawalText({ source, nodes, edges, named }: Withdrawal): string {
  const parts = [`${shareText(nodes)} nodes`, `${shareText(edges)} edges`];
  return `The load would withdraw ${parts.join(' and ')} of the source "${source}", among them ${named.join('; ')}.`;
}

const shareText = ({ withdrawn, held }: Withdrawal['nodes']): string => `${count(withdrawn)} of ${count(held)}`;
const count = (n: number): string => n.toLocaleString('en-US');
const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;

/** How an edge that would go is named. */
export const edgeName = (kind: string, from: string, to: string): string => `${from} ${kind} ${to}`;
