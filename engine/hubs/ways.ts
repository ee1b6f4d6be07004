import type { Frame } from '../access/frame.ts';
import { MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';

/** The classes of edges by which one principal comes to have what another has. */
export const wayClasses = ({ reach }: Frame): readonly number[] =>
  reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
