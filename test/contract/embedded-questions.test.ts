import { join } from 'node:path';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { questionsContract } from './questions-contract.ts';

const temporary = temporaryFolder();
let made = 0;

questionsContract('embedded', {
  create: () => openEmbeddedStore({ folder: join(temporary.path, `store-${++made}`), mode: 'write', precedence: [] }),
  drop: (store) => store.close(),
});
