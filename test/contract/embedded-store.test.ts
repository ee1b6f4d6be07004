import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { storeContract } from './store-contract.ts';

const temporary = temporaryFolder();
let made = 0;
const opened = new Map<GraphStore, { readonly folder: string; readonly precedence: readonly string[] }>();

async function open(folder: string, precedence: readonly string[]): Promise<GraphStore> {
  const store = await openEmbeddedStore({ folder, mode: 'write', precedence });
  opened.set(store, { folder, precedence });
  return store;
}

storeContract('the embedded store', {
  create: ({ precedence = [] } = {}) => open(join(temporary.path, `store-${++made}`), precedence),
  async reopen(store) {
    const { folder, precedence } = opened.get(store)!;
    await store.close();
    return open(folder, precedence);
  },
  async drop(store) {
    await store.close();
    rmSync(opened.get(store)!.folder, { recursive: true, force: true });
  },
});
