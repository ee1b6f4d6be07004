/** A reading process that says when it can show a version: its own view has it. */
import { productEngine } from '../product.ts';
import type { Address } from './server.ts';

process.once('message', async (address: Address) => {
  const { openEngine } = await productEngine();
  const engine = await openEngine({ data: address, mode: 'read' });
  const tell = async () => {
    const view = await engine.view();
    process.send!({ version: view.version, at: performance.timeOrigin + performance.now() });
    view.release();
  };
  engine.onVersion(() => void tell());
  await tell();
  process.once('disconnect', async () => {
    await engine.close();
    process.exit(0);
  });
});
