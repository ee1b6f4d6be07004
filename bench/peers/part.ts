/** One peer in a process of its own. */
import { measurePeer } from './measure-peer.ts';
import type { PeerRequest } from './request.ts';

process.once('message', async (request: PeerRequest) => {
  const result = await measurePeer(request);
  process.send!(result, () => process.disconnect());
});
