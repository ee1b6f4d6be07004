/** What is sent to Neo4j, letter by letter. Accept a change on purpose with `npm run cypher:accept`. */
import { expect, it } from 'vitest';
import type { Statement } from '../../cypher/index.ts';
import { indexedStatements, namedStatements } from './statements.ts';

const statements = await namedStatements();

const written = ({ name, mode, parameters, text }: Statement): string =>
  [`// ${name} · ${mode}`, ...Object.entries(parameters).map(([key, type]) => `// $${key}: ${type}`), text, ''].join(
    '\n',
  );

it('statements are as they were', async () => {
  await expect(statements.map(written).join('\n')).toMatchFileSnapshot('statements.golden.cypher');
});

it('every statement has a name of its own and is frozen', () => {
  expect(new Set(statements.map(({ name }) => name)).size).toBe(statements.length);
  expect(statements.filter((one) => !Object.isFrozen(one) || !Object.isFrozen(one.parameters))).toEqual([]);
});

it('cypher/index.ts gives all of them', async () => {
  expect((await indexedStatements()).map(({ name }) => name)).toEqual(statements.map(({ name }) => name));
});
