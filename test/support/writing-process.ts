/**
 * A process that writes a store until it is killed: `writing-process <folder> <keep> <size>`. Each acknowledged version is
 * told on standard output, after it is durable. With `keep` above 0 it compacts after every batch, keeping so many versions.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import { batchOfVersion } from './version-batches.ts';

const [folder = '', keep = '0', size = '40'] = process.argv.slice(2);
const store = await openEmbeddedStore({ folder, mode: 'write' });
const document = await store.documents.get('progress');
let revision = document?.revision ?? 0;
writeSync(1, 'open\n');
for (;;) {
  const { version } = await store.apply(batchOfVersion((await store.version()) + 1, Number(size)));
  writeSync(1, `version ${version}\n`);
  revision = await store.documents.put('progress', version, revision);
  writeSync(1, `document ${version}\n`);
  if (Number(keep) > 0) {
    await store.compact({ keepVersions: Number(keep) });
    writeSync(1, `compacted ${version}\n`);
  }
}
