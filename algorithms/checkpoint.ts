/**
 * Called by a kernel every now and then, after some ten thousand steps at most. It may throw to stop the work: a kernel
 * holds nothing that would need to be given back.
 */
export type Checkpoint = () => void;

/** For work that nobody stops. */
export const unchecked: Checkpoint = () => {};
