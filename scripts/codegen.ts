/** Writes graphql/generated/ from graphql/schema/*.graphql: run after a change of the schema. */
import { mkdir, writeFile } from 'node:fs/promises';
import { generated, OUTPUT } from './graphql-codegen.ts';

await mkdir(OUTPUT, { recursive: true });
for (const [name, text] of await generated()) {
  await writeFile(new URL(name, OUTPUT), text);
  console.log(`graphql/generated/${name}`);
}
