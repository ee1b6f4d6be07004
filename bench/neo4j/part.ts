/** One part of the bench in a process of its own, so that the memory of one does not count for the next. */
import { PARTS } from './parts.ts';
import type { PartRequest } from './request.ts';

process.once('message', async (request: PartRequest) => {
  const result = await PARTS[request.part](request);
  process.send!(result, () => process.disconnect());
});
